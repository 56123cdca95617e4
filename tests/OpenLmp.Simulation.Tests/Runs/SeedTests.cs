using System.Security.Cryptography;
using Xunit.Abstractions;

namespace OpenLmp.Simulation.Tests;

/// <summary>Whole networks, in all weathers.</summary>
public class SeedTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 5, Topology.Any)]
    [InlineData(2, 3, Topology.Line)]
    [InlineData(3, 6, Topology.Ring)]
    [InlineData(4, 5, Topology.Star)]
    [InlineData(5, 8, Topology.Mesh)]
    [InlineData(6, 2, Topology.Line)]
    public void Nothing_is_violated(ulong seed, int nodes, Topology topology) =>
        AssertFine(new SimulationOptions { Seed = seed, Nodes = nodes, Topology = topology, Duration = TimeSpan.FromMinutes(34) });

    [Fact]
    public void Nothing_is_violated_with_a_seed_that_nobody_has_seen() =>
        AssertFine(new SimulationOptions { Seed = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)), Nodes = 5 });

    private void AssertFine(SimulationOptions options)
    {
        output.WriteLine($"lmp simulate --seed {options.Seed} --nodes {options.Nodes} --topology {options.Topology.ToString().ToLowerInvariant()} --hours {options.Duration.TotalHours}");
        var result = Simulator.Run(options);
        var violation = result.Violation;
        Assert.True(violation is null, $"seed {options.Seed}: {violation?.Checker}: {violation?.What}\n{string.Join('\n', violation?.Before ?? [])}");
        Assert.NotEmpty(result.Planted);
    }
}
