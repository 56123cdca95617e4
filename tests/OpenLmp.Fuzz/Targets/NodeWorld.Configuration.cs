using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;
using OpenLmp.Wire;

namespace OpenLmp.Fuzz;

internal sealed partial class NodeWorld
{
    /// <summary>
    /// Node a with neighbours b (two control channels, TE links te1 with three data links and te2 with one that has traces) and c (one control channel,
    /// TE link te3 with two data links); each bit of <paramref name="variant"/> changes one thing.
    /// </summary>
    private static (NodeConfiguration A, NodeConfiguration B, NodeConfiguration C) Configure(int variant)
    {
        bool Is(int bit) => (variant & (1 << bit)) != 0;
        var channel = Channel(1, "10.255.0.1", "10.255.0.2");
        if (Is(0)) channel = channel with { Role = ControlChannelRole.Passive };
        if (Is(1)) channel = LinkConfigurations.NoHello(channel);
        if (Is(2)) channel = channel with { HelloInterval = IntervalRange.Exactly(100), RemoteId = Is(3) ? 99u : 11u };
        // c is a line system, or a is, or neither; both may say the same, which is wrong.
        var (wdmOfA, wdmOfC) = (Is(4), Is(15)) switch
        {
            (true, true) => (WdmRole.Ols, WdmRole.Peer),
            (true, false) => (WdmRole.Peer, WdmRole.Ols),
            (false, true) => (WdmRole.Ols, WdmRole.Ols),
            _ => (WdmRole.None, WdmRole.None),
        };
        var confirmation = new StatusConfirmationConfiguration { Interval = Is(5) ? TimeSpan.FromSeconds(5) : default, AfterOutage = TimeSpan.FromSeconds(1) };
        var verification = new VerificationConfiguration { Periodic = TimeSpan.FromSeconds(3), OnEstablishment = Is(6), OneAtATime = Is(7), Retry = TimeSpan.FromSeconds(2) };
        TeLinkConfiguration Te(string name, string neighbor, uint local, uint remote, bool learn, params (uint Local, uint Remote)[] links) =>
            Configurations.Te(neighbor, local, remote, links) with
            {
                Name = name,
                RemoteId = learn ? null : Identifier.Unnumbered(remote),
                Confirmation = confirmation,
                Verification = verification,
                DataLinks = [.. links.Select((l, i) => DataLink($"{name}-{i + 1}", l.Local, learn && i == 0 ? null : l.Remote, name == "te2", local))],
            };
        var te1 = Te("te1", "b", 1, 2, Is(10), (101, 201), (102, Is(11) ? 203u : 202), (103, 203));
        // The line system c is on the way to b.
        if (wdmOfA == WdmRole.Ols && !Is(12)) te1 = te1 with { DataLinks = [te1.DataLinks[0] with { Through = "te3-1" }, .. te1.DataLinks.Skip(1)] };

        var a = new NodeConfiguration
        {
            Name = "a",
            NodeId = Configurations.Id("10.0.0.1"),
            Neighbors =
            [
                new NeighborConfiguration
                {
                    Name = "b",
                    NodeId = Configurations.Id("10.0.0.2"),
                    BehaviorNegotiation = !Is(8),
                    ControlChannels = Is(9) ? [channel] : [channel, Channel(2, "10.254.0.1", "10.254.0.2")],
                },
                new NeighborConfiguration { Name = "c", NodeId = Configurations.Id("10.0.0.3"), Wdm = wdmOfA, ControlChannels = [Channel(3, "10.253.0.1", "10.253.0.3")] },
            ],
            TeLinks =
            [
                te1,
                Te("te2", "b", 3, 4, learn: false, (104, 204)),
                .. Is(12) ? (ReadOnlySpan<TeLinkConfiguration>)[] : [Te("te3", "c", 5, 6, Is(13), (105, 205), (106, 206))],
            ],
        };
        var b = new NodeConfiguration
        {
            Name = "b",
            NodeId = Configurations.Id("10.0.0.2"),
            Neighbors =
            [
                new NeighborConfiguration
                {
                    Name = "a",
                    NodeId = Configurations.Id("10.0.0.1"),
                    ControlChannels = [Channel(11, "10.255.0.2", "10.255.0.1"), Channel(12, "10.254.0.2", "10.254.0.1")],
                },
            ],
            TeLinks = [Te("te1", "a", 2, 1, Is(14), (201, 101), (202, 102), (203, 103)), Te("te2", "a", 4, 3, learn: false, (204, 104))],
        };
        var c = new NodeConfiguration
        {
            Name = "c",
            NodeId = Configurations.Id("10.0.0.3"),
            Neighbors = [new NeighborConfiguration { Name = "a", NodeId = Configurations.Id("10.0.0.1"), Wdm = wdmOfC, ControlChannels = [Channel(13, "10.253.0.3", "10.253.0.1")] }],
            TeLinks = [Te("te3", "a", 6, 5, learn: false, (205, 105), (206, 106))],
        };
        return (a, b, c);
    }

    // Hellos are most of what nodes say, and the least of it; fewer of them leave time for the rest.
    private static ControlChannelConfiguration Channel(uint id, string local, string remote) =>
        Configurations.Channel(id, local, remote) with { HelloInterval = IntervalRange.Around(1000), HelloDeadInterval = IntervalRange.Around(3500) };

    private static DataLinkConfiguration DataLink(string name, uint local, uint? remote, bool traces, uint side) =>
        Configurations.Link(name, local, remote) with
        {
            Capabilities = traces ? [LinkConfigurations.Tdm(2.5, 10)] : [side % 2 == 0 ? LinkConfigurations.Lambda(5, 10) : LinkConfigurations.Lambda(10, 10)],
            Channels = [DataChannelLabel.Of(1), DataChannelLabel.Of(2)],
        };
}
