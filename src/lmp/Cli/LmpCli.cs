using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using OpenLmp.Cli.Cabling;
using OpenLmp.Cli.Commands;
using OpenLmp.Cli.Completion;
using OpenLmp.Cli.Decode;
using OpenLmp.Cli.Lab;
using OpenLmp.Cli.Manual;
using OpenLmp.Cli.Probe;
using OpenLmp.Cli.Replay;
using OpenLmp.Cli.Show;
using OpenLmp.Cli.Simulate;
using OpenLmp.Cli.Top;

namespace OpenLmp.Cli;

/// <summary>The <c>lmp</c> command line: every verb, and what errors become.</summary>
internal static class LmpCli
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="cancellationToken">Ends streams and waits, as Ctrl+C does.</param>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        var context = new CliContext(terminal);
        var parsed = Root(context).Parse(args);
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
        };

        // Help and --version win over errors: their actions are set although required arguments are missing.
        if (parsed.Errors.Count > 0 && parsed.Action is null or ParseErrorAction)
        {
            foreach (var error in parsed.Errors) terminal.Error.WriteLine($"lmp: {error.Message}");
            terminal.Error.WriteLine($"Try '{PathOf(parsed)} --help'.");
            return ExitCode.BadUsage;
        }

        context.Apply(parsed);
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (CliException e)
        {
            terminal.Error.WriteLine($"lmp: {e.Message}");
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.No;
        }
        catch (IOException e)
        {
            terminal.Error.WriteLine($"lmp: {e.Message}");
            return ExitCode.No;
        }
    }

    /// <summary>Every verb.</summary>
    internal static RootCommand Root(CliContext context)
    {
        var root = new RootCommand("Client of the LMP daemon, lmpd, and tools for the Link Management Protocol (RFC 4204).");
        context.AddOptionsTo(root);
        root.Subcommands.Add(ShowCommand.Create(context));
        root.Subcommands.Add(TopCommand.Create(context));
        root.Subcommands.Add(MonitorCommand.Create(context));
        root.Subcommands.Add(ControlChannelCommand.Create(context));
        root.Subcommands.Add(TeLinkCommand.Create(context));
        root.Subcommands.Add(DataLinkCommand.Create(context));
        root.Subcommands.Add(CablingCommand.Create(context));
        root.Subcommands.Add(CrossConnectCommand.Create(context));
        root.Subcommands.Add(ConfigCommand.Create(context));
        root.Subcommands.Add(LogCommand.Create(context));
        root.Subcommands.Add(DecodeCommand.Create(context));
        root.Subcommands.Add(ReplayCommand.Create(context));
        root.Subcommands.Add(LabCommand.Create(context));
        root.Subcommands.Add(ProbeCommand.Create(context.Json));
        root.Subcommands.Add(SimulateCommand.Create(context));
        root.Subcommands.Add(CompletionCommand.Create(context));
        root.Subcommands.Add(SuggestCommand.Create(context, root));
        root.Subcommands.Add(ManCommand.Create(context, root));
        return root;
    }

    private static string PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent)
            names.Push(command.Command is RootCommand ? "lmp" : command.Command.Name);
        return string.Join(' ', names);
    }
}
