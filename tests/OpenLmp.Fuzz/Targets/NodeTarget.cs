using System.Text;

namespace OpenLmp.Fuzz;

/// <summary>
/// A node with two real neighbours on virtual time: scripts of inputs, in which what the neighbours say is changed on its way, repeated, lost or made
/// up, while operators, data planes and configurations do what they like.
/// </summary>
internal sealed class NodeTarget : FuzzTarget
{
    private const int MaxSteps = 64;

    public override string Name => "node";

    public override int MaxLength => Step.Size * (MaxSteps + 1);

    public override int Unit => Step.Size;

    /// <summary>The first eight bytes say how the nodes are configured; see <see cref="NodeWorld.Configure"/>.</summary>
    public override IEnumerable<byte[]> Seeds()
    {
        var random = new Random(4204);
        yield return new byte[Step.Size];
        foreach (var kind in Enum.GetValues<StepKind>())
        {
            byte[] quiet = [.. new byte[Step.Size], .. Quiet(6)];
            yield return [.. quiet, .. new Step(kind, 0, 0, 0, 1).ToBytes(), .. Quiet(5)];
            yield return [.. Step.Any(random).ToBytes(), .. Quiet(6), .. new Step(kind, 1, 1, 1, 2).ToBytes(), .. Quiet(5), .. Step.Any(random).ToBytes(), .. Quiet(6)];
        }

        for (byte vector = 0; vector < MessageSeeds.Messages.Count; vector++)
            yield return [.. new byte[Step.Size], .. Quiet(6), .. new Step(StepKind.Vector, vector, 1, 0, vector).ToBytes(), .. Quiet(3)];
    }

    public override void Mutate(Random random, Draft draft, Func<byte[]> other)
    {
        draft.Truncate(draft.Length / Step.Size * Step.Size);
        for (var n = 1 + random.Next(1 << random.Next(4)); n > 0; n--)
        {
            var steps = draft.Length / Step.Size;
            var at = Step.Size * random.Next(1 + steps);
            switch (random.Next(7))
            {
                case 0 when at < draft.Length:
                    draft.Remove(at, Step.Size * random.Next(1, 4));
                    break;
                case 1 when at < draft.Length:
                    draft.Insert(Step.Size * random.Next(1 + steps), draft.Span.Slice(at, Step.Size).ToArray());
                    break;
                case 2 when at < draft.Length:
                    draft[at + random.Next(Step.Size)] = (byte)random.Next(256);
                    break;
                case 3:
                    var script = other();
                    var from = Step.Size * random.Next(script.Length / Step.Size);
                    draft.Insert(at, script.AsSpan(from, Math.Min(script.Length - from, Step.Size * random.Next(1, 9))));
                    break;
                case 4:
                    draft.Insert(at, Quiet((byte)random.Next(8)));
                    break;
                default:
                    draft.Insert(at, Step.Any(random).ToBytes());
                    break;
            }
        }
    }

    public override int Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < Step.Size) return 1;
        var world = new NodeWorld(Variant(input));
        for (var at = Step.Size; at + Step.Size <= input.Length; at += Step.Size) world.Take(Step.Read(input[at..]));
        return Math.Max(1, world.Inputs);
    }

    /// <summary>The steps, and what the node told in each.</summary>
    public override string Describe(byte[] input)
    {
        if (input.Length < Step.Size) return "nothing";
        var world = new NodeWorld(Variant(input));
        var text = new StringBuilder().Append($"configuration {Variant(input)}\n").Append(world.Told);
        try
        {
            foreach (var step in Steps(input))
            {
                text.AppendLine().AppendLine(step.ToString());
                world.Take(step);
                text.Append(world.Told);
            }
        }
        catch (Exception e)
        {
            text.Append(world.Told).AppendLine(e.Message);
        }

        return text.ToString();
    }

    private static int Variant(ReadOnlySpan<byte> input) => input[0] | (input[1] << 8);

    private static IEnumerable<Step> Steps(byte[] input) => input.Skip(Step.Size).Chunk(Step.Size).Where(c => c.Length == Step.Size).Select(c => Step.Read(c));

    private static byte[] Quiet(byte howLong) => new Step(StepKind.Run, howLong, 0, 0, 0).ToBytes();
}
