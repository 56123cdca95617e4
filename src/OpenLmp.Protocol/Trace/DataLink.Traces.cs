// RFC 4207 §3.1, §4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <content>Trace messages.</content>
public sealed partial class DataLink
{
    private readonly SortedDictionary<TraceType, DataLinkTrace> _traces = [];
    private string _traceDifference = "";
    // The one that carries a test pattern now, or whatever is sent in it anyway.
    private DataLinkTrace? _tested;

    /// <summary>The trace messages that anybody has spoken of, by type (RFC 4207 §4).</summary>
    public IReadOnlyCollection<DataLinkTrace> Traces => _traces.Values;

    /// <summary>Whether the link has the overhead bytes: SONET and SDH share one encoding type (RFC 4207 §3, RFC 3471 §3.1.1).</summary>
    internal bool HasTraces => Configuration.IsSonetSdh;

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

    /// <summary>Takes up what the operator asked for before a restart, and what is configured, where that differs from what was configured before.</summary>
    internal void ConfigureTraces(Instant now, ValueList<TraceConfiguration> before)
    {
        if (_node.IsStarting && HasTraces)
            foreach (var retained in _node.Retention.TracesOf(Name)) Trace(retained.Type).Restore(now, retained);
        foreach (var type in before.Concat(Configuration.Traces).Select(t => t.Type).Distinct())
            Trace(type).Configure(now, before.FirstOrDefault(t => t.Type == type), Configuration.FindTrace(type));
    }

    /// <summary>Whether a trace comes in by a transport mechanism: on a link that is in use, or without a signal, it is no sign of a test.</summary>
    internal bool Receives(VerifyTransport transport, string text) =>
        !Allocated && Signal != SignalState.Fail && _traces.Values.Any(t => transport.Uses(t.Type) && t.Received == text);

    /// <summary>Whether the trace that comes in may be one of a test.</summary>
    internal bool IsTestedBy(TraceType type) => PassiveState == DataLinkState.PasvTest && ListenTransport.Uses(type);

    /// <summary>The trace that comes in is one of a test.</summary>
    internal void TestTraceReceived(VerifyTransport transport)
    {
        foreach (var trace in _traces.Values.Where(t => transport.Uses(t.Type))) trace.TestReceived();
    }

    /// <summary>The neighbour's test is over.</summary>
    internal void TestTraceOver(Instant now)
    {
        foreach (var trace in _traces.Values) trace.TestOver(now);
    }

    // What is sent anyway will do, if nothing else of this node looks like it.
    private TraceObject StartTestTrace(uint verifyId)
    {
        var known = _traces.Values.Where(t => TestTransport.Uses(t.Type)).OrderBy(t => t.Sent is null).FirstOrDefault();
        _tested = known ?? Trace(Enum.GetValues<TraceType>().First(type => TestTransport.Uses(type)));
        var others = _node.Node.TeLinks.SelectMany(t => t.DataLinks).Where(l => l != this).SelectMany(l => l.Traces).Where(t => TestTransport.Uses(t.Type));
        var text = _tested.Sent is { } sent && !others.Any(t => t.Sent == sent) ? sent : TracePattern.Of(_node.Node.NodeId, LocalId, verifyId);
        _tested.StartTest(text);
        return TraceText.ToWire(_tested.Type, text);
    }

    private void EndTestTrace()
    {
        _tested?.EndTest();
        _tested = null;
    }

    private void RemoveTraces()
    {
        foreach (var trace in _traces.Values) trace.Remove();
    }

    private void InheritTraces(Instant now, DataLink before)
    {
        foreach (var trace in before._traces.Values) Trace(trace.Type).Inherit(trace);
        TellTraces(now);
    }
}
