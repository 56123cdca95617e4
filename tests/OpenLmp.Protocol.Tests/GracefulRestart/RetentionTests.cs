// RFC 4204 §8: what a node has written down, and what it makes of it.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.GracefulRestart.Restart;

namespace OpenLmp.Protocol.Tests.GracefulRestart;

public class RetentionTests
{
    [Fact]
    public void A_node_that_learns_nothing_retains_nothing()
    {
        var pair = new RestartingPair();
        Assert.Empty(pair.A.StateFile.Changes);
    }

    [Fact]
    public void Allocation_and_release_are_retained_once_each()
    {
        var pair = new RestartingPair();
        pair.A.Node.Allocate(pair.Network.Now, ["te1-1"]);
        pair.A.Node.Allocate(pair.Network.Now, ["te1-1"]);
        var link = new RetainedDataLink("te1-1", Identifier.Unnumbered(101), Id("10.0.0.2")) { Allocated = true };
        Assert.Equal([new DataLinkRetained(link)], pair.A.StateFile.Changes);
        Assert.Equal("data-link te1-1", pair.A.StateFile.Changes[0].Key);
        pair.A.Node.Release(pair.Network.Now, ["te1-1"]);
        Assert.Equal([new DataLinkRetained(link), new DataLinkForgotten("te1-1", Id("10.0.0.2"))], pair.A.StateFile.Changes);
    }

    [Fact]
    public void Verification_and_the_ids_it_learned_survive()
    {
        var pair = new RestartingPair(
            A(teLink: t => t with { RemoteId = null, DataLinks = [Link("te1-1", 101, null), Link("te1-2", 102, 202)] }), B(teLink: t => t with { DataLinks = [Link("te1-1", 201, null), Link("te1-2", 202, 102)] }), fibres: true);
        pair.Network.RunUntil(() => pair.A.TeLink.DataLinks.All(l => l.Verified && l.FoundReceive is not null));
        var before = pair.A.TeLink.DataLinks.Select(Facts).ToList();
        Assert.Equal(Identifier.Unnumbered(201), before[0].RemoteId);

        pair.Network.Filter = _ => false;
        pair.Fail(Kept, Kept, 3_000);

        Assert.Equal(before, pair.A.TeLink.DataLinks.Select(Facts));
        Assert.Equal(Identifier.Unnumbered(2), pair.A.TeLink.RemoteId);
        Assert.Empty(pair.A.StateFile.Changes);

        static (Identifier? RemoteId, string Transmit, string Receive, bool Verified) Facts(DataLink l) => (l.RemoteId, $"{l.FoundTransmit}", $"{l.FoundReceive}", l.Verified);
    }

    [Fact]
    [Requirement("4204-8-8")]
    public void Cross_connects_survive_and_the_channels_are_asked_for_afterwards()
    {
        var pair = new RestartingPair();
        var added = pair.A.Node.AddCrossConnect(pair.Network.Now, "te1-2", "te1-1");
        Assert.True(added.ConfirmsRetained);
        Assert.Equal(new CrossConnectChanged(new CrossConnect("te1-1", "te1-2"), Connected: true), Assert.Single(pair.A.StateFile.Changes));
        foreach (var end in (VirtualNode[])[pair.A, pair.B]) end.Node.Allocate(pair.Network.Now, ["te1-1"]);
        pair.Network.RunMs(1_000);
        Assert.True(pair.B.TeLink.DataLinks[0].IsActiveThere);

        pair.Fail(Kept, None, 3_000);
        pair.RunUntilUp();
        pair.Network.RunMs(5_000);
        Assert.Equal(CrossConnect.Of("te1-1", "te1-2"), Assert.Single(pair.A.Node.CrossConnects));
        Assert.Equal("te1-2", pair.A.TeLink.DataLinks[0].ContinuesOn?.Name);
        Assert.True(pair.A.Node.Counters.Sent(MessageType.ChannelStatusRequest) > 0);
        Assert.True(pair.B.TeLink.DataLinks[0].IsActiveThere);
        Assert.True(pair.B.TeLink.DataLinks[0].IsWatched);

        Assert.Equal(CommandStatus.Ok, pair.A.Node.RemoveCrossConnect(pair.Network.Now, "te1-1", "te1-2").Status);
        Assert.Contains(new CrossConnectChanged(new CrossConnect("te1-1", "te1-2"), Connected: false), pair.A.StateFile.Changes);
    }

