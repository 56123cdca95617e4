using OpenLmp.Api;
using OpenLmp.Cli.Cabling;

namespace OpenLmp.Cli.Tests.Cabling;

/// <summary>Answers of nodes, made up: oxcN has Node_Id 10.0.0.N.</summary>
internal static class Nodes
{
    private static readonly DateTime Noon = new(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc);

    public static AskedNode Node(string name, params DataLinkInfo[] links) => new(
        new NodeInfo(name, IdOf(name), "1", Noon, new(1, 1), new(1, 1), new(1, 1), new(1, 1), 0, 0, new(0, 0, 0, 0, 0, 0), "", new("external", true, null, null, "")),
        [.. links.Select(l => l.Neighbor).Distinct().Select(n => new NeighborInfo(n, IdOf(n), AdjacencyState.Up, "none", BehaviorSupport.Unknown, [], "", [], [], "", Noon, SecurityInfo.None))],
        links);

    /// <summary>A data link, found at the same place both ways.</summary>
    public static DataLinkInfo Link(string neighbor, uint id, uint? found) => Link(neighbor, id, found, found);

    public static DataLinkInfo Link(string neighbor, uint id, uint? transmit, uint? receive) => new(
        $"to-{neighbor}-{id}", $"to-{neighbor}", neighbor, new(id, null), null, $"eth{id}", true, null,
        DataLinkState.UpFree, DataLinkState.UpFree, DataLinkState.UpFree, false, transmit is not null, SignalState.Unknown, SignalState.Unknown, SignalState.Unknown,
        0, true, false, null, null, null,
        [], 0, [], [], null, null, null, null, [], [], "", Noon, null, Id(transmit), Id(receive), null, SignalState.Unknown);

    public static string IdOf(string name) => $"10.0.0.{name[^1]}";

    private static LinkIdentifier? Id(uint? id) => id is { } number ? new LinkIdentifier(number, null) : null;
}
