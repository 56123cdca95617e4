using OpenLmp.Hosting;
using OpenLmp.Simulation;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>
/// Reads <c>story</c>: what happens, one step after the other. It plays the steps through while reading them, so that what cannot happen then is
/// told with its place.
/// </summary>
/// <param name="findings">Where errors go.</param>
/// <param name="topology">The nodes, links and LSPs.</param>
/// <param name="names">The ports and nodes by name.</param>
/// <param name="faulty">The links that <c>faults</c> is about, with the lines.</param>
internal sealed class LabStoryReader(Findings findings, LabTopology topology, LabNames names, IReadOnlyDictionary<LabLink, int> faulty)
{
    private static readonly string[] Verbs =
        ["cut", "degrade", "repair", "laser-off", "laser-on", "send-trace", "expect-trace", "wrong-trace", "allocate", "release", "confirm", "restart"];

    // The keys that only some verbs take.
    private static readonly (string Key, string[] With)[] Companions =
    [
        ("one-way", ["cut", "degrade"]),
        ("text", ["send-trace", "expect-trace", "wrong-trace"]),
        ("type", ["send-trace", "expect-trace", "wrong-trace"]),
    ];

    // What is wrong with fibres, lasers and traces, by the step that did it.
    private readonly Dictionary<LabLink, LabFibreStep> _broken = [];
    private readonly Dictionary<LabPort, LabLaserStep> _dark = [];
    private readonly Dictionary<(LabPort From, TraceType Type), LabTraceStep> _wrong = [];
    private readonly Dictionary<LabLink, LabAllocationStep> _stranded = [];
    private readonly HashSet<LabPort> _allocated = [.. topology.Lsps.SelectMany(l => l.Links).SelectMany(l => l.Ends).Select(e => e.Here)];
    private TimeSpan _at = TimeSpan.Zero;

    /// <summary>The steps, in order; what is wrong is told.</summary>
    public List<LabStep> Read(Section root)
    {
        var steps = new List<LabStep>();
        foreach (var section in root.Children("story", "step", ["at", .. Verbs, .. Companions.Select(c => c.Key), "expect"]))
        {
            var expected = ReadExpected(section);
            if (ReadStep(section) is not { } step) continue;
            step.Expected = expected;
            steps.Add(step);
        }

        return steps;
    }

    private LabStep? ReadStep(Section section)
    {
        var at = section.Optional("at", Durations.Duration, _at);
        if (at.IsUsable && at.Value < _at) findings.Error(at.At, $"at: the step before is at {LabStep.Seconds(_at)}; write the steps in the order of their times");
        else _at = at.Value;

        var given = Verbs.Where(section.Has).ToList();
        if (given is not [var verb])
        {
            findings.Error(section.At, $"step: write one of {string.Join(", ", Verbs)}, such as cut: [\"oxc2:1\", \"oxc3:1\"]");
            return null;
        }

        foreach (var (key, with) in Companions)
            if (section.Has(key) && !with.Contains(verb)) findings.Error(section.KeyAt(key), $"{key}: it goes with {string.Join(", ", with)}; remove it here");
        return verb switch
        {
            "cut" or "degrade" => ReadFault(section, verb),
            "repair" => ReadRepair(section),
            "laser-off" or "laser-on" => ReadLaser(section, verb),
            "send-trace" or "expect-trace" or "wrong-trace" => ReadTrace(section, verb),
            "allocate" or "release" => ReadAllocation(section, verb),
            "confirm" => ReadConfirm(section),
            _ => section.Required(verb, names.Node, "oxc2") is { IsUsable: true } node ? new LabRestartStep(_at, node.Value) : null,
        };
    }

