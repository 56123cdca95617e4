namespace OpenLmp.Cli.Tests.Cabling;

/// <summary>The source tree the tests were built in.</summary>
internal static class SourceTree
{
    public static readonly string Root = Find();

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "OpenLmp.slnx"))) return directory.FullName;
        throw new DirectoryNotFoundException("the tests run in the tree they belong to");
    }
}
