namespace OpenLmp.Cli;

/// <summary>What the process exits with; scripts rely on these.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The answer is no: refused, not found, malformed.</summary>
    public const int No = 1;

    /// <summary>The command line, or the file it names, is wrong.</summary>
    public const int BadUsage = 2;

    /// <summary>No daemon answers.</summary>
    public const int NoDaemon = 3;
}

/// <summary>Ends a verb with a sentence on stderr and an exit code.</summary>
internal sealed class CliException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