    private LabFibreStep? ReadFault(Section section, string verb)
    {
        var oneWay = section.Optional("one-way", Conversions.Boolean, false).Value;
        if (ReadFibres(section, verb, oneWay) is not { } fibres) return null;
        foreach (var link in fibres.Links)
        {
            if (_broken.TryGetValue(link, out var before))
            {
                findings.Error(section.KeyAt(verb), $"{verb}: {before.Fibres} {(before.Condition == FibreCondition.Cut ? "cut" : "degraded")} already, after {LabStep.Seconds(before.At)}; repair that first");
                return null;
            }
        }

        var step = new LabFibreStep(_at, fibres, verb == "cut" ? FibreCondition.Cut : FibreCondition.Degraded);
        foreach (var link in fibres.Links) _broken.Add(link, step);
        return step;
    }

    private LabFibreStep? ReadRepair(Section section)
    {
        if (ReadFibres(section, "repair", oneWay: false) is not { } fibres) return null;
        if (!_broken.TryGetValue(fibres.Links[0], out var broken) || broken.Fibres.Span != fibres.Span)
        {
            findings.Error(section.KeyAt("repair"), $"repair: nothing has happened to {fibres} by then; name what was cut or degraded before");
            return null;
        }

        foreach (var link in fibres.Links) _broken.Remove(link);
        return broken.Repaired(_at);
    }

    // Two ports of a link, or the name of a span.
    private LabFibres? ReadFibres(Section section, string verb, bool oneWay)
    {
        if (section.ItemCount(verb) < 0)
        {
            var span = section.Required(verb, names.Span, "west");
            if (!span.IsUsable) return null;
            if (oneWay) findings.Error(section.KeyAt("one-way"), "one-way: a span is cut as a whole; remove it");
            return Unplanted([.. topology.Links.Where(l => l.Span == span.Value)], span.At, verb) ? new LabFibres([.. topology.Links.Where(l => l.Span == span.Value)], null, span.Value) : null;
        }

        if (names.TwoPorts(section, verb, "[\"oxc2:1\", \"oxc3:1\"]") is not var (a, b)) return null;
        var link = topology.LinkOf(a.Value);
        if (LabNames.NoFibres(link) is { } why)
        {
            findings.Error(a.At, $"{verb}: {why}");
            return null;
        }

        if (a.Value != b.Value && link.Has(b.Value)) return Unplanted([link], a.At, verb) ? new LabFibres([link], oneWay ? a.Value : null, null) : null;
        findings.Error(b.At, $"{verb}: {names.NoLink(a.Value, b.Value)}");
        return null;
    }

    // What is planted from the beginning is out of service, and shows nothing else.
    private bool Unplanted(IReadOnlyList<LabLink> links, Position at, string verb)
    {
        foreach (var link in links)
        {
            var why = faulty.TryGetValue(link, out var line) ? $", at line {line}" : topology.Mismatches.Contains(link) ? ": different bandwidths at its ends" : null;
            if (why is null) continue;
            findings.Error(at, $"{verb}: {link} has a fault already{why}; plant one fault per link");
            return false;
        }

        return true;
    }

    private LabLaserStep? ReadLaser(Section section, string verb)
    {
        var ports = section.Convert(verb, names.Port).ToList();
        if (ports.Count == 0 && section.ItemCount(verb) == 0) findings.Error(section.KeyAt(verb), $"{verb}: ports are expected, such as [\"ols1:1\", \"ols1:2\"]");
        if (ports.Count == 0 || ports.Any(p => !p.IsValid)) return null;
        var on = verb == "laser-on";
        LabLaserStep? failure = null;
        foreach (var port in ports)
        {
            if (topology.LightOf(port.Value) is var light && light != port.Value)
            {
                findings.Error(port.At, $"{verb}: {port.Value} is another name of {light}; name that");
                return null;
            }

            var isDark = _dark.Remove(port.Value, out var before);
            if (isDark != on)
            {
                findings.Error(port.At, $"{verb}: the laser of {port.Value} is {(on ? "on" : "off")} by then; remove it");
                return null;
            }

            failure ??= before;
        }

        var step = new LabLaserStep(_at, [.. ports.Select(p => p.Value)], on) { Undoes = failure };
        if (!on) foreach (var port in step.Ports) _dark.Add(port, step);
        return step;
    }

