using System.Diagnostics;

namespace OpenLmp.Hosting.Tests;

/// <summary>A test of what another user than root may do. Skipped, and says so, where there is no way to be one, or he cannot read this tree.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OtherUserFactAttribute : FactAttribute
{
    public OtherUserFactAttribute(params string[] programs) => Skip = OtherUser.ProblemWith(programs);
}

/// <summary>See <see cref="OtherUserFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OtherUserTheoryAttribute : TheoryAttribute
{
    public OtherUserTheoryAttribute(params string[] programs) => Skip = OtherUser.ProblemWith(programs);
}

/// <summary>Whether tests can become another user, and who that is.</summary>
internal static class OtherUser
{
    // What he runs, and has to be able to read: .NET, and lmpd.
    private static readonly Lazy<bool> Possible = new(() =>
        Environment.IsPrivilegedProcess && InstalledPrograms.Find("setpriv") is { } setpriv
        && ((string[])[Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "lmpd.dll")]).All(file => Reads(setpriv, file)));

    /// <summary>Why there is no way; null if there is one.</summary>
    public static string? ProblemWith(params string[] programs)
    {
        if (!Possible.Value) return "SKIPPED, not passed: needs root, setpriv (package util-linux), and a tree that the user nobody may read";
        return programs.FirstOrDefault(p => InstalledPrograms.Find(p) is null) is { } missing ? $"SKIPPED, not passed: needs {missing}" : null;
    }

    /// <summary>A user's numbers.</summary>
    public static (string User, string Group) Ids(string name)
    {
        var fields = File.ReadLines("/etc/passwd").Select(l => l.Split(':')).First(f => f[0] == name);
        return (fields[2], fields[3]);
    }

    private static bool Reads(string setpriv, string file)
    {
        using var process = Process.Start(setpriv, ["--reuid", "nobody", "--clear-groups", "test", "-r", file]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
