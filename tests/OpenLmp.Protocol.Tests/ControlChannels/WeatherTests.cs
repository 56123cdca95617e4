// A property: whatever the network did before, once it is calm both ends come up and agree.
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class WeatherTests
{
    public static TheoryData<int> Parts() => [.. Enumerable.Range(0, 10)];

    [Theory, MemberData(nameof(Parts)), Requirement("4204-3.1-2"), Requirement("4204-7-3"), Requirement("4204-10-1")]
    public void After_a_storm_both_ends_come_up_with_equal_intervals(int part)
    {
        for (var seed = part * 50; seed < (part + 1) * 50; seed++) Storm(seed);
    }

    [Theory, MemberData(nameof(Parts))]
    public void After_a_storm_all_of_several_channels_between_two_addresses_come_up_in_pairs(int part)
    {
        for (var seed = part * 20; seed < (part + 1) * 20; seed++) StormOverSeveral(seed);
    }

    private static void StormOverSeveral(int seed)
    {
        var random = new Random(seed);
        var network = new VirtualNetwork
        {
            Recording = false,
            Weather = new Weather(seed) { Loss = random.NextDouble() * 0.4, Duplication = 0.1, MaxDelay = TimeSpan.FromMilliseconds(random.Next(1, 1_000)) },
        };
        var count = random.Next(2, 6);
        var (a, b) = (network.Add(Several(Configurations.A(), 1)), network.Add(Several(Configurations.B(), 11)));
        for (var i = 0; i < 10; i++)
        {
            network.RunMs(random.Next(6_000));
            var (node, channels) = random.Next(2) == 0 ? (a, Channels(a)) : (b, Channels(b));
            var channel = channels[random.Next(channels.Count)];
            switch (random.Next(5))
            {
                case 0: node.Node.ControlChannelDown(network.Now, channel.Neighbor.Name, channel.Id); break;
                case 1: node.Node.TransportDown(network.Now, channel, "interface eth0 is down"); break;
                case 2:
                    network.Kill(node);
                    var restarted = network.Add(node.Node.Configuration, new NodeOptions { FirstMessageId = (uint)random.Next(1, 10_000) });
                    if (node == a) a = restarted;
                    else b = restarted;
                    break;
            }
        }

        network.Weather = null;
        foreach (var node in (VirtualNode[])[a, b])
        {
            foreach (var c in Channels(node)) node.Node.ControlChannelUp(network.Now, c.Neighbor.Name, c.Id);
            node.TransportUp();
        }

        network.RunUntil(() => Channels(a).Concat(Channels(b)).All(c => c.State == Up), $"all up, seed {seed}", seconds: 60);
        network.RunMs(20_000);
        Assert.All(Channels(a).Concat(Channels(b)), c => Assert.Equal(Up, c.State));
        Assert.All(Channels(a), c => Assert.Equal(c.Id, Channels(b).Single(o => o.Id == c.RemoteId).RemoteId));

        NodeConfiguration Several(NodeConfiguration node, uint firstId)
        {
            var channel = node.Neighbors[0].ControlChannels[0];
            return node with
            {
                Neighbors = [node.Neighbors[0] with { ControlChannels = [.. Enumerable.Range(0, count).Select(i => channel with { Id = firstId + (uint)i })] }],
                TeLinks = [],
            };
        }
    }

    private static IReadOnlyList<ControlChannel> Channels(VirtualNode node) => node.Node.Neighbors.Single().ControlChannels;

    private static void Storm(int seed)
    {
        var random = new Random(seed);
        var network = new VirtualNetwork
        {
            Recording = false,
            Weather = new Weather(seed)
            {
                Loss = random.NextDouble() * 0.5,
                Duplication = random.NextDouble() * 0.3,
                MaxDelay = TimeSpan.FromMilliseconds(random.Next(1, 2_000)),
            },
        };
        // Without Hello nobody notices what became of a passive neighbour: its transport would have to tell.
        var off = random.Next(6) == 0;
        var (configurationA, configurationB) = (Random(random, Configurations.A(), off, passive: random.Next(4) == 0 && !off), Random(random, Configurations.B(), off, passive: false));
        var (a, b) = (network.Add(configurationA), network.Add(configurationB));
        for (var i = 0; i < 12; i++)
        {
            network.RunMs(random.Next(10_000));
            var node = random.Next(2) == 0 ? a : b;
            switch (random.Next(7))
            {
                case 0: node.Node.ControlChannelDown(network.Now, node.Channel.Neighbor.Name, node.Channel.Id); break;
                case 1: node.Node.ControlChannelUp(network.Now, node.Channel.Neighbor.Name, node.Channel.Id); break;
                case 2: node.Node.TransportDown(network.Now, node.Channel, "interface eth0 is down"); break;
                case 3: node.Node.TransportUp(network.Now, node.Channel); break;
                case 4:
                    network.Kill(node);
                    var restarted = network.Add(node.Node.Configuration, new NodeOptions { FirstMessageId = (uint)random.Next(1, 10_000) });
                    if (node == a) a = restarted;
                    else b = restarted;
                    break;
            }

            foreach (var n in (VirtualNode[])[a, b]) Assert.Equal(n.Channel.State == Up, n.Channel.Reason.Length == 0);
        }

        network.Weather = null;
        foreach (var node in (VirtualNode[])[a, b])
        {
            node.Node.ControlChannelUp(network.Now, node.Channel.Neighbor.Name, node.Channel.Id);
            node.TransportUp();
        }

        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up && Parameters(a) == Parameters(b), $"up with equal intervals, seed {seed}", seconds: 30);
        network.RunMs(20_000);
        Assert.Equal((Up, Up), (a.Channel.State, b.Channel.State));
        Assert.Equal(Parameters(a), Parameters(b));
        Assert.Equal((false, false), (a.Channel.LmpRestart, b.Channel.LmpRestart));
        Assert.Equal((b.Channel.Id, a.Channel.Id), (a.Channel.RemoteId!.Value, b.Channel.RemoteId!.Value));
        Assert.Equal((true, true), (a.Channel.Neighbor.IsUp, b.Channel.Neighbor.IsUp));
        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.DoesNotContain(node.Node.Alarms.All, x => x.State != AlarmState.Cleared && x.Kind is AlarmKind.ControlChannelDown or AlarmKind.NegotiationFailed);
            // Up and down take turns.
            var adjacency = node.Events.OfType<AdjacencyChanged>().Select(e => e.Up).ToList();
            Assert.Equal(Enumerable.Range(0, adjacency.Count).Select(i => i % 2 == 0), adjacency);
        }
    }

    private static (ushort, ushort) Parameters(VirtualNode node) => (node.Channel.HelloInterval, node.Channel.HelloDeadInterval);

    private static NodeConfiguration Random(Random random, NodeConfiguration node, bool off, bool passive)
    {
        var hello = (ushort)random.Next(20, 1_000);
        var channel = node.Neighbors[0].ControlChannels[0] with
        {
            Role = passive ? ControlChannelRole.Passive : ControlChannelRole.Active,
            HelloInterval = off ? IntervalRange.Off : new IntervalRange(hello, 10, (ushort)random.Next(hello, 5_000)),
            HelloDeadInterval = off ? IntervalRange.Off : new IntervalRange((ushort)(3 * hello), (ushort)random.Next(20, 60), 10_000),
        };
        return node with { Neighbors = [node.Neighbors[0] with { ControlChannels = [channel] }], TeLinks = [] };
    }
}
