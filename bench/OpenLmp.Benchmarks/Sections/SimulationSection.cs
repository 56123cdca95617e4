using System.Diagnostics;
using OpenLmp.Simulation;

namespace OpenLmp.Benchmarks;

/// <summary>How much faster than real time networks of different sizes are simulated, with default timers, on one core, with all that goes wrong in them.</summary>
internal sealed class SimulationSection() : Section("simulation", "Simulation")
{
    public override Task<IReadOnlyList<Table>> RunAsync(Bench bench)
    {
        var table = new Table("nodes in a ring", "control channels", "data links", "virtual hours", "CPU, s", "times real time", "datagrams/s");
        // The first run is for the compiler.
        Simulate(5, 0.2);
        foreach (var (nodes, hours) in bench.Quick ? ((int, double)[])[(2, 0.5), (10, 0.2)] : [(2, 8), (10, 4), (50, 1)])
        {
            bench.Stopping.ThrowIfCancellationRequested();
            var start = Process.GetCurrentProcess().TotalProcessorTime;
            var result = Simulate(nodes, hours);
            var cpu = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
            table.Add(
                $"{nodes}", result.Size.ControlChannels, result.Size.DataLinks, result.Duration.TotalHours, cpu,
                Math.Round(result.Duration.TotalSeconds / cpu), Math.Round(result.Counts.Datagrams / cpu));
        }

        return Task.FromResult<IReadOnlyList<Table>>([table]);
    }

    private static SimulationResult Simulate(int nodes, double hours)
    {
        var result = Simulator.Run(new SimulationOptions { Seed = 1, Nodes = nodes, Duration = TimeSpan.FromHours(hours), Topology = Topology.Ring });
        return result.Violation is { } violation ? throw new InvalidOperationException($"{violation.Checker}: {violation.What}: the figures would mean nothing") : result;
    }
}
