namespace OpenLmp.Simulation.Tests;

public class ShrinkerTests
{
    private static readonly int[] Everything = [.. Enumerable.Range(0, 20), .. Enumerable.Range(1000, 20), .. Enumerable.Range(2000, 20)];

    [Theory]
    [InlineData(2005)]
    [InlineData(3, 1017)]
    [InlineData(0, 7, 1011, 1012, 2019)]
    public void What_it_takes_is_found_and_nothing_else(params int[] needed)
    {
        var runs = 0;
        var shrunk = Shrinker.Shrink(Result(Everything, "faults"), options =>
        {
            runs++;
            return Result([.. options.Only!], needed.All(options.Only!.Contains) ? "faults" : null);
        });
        Assert.Equal(needed, shrunk!.Options.Only!.Order());
        Assert.InRange(runs, 1, 200);
    }

    [Fact]
    public void Another_violation_is_not_the_one_looked_for()
    {
        var shrunk = Shrinker.Shrink(Result(Everything, "faults"), options => Result([.. options.Only!], options.Only!.Contains(1003) ? "faults" : "alarms"));
        Assert.Equal([1003], shrunk!.Options.Only!);
    }

    [Fact]
    public void What_does_not_happen_again_cannot_be_shortened() => Assert.Null(Shrinker.Shrink(Result(Everything, "faults"), o => Result([.. o.Only!], null)));

    private static SimulationResult Result(int[] planted, string? violated) => new()
    {
        Options = new SimulationOptions(),
        Violation = violated is null ? null : new Violation(1, violated, "n1", "something", []),
        Duration = TimeSpan.FromHours(1),
        Fingerprint = 1,
        Rounds = 3,
        Size = (1, 1, 1),
        Counts = (1, 1),
        Disturbances = new Dictionary<DisturbanceKind, int>(),
        Planted = [.. planted.Order()],
    };
}
