// RFC 4207 §4
using OpenLmp.Protocol;
using OpenLmp.Simulation;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>
/// What the ports of a plane see of the traces that its light carries. Where no light arrives, the receiver keeps what it saw last: that is a
/// loss of signal, and no wrong trace. Not thread-safe.
/// </summary>
internal sealed class LabTraces(OpticalPlane plane)
{
    private readonly SortedSet<TraceType> _types = [];
    private readonly Dictionary<(OpticalPort Port, TraceType Type), string> _received = [];

    /// <summary>A port sends this text from now on; empty: none.</summary>
    public void Send(OpticalPort port, TraceType type, string text)
    {
        _types.Add(type);
        plane.SetTrace(port, type, text);
    }

    /// <summary>What a port receives.</summary>
    public IReadOnlyList<(TraceType Type, string Text)> ReceivedAt(OpticalPort port) => [.. _received.Where(r => r.Key.Port == port).Select(r => (r.Key.Type, r.Value))];

    /// <summary>Something has changed: what is received otherwise than before.</summary>
    public List<(OpticalPort Port, TraceType Type, string Text)> Settle()
    {
        var changes = new List<(OpticalPort, TraceType, string)>();
        foreach (var type in _types)
        {
            foreach (var port in plane.Ports.Where(p => p.Received != SignalState.Fail))
            {
                var text = plane.TraceAt(port, type);
                if (_received.GetValueOrDefault((port, type), "") == text) continue;
                _received[(port, type)] = text;
                changes.Add((port, type, text));
            }
        }

        return changes;
    }
}
