using OpenLmp.Api;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Http;

/// <summary>Counters copied on the node's thread, to be put into words off it: there are some fifty for each neighbour.</summary>
internal sealed class CounterSnapshot
{
    private static readonly int Reasons = Enum.GetValues<DropReason>().Length;

    private readonly (long Sent, long Received, long Retransmitted)[] _messages = new (long, long, long)[MessageTypeRegistry.Highest + 1];
    private readonly long[] _drops = new long[Reasons];

    private CounterSnapshot(string scope, NodeCounters counters)
    {
        Scope = scope;
        for (var i = 0; i < _messages.Length; i++)
            _messages[i] = (counters.Sent((MessageType)i), counters.Received((MessageType)i), counters.Retransmitted((MessageType)i));
        for (var i = 0; i < _drops.Length; i++) _drops[i] = counters.Dropped((DropReason)i);
    }

    /// <summary><see cref="CountersInfo.NodeScope"/> or a neighbour's name.</summary>
    public string Scope { get; }

    /// <summary>The counters of the node and of each neighbour, or of the one named; null if there is none of that name.</summary>
    public static List<CounterSnapshot>? Take(LmpNode node, string? name)
    {
        var all = new List<CounterSnapshot>();
        if (name is null or CountersInfo.NodeScope || name == node.Name) all.Add(new CounterSnapshot(CountersInfo.NodeScope, node.Counters));
        foreach (var neighbor in node.Neighbors)
            if (name is null || name == neighbor.Name) all.Add(new CounterSnapshot(neighbor.Name, neighbor.Counters));
        return all.Count > 0 ? all : null;
    }

    /// <summary>As the API shows it: message types by number, then those no RFC defines.</summary>
    public CountersInfo ToInfo()
    {
        var messages = new List<MessageCount>(_messages.Length);
        for (var i = 1; i < _messages.Length; i++) messages.Add(Count(i, MessageTypeRegistry.Name((MessageType)i)));
        messages.Add(Count(0, "Unknown"));
        return new CountersInfo(Scope, messages, [.. _drops.Select((count, i) => new DropCount(ApiWords.Of((DropReason)i), count))]);
    }

    private MessageCount Count(int type, string name) => new(name, _messages[type].Sent, _messages[type].Received, _messages[type].Retransmitted);
}
