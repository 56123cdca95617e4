// RFC 4207 §3.1: Test messages over the control channel, "correlated for consistency to the received J0 pattern".
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What a neighbour says that it sends over its data links, and which of ours receives it.</summary>
/// <param name="node">The node.</param>
/// <param name="neighbor">The neighbour.</param>
/// <param name="transport">The mechanism: which overhead byte.</param>
internal sealed class TraceCorrelation(NodeContext node, Neighbor neighbor, VerifyTransport transport)
{
    private readonly Dictionary<Identifier, string> _told = [];

    /// <summary>A Test message tells which trace the neighbour sends over one of its data links.</summary>
    public void Tell(Identifier remoteId, TraceObject trace) => _told[remoteId] = TraceText.FromWire(trace);

    /// <summary>The neighbour's data links that the trace may come from.</summary>
    public IReadOnlyList<Identifier> Senders(string text) => [.. _told.Where(t => t.Value == text).Select(t => t.Key)];

    /// <summary>
    /// The data link on which the trace comes in that the neighbour sends over one of its own: any of this node's, the fibre may be in the wrong
    /// port. Null: none yet, or it cannot be told which.
    /// </summary>
    public DataLink? Find(Identifier remoteId)
    {
        if (!_told.TryGetValue(remoteId, out var text)) return null;
        var receivers = node.Node.TeLinks.SelectMany(t => t.DataLinks).Where(l => l.Receives(transport, text)).ToList();
        // Where a neighbour sends one text over all its data links, as some do, it can confirm a mapping that is known, and find none.
        return receivers.Find(l => l.RemoteId == remoteId && l.TeLink.Neighbor == neighbor)
            ?? (receivers.Count == 1 && Senders(text).Count == 1 ? receivers[0] : null);
    }
}
