using System.Text.RegularExpressions;

namespace OpenLmp.Protocol.Tests.RequirementMap;

/// <summary>Which source files say in their first line which sections of which RFC they are about.</summary>
internal sealed partial class SourceSections
{
    private readonly Dictionary<string, List<string>> _files = [];

    private SourceSections()
    {
    }

    /// <summary>Reads the first lines of all sources.</summary>
    public static SourceSections Read(string root)
    {
        var sections = new SourceSections();
        var paths = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(root, p))
            .Where(p => !p.Contains("/obj/", StringComparison.Ordinal) && !p.Contains("/bin/", StringComparison.Ordinal));
        foreach (var path in paths.Order(StringComparer.Ordinal))
            foreach (var section in SectionsIn(File.ReadLines(Path.Combine(root, path)).FirstOrDefault() ?? ""))
                sections.Add(section, path);
        return sections;
    }

    /// <summary>
    /// The files about a section such as <c>4204-12.5.1</c>: those that name it; else those that name the nearest section it belongs to; else those that
    /// name a part of it.
    /// </summary>
    public IReadOnlyList<string> About(string section)
    {
        for (var s = section; ; s = s[..s.LastIndexOf('.')])
        {
            if (_files.TryGetValue(s, out var files)) return files;
            if (!s.Contains('.', StringComparison.Ordinal)) break;
        }

        return [.. _files.Where(f => f.Key.StartsWith(section + ".", StringComparison.Ordinal)).SelectMany(f => f.Value).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The sections that a comment names: <c>// RFC 4204 §5, §12.5.7-12.5.9; RFC 4209 §2.3</c>.</summary>
    public static IEnumerable<string> SectionsIn(string line)
    {
        if (!line.StartsWith("// ", StringComparison.Ordinal)) yield break;
        var rfc = "";
        foreach (Match match in Reference().Matches(line))
        {
            if (match.Groups["rfc"].Success)
            {
                rfc = match.Groups["rfc"].Value;
                continue;
            }

            var (first, last) = (match.Groups["first"].Value, match.Groups["last"].Value);
            yield return $"{rfc}-{first}";
            if (last.Length == 0) continue;
            var chapter = first[..(first.LastIndexOf('.') + 1)];
            for (var i = int.Parse(first[chapter.Length..]) + 1; i <= int.Parse(last[(last.LastIndexOf('.') + 1)..]); i++) yield return $"{rfc}-{chapter}{i}";
        }
    }

    private void Add(string section, string path)
    {
        if (!_files.TryGetValue(section, out var files)) _files.Add(section, files = []);
        if (!files.Contains(path)) files.Add(path);
    }

    [GeneratedRegex(@"RFC (?<rfc>\d+)|§(?<first>\d+(\.\d+)*)(-§?(?<last>\d+(\.\d+)*))?")]
    private static partial Regex Reference();
}