    private LabTraceStep? ReadTrace(Section section, string verb)
    {
        var order = verb switch { "send-trace" => LabTraceOrder.Send, "expect-trace" => LabTraceOrder.Expect, _ => LabTraceOrder.ByHand };
        var port = section.Required(verb, names.Port, "\"oxc1:1\"");
        var text = section.Required("text", LabConversions.TraceMessage, "oxc1-1");
        if (!port.IsUsable || !text.IsUsable) return null;
        var link = topology.LinkOf(port.Value);
        var type = section.Optional("type", LabConversions.Trace, link.Traces.Count > 0 ? link.Traces[0].Type : TraceType.SonetJ0).Value;
        if (link.Encoding != EncodingType.Sdh)
            findings.Error(port.At, $"{verb}: only SONET and SDH have trace messages (RFC 4207 §3); add encoding: sdh to the link {link}");
        else if (LabNames.OldNodeOf(link) is { } old)
            findings.Error(port.At, $"{verb}: {old.Name} has behavior-negotiation: false, and knows nothing of traces; choose another link");

        var from = (order == LabTraceOrder.Expect ? link.Other(port.Value) : port.Value, type);
        var step = new LabTraceStep(_at, port.Value, type, text.Value, order);
        if (step.IsPlanted) _wrong[from] = step;
        else if (_wrong.Remove(from, out var wrong)) step = step with { Undoes = wrong };
        return step;
    }

    private LabAllocationStep? ReadAllocation(Section section, string verb)
    {
        var port = section.Required(verb, names.Port, "\"oxc1:1\"");
        if (!port.IsUsable || !Unplanted([topology.LinkOf(port.Value)], port.At, verb)) return null;
        var allocate = verb == "allocate";
        if (allocate ? !_allocated.Add(port.Value) : !_allocated.Remove(port.Value))
        {
            findings.Error(port.At, $"{verb}: {port.Value} is {(allocate ? "allocated" : "free")} by then; remove the step");
            return null;
        }

        var link = topology.LinkOf(port.Value);
        var strands = _allocated.Contains(link.A) != _allocated.Contains(link.B);
        _stranded.Remove(link, out var before);
        var step = new LabAllocationStep(_at, port.Value, allocate, strands) { Undoes = before };
        if (strands) _stranded.Add(link, step);
        return step;
    }

    private LabConfirmStep? ReadConfirm(Section section)
    {
        var nodes = section.Convert("confirm", names.Node).ToList();
        if (nodes.Count != 2) findings.Error(section.KeyAt("confirm"), "confirm: two nodes are expected, the one that asks first, such as [oxc1, oxc2]");
        if (nodes is not [{ IsValid: true } node, { IsValid: true } neighbor]) return null;
        if (!topology.Adjacencies.Contains(LabTopology.AdjacencyOf(node.Value, neighbor.Value)))
            findings.Error(neighbor.At, $"confirm: no link joins {node.Value.Name} and {neighbor.Value.Name}; name two neighbours");
        else if (node.Value.IsOld || neighbor.Value.IsOld)
            findings.Error(neighbor.At, $"confirm: {(node.Value.IsOld ? node : neighbor).Value.Name} has behavior-negotiation: false, and knows nothing of status confirmation; choose other nodes");
        return new LabConfirmStep(_at, node.Value, neighbor.Value);
    }

    private List<LabExpectation> ReadExpected(Section step)
    {
        var expected = new List<LabExpectation>();
        if (step.Child("expect", LabConversions.AlarmNames) is not { } section) return expected;
        foreach (var name in LabConversions.AlarmNames.Where(section.Has))
            expected.Add(new(LabConversions.Alarm(name), section.Values(name, names.Port).Value.ToHashSet()));
        return expected;
    }
}
