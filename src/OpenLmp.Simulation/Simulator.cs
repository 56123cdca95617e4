namespace OpenLmp.Simulation;

/// <summary>Runs a simulated network on virtual time.</summary>
public static class Simulator
{
    /// <summary>Runs until the time is over, or something is violated.</summary>
    /// <param name="options">What.</param>
    /// <param name="tell">Told the story, line by line; null: nobody is.</param>
    /// <param name="everything">Whether the story is of every event of every node, too.</param>
    /// <param name="cancellation">Ends the run with an exception.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of nodes is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SimulationResult Run(SimulationOptions options, Action<string>? tell = null, bool everything = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Nodes, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Nodes, SimulationOptions.MostNodes);
        var world = new World(options);
        (world.Story.Tell, world.Story.TellsEverything) = (tell, everything);
        var rounds = 0;
        foreach (var disturbances in Rounds(options))
        {
            cancellation.ThrowIfCancellationRequested();
            if (rounds++ == 0) world.Start();
            world.Story.RoundBegins(rounds);
            world.Run(disturbances);
            if (world.Violation is not null) break;
        }

        return new SimulationResult
        {
            Options = options,
            Violation = world.Violation,
            Duration = TimeSpan.FromTicks(world.Timeline.Now / TimeSpan.NanosecondsPerTick),
            Fingerprint = world.Fingerprint.Value,
            Rounds = rounds,
            Size = (world.Blueprint.Channels.Count, world.Blueprint.TeLinks.Count, world.Blueprint.DataLinks.Count),
            Counts = (world.Datagrams, world.Timeline.Happened),
            Disturbances = Enum.GetValues<DisturbanceKind>().ToDictionary(k => k, world.Weather.Made),
            Planted = world.Story.Numbers,
        };
    }

    private static IEnumerable<List<Disturbance>> Rounds(SimulationOptions options)
    {
        if (options.Only is { } only)
        {
            foreach (var round in only.Select(n => n / Disturbance.PerRound).Distinct().Order())
                yield return Forecast.Of(options.Seed, round, options.Nodes).FindAll(d => only.Contains(d.Number));
            yield break;
        }

        var rounds = Math.Max(1, (int)(options.Duration.Ticks * TimeSpan.NanosecondsPerTick / Calendar.Round));
        for (var round = 0; round < rounds; round++) yield return Forecast.Of(options.Seed, round, options.Nodes);
    }
}
