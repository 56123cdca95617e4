using System.Text;

namespace OpenLmp.Fuzz;

public class FuzzRunTests
{
    [Fact]
    public void What_is_planted_is_found_and_made_small()
    {
        using var target = new Planted();
        var told = new List<Find>();
        var run = new FuzzRun(target, 7) { Found = told.Add };
        run.Execute(new FuzzLimit(null, 200_000));
        var find = Assert.Single(run.Finds);
        Assert.Equal([find], told);
        Assert.Equal("[[", Encoding.UTF8.GetString(find.Input));
        Assert.Equal("two brackets", find.Failure.Message);
    }

    [Fact]
    public void The_same_seed_takes_the_same_inputs()
    {
        var (first, again, other) = (Inputs(7), Inputs(7), Inputs(8));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    private static List<string> Inputs(int seed)
    {
        using var target = new Planted();
        new FuzzRun(target, seed).Execute(new FuzzLimit(null, 500));
        return target.Taken;
    }

    private sealed class Planted : FuzzTarget
    {
        private readonly TextMutations _mutations = new();

        public override string Name => "planted";

        public List<string> Taken { get; } = [];

        public override IEnumerable<byte[]> Seeds() => ["a: 1\nb: 2\n"u8.ToArray()];

        public override void Mutate(Random random, Draft draft, Func<byte[]> other) => _mutations.Mutate(random, draft, other);

        public override int Run(ReadOnlySpan<byte> input)
        {
            var text = Encoding.UTF8.GetString(input);
            Taken.Add(text);
            Require(!text.Contains("[[", StringComparison.Ordinal), "two brackets");
            return 1;
        }
    }
}
