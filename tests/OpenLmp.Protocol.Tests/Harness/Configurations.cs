using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests;

/// <summary>Small configurations for two nodes A (10.0.0.1) and B (10.0.0.2), to be changed with <c>with</c>.</summary>
public static class Configurations
{
    public static readonly float Gbps10 = 1.25e9f;

    public static NetworkEndpoint At(string address) => NetworkEndpoint.TryParse(address, NetworkEndpoint.LmpPort, out var e) ? e : throw new ArgumentException(address);

    public static NodeId Id(string id) => NodeId.TryParse(id, out var n) ? n : throw new ArgumentException(id);

    public static ControlChannelConfiguration Channel(uint id, string local, string remote) => new() { Id = id, Local = At(local), Remote = At(remote) };

    public static DataLinkConfiguration Link(string name, uint local, uint? remote, float bandwidth = 1.25e9f) => new()
    {
        Name = name,
        LocalId = Identifier.Unnumbered(local),
        RemoteId = remote is { } r ? Identifier.Unnumbered(r) : null,
        Capabilities = [new SwitchingCapability(SwitchingType.Lsc, EncodingType.Lambda, bandwidth, bandwidth)],
    };

    /// <summary>Node A: neighbour "b", channel 1, TE link te1 (1-2) with data links te1-1 (101-201) and te1-2 (102-202).</summary>
    public static NodeConfiguration A(Func<ControlChannelConfiguration, ControlChannelConfiguration>? channel = null, Func<TeLinkConfiguration, TeLinkConfiguration>? teLink = null) =>
        Node("a", "10.0.0.1", "b", "10.0.0.2", Channel(1, "10.255.0.1", "10.255.0.2"), Te("b", 1, 2, (101, 201), (102, 202)), channel, teLink);

    /// <summary>Node B: neighbour "a", channel 11, TE link te1 (2-1) with data links te1-1 (201-101) and te1-2 (202-102).</summary>
    public static NodeConfiguration B(Func<ControlChannelConfiguration, ControlChannelConfiguration>? channel = null, Func<TeLinkConfiguration, TeLinkConfiguration>? teLink = null) =>
        Node("b", "10.0.0.2", "a", "10.0.0.1", Channel(11, "10.255.0.2", "10.255.0.1"), Te("a", 2, 1, (201, 101), (202, 102)), channel, teLink);

    public static TeLinkConfiguration Te(string neighbor, uint local, uint remote, params (uint Local, uint Remote)[] links) => new()
    {
        Name = "te1",
        Neighbor = neighbor,
        LocalId = Identifier.Unnumbered(local),
        RemoteId = Identifier.Unnumbered(remote),
        // Signals count as they come: what hold-on is for has tests of its own.
        Signal = new SignalConfiguration { HoldOn = TimeSpan.Zero },
        DataLinks = [.. links.Select((l, i) => Link($"te1-{i + 1}", l.Local, l.Remote))],
    };

    /// <summary>Node A whose neighbour b is a line system, and a data link te2-1 to a neighbour c that goes through it, on te1-1.</summary>
    public static NodeConfiguration ThroughB()
    {
        var a = A();
        var te2 = Te("c", 2, 2) with { Name = "te2", DataLinks = [Link("te2-1", 109, 209) with { Through = "te1-1" }] };
        return a with
        {
            Neighbors = [a.Neighbors[0] with { Wdm = WdmRole.Ols }, new NeighborConfiguration { Name = "c", NodeId = Id("10.0.0.3") }],
            TeLinks = [a.TeLinks[0], te2],
        };
    }

    /// <summary>Node B as the line system of <see cref="ThroughB"/>.</summary>
    public static NodeConfiguration LineSystemB()
    {
        var b = B();
        return b with { Neighbors = [b.Neighbors[0] with { Wdm = WdmRole.Peer }] };
    }

    private static NodeConfiguration Node(
        string name, string id, string neighbor, string neighborId, ControlChannelConfiguration channel, TeLinkConfiguration te,
        Func<ControlChannelConfiguration, ControlChannelConfiguration>? changeChannel, Func<TeLinkConfiguration, TeLinkConfiguration>? changeTeLink) => new()
        {
            Name = name,
            NodeId = Id(id),
            Neighbors = [new NeighborConfiguration { Name = neighbor, NodeId = Id(neighborId), ControlChannels = [changeChannel?.Invoke(channel) ?? channel] }],
            TeLinks = [changeTeLink?.Invoke(te) ?? te],
        };
}
