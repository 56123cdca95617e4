namespace OpenLmp.Fuzz;

public class FuzzTests
{
    // Without instrumented assemblies nothing guides: these are the seeds, and what comes of changing them.
    [Theory]
    [InlineData("decoder", 20_000)]
    [InlineData("node", 5_000)]
    [InlineData("capture", 3_000)]
    [InlineData("configuration", 3_000)]
    [InlineData("api", 1_000)]
    [InlineData("lab", 3_000)]
    [InlineData("cabling", 3_000)]
    public void Bears_thousands_of_inputs(string name, int inputs)
    {
        using var target = Fuzzing.Make(name);
        var run = new FuzzRun(target, 1);
        run.Execute(new FuzzLimit(null, inputs));
        Assert.True(run.Finds.Count == 0, string.Join("\n", run.Finds.Select(f => $"{f.Failure}\n{target.Describe(f.Input)}")));
        Assert.True(run.Inputs >= inputs);
    }
}
