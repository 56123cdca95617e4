using System.CommandLine;
using System.Text.Json;
using OpenLmp.Cli.Client;

namespace OpenLmp.Cli.Cabling;

/// <summary><c>lmp cabling check PLAN</c>.</summary>
internal static class CablingCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("cabling", "The cabling: what is planned against what link verification found.");
        command.Subcommands.Add(CreateCheck(context));
        return command;
    }

    private static Command CreateCheck(CliContext context)
    {
        var file = NameArgument.Required("PLAN", "The plan: containerlab's YAML (links with endpoints), or a Graphviz graph as topology.dot of Cumulus PTM.");
        var nodes = new Option<string[]>("--node")
        {
            Description = "Another node to ask, by the plan's name of it and its socket or URL. May be given several times, as may --socket and --server.",
            HelpName = "NAME=ADDRESS",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var askedOnly = new Option<bool>("--asked-only") { Description = "Leave out links between nodes that are not asked." };
        var command = new Command("check", "Compares a plan with what link verification found. Exit 0 only if all is as planned, 1 if not or not compared, 2 if the plan is wrong.")
        {
            file, nodes, askedOnly,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var named = (parsed.GetValue(nodes) ?? []).Select(text => Target.Parse(text) with { Credentials = context.Credentials(parsed) }).ToList();
            IReadOnlyList<Target> targets = named.Count > 0 && !context.NamesTarget(parsed) ? named : [.. context.Targets(parsed), .. named];
            return RunAsync(context.Terminal, parsed.GetRequiredValue(file), targets, parsed.GetValue(askedOnly), context.IsJson(parsed), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, string file, IReadOnlyList<Target> targets, bool askedOnly, bool json, CancellationToken cancellationToken)
    {
        var (plan, errors) = PlanReader.Load(file);
        foreach (var error in errors) await terminal.Error.WriteLineAsync(error.ToString()).ConfigureAwait(false);
        if (plan is null) return ExitCode.BadUsage;

        var (asked, silent) = await NodeAsker.AskAsync(targets, cancellationToken).ConfigureAwait(false);
        // With -j stdout is the array alone; with several nodes a table alone would hide that one is missing.
        if (json || asked.Count == 0)
            foreach (var node in silent) await terminal.Error.WriteLineAsync($"lmp: {Silence(node)}").ConfigureAwait(false);
        if (asked.Count == 0) return ExitCode.NoDaemon;

        var found = new FoundCabling(asked);
        var resolved = new ResolvedPlan(plan, found);
        foreach (var error in resolved.Errors) await terminal.Error.WriteLineAsync(error.ToString()).ConfigureAwait(false);
        if (resolved.Errors.Count > 0) return ExitCode.BadUsage;

        var rows = CablingCheck.Compare(resolved, found, silent, askedOnly);
        if (json) await terminal.Out.WriteLineAsync(JsonSerializer.Serialize([.. rows], CablingReport.Json.CablingRowArray)).ConfigureAwait(false);
        else CablingReport.Write(rows, silent, terminal);
        return silent.Count == 0 && rows.Count > 0 && rows.All(row => row.Verdict == CablingVerdict.Ok) ? ExitCode.Done : ExitCode.No;
    }

    private static string Silence(SilentNode node) => $"node {node.Name} could not be asked: {node.Why}";
}
