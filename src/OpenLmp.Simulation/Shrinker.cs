namespace OpenLmp.Simulation;

/// <summary>Looks for fewer disturbances that violate the same property: delta debugging over the numbers of the plan.</summary>
public static class Shrinker
{
    private const int MostRuns = 200;

    /// <summary>The shortest run found; the violated run itself, with its disturbances named, where no shorter one was.</summary>
    /// <param name="violated">A run that ended with a violation.</param>
    /// <param name="cancellation">Ends it with an exception.</param>
    /// <returns>Null where the run is not violated any more with what it planted alone: time that passed without disturbances mattered.</returns>
    public static SimulationResult? Shrink(SimulationResult violated, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(violated);
        return Shrink(violated, options => Simulator.Run(options, cancellation: cancellation));
    }

    internal static SimulationResult? Shrink(SimulationResult violated, Func<SimulationOptions, SimulationResult> run)
    {
        if (violated.Violation is not { } wanted) return null;
        var runs = 0;
        SimulationResult? best = null;
        // Most often what matters is of the last round.
        var last = violated.Planted.Count > 0 ? violated.Planted[^1] / Disturbance.PerRound : 0;
        if (!IsViolated([.. violated.Planted.Where(n => n / Disturbance.PerRound == last)]) && !IsViolated([.. violated.Planted])) return null;

        for (var parts = 2; best!.Planted.Count > 1 && runs < MostRuns;)
        {
            List<int> numbers = [.. best.Planted];
            var size = (numbers.Count + parts - 1) / parts;
            var smaller = false;
            for (var start = 0; start < numbers.Count && !smaller; start += size)
                smaller = IsViolated([.. numbers[..start], .. numbers[Math.Min(start + size, numbers.Count)..]]);
            if (smaller) parts = Math.Max(2, parts - 1);
            else if (size == 1) break;
            else parts = Math.Min(numbers.Count, parts * 2);
        }

        return best;

        bool IsViolated(List<int> numbers)
        {
            if (numbers.Count == 0 || runs++ >= MostRuns) return false;
            var result = run(violated.Options with { Only = numbers.ToHashSet() });
            if (result.Violation?.Checker != wanted.Checker) return false;
            best = result with { Options = result.Options with { Only = result.Planted.ToHashSet() } };
            return true;
        }
    }
}
