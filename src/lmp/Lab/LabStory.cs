using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>What happens in a lab, told in words as it happens, and whether LMP found exactly what was planted.</summary>
/// <param name="network">The nodes, and the light between them.</param>
/// <param name="told">What the story is told of the lab: the plan, and what is planted. The verdict compares LMP's findings with it.</param>
/// <param name="output">Where it is told.</param>
internal sealed class LabStory(LabNetwork network, LabTopology told, TextWriter output)
{
    private readonly LabReport _report = new(output);
    private readonly HashSet<(LabLink First, LabLink Second)> _swaps = [];
    private readonly HashSet<LabLink> _mismatches = [];

    /// <summary>Tells the story up to the verdict; true if LMP found exactly the planted faults.</summary>
    public async Task<bool> TellAsync(CancellationToken cancellation)
    {
        Introduce();
        if (!await LabWait.UntilAsync(async c => (await LabView.LookAsync(network, c)).Down.Count == 0, cancellation))
        {
            foreach (var (node, text) in (await LabView.LookAsync(network, cancellation)).Down) _report.Line($"{node.Name}: {text}");
            _report.Line("Verdict: the control channels did not come up.");
            return false;
        }

        var count = told.Adjacencies.Count();
        _report.Tell($"control channels: {count} of {count} up (Config, Hello)");
        await new LabBehaviors(network, told, _report).TellAsync(cancellation);
        foreach (var (a, b) in told.Adjacencies) await TellLinksAsync(a, b, cancellation);
        foreach (var lsp in told.Lsps) await SetUpAsync(lsp, cancellation);
        var timeline = new LabTimeline(network, _report, await LabView.LookAsync(network, cancellation));
        await timeline.BeginAsync(told.Traces, cancellation);
        await timeline.TellAsync(told.Steps, cancellation);
        return await TellVerdictAsync(timeline, cancellation);
    }

    private void Introduce()
    {
        var nodes = string.Join(" - ", told.Nodes.Select(n => n.Name));
        _report.Line($"Lab {told.Name}: {nodes}; {told.Links.Count} data links; LMP over UDP on "
            + $"{network.EndpointOf(told.Nodes[0])} to {network.EndpointOf(told.Nodes[^1])}");
        foreach (var planted in told.Planted) _report.Line($"Planted: {planted}");
        _report.Line();
    }

    private async Task TellLinksAsync(LabNode a, LabNode b, CancellationToken cancellation)
    {
        var links = told.Links.Where(l => l.Joins(a, b)).ToList();
        LabView view = null!;
        await LabWait.UntilAsync(
            async c =>
            {
                view = await LabView.LookAsync(network, c);
                return links.All(l => IsDecided(l, view.Ports[l.A], view.Ports[l.B]));
            },
            cancellation);

        var findings = new LabFindings(links, view);
        var up = links.Count(l => view.Ports[l.A].IsUp && view.Ports[l.B].IsUp);
        _report.Tell($"{a.Name} - {b.Name}: {up} of {links.Count} data links {(a.Verifies(b) ? "verified and " : "")}in service"
            + (up < links.Count ? $", {links.Count - up} kept out of service" : a.Verifies(b) ? " (BeginVerify, Test, LinkSummary)" : " (LinkSummary)"));
        foreach (var (link, text) in findings.Mismatches) _report.Tell($"{link}: the ends disagree: {text}");
        foreach (var (first, second) in findings.Swaps) TellSwap(first, second);
        _mismatches.UnionWith(findings.Mismatches.Select(m => m.Link));
        _swaps.UnionWith(findings.Swaps);
        foreach (var stray in findings.Strays) _report.Differs(stray);
    }

    // Both ends have to know.
    private static bool IsDecided(LabLink link, LabPortView a, LabPortView b) =>
        (a.IsUp && b.IsUp && IsVerified(link, a, b))
        || (a.Has(AlarmKind.Miswired) && b.Has(AlarmKind.Miswired))
        || (a.Has(AlarmKind.DataLinkMismatch) && b.Has(AlarmKind.DataLinkMismatch))
        || a.Has(AlarmKind.VerificationFailed) || b.Has(AlarmKind.VerificationFailed);

    // Two data links on one fibre take turns (RFC 4209 §2.2): whoever comes second finds them up by then, and the other way untested.
    private static bool IsVerified(LabLink link, LabPortView a, LabPortView b) =>
        !link.A.Node.Verifies(link.B.Node) || (link.Through is null && link.A.Node.IsLineSystem == link.B.Node.IsLineSystem
            ? a.IsVerified && b.IsVerified
            : a.IsVerified || b.IsVerified);

