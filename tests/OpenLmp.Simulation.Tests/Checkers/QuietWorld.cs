namespace OpenLmp.Simulation.Tests;

/// <summary>A world in which nothing has gone wrong yet: the checkers have nothing to say, and whatever they say then is about what a test does.</summary>
internal static class QuietWorld
{
    public static World Make(Predicate<DataLinkPlan>? suits = null)
    {
        // The first seed that draws what the tests need.
        var world = Enumerable.Range(1, 100).Select(seed => new World(new SimulationOptions { Seed = (ulong)seed, Nodes = 3, Topology = Topology.Line }))
            .First(w => w.Blueprint.DataLinks.Exists(suits ?? Suits));
        world.Start();
        world.Run([]);
        Assert.Null(world.Violation);
        return world;
    }

    /// <summary>A data link that is verified, and whose ids and those beside it both ends have configured.</summary>
    public static DataLinkPlan Link(this World world) => world.Blueprint.DataLinks.First(Suits);

    public static void Pass(this World world, long time) => world.Timeline.RunUntil(world.Timeline.Now + time);

    public static void AssertViolated(this World world, string checker, string what)
    {
        Assert.NotNull(world.Violation);
        Assert.Equal(checker, world.Violation.Checker);
        Assert.Contains(what, world.Violation.What, StringComparison.Ordinal);
        Assert.True(world.Timeline.IsStopped);
    }

    private static bool Suits(DataLinkPlan link) => link.TeLink is { IsVerified: true, IsFaultManaged: true, KnowsLinks: (true, true) };
}
