namespace OpenLmp.Benchmarks;

/// <summary>One subject of measurement: tables, and a place in docs/performance.md.</summary>
internal abstract class Section(string name, string title)
{
    /// <summary>What it is called on the command line and in the page's markers.</summary>
    public string Name { get; } = name;

    public string Title { get; } = title;

    /// <summary>Measures. Whatever it starts or makes has an end when it returns, however it returns.</summary>
    public abstract Task<IReadOnlyList<Table>> RunAsync(Bench bench);
}