    private void TellSwap(LabLink first, LabLink second)
    {
        var (a, b) = (first.A.Node, first.B.Node);
        var (otherA, otherB) = (second.At(a), second.At(b));
        _report.Tell($"SWAPPED FIBRES between {a.Name} and {b.Name}: both nodes say so, by Test messages");
        _report.Continue($"planned  {first}  and  {otherA} - {otherB}");
        _report.Continue($"found    {first.A} - {otherB}  and  {otherA} - {first.B}");
        _report.Continue($"to do    exchange the plugs of {first.A} and {otherA}, or those of {first.B} and {otherB}; not both");
    }

    private async Task SetUpAsync(LabLsp lsp, CancellationToken cancellation)
    {
        string? why = null;
        await LabWait.UntilAsync(async c => (why = await network.SetUpAsync(lsp, c)) is null, cancellation);
        if (why is not null) _report.Differs($"LSP {lsp.Name} could not be set up: {why}");
        else _report.Tell($"LSP {lsp.Name}: set up over {string.Join(", ", lsp.Links)}");
    }

    private async Task<bool> TellVerdictAsync(LabTimeline timeline, CancellationToken cancellation)
    {
        foreach (var text in await UnexpectedAsync(timeline, cancellation)) _report.Differs(text);
        foreach (var text in network.Optics.Problems) _report.Differs(text);
        Compare(told.Mismatches.ToHashSet(), _mismatches, link => $"{link}: different bandwidths");
        Compare(told.Swaps.Select(s => (s.First, s.Second)).ToHashSet(), _swaps, pair => $"{pair.First} and {pair.Second}: swapped fibres");

        var wrong = _report.NotAsPlanted.Count;
        _report.Line();
        foreach (var text in _report.NotAsPlanted) _report.Line($"NOT AS PLANTED: {text}");
        _report.Line($"Verdict: {told.Planted.Count()} planted, {_mismatches.Count + _swaps.Count + _report.Found} found, "
            + (wrong == 0 ? "nothing else reported." : $"{wrong} not as planted."));
        return wrong == 0;

        void Compare<T>(HashSet<T> planted, HashSet<T> discovered, Func<T, string> words)
        {
            foreach (var f in planted.Except(discovered)) _report.Differs($"{words(f)}: planted, not found");
            foreach (var f in discovered.Except(planted)) _report.Differs($"{words(f)}: found, not planted");
        }
    }

    // Alarms about anything but what was found, and data links that are neither in service nor explained. What is over
    // by itself after a moment, such as a control channel that a busy machine let die, is no finding.
    private async Task<List<string>> UnexpectedAsync(LabTimeline timeline, CancellationToken cancellation)
    {
        var swapped = _swaps.SelectMany(s => (LabLink[])[s.First, s.Second]).SelectMany(l => l.Ends).Select(e => e.Here).ToHashSet();
        var mismatched = _mismatches.SelectMany(l => l.Ends).Select(e => e.Here).ToHashSet();
        var unexpected = new List<string>();
        async Task<bool> LookAsync(CancellationToken c)
        {
            var view = await LabView.LookAsync(network, c);
            var names = view.Ports.ToDictionary(p => (p.Key.Node, p.Value.Name), p => p.Key);
            unexpected = [
                .. view.Alarms.Where(a => !IsExplained(a)).Select(a => $"{a.Node.Name}: {a.Text}"),
                .. view.Ports.Where(p => !p.Value.IsUp && !swapped.Contains(p.Key) && !mismatched.Contains(p.Key) && !timeline.ExplainsDown(p.Key))
                    .Select(p => $"{p.Key.Node.Name}: {p.Value.Name} is {p.Value.State}: {p.Value.Reason}")];
            return unexpected.Count == 0;

            bool IsExplained(LabAlarm alarm) => IsOfWholeTeLink(alarm, view) || names.TryGetValue((alarm.Node, alarm.Object), out var port) && (timeline.Explains(port, alarm.Kind) || alarm.Kind switch
            {
                AlarmKind.Miswired => swapped.Contains(port),
                AlarmKind.DataLinkMismatch => mismatched.Contains(port),
                _ => false,
            });
        }

        await LabWait.UntilAsync(LookAsync, cancellation);
        return unexpected;

        // All data links of a TE link failed at once: one alarm for all of them.
        bool IsOfWholeTeLink(LabAlarm alarm, LabView view) => alarm.Kind == AlarmKind.FaultLocalized
            && view.Ports.Any(p => p.Key.Node == alarm.Node && LabNode.TeLinkTo(told.Other(p.Key).Node) == alarm.Object && timeline.Explains(p.Key, alarm.Kind));
    }
}
