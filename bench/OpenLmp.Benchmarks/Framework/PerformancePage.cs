namespace OpenLmp.Benchmarks;

/// <summary>The page of figures: what stands between the markers of a section is written here, the words around it by people.</summary>
internal sealed class PerformancePage(string path)
{
    /// <summary>Replaces the figures of one section.</summary>
    /// <exception cref="InvalidOperationException">The page has no such markers.</exception>
    public void Replace(string section, string figures)
    {
        var (begin, end) = ($"<!-- bench:{section} -->\n", $"<!-- /bench:{section} -->");
        var page = File.ReadAllText(path);
        var from = page.IndexOf(begin, StringComparison.Ordinal);
        var to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from) throw new InvalidOperationException($"{path} has no place for {section}: it lacks {begin.Trim()} and {end}");
        File.WriteAllText(path, page[..(from + begin.Length)] + "\n" + figures + "\n" + page[to..]);
    }
}
