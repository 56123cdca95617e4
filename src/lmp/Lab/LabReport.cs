using System.Diagnostics;

namespace OpenLmp.Cli.Lab;

/// <summary>What is told of a lab as it happens, and what comes of it.</summary>
internal sealed class LabReport(TextWriter output)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<string> _notAsPlanted = [];

    /// <summary>How much of what was planted LMP has found.</summary>
    public int Found { get; private set; }

    /// <summary>What was not found, or found and not planted, or not seen as it is.</summary>
    public IReadOnlyList<string> NotAsPlanted => _notAsPlanted;

    /// <summary>A line with the time.</summary>
    public void Tell(string text) => output.WriteLine($"{Stopwatch.GetElapsedTime(_start).TotalSeconds,6:0.00} s  {text}");

    /// <summary>Another line of the same.</summary>
    public void Continue(string text) => output.WriteLine($"            {text}");

    /// <summary>A line without time.</summary>
    public void Line(string text = "") => output.WriteLine(text);

    /// <summary>Something planted was found.</summary>
    public void Count(int found = 1) => Found += found;

    /// <summary>Something is not as planted; told with the verdict.</summary>
    public void Differs(string text) => _notAsPlanted.Add(text);
}
