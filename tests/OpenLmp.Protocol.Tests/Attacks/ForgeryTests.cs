// RFC 4204 §3.1, §3.2.3, §5, §6, §7: what somebody may say in the neighbour's name who does not hear what the two say to each other.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.Attacks;

public class ForgeryTests
{
    [Theory]
    [InlineData(Active)]
    [InlineData(Up)]
    public void A_Hello_takes_the_channel_down_only_with_the_numbers_that_the_neighbours_next_one_may_have(ControlChannelState state)
    {
        var duel = Duel.In(state);
        // The numbers of the start are valid at the start: some Hellos on, they are not.
        for (var i = 0; i < 4; i++)
        {
            duel.RunMs(200);
            duel.Peer.SayHello(duel.Channel.RcvSeqNum + 1, duel.Channel.TxSeqNum);
        }

        duel.RunMs(200);
        var (tx, rcv) = (duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum);
        foreach (var (forgedTx, forgedRcv) in (ReadOnlySpan<(uint, uint)>)[(0, 0), (1, 0), (1, 1), (rcv + 1, 0), (rcv + 1, tx + 9), (rcv - 1, tx), (0, tx), (uint.MaxValue, uint.MaxValue)])
            duel.Peer.SayHello(forgedTx, forgedRcv, HeaderFlags.ControlChannelDown);
        Assert.Equal((Up, 0, 8), (duel.State, duel.Channel.Flaps, duel.Dropped(DropReason.SequenceNumber)));

        duel.Peer.SayHello(rcv, tx, HeaderFlags.ControlChannelDown);
        Assert.Equal(Down, duel.State);
    }

    [Fact]
    public void While_Hellos_are_exchanged_no_other_message_takes_the_channel_down()
    {
        var duel = Duel.In(Up, links: true);
        var us = duel.Lmp.NodeId;
        LmpMessage[] forged =
        [
            new ConfigMessage(11, 5_000, duel.Peer.NodeId, new HelloConfig(150, 500)), new ConfigAckMessage(11, duel.Peer.NodeId, 1, 100, us),
            new ConfigNackMessage(11, duel.Peer.NodeId, 1, 100, us, new HelloConfig(150, 500)), new LinkSummaryAckMessage(1), new EndVerifyAckMessage(1, 1),
        ];
        foreach (var message in forged) duel.Peer.Say(message with { Flags = HeaderFlags.ControlChannelDown });
        Assert.Equal((Up, 0), (duel.State, duel.Channel.Flaps));
        Assert.Empty(duel.Changes);
    }

    [Fact, Requirement("4204-7-4")]
    public void A_Config_that_is_older_than_the_last_takes_no_channel_down()
    {
        var duel = Duel.In(ConfRcv, ControlChannelRole.Passive);
        duel.Peer.SayConfig(1, 2, id: 10);
        duel.Peer.SayConfig(id: 9, flags: HeaderFlags.ControlChannelDown);
        Assert.Equal((ConfRcv, 1), (duel.State, duel.Dropped(DropReason.OutOfOrder)));
        duel.Peer.SayConfig(id: 11, flags: HeaderFlags.ControlChannelDown);
        Assert.Equal(Down, duel.State);
    }

    [Fact]
    public void An_answer_takes_the_channel_down_only_where_it_answers_our_Config()
    {
        var duel = Duel.In(ConfSnd);
        var us = duel.Lmp.NodeId;
        foreach (var id in (uint[])[0, 1, 99, 101, 0x8000_0000])
        {
            duel.Peer.Say(new ConfigAckMessage(11, duel.Peer.NodeId, 1, id, us) { Flags = HeaderFlags.ControlChannelDown });
            duel.Peer.Say(new ConfigNackMessage(11, duel.Peer.NodeId, 1, id, us, new HelloConfig(150, 500)) { Flags = HeaderFlags.ControlChannelDown });
        }

        Assert.Equal((ConfSnd, 10), (duel.State, duel.Dropped(DropReason.StaleAnswer)));
        duel.Peer.Say(new ConfigAckMessage(11, duel.Peer.NodeId, 1, 100, us) { Flags = HeaderFlags.ControlChannelDown });
        Assert.Equal(Down, duel.State);
    }

    [Fact]
    public void An_answer_to_Config_needs_its_Message_Id_and_both_CC_Ids_and_Node_Ids()
    {
        var duel = Duel.In(ConfSnd, channel: c => c with { RemoteId = 11 });
        var (us, them) = (duel.Lmp.NodeId, duel.Peer.NodeId);
        var other = Configurations.Id("10.0.0.77");
        foreach (var (cc, node, remoteCc, id, remoteNode) in (ReadOnlySpan<(uint, NodeId, uint, uint, NodeId)>)
        [
            (12, them, 1, 100, us), (11, other, 1, 100, us), (11, them, 2, 100, us), (11, them, 1, 99, us), (11, them, 1, 101, us), (11, them, 1, 100, other),
            (0, them, 1, 100, us), (11, default, 1, 100, us),
        ])
        {
            duel.Peer.Say(new ConfigAckMessage(cc, node, remoteCc, id, remoteNode));
            duel.Peer.Say(new ConfigNackMessage(cc, node, remoteCc, id, remoteNode, new HelloConfig(1_000, 3_000)));
        }

        Assert.Equal(ConfSnd, duel.State);
        Assert.Empty(duel.Changes);
        Assert.Empty(duel.Peer.Hear());
        duel.Peer.Say(new ConfigAckMessage(11, them, 1, 100, us));
        Assert.Equal(Active, duel.State);
    }

    [Fact]
    public void Verify_Ids_cannot_be_counted_up_from_one_another()
    {
        // Two sessions of one node, and of a node with another seed: neither says anything of the others.
        var ids = new HashSet<uint>();
        foreach (var seed in (ulong[])[1, 2, 3])
        {
            var network = new VirtualNetwork();
            var a = network.Add(Configurations.A(), new NodeOptions { Seed = seed, FirstMessageId = 100 }, start: false);
            var b = network.Add(Configurations.B(), new NodeOptions { Seed = seed + 100, FirstMessageId = 100 }, start: false);
            network.FibreAll(a, b);
            a.TransportUp();
            b.TransportUp();
            network.Run(TimeSpan.FromSeconds(10));
            b.Node.Verify(network.Now, "te1");
            network.Run(TimeSpan.FromSeconds(10));
            foreach (var ack in a.SentOf(MessageType.BeginVerifyAck)) ids.Add(ack.Message!.Find<VerifyId>()!.Id);
        }

        Assert.True(ids.Count >= 6, string.Join(", ", ids));
        Assert.All(ids, id => Assert.True(id > 0xFFFF));
        Assert.All(ids, id => Assert.DoesNotContain(id + 1, ids));
    }
}
