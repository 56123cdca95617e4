using System.Diagnostics;
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>What happens in a lab, told in words as it happens, and whether LMP found exactly what was planted.</summary>
internal sealed class LabStory(LabNetwork network, TextWriter output)
{
    // Real time on a machine that may be busy with other things: Config goes out again after 0.5 and 1.5 s, LinkSummary likewise.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly long _start = Stopwatch.GetTimestamp();

    private LabTopology Topology => network.Topology;

    /// <summary>Tells the story up to the verdict; true if LMP found exactly the planted faults.</summary>
    public async Task<bool> TellAsync(CancellationToken cancellation)
    {
        Introduce();
        if (!await WaitAsync(ControlChannelsUpAsync, cancellation))
        {
            await TellWhatIsDownAsync(cancellation);
            return false;
        }

        Tell($"control channels: {Topology.Adjacencies.Count()} of {Topology.Adjacencies.Count()} up (Config, Hello)");
        await WaitAsync(LinksDecidedAsync, cancellation);
        return await TellVerdictAsync(cancellation);
    }

    private void Introduce()
    {
        var nodes = string.Join(" - ", Topology.Nodes.Select(n => n.Name));
        output.WriteLine($"Lab {Topology.Name}: {nodes}; {Topology.Links.Count} data links; LMP over UDP on "
            + $"{network.EndpointOf(Topology.Nodes[0])} to {network.EndpointOf(Topology.Nodes[^1])}");
        foreach (var link in Topology.PlantedMismatches) output.WriteLine($"Planted: {link}: the two ends are configured with different bandwidths");
        output.WriteLine();
    }

    private Task<bool> ControlChannelsUpAsync(CancellationToken cancellation) =>
        AllAsync(node => node.Neighbors.All(n => n.ControlChannels.All(c => c.State == ControlChannelState.Up)), cancellation);

    // Decided: every data link is in service, or somebody has said why not.
    private Task<bool> LinksDecidedAsync(CancellationToken cancellation) =>
        AllAsync(node => node.TeLinks.All(t => t.DataLinks.All(l => l.State == DataLinkState.UpFree || MismatchOf(node, l.Name) is not null)), cancellation);

    private async Task<bool> TellVerdictAsync(CancellationToken cancellation)
    {
        var found = new HashSet<LabLink>();
        var unexpected = new List<string>();
        foreach (var (a, b) in Topology.Adjacencies)
        {
            var links = Topology.Links.Where(l => l.Joins(a, b)).ToList();
            var mismatched = 0;
            foreach (var link in links)
            {
                if (await MismatchTextAsync(link.A, link.B, cancellation) is not { } text) continue;
                // Both ends have to know.
                if (await MismatchTextAsync(link.B, link.A, cancellation) is null) unexpected.Add($"{link}: only {link.A.Node.Name} knows of the disagreement");
                mismatched++;
                found.Add(link);
                Tell($"data link {link}: the ends disagree: {text.Replace("here", "at " + link.A.Node.Name, StringComparison.Ordinal)}");
            }

            Tell(mismatched == 0
                ? $"TE link {a.Name} - {b.Name}: Up, {links.Count} data links agreed (LinkSummary)"
                : $"TE link {a.Name} - {b.Name}: {links.Count - mismatched} data links agreed, {mismatched} kept out of service (LinkSummary)");
        }

        unexpected.AddRange(await UnexpectedAsync(found, cancellation));
        var planted = Topology.PlantedMismatches.ToHashSet();
        unexpected.AddRange(planted.Except(found).Select(l => $"{l}: planted, not found"));
        unexpected.AddRange(found.Except(planted).Select(l => $"{l}: found, not planted"));

        output.WriteLine();
        foreach (var text in unexpected) output.WriteLine($"NOT AS PLANTED: {text}");
        output.WriteLine(unexpected.Count == 0
            ? $"Verdict: {planted.Count} planted, {found.Count} found, nothing else reported."
            : $"Verdict: {planted.Count} planted, {found.Count} found, {unexpected.Count} not as planted.");
        return unexpected.Count == 0;
    }

    // Alarms about anything but the mismatches found, and data links that are neither in service nor explained.
    private async Task<List<string>> UnexpectedAsync(HashSet<LabLink> found, CancellationToken cancellation)
    {
        var explained = found.SelectMany(l => new[] { (l.A.Node, LabLink.DataLinkName(l.A, l.B)), (l.B.Node, LabLink.DataLinkName(l.B, l.A)) }).ToHashSet();
        var unexpected = new List<string>();
        foreach (var node in Topology.Nodes)
        {
            unexpected.AddRange(await network.LookAsync(node, n =>
                n.Alarms.All.Where(a => a.State != AlarmState.Cleared && !(a.Kind == AlarmKind.DataLinkMismatch && explained.Contains((node, a.Object))))
                    .Select(a => $"{node.Name}: {a.Text}")
                .Concat(n.TeLinks.SelectMany(t => t.DataLinks).Where(l => l.State != DataLinkState.UpFree && !explained.Contains((node, l.Name)))
                    .Select(l => $"{node.Name}: {l.Name} is {l.State}: {l.Reason}"))
                .ToList(), cancellation));
        }

        return unexpected;
    }

    private async Task TellWhatIsDownAsync(CancellationToken cancellation)
    {
        foreach (var node in Topology.Nodes)
        {
            var down = await network.LookAsync(node, n => n.Neighbors.SelectMany(x => x.ControlChannels).Where(c => c.State != ControlChannelState.Up)
                .Select(c => $"{node.Name}: control channel {c} is {c.State}: {c.Reason}").ToList(), cancellation);
            foreach (var text in down) output.WriteLine(text);
        }

        output.WriteLine("Verdict: the control channels did not come up.");
    }

    private Task<string?> MismatchTextAsync(LabPort here, LabPort there, CancellationToken cancellation)
    {
        var name = LabLink.DataLinkName(here, there);
        return network.LookAsync(here.Node, n => MismatchOf(n, name)?.Text[(name.Length + 2)..], cancellation);
    }

    private static Alarm? MismatchOf(LmpNode node, string dataLink) =>
        node.Alarms.Find(AlarmKind.DataLinkMismatch, dataLink) is { State: not AlarmState.Cleared } alarm ? alarm : null;

    private async Task<bool> AllAsync(Func<LmpNode, bool> condition, CancellationToken cancellation)
    {
        foreach (var node in Topology.Nodes)
            if (!await network.LookAsync(node, condition, cancellation)) return false;
        return true;
    }

    private static async Task<bool> WaitAsync(Func<CancellationToken, Task<bool>> condition, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition(cancellation))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience) return false;
            await Task.Delay(LookInterval, cancellation);
        }

        return true;
    }

    private void Tell(string text) => output.WriteLine($"{Stopwatch.GetElapsedTime(_start).TotalSeconds,6:0.00} s  {text}");
}
