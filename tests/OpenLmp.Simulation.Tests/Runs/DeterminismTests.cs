using System.Globalization;

namespace OpenLmp.Simulation.Tests;

/// <summary>Same seed, same bytes.</summary>
public class DeterminismTests
{
    private static readonly SimulationOptions Options = new() { Seed = 5, Nodes = 4, Duration = TimeSpan.FromMinutes(23) };

    [Fact]
    public void Two_runs_are_the_same_to_the_last_datagram_whatever_the_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var (first, stories) = Run(Options);
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NegativeSign, other.NumberFormat.PercentSymbol) = (",", "minus", "pct");
            CultureInfo.CurrentCulture = other;
            var (second, others) = Run(Options);
            Assert.Equal(first.Fingerprint, second.Fingerprint);
            Assert.Equal(first.Counts, second.Counts);
            Assert.Equal(stories, others);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Another_seed_is_another_run() => Assert.NotEqual(Run(Options).Result.Fingerprint, Run(Options with { Seed = 6 }).Result.Fingerprint);

    [Fact]
    public void A_run_of_all_its_disturbances_by_number_is_the_same_run()
    {
        var (whole, story) = Run(Options);
        // Those that had no effect are of no effect.
        var (again, other) = Run(Options with { Only = whole.Planted.ToHashSet() });
        Assert.Equal(story, other);
        Assert.Equal(whole.Fingerprint, again.Fingerprint);
    }

    [Fact]
    public void Leaving_out_a_disturbance_leaves_the_others_where_they_were()
    {
        var (whole, story) = Run(Options);
        var (_, less) = Run(Options with { Only = whole.Planted.Skip(1).ToHashSet() });
        Assert.Equal(Networks(story).Where(l => !l.Contains($"#{whole.Planted[0]} ", StringComparison.Ordinal)), Networks(less));

        // Whether light paths find room depends on what was before: what happens to the network does not.
        static IEnumerable<string> Networks(IReadOnlyList<string> lines) => lines.Where(l => l.Contains("datagram", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stream_of_chance_depends_on_its_purpose_only()
    {
        // xoshiro256** and SplitMix64 are what they are everywhere: these numbers never change.
        Assert.Equal(new Chance(1, "a").Next(), new Chance(1, "a").Next());
        Assert.NotEqual(new Chance(1, "a").Next(), new Chance(1, "b").Next());
        Assert.NotEqual(new Chance(1, "a").Next(), new Chance(2, "a").Next());
        Assert.NotEqual(new Chance(1, "a").Next(), new Chance(1, "a", 1).Next());
        var chance = new Chance(7, "bounds");
        for (var i = 0; i < 10_000; i++)
        {
            Assert.InRange(chance.Below(3), 0, 2);
            Assert.InRange(chance.Between(-5, 5), -5, 5);
        }

        var happened = Enumerable.Range(0, 10_000).Count(_ => chance.Happens(0.25));
        Assert.InRange(happened, 2200, 2800);
    }

    private static (SimulationResult Result, IReadOnlyList<string> Story) Run(SimulationOptions options)
    {
        var story = new List<string>();
        return (Simulator.Run(options, story.Add), story);
    }
}
