namespace OpenLmp.Cli.Tests;

/// <summary>A test that needs programs of the machine, and says which where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(params string[] programs)
    {
        var missing = programs.Where(p => InstalledPrograms.Find(p) is null).ToArray();
        if (missing.Length > 0) Skip = $"SKIPPED, not passed: {string.Join(", ", missing)} not installed (apt-get install mandoc man-db zsh fish bsdutils)";
    }
}
