using System.Text.RegularExpressions;

namespace OpenLmp.Protocol.Tests.RequirementMap;

/// <summary>Which tests of the whole tree name which requirement. From the sources: the tests are in several assemblies.</summary>
internal static partial class NamedRequirements
{
    /// <summary>The tests, as <c>Class.Method</c> or <c>Class</c>, by the id they name.</summary>
    public static SortedDictionary<string, SortedSet<string>> Read(string root)
    {
        var found = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            if (path.Contains("/obj/", StringComparison.Ordinal) || path.Contains("/bin/", StringComparison.Ordinal)) continue;
            var type = "";
            var pending = new List<string>();
            foreach (var line in File.ReadLines(path))
            {
                pending.AddRange(Attribute().Matches(line).Select(m => m.Groups["id"].Value));
                var test = "";
                if (Type().Match(line) is { Success: true } declared) test = type = declared.Groups["name"].Value;
                else if (Method().Match(line) is { Success: true } method) test = $"{type}.{method.Groups["name"].Value}";
                if (test.Length == 0) continue;
                foreach (var id in pending)
                {
                    if (!found.TryGetValue(id, out var tests)) found.Add(id, tests = new SortedSet<string>(StringComparer.Ordinal));
                    tests.Add(test);
                }

                pending.Clear();
            }
        }

        return found;
    }

    [GeneratedRegex(@"Requirement\(""(?<id>[^""]+)""\)")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^\s*(public|internal) .*\b(class|record) (?<name>\w+)")]
    private static partial Regex Type();

    [GeneratedRegex(@"^\s*public (static )?(async )?(void|Task) (?<name>\w+)\(")]
    private static partial Regex Method();
}