    [Fact]
    public void A_wrong_fibre_is_still_told_after_a_restart()
    {
        var pair = new RestartingPair();
        var retained = new RetainedState { DataLinks = [new RetainedDataLink("te1-1", Identifier.Unnumbered(101), Id("10.0.0.2")) { FoundTransmit = new RetainedFarEnd(Id("10.0.0.2"), Identifier.Unnumbered(202)) }] };
        var node = pair.Network.Add(A(c => c with { Local = At("10.255.7.1") }), new NodeOptions { Retained = retained });
        Assert.Contains("te1-1: its far end is Interface_Id 202 of b, where te1-2 should end; expected 201", node.Alarm(AlarmKind.Miswired, "te1-1")!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_operator_took_down_stays_down()
    {
        var pair = new RestartingPair();
        pair.A.Node.ControlChannelDown(pair.Network.Now, "b", 1);
        pair.Fail(Kept, None, 3_000);
        pair.Network.RunMs(60_000);
        Assert.Equal((ControlChannelState.Down, true), (pair.A.Channel.State, pair.A.Channel.AdminDown));
        Assert.Equal("the operator took it down; lmp control-channel up b/1", pair.A.Channel.Reason);
        pair.A.Node.ControlChannelUp(pair.Network.Now, "b", 1);
        pair.RunUntilUp();
        pair.Fail(Kept, None, 3_000);
        pair.RunUntilUp();
    }

    [Fact]
    public void The_configuration_wins_and_what_it_dropped_is_told()
    {
        var pair = new RestartingPair();
        var retained = new RetainedState
        {
            TeLinks = [new RetainedTeLink("te9", Identifier.Unnumbered(9), Id("10.0.0.2"), Identifier.Unnumbered(99)), new RetainedTeLink("te1", Identifier.Unnumbered(1), Id("10.0.0.2"), Identifier.Unnumbered(77))],
            DataLinks =
            [
                new RetainedDataLink("te1-1", Identifier.Unnumbered(101), Id("10.0.0.2")) { RemoteId = Identifier.Unnumbered(999), Allocated = true },
                new RetainedDataLink("te1-2", Identifier.Unnumbered(7), Id("10.0.0.2")) { Allocated = true },
                new RetainedDataLink("te1-3", Identifier.Unnumbered(103), Id("10.0.0.2")) { Verified = true },
            ],
            ControlChannelsDown = [new RetainedControlChannel(Id("10.0.0.2"), 5)],
            CrossConnects = [new CrossConnect("te1-1", "te1-2"), new CrossConnect("te1-1", "te9-1")],
        };
        var node = pair.Network.Add(A(c => c with { Local = At("10.255.7.1") }), new NodeOptions { Retained = retained });

        Assert.Equal((Identifier.Unnumbered(201), true), (node.TeLink.DataLinks[0].RemoteId!.Value, node.TeLink.DataLinks[0].Allocated));
        Assert.Equal((Identifier.Unnumbered(2), false), (node.TeLink.RemoteId!.Value, node.TeLink.DataLinks[1].Allocated));
        Assert.Equal(
            new RetainedState
            {
                DataLinks = [new RetainedDataLink("te1-1", Identifier.Unnumbered(101), Id("10.0.0.2")) { Allocated = true }],
                CrossConnects = [new CrossConnect("te1-1", "te1-2")],
            },
            node.StateFile.State);
        Assert.Equal(
            [
                "te9: no longer configured: that it ends at Link_Id 99 of 10.0.0.2 is forgotten",
                "te1-2: configured as another link: its allocation is forgotten",
                "te1-3: no longer configured: what was found of its wiring is forgotten",
            ],
            node.Events.OfType<RetainedForgotten>().Select(e => $"{e.Object}: {e.Text}"));
        var removed = Assert.Single(node.Events.OfType<CrossConnectRemoved>());
        Assert.Equal("te1-1 - te9-1: a data link of it is no longer configured", $"{removed.CrossConnect}: {removed.Reason}");
    }

    [Fact]
    public void What_a_new_configuration_drops_while_running_is_forgotten()
    {
        var pair = new RestartingPair();
        pair.A.Node.Allocate(pair.Network.Now, ["te1-1", "te1-2"]);
        pair.A.Node.Reconfigure(pair.Network.Now, A(teLink: t => t with { DataLinks = [t.DataLinks[0]] }));
        Assert.Equal(["te1-1"], pair.A.StateFile.State.DataLinks.Select(l => l.Name));
        Assert.Equal("no longer configured: its allocation is forgotten", Assert.Single(pair.A.Events.OfType<RetainedForgotten>()).Text);
        pair.A.Node.Reconfigure(pair.Network.Now, pair.A.Node.Configuration with { NodeId = Id("10.0.0.7") });
        Assert.Contains(new NodeRenumbered(Id("10.0.0.7")), pair.A.StateFile.Changes);
    }

    [Fact, Requirement("4204-7-1")]
    public void Message_Ids_by_the_clock_outrun_those_reserved_before()
    {
        // A process that lives five seconds leaves its reserved ids to nobody; the next one has lost its state, and has only the clock.
        foreach (var start in (long[])[0, 1_700_000_000_000, 34_359_738_367_000])
        {
            var before = MessageIdStart.FromWallClock(start) + MessageIdStart.Reserved;
            Assert.True((int)(MessageIdStart.FromWallClock(start + 5_000) - before) > 0);
        }
    }

    [Fact, Requirement("4204-7-1")]
    public void Message_Ids_are_reserved_long_before_they_are_used_and_never_go_back()
    {
        foreach (var first in (uint[])[1, uint.MaxValue - 3_000])
        {
            var (marks, mark) = (0, first + 512);
            var source = new MessageIdSource(first, mark, m =>
            {
                marks++;
                mark = m;
            });
            for (uint i = 0; i < 20_000; i++)
            {
                var id = source.Next();
                Assert.Equal(first + i, id);
                // A restart now would start at the mark: above it, in RFC 4204 §7's comparison.
                Assert.InRange((int)(mark - id), 256, 512);
            }

            Assert.InRange(marks, 70, 80);
        }
    }

    [Fact]
    public void What_is_retained_is_told_before_the_message_that_confirms_it()
    {
        var order = new List<string>();
        var network = new VirtualNetwork();
        var a = network.Add(A(teLink: t => t with { DataLinks = [Link("te1-1", 101, null), Link("te1-2", 102, 202)] }), start: false);
        a.StateFile.Written = change => order.Add(change.Key);
        network.Filter = d =>
        {
            if (d.Type == MessageType.LinkSummaryAck && d.Source == At("10.255.0.1")) order.Add("ack");
            return true;
        };
        a.TransportUp();
        network.Add(B(), new NodeOptions { FirstMessageId = 100, Retained = new RetainedState { DataLinks = [new RetainedDataLink("te1-2", Identifier.Unnumbered(202), Id("10.0.0.1")) { Allocated = true }] } });
        network.RunUntil(() => order.Contains("ack"));
        Assert.Equal(["data-link te1-1", "data-link te1-2", "ack"], order);
    }
}
