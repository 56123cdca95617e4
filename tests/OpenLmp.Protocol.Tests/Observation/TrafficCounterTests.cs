using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>What a control channel, a TE link and a data link count is what the network saw.</summary>
public class TrafficCounterTests
{
    private static readonly MessageType[] OfTeLinks = [.. Enum.GetValues<MessageType>()
        .Where(t => t is >= MessageType.BeginVerify and <= MessageType.ChannelStatusResponse and not MessageType.Test)];

    private readonly VirtualNetwork _network = new();

    [Fact]
    public void Every_message_is_counted_by_its_channel_and_by_the_TE_link_it_is_about()
    {
        var (a, b) = Pair();
        // The first of each kind that is repeated is lost, so that there are retransmissions.
        var lost = new HashSet<(NetworkEndpoint, MessageType)>();
        _network.Filter = d => d.Type is not (MessageType.Config or MessageType.BeginVerify or MessageType.EndVerify or MessageType.TestStatusSuccess
            or MessageType.LinkSummary or MessageType.ChannelStatus) || !lost.Add((d.Source, d.Type));
        Start(a, b);
        b.Node.ReportSignal(_network.Now, [b.TeLink.DataLinks[0].Name], SignalState.Fail);
        _network.Run(TimeSpan.FromSeconds(30));

        foreach (var (node, peer) in ((VirtualNode, VirtualNode)[])[(a, b), (b, a)])
        {
            var (channel, link) = (node.Node.Neighbors.Single().ControlChannels.Single(), node.TeLink);
            var (sent, received) = (Sent(node).ToList(), Sent(peer).Where(d => !IsLost(d)).ToList());
            foreach (var type in Enum.GetValues<MessageType>())
            {
                Assert.Equal((type, sent.Count(d => d.Type == type)), (type, channel.Counters.Sent(type)));
                Assert.Equal((type, received.Count(d => d.Type == type)), (type, channel.Counters.Received(type)));
            }

            Assert.Equal((sent.Sum(d => d.Bytes.Length), received.Sum(d => d.Bytes.Length)), (channel.Counters.OctetsSent, channel.Counters.OctetsReceived));
            foreach (var type in OfTeLinks)
            {
                Assert.Equal((type, channel.Counters.Sent(type)), (type, link.Counters.Sent(type)));
                Assert.Equal((type, channel.Counters.Received(type)), (type, link.Counters.Received(type)));
                Assert.Equal((type, channel.Counters.Retransmitted(type)), (type, link.Counters.Retransmitted(type)));
            }

            Assert.Equal(sent.Where(d => OfTeLinks.Contains(d.Type)).Sum(d => d.Bytes.Length), link.Counters.OctetsSent);
            Assert.Equal(received.Where(d => OfTeLinks.Contains(d.Type)).Sum(d => d.Bytes.Length), link.Counters.OctetsReceived);
            Assert.All(
                (MessageType[])[MessageType.BeginVerify, MessageType.EndVerify, MessageType.TestStatusSuccess, MessageType.LinkSummary],
                type => Assert.True(link.Counters.Retransmitted(type) > 0, $"{type}"));
        }

        bool IsLost(Datagram d) => d == _network.Sent.First(s => s.Source == d.Source && s.Type == d.Type) && lost.Contains((d.Source, d.Type));
    }

    [Fact]
    public void A_data_link_counts_its_Test_messages_and_what_came_of_them()
    {
        var (a, b) = Pair(fibres: 1);
        Start(a, b);
        Assert.All((VirtualNode[])[a, b], node =>
        {
            var (good, dark) = (node.TeLink.DataLinks[0].Tests, node.TeLink.DataLinks[1].Tests);
            Assert.Equal((1, 0, 1, 0), (good.ActiveSuccesses, good.ActiveFailures, good.PassiveSuccesses, good.PassiveFailures));
            Assert.Equal((0, 0, 0), (dark.ActiveSuccesses, dark.PassiveSuccesses, dark.Received));
            Assert.True(good.Sent > 0 && good.Received > 0 && dark.ActiveFailures > 0 && dark.PassiveFailures > 0);
            Assert.Equal(node.Node.Counters.Sent(MessageType.Test), good.Sent + dark.Sent);
            Assert.Equal(node.Node.Counters.Received(MessageType.Test), good.Received);
        });
    }

    [Fact]
    public void What_changes_nothing_is_an_error_or_a_discard_of_its_channel()
    {
        var (a, b) = Pair();
        Start(a, b);
        var counters = a.Node.Neighbors.Single().ControlChannels.Single().Counters;
        var before = (counters.ReceiveErrors, counters.ReceiveDiscards);
        var template = Sent(b).First(d => d.Type == MessageType.LinkSummary);
        byte[] malformed = [.. template.Bytes[..^4]];
        byte[] stale = new ChannelStatusAckMessage(4711).Encode();
        foreach (var bytes in (byte[][])[malformed, stale]) _network.Inject(template with { Bytes = bytes });
        _network.RunMs(10);
        Assert.Equal((before.ReceiveErrors + 1, before.ReceiveDiscards + 1), (counters.ReceiveErrors, counters.ReceiveDiscards));
    }

    private (VirtualNode A, VirtualNode B) Pair(int fibres = 2)
    {
        var (a, b) = (_network.Add(NodeA(), start: false), _network.Add(NodeB(), start: false));
        foreach (var node in (VirtualNode[])[a, b]) node.Node.ReportDataPlane(_network.Now, null);
        foreach (var link in a.TeLink.DataLinks.Take(fibres)) _network.Fibre(a, link.Name, b, link.Name);
        return (a, b);
    }

    private void Start(VirtualNode a, VirtualNode b)
    {
        a.TransportUp();
        b.TransportUp();
        _network.Run(TimeSpan.FromSeconds(60));
    }

    private IEnumerable<Datagram> Sent(VirtualNode node) => _network.Sent.Where(d => d.Source == node.Node.Neighbors.Single().ControlChannels.Single().Local);
}
