using System.Diagnostics;
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>What happens in a lab, told in words as it happens, and whether LMP found exactly what was planted.</summary>
/// <param name="network">The nodes, and the light between them.</param>
/// <param name="told">What the story is told of the lab: the plan, and what is planted. The verdict compares LMP's findings with it.</param>
/// <param name="output">Where it is told.</param>
internal sealed class LabStory(LabNetwork network, LabTopology told, TextWriter output)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly HashSet<(LabLink First, LabLink Second)> _swaps = [];
    private readonly HashSet<LabLink> _mismatches = [];
    private readonly List<string> _unexpected = [];

    /// <summary>Tells the story up to the verdict; true if LMP found exactly the planted faults.</summary>
    public async Task<bool> TellAsync(CancellationToken cancellation)
    {
        Introduce();
        if (!await LabWait.UntilAsync(ControlChannelsUpAsync, cancellation))
        {
            await TellWhatIsDownAsync(cancellation);
            return false;
        }

        var count = told.Adjacencies.Count();
        Tell($"control channels: {count} of {count} up (Config, Hello)");
        foreach (var (a, b) in told.Adjacencies) await TellLinksAsync(a, b, cancellation);
        foreach (var lsp in told.Lsps) await SetUpAsync(lsp, cancellation);
        var fibres = new LabFibreStory(network, told, Tell, Continue);
        await fibres.TellAsync(cancellation);
        _unexpected.AddRange(fibres.Unexpected);
        return await TellVerdictAsync(fibres, cancellation);
    }

    private void Introduce()
    {
        var nodes = string.Join(" - ", told.Nodes.Select(n => n.Name));
        output.WriteLine($"Lab {told.Name}: {nodes}; {told.Links.Count} data links; LMP over UDP on "
            + $"{network.EndpointOf(told.Nodes[0])} to {network.EndpointOf(told.Nodes[^1])}");
        foreach (var link in told.Mismatches) output.WriteLine($"Planted: {link}: the two ends are configured with different bandwidths");
        foreach (var swap in told.Swaps) output.WriteLine($"Planted: {swap}");
        foreach (var fault in told.FibreFaults) output.WriteLine($"Planted: {fault}");
        output.WriteLine();
    }

    private async Task<bool> ControlChannelsUpAsync(CancellationToken cancellation)
    {
        foreach (var node in told.Nodes)
            if (!await network.LookAsync(node, n => n.Neighbors.All(x => x.ControlChannels.All(c => c.State == ControlChannelState.Up)), cancellation)) return false;
        return true;
    }

    private async Task TellLinksAsync(LabNode a, LabNode b, CancellationToken cancellation)
    {
        var links = told.Links.Where(l => l.Joins(a, b)).ToList();
        LabView view = null!;
        await LabWait.UntilAsync(
            async c =>
            {
                view = await LabView.LookAsync(network, c);
                return links.All(l => IsDecided(view.Ports[l.A], view.Ports[l.B]));
            },
            cancellation);

        var findings = new LabFindings(links, view);
        var up = links.Count(l => view.Ports[l.A].IsUp && view.Ports[l.B].IsUp);
        Tell($"{a.Name} - {b.Name}: {up} of {links.Count} data links verified and in service"
            + (up == links.Count ? " (BeginVerify, Test, LinkSummary)" : $", {links.Count - up} kept out of service"));
        foreach (var (link, text) in findings.Mismatches) Tell($"{link}: the ends disagree: {text}");
        foreach (var (first, second) in findings.Swaps) TellSwap(first, second);
        _mismatches.UnionWith(findings.Mismatches.Select(m => m.Link));
        _swaps.UnionWith(findings.Swaps);
        _unexpected.AddRange(findings.Strays);
    }

    // Both ends have to know.
    private static bool IsDecided(LabPortView a, LabPortView b) =>
        (a.IsUp && b.IsUp && a.IsVerified && b.IsVerified)
        || (a.Has(AlarmKind.Miswired) && b.Has(AlarmKind.Miswired))
        || (a.Has(AlarmKind.DataLinkMismatch) && b.Has(AlarmKind.DataLinkMismatch))
        || a.Has(AlarmKind.VerificationFailed) || b.Has(AlarmKind.VerificationFailed);

    private void TellSwap(LabLink first, LabLink second)
    {
        var (a, b) = (first.A.Node, first.B.Node);
        var (otherA, otherB) = (second.At(a), second.At(b));
        Tell($"SWAPPED FIBRES between {a.Name} and {b.Name}: both nodes say so, by Test messages");
        Continue($"planned  {first}  and  {otherA} - {otherB}");
        Continue($"found    {first.A} - {otherB}  and  {otherA} - {first.B}");
        Continue($"to do    exchange the plugs of {first.A} and {otherA}, or those of {first.B} and {otherB}; not both");
    }

    private async Task SetUpAsync(LabLsp lsp, CancellationToken cancellation)
    {
        string? why = null;
        await LabWait.UntilAsync(async c => (why = await network.SetUpAsync(lsp, c)) is null, cancellation);
        if (why is not null) _unexpected.Add($"LSP {lsp.Name} could not be set up: {why}");
        else Tell($"LSP {lsp.Name}: set up over {string.Join(", ", lsp.Links)}");
    }

    private async Task<bool> TellVerdictAsync(LabFibreStory fibres, CancellationToken cancellation)
    {
        _unexpected.AddRange(await UnexpectedAsync(fibres.Lasting, cancellation));
        _unexpected.AddRange(network.Optics.Problems);
        Compare(told.Mismatches.ToHashSet(), _mismatches, link => $"{link}: different bandwidths");
        Compare(told.Swaps.Select(s => (s.First, s.Second)).ToHashSet(), _swaps, pair => $"{pair.First} and {pair.Second}: swapped fibres");

        var found = _mismatches.Count + _swaps.Count + fibres.Found;
        output.WriteLine();
        foreach (var text in _unexpected) output.WriteLine($"NOT AS PLANTED: {text}");
        output.WriteLine($"Verdict: {told.PlantedCount} planted, {found} found, "
            + (_unexpected.Count == 0 ? "nothing else reported." : $"{_unexpected.Count} not as planted."));
        return _unexpected.Count == 0;

        void Compare<T>(HashSet<T> planted, HashSet<T> discovered, Func<T, string> words)
        {
            _unexpected.AddRange(planted.Except(discovered).Select(f => $"{words(f)}: planted, not found"));
            _unexpected.AddRange(discovered.Except(planted).Select(f => $"{words(f)}: found, not planted"));
        }
    }

    // Alarms about anything but what was found, and data links that are neither in service nor explained. What is over
    // by itself after a moment, such as a control channel that a busy machine let die, is no finding.
    private async Task<List<string>> UnexpectedAsync(IReadOnlySet<LabPort> failing, CancellationToken cancellation)
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
                .. view.Ports.Where(p => !p.Value.IsUp && !swapped.Contains(p.Key) && !mismatched.Contains(p.Key) && !failing.Contains(p.Key))
                    .Select(p => $"{p.Key.Node.Name}: {p.Value.Name} is {p.Value.State}: {p.Value.Reason}")];
            return unexpected.Count == 0;

            bool IsExplained(LabAlarm alarm) => names.TryGetValue((alarm.Node, alarm.Object), out var port) && (failing.Contains(port) || alarm.Kind switch
            {
                AlarmKind.Miswired => swapped.Contains(port),
                AlarmKind.DataLinkMismatch => mismatched.Contains(port),
                _ => false,
            });
        }

        await LabWait.UntilAsync(LookAsync, cancellation);
        return unexpected;
    }

    private async Task TellWhatIsDownAsync(CancellationToken cancellation)
    {
        foreach (var node in told.Nodes)
        {
            var down = await network.LookAsync(node, n => n.Neighbors.SelectMany(x => x.ControlChannels).Where(c => c.State != ControlChannelState.Up)
                .Select(c => $"{node.Name}: control channel {c} is {c.State}: {c.Reason}").ToList(), cancellation);
            foreach (var text in down) output.WriteLine(text);
        }

        output.WriteLine("Verdict: the control channels did not come up.");
    }

    private void Tell(string text) => output.WriteLine($"{Stopwatch.GetElapsedTime(_start).TotalSeconds,6:0.00} s  {text}");

    private void Continue(string text) => output.WriteLine($"            {text}");
}
