namespace OpenLmp.Tests;

/// <summary>The machine's programs.</summary>
internal static class InstalledPrograms
{
    /// <summary>Where a program is; null where it is not installed.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
}
