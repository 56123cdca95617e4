using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>Configurations of one node that runs without sockets.</summary>
internal static class HubConfiguration
{
    /// <summary>As many as fit one LinkSummary with room to spare (RFC 4204 §12.6.1).</summary>
    public const int DataLinksInTeLink = 1_000;

    /// <summary>The Node_Id of the first neighbour; the others' follow.</summary>
    public static readonly NodeId NeighborId = new(0x0B000000);

    /// <summary>Address 1 is the node's own.</summary>
    public static NetworkEndpoint Endpoint(int index) => new(new NetworkAddress(false, 0x0A000000u + (uint)index), NetworkEndpoint.LmpPort);

    /// <summary>One neighbour, as many control channels between the same two addresses.</summary>
    public static NodeConfiguration OneNeighbor(int channels) => Node(
        [new NeighborConfiguration { Name = "peer0", NodeId = NeighborId, ControlChannels = [.. Enumerable.Range(1, channels).Select(i => Channel(i, 2, (uint)i + 1_000_000))] }]);

    /// <summary>As many neighbours, one control channel and one data link to each.</summary>
    public static NodeConfiguration Neighbors(int neighbors) => Node(
        [
            .. Enumerable.Range(0, neighbors).Select(i => new NeighborConfiguration
            {
                Name = $"peer{i}",
                NodeId = new NodeId(NeighborId.Value + (uint)i),
                ControlChannels = [Channel(i + 1, i + 2, null)],
            }),
        ],
        [.. Enumerable.Range(0, neighbors).Select(i => TeLink(i, $"peer{i}", 1))]);

    /// <summary>One neighbour, as many data links in as many TE links as it takes.</summary>
    public static NodeConfiguration DataLinks(int dataLinks) => Node(
        [new NeighborConfiguration { Name = "peer0", NodeId = NeighborId, ControlChannels = [Channel(1, 2, null)] }],
        [
            .. Enumerable.Range(0, (dataLinks + DataLinksInTeLink - 1) / DataLinksInTeLink)
                .Select(i => TeLink(i, "peer0", Math.Min(DataLinksInTeLink, dataLinks - (i * DataLinksInTeLink)))),
        ]);

    private static NodeConfiguration Node(ValueList<NeighborConfiguration> neighbors, ValueList<TeLinkConfiguration> teLinks = default) =>
        new() { NodeId = new NodeId(0x0A000001), Name = "hub", Neighbors = neighbors, TeLinks = teLinks };

    private static ControlChannelConfiguration Channel(int id, int remote, uint? remoteId) => new()
    {
        Id = (uint)id,
        Local = Endpoint(1),
        Remote = Endpoint(remote),
        RemoteId = remoteId,
        Role = ControlChannelRole.Passive,
    };

    private static TeLinkConfiguration TeLink(int index, string neighbor, int dataLinks) => new()
    {
        Name = $"te{index}",
        Neighbor = neighbor,
        LocalId = Identifier.Unnumbered((uint)index + 1),
        RemoteId = Identifier.Unnumbered((uint)index + 1),
        LinkVerification = false,
        Signal = new SignalConfiguration { HoldOn = TimeSpan.Zero },
        DataLinks =
        [
            .. Enumerable.Range(0, dataLinks).Select(i => (uint)((index * DataLinksInTeLink) + i + 1)).Select(id => new DataLinkConfiguration
            {
                Name = $"d{id}",
                LocalId = Identifier.Unnumbered(id),
                RemoteId = Identifier.Unnumbered(id),
                Capabilities = [new SwitchingCapability(SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, 1.25e9f)],
            }),
        ],
    };
}
