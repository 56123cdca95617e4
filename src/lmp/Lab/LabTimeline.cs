using System.Diagnostics;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>Lets the steps of a lab's story happen in their time. After each one the nodes have to come to say what is so.</summary>
internal sealed class LabTimeline
{
    private readonly LabNetwork _network;
    private readonly LabReport _report;
    private readonly LabStatusTruth _statuses;

    // In this order: a fault is localized once it is noticed.
    private readonly LabTruth[] _truths;

    /// <param name="network">The nodes, and the light between them.</param>
    /// <param name="report">Where it is told.</param>
    /// <param name="before">What the nodes say before anything happens.</param>
    public LabTimeline(LabNetwork network, LabReport report, LabView before)
    {
        (_network, _report) = (network, report);
        var signals = new LabSignalTruth(network, report);
        _statuses = new LabStatusTruth(network, report, signals);
        _truths = [new LabServiceTruth(network, report, before, signals), signals, new LabFaultTruth(network, report, signals), new LabGroupTruth(network, report, signals), new LabTraceTruth(network, report), _statuses];
    }

    /// <summary>Whether what is so now explains an alarm at a port.</summary>
    public bool Explains(LabPort port, AlarmKind kind) => _truths.Any(t => t.Explains(port, kind));

    /// <summary>Whether what is so now explains that a data link is not in service at a port.</summary>
    public bool ExplainsDown(LabPort port) => _truths.Any(t => t.ExplainsDown(port));

    /// <summary>What is so from the beginning: the traces the file wants are told to the nodes.</summary>
    public async Task BeginAsync(IReadOnlyList<LabStep> steps, CancellationToken cancellation)
    {
        foreach (var step in steps) await HappenAsync(step, cancellation);
        if (steps.Count > 0) _report.Tell($"traces: {steps.Count} of {steps.Count} sent, and monitored for at the other end (TraceMonitor)");
    }

    /// <summary>Lets everything happen.</summary>
    public async Task TellAsync(IReadOnlyList<LabStep> steps, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var step in steps)
        {
            if (step.At - Stopwatch.GetElapsedTime(start) is var rest && rest > TimeSpan.Zero) await Task.Delay(rest, cancellation);
            _report.Tell(step.Headline);
            await HappenAsync(step, cancellation);
        }

        foreach (var link in _statuses.Missed) _report.Differs($"{link}: in use at one end only: planted, not found; a step confirm: lets LMP find it");
    }

    private async Task HappenAsync(LabStep step, CancellationToken cancellation)
    {
        if (await step.DoAsync(_network, cancellation) is { } why)
        {
            _report.Differs($"{step.Plan}: {why}");
            return;
        }

        foreach (var truth in _truths) truth.Happened(step);
        var isFound = false;
        foreach (var truth in _truths)
        {
            if (await SeenAsync(step, truth.Differences, cancellation) is not { } view) return;
            isFound |= truth.Tell(step, view);
        }

        if (step.IsPlanted && isFound) _report.Count();
        else if (step.IsPlanted && !step.IsSilent) _report.Differs($"{step.Plan}: no receiver noticed");

        await SeenAsync(step, view => Unmet(step, view), cancellation);
    }

    private async Task<LabView?> SeenAsync(LabStep step, Func<LabView, IEnumerable<string>> differences, CancellationToken cancellation)
    {
        LabView view = null!;
        List<string> found = [];
        var agreed = await LabWait.UntilAsync(async c => (found = [.. differences(view = await LabView.LookAsync(_network, c))]).Count == 0, cancellation);
        foreach (var difference in found) _report.Differs($"{step.Plan}: {difference}");
        return agreed ? view : null;
    }

    // What the file expects beside what follows from the step.
    private static IEnumerable<string> Unmet(LabStep step, LabView view)
    {
        foreach (var expected in step.Expected)
        {
            var stands = view.Ports.Where(p => p.Value.Has(expected.Kind)).Select(p => p.Key).ToHashSet();
            if (!stands.SetEquals(expected.Ports)) yield return $"{ApiWords.Of(expected.Kind)} expected {Places(expected.Ports)}, stands {Places(stands)}";
        }
    }

    private static string Places(IReadOnlySet<LabPort> ports) => ports.Count == 0 ? "nowhere" : $"at {string.Join(", ", ports)}";
}
