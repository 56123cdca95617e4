using System.CommandLine;
using System.Runtime.InteropServices;
using OpenLmp.Cli.Progress;

namespace OpenLmp.Cli.Decode;

/// <summary><c>lmp decode</c>: every LMP message of a capture.</summary>
internal static class DecodeCommand
{
    /// <summary>The verb with its arguments and options.</summary>
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A pcap or pcapng capture; - reads standard input." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show every object and every field, explained." };
        var port = new Option<PortFilter>("--port")
        {
            Description = "The UDP port of LMP, or any: whatever looks like LMP.",
            HelpName = "N|any",
            DefaultValueFactory = _ => PortFilter.Default,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!PortFilter.TryParse(text, out var filter)) result.AddError($"--port {text}: expected a port number, 1-65535, or any");
                return filter;
            },
        };

        var command = new Command("decode", "Show every LMP message of a capture, a line each. Exit code 1 if any was malformed.") { file, verbose, port };
        command.SetAction(parsed =>
        {
            var options = new DecodeOptions(parsed.GetValue(port), parsed.GetValue(verbose), context.IsJson(parsed));
            return Run(parsed.GetRequiredValue(file), options, context.Terminal);
        });
        return command;
    }

    private static int Run(string path, DecodeOptions options, Terminal terminal)
    {
        var errors = terminal.Error;
        using var output = StandardStreams.OpenOutput();
        if (path == "-")
        {
            // Ctrl-C reaches the capturing program on the other side of the pipe too: let it finish, and show what it still sends. The second
            // one ends this program as usual.
            var interrupts = 0;
            using var registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = Interlocked.Increment(ref interrupts) == 1);
            using var input = Console.OpenStandardInput();
            return DecodeRun.Execute(input, "standard input", options, output, errors);
        }

        try
        {
            using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            // Where the messages themselves go to the terminal, they are progress enough.
            using var progress = terminal is { IsErrorInteractive: true, IsInteractive: false } ? new ProgressLine(terminal) : null;
            return DecodeRun.Execute(file, path, options, output, errors, progress);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            errors.WriteLine($"lmp decode: {path}: {Why(e, path)}");
            return 2;
        }
    }

    private static string Why(Exception e, string path) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        UnauthorizedAccessException => Directory.Exists(path) ? "is a directory" : "permission denied",
        _ => "cannot be opened: " + e.Message,
    };
}
