// RFC 4207 §4
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>Which trace arrives at each port, and which one the operators want there.</summary>
internal sealed class LabTraceTruth(LabNetwork network, LabReport report) : LabTruth(network, report)
{
    // What is wanted, by the port that sends: by the last word, to send or to expect.
    private readonly Dictionary<(LabPort From, TraceType Type), string> _wanted = [];
    private List<Mismatch> _before = [];
    private List<Mismatch> _now = [];

    private sealed record Mismatch(LabPort From, LabPort To, TraceType Type, string Expected, string Received);

    public override void Happened(LabStep step)
    {
        if (step is LabTraceStep { Order: not LabTraceOrder.ByHand } trace)
            _wanted[(trace.Order == LabTraceOrder.Send ? trace.Port : Topology.Other(trace.Port), trace.Type)] = trace.Text;
        (_before, _now) = (_now, []);
        foreach (var ((from, type), expected) in _wanted)
        {
            var to = Topology.Other(from);
            if (Network.Optics.TraceAt(to, type) is { } received && received != expected) _now.Add(new(from, to, type, expected, received));
        }
    }

    public override IEnumerable<string> Differences(LabView view)
    {
        var mismatched = _now.SelectMany(m => (LabPort[])[m.From, m.To]).ToHashSet();
        foreach (var (port, says) in view.Ports)
            if (says.Has(AlarmKind.TraceMismatch) != mismatched.Contains(port))
                yield return $"{port}: its node says that the trace is {(mismatched.Contains(port) ? "as it should be" : "another one than it should be")}";

        foreach (var ((from, type), expected) in _wanted)
        {
            var to = view.Ports[Topology.Other(from)].Traces.FirstOrDefault(t => t.Type == type);
            if ((to?.Monitored ?? to?.Expected) != expected) yield return $"{Topology.Other(from)}: its node does not monitor for {TraceText.Quote(expected)}";
        }

        // Both texts, at both ends.
        foreach (var mismatch in _now)
            foreach (var port in (LabPort[])[mismatch.From, mismatch.To])
                foreach (var text in (string[])[mismatch.Expected, mismatch.Received])
                    if (view.Ports[port].Alarms.GetValueOrDefault(AlarmKind.TraceMismatch)?.Contains(TraceText.Quote(text), StringComparison.Ordinal) == false)
                        yield return $"{port}: the alarm does not name {TraceText.Quote(text)}";
    }

    public override bool Tell(LabStep step, LabView view)
    {
        foreach (var m in _now.Except(_before))
        {
            Report.Tell($"TRACE MISMATCH from {m.From} to {m.To}: both nodes say so (TraceMismatch, TraceReport)");
            Report.Continue($"expected  {TraceText.Quote(m.Expected)}, at {m.To}: what {m.From.Node.Name} is to send ({TraceTypes.InWords(m.Type)})");
            Report.Continue($"received  {TraceText.Quote(m.Received)}");
            foreach (var port in (LabPort[])[m.To, m.From]) Report.Continue($"{port.Node.Name} says  {view.Ports[port].Alarms[AlarmKind.TraceMismatch]}");
            Report.Continue($"to do     look which trace {m.From} sends; if it is the right one, where the fibre of {m.To} really ends");
        }

        foreach (var m in _before.Where(b => !_now.Exists(n => (n.From, n.Type) == (b.From, b.Type))))
            Report.Tell($"the trace from {m.From} to {m.To} is as it should be{(_now.Count == 0 ? "; all clear" : "")}");
        return step.IsPlanted && step is LabTraceStep && _now.Except(_before).Any();
    }

    public override bool Explains(LabPort port, AlarmKind kind) => kind == AlarmKind.TraceMismatch && _now.Exists(m => m.From == port || m.To == port);
}
