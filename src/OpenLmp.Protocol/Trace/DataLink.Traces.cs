// RFC 4207 §4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <content>Trace messages.</content>
public sealed partial class DataLink
{
    private readonly SortedDictionary<TraceType, DataLinkTrace> _traces = [];
    private string _traceDifference = "";

    /// <summary>The trace messages that anybody has spoken of, by type (RFC 4207 §4).</summary>
    public IReadOnlyCollection<DataLinkTrace> Traces => _traces.Values;

    /// <summary>Whether the link has the overhead bytes: SONET and SDH share one encoding type (RFC 4207 §3, RFC 3471 §3.1.1).</summary>
    internal bool HasTraces => Configuration.Capabilities.Any(c => c.Encoding == EncodingType.Sdh);

    /// <summary>What is known of a trace type.</summary>
    internal DataLinkTrace Trace(TraceType type)
    {
        if (!_traces.TryGetValue(type, out var trace)) _traces.Add(type, trace = new DataLinkTrace(_node, this, type));
        return trace;
    }

    /// <summary>Raises, changes or clears the alarm about what is received, here or at the neighbour.</summary>
    internal void TellTraces(Instant now)
    {
        var difference = string.Join("; ", _traces.Values.Select(t => t.Difference).Where(d => d.Length > 0));
        if (difference == _traceDifference) return;
        _traceDifference = difference;
        if (difference.Length == 0) _node.Alarms.Clear(now, AlarmKind.TraceMismatch, Name);
        else _node.Alarms.Raise(now, AlarmKind.TraceMismatch, Name, AlarmSeverity.Major, $"{Name}: {difference}; check where the fibre really ends");
    }

    private void StopTraces()
    {
        foreach (var trace in _traces.Values) trace.Stop();
    }

    private void InheritTraces(Instant now, DataLink before)
    {
        foreach (var trace in before._traces.Values) Trace(trace.Type).Inherit(trace);
        TellTraces(now);
    }
}
