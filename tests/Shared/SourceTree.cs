namespace OpenLmp.Tests;

/// <summary>The source tree the tests were built in, and the files in it that tests compare with what they make.</summary>
internal static class SourceTree
{
    public static readonly string Root = Find();

    /// <summary>Whether files that do not fit are to be written instead: <c>OPENLMP_UPDATE=1</c>.</summary>
    public static bool Updates => Environment.GetEnvironmentVariable("OPENLMP_UPDATE") == "1";

    /// <summary>Compares a file with what it should be, or writes it.</summary>
    public static void IsUpToDate(string path, string expected)
    {
        var full = Path.Combine(Root, path);
        if (Updates) File.WriteAllText(full, expected);
        var actual = File.Exists(full) ? File.ReadAllText(full) : "";
        if (actual != expected) Assert.Fail($"{path} is stale; OPENLMP_UPDATE=1 dotnet test writes it. First difference: {Difference(actual, expected)}");
    }

    private static string Difference(string actual, string expected)
    {
        var (a, b) = (actual.Split('\n'), expected.Split('\n'));
        var at = Enumerable.Range(0, Math.Min(a.Length, b.Length)).FirstOrDefault(i => a[i] != b[i], Math.Min(a.Length, b.Length));
        return $"line {at + 1}: '{a.ElementAtOrDefault(at)}' should be '{b.ElementAtOrDefault(at)}'";
    }

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "OpenLmp.slnx"))) return directory.FullName;
        throw new DirectoryNotFoundException("the tests run in the tree they belong to");
    }
}
