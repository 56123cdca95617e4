// RFC 4207 §4
using OpenLmp.Simulation;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>
/// The texts that the light of a plane carries in its overhead: from where it begins through every cross-connect. Where no light arrives, the
/// receiver keeps what it saw last: that is a loss of signal, and no wrong trace. Not thread-safe.
/// </summary>
internal sealed class LabTraces(OpticalPlane plane)
{
    private readonly Dictionary<OpticalPort, SortedDictionary<TraceType, string>> _sent = [];
    private readonly Dictionary<(OpticalPort Port, TraceType Type), string> _received = [];

    /// <summary>A port sends this text from now on; empty: none.</summary>
    public void Send(OpticalPort port, TraceType type, string text)
    {
        if (!_sent.TryGetValue(port, out var texts)) _sent.Add(port, texts = []);
        if (text.Length > 0) texts[type] = text;
        else texts.Remove(type);
    }

    /// <summary>What a port receives.</summary>
    public IReadOnlyList<(TraceType Type, string Text)> ReceivedAt(OpticalPort port) => [.. _received.Where(r => r.Key.Port == port).Select(r => (r.Key.Type, r.Value))];

    /// <summary>Something has changed: what is received otherwise than before.</summary>
    public List<(OpticalPort Port, TraceType Type, string Text)> Settle()
    {
        var changes = new List<(OpticalPort, TraceType, string)>();
        if (_sent.Count == 0) return changes;
        foreach (var port in plane.Ports)
        {
            if (plane.BeginningOfLight(port) is not { } origin || !_sent.TryGetValue(origin, out var texts)) continue;
            foreach (var (type, text) in texts)
            {
                if (_received.TryGetValue((port, type), out var before) && before == text) continue;
                _received[(port, type)] = text;
                changes.Add((port, type, text));
            }
        }

        return changes;
    }
}
