using System.Reflection;

namespace OpenLmp.Daemon;

/// <summary>What the command line asks for.</summary>
internal enum CommandLineAction
{
    /// <summary>Run the daemon.</summary>
    Run,

    /// <summary>Validate the configuration file.</summary>
    Check,

    /// <summary>Explain the options.</summary>
    Help,

    /// <summary>Tell the version.</summary>
    Version,
}

/// <summary>The command line of <c>lmpd</c>.</summary>
/// <param name="Action">What to do.</param>
/// <param name="File">The configuration file; empty where none is needed.</param>
/// <param name="Record">The file to record in; null: none.</param>
internal sealed record CommandLine(CommandLineAction Action, string File, string? Record = null)
{
    /// <summary>How to call it, in a line.</summary>
    public const string Usage = "usage: lmpd -c FILE [--check] [--record FILE]";

    /// <summary>How to call it.</summary>
    public const string Help = $"""
        {Usage}

        The OpenLMP daemon: one node of the Link Management Protocol (RFC 4204).

          -c, --config FILE   the configuration (YAML)
              --check         only validate FILE: errors on standard error, exit status 2 if there are any
              --record FILE   write everything that enters and leaves the node to FILE, for lmp replay
              --version       tell the version
          -h, --help          this text

        SIGHUP reads FILE again; what has not changed goes on undisturbed, and a FILE with errors changes nothing.
        SIGTERM and SIGINT stop the daemon; data links stay as they are.
        Exit status: 0 stopped as asked, 1 cannot run, 2 wrong usage or configuration.
        """;

    /// <summary>Name and version, without the commit.</summary>
    public static string Version =>
        $"lmpd {typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    /// <summary>Reads a command line.</summary>
    /// <returns>Null if it is wrong.</returns>
    public static CommandLine? Parse(ReadOnlySpan<string> args, out string? error)
    {
        error = null;
        string? file = null;
        string? record = null;
        var check = false;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "-h" or "--help":
                    return new CommandLine(CommandLineAction.Help, "");
                case "--version":
                    return new CommandLine(CommandLineAction.Version, "");
                case "--check":
                    check = true;
                    break;
                case "-c" or "--config" when i + 1 == args.Length:
                    error = $"{args[i]} needs a file";
                    return null;
                case "-c" or "--config" when file is not null:
                    error = "one file only";
                    return null;
                case "-c" or "--config":
                    file = args[++i];
                    break;
                case "--record" when i + 1 == args.Length:
                    error = $"{args[i]} needs a file";
                    return null;
                case "--record":
                    record = args[++i];
                    break;
                case var other:
                    error = $"unknown argument {other}";
                    return null;
            }
        }

        if (file is not null) return new CommandLine(check ? CommandLineAction.Check : CommandLineAction.Run, file, record);
        error = "no configuration file: -c FILE is missing";
        return null;
    }
}
