namespace OpenLmp.Fuzz;

/// <summary>Inputs worth changing: the seeds, and what reached something new.</summary>
internal sealed class Corpus(Random random)
{
    private readonly List<byte[]> _inputs = [];

    public int Count => _inputs.Count;

    public void Add(ReadOnlySpan<byte> input) => _inputs.Add(input.ToArray());

    /// <summary>One to change: what was found lately leads on more often than what is known for long.</summary>
    public byte[] PickToChange()
    {
        var recent = Math.Min(_inputs.Count, 16 + (_inputs.Count / 16));
        return random.Next(2) == 0 ? _inputs[random.Next(_inputs.Count)] : _inputs[_inputs.Count - 1 - random.Next(recent)];
    }

    public byte[] Pick() => _inputs[random.Next(_inputs.Count)];
}
