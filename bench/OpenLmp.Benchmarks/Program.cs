using System.Runtime.InteropServices;
using OpenLmp.Benchmarks;

// Measures OpenLMP next to its peers and prints a table for each section; ./build.sh bench runs it and says how.
Section[] sections =
[
    new CodecSection(), new DecodeSection(), new KeepaliveSection(), new DetectionSection(), new PrioritySection(), new LocalizationSection(), new VerificationSection(),
    new StartupSection(), new ScaleSection(), new SimulationSection(), new IdleSection(),
];

var wanted = args.Where(a => !a.StartsWith('-')).ToList();
var options = args.Where(a => a.StartsWith('-')).ToHashSet();
if (wanted.Find(w => sections.All(s => s.Name != w)) is not null || options.Except(["--quick", "--hold", "--dry"]).Any())
{
    Console.Error.WriteLine($"usage: ./build.sh bench [{string.Join(" | ", sections.Select(s => s.Name))}]... [--quick] [--hold] [--dry]");
    Console.Error.WriteLine("  --quick  small sizes and short windows: shows that everything works; its figures are worth nothing and are not written");
    Console.Error.WriteLine("  --hold   keepalive: only the largest sizes, held for 10 minutes");
    Console.Error.WriteLine("  --dry    docs/performance.md is left as it is");
    return 2;
}

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var bench = new Bench { Quick = options.Contains("--quick"), Hold = options.Contains("--hold"), Stopping = stopping.Token };
var page = options.Contains("--dry") || bench.Quick ? null : new PerformancePage(Path.Combine(bench.Root, "docs", "performance.md"));
Console.WriteLine(Machine.Describe());
var failed = false;
foreach (var section in sections.Where(s => wanted.Count == 0 ? s is not IdleSection : wanted.Contains(s.Name)))
{
    Console.WriteLine($"\n## {section.Title}\n");
    var machine = Machine.Describe();
    try
    {
        var text = string.Join("\n", (await section.RunAsync(bench)).Select(t => t.ToText())) + $"\n{machine}\n";
        Console.WriteLine(text);
        page?.Replace(bench.Hold ? $"{section.Name}-hold" : section.Name, text);
    }
    catch (OperationCanceledException) when (stopping.IsCancellationRequested)
    {
        Console.Error.WriteLine("stopped");
        return 130;
    }
    catch (Exception e)
    {
        // The other sections' figures are worth having all the same.
        failed = true;
        Bench.Say($"{section.Name}: {e}");
    }
}

return failed ? 1 : 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}
