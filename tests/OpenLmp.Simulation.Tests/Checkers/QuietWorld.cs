namespace OpenLmp.Simulation.Tests;

/// <summary>A world in which nothing has gone wrong yet: the checkers have nothing to say, and whatever they say then is about what a test does.</summary>
internal static class QuietWorld
{
    public static World Make(ulong seed = 1, int nodes = 3)
    {
        var world = new World(new SimulationOptions { Seed = seed, Nodes = nodes, Topology = Topology.Line });
        world.Start();
        world.Run([]);
        Assert.Null(world.Violation);
        return world;
    }

    /// <summary>A data link that is verified, and whose ids and those beside it both ends have configured.</summary>
    public static DataLinkPlan Link(this World world) =>
        world.Blueprint.DataLinks.First(l => l.TeLink is { IsVerified: true, IsFaultManaged: true, KnowsLinks: (true, true) });

    public static void Pass(this World world, long time) => world.Timeline.RunUntil(world.Timeline.Now + time);

    public static void AssertViolated(this World world, string checker, string what)
    {
        Assert.NotNull(world.Violation);
        Assert.Equal(checker, world.Violation.Checker);
        Assert.Contains(what, world.Violation.What, StringComparison.Ordinal);
        Assert.True(world.Timeline.IsStopped);
    }
}
