namespace OpenLmp.Fuzz;

/// <summary>Something is not as it has to be, whatever the input.</summary>
internal sealed class FuzzException(string message) : Exception(message);

/// <summary>A part of OpenLMP that has to bear any input.</summary>
internal abstract class FuzzTarget : IDisposable
{
    /// <summary>What it is called on the command line, and how its finds' files begin.</summary>
    public abstract string Name { get; }

    /// <summary>Longest input, in bytes.</summary>
    public virtual int MaxLength => 4096;

    /// <summary>What the minimizer takes away at once, in bytes.</summary>
    public virtual int Unit => 1;

    /// <summary>Whether inputs run on this thread alone, so that what they reach can be told.</summary>
    public virtual bool IsGuided => true;

    /// <summary>What to begin with.</summary>
    public abstract IEnumerable<byte[]> Seeds();

    /// <summary>Changes an input; <paramref name="other"/> gives another one to take parts from.</summary>
    public abstract void Mutate(Random random, Draft draft, Func<byte[]> other);

    /// <summary>Runs an input; throws where something is wrong.</summary>
    /// <returns>How many inputs it was: a node's script has a step for each.</returns>
    public abstract int Run(ReadOnlySpan<byte> input);

    /// <summary>An input in words, for who has to understand a find.</summary>
    public virtual string Describe(byte[] input) => Convert.ToHexStringLower(input);

    public virtual void Dispose()
    {
    }

    /// <summary>Throws where something that has to hold does not; <paramref name="what"/> is the same for all finds up to its first colon.</summary>
    public static void Require(bool condition, string what)
    {
        if (!condition) throw new FuzzException(what);
    }
}
