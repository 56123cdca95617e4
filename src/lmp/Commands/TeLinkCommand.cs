using System.CommandLine;
using OpenLmp.Api;

namespace OpenLmp.Cli.Commands;

/// <summary><c>lmp te-link summarize / verify / confirm NAME [--wait]</c>, and <c>verify --neighbor NAME [--unassigned]</c>.</summary>
internal static class TeLinkCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("te-link", "Procedures of a TE link.");
        command.Subcommands.Add(CreateNamed(
            context, "summarize", "Sends LinkSummary: compares the TE link's properties with the neighbour's (RFC 4204 §4).", "unless the neighbour agrees"));
        command.Subcommands.Add(CreateVerify(context));
        command.Subcommands.Add(CreateNamed(
            context, "confirm", "Compares the statuses of the TE link's data channels with the neighbour's, to find stranded resources (RFC 5818).", "unless both ends have the same"));
        return command;
    }

    private static Command CreateVerify(CliContext context)
    {
        var name = NameArgument.Optional("NAME", "The TE link; or none, with --neighbor.");
        var neighbor = new Option<string?>("--neighbor")
        {
            Description = "Verifies data links of all TE links with this neighbour, in one procedure.",
            HelpName = "NEIGHBOR",
        };
        var unassigned = new Option<bool>("--unassigned")
        {
            Description = "With --neighbor: only data links whose remote-id, or whose TE link's, is not configured.",
        };
        var command = CreateProcedure(
            context,
            "verify",
            "Verifies free data links: Test messages show where each really ends (RFC 4204 §5).",
            "unless all are verified and end where they should",
            parsed => parsed.GetValue(neighbor) is { } all
                ? ($"/v1/{Words.Neighbors}/{CommandRunner.Escape(all)}/verify", parsed.GetValue(unassigned) ? "unassigned=true" : "")
                : ($"/v1/{Words.TeLinks}/{CommandRunner.Escape(parsed.GetValue(name)!)}/verify", ""));
        command.Arguments.Add(name);
        command.Options.Add(neighbor);
        command.Options.Add(unassigned);
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is null == result.GetValue(neighbor) is null)
                result.AddError("Name either a TE link, or a neighbour with --neighbor.");
            else if (result.GetValue(unassigned) && result.GetValue(neighbor) is null)
                result.AddError("--unassigned needs --neighbor.");
        });
        return command;
    }

    private static Command CreateNamed(CliContext context, string verb, string description, string otherwise)
    {
        var name = NameArgument.Required("NAME", "The TE link.");
        var command = CreateProcedure(
            context, verb, description, otherwise, parsed => ($"/v1/{Words.TeLinks}/{CommandRunner.Escape(parsed.GetRequiredValue(name))}/{verb}", ""));
        command.Arguments.Add(name);
        return command;
    }

    private static Command CreateProcedure(
        CliContext context, string verb, string description, string otherwise, Func<ParseResult, (string Path, string Query)> target)
    {
        var wait = new Option<bool>("--wait") { Description = $"Return when the procedure has ended; exit 1 {otherwise}." };
        var timeout = new Option<int>("--timeout")
        {
            Description = "With --wait: give up waiting after so many seconds.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 30,
        };
        timeout.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var seconds) && seconds is >= 1 and <= 600))
                result.AddError("--timeout is a number of seconds from 1 to 600.");
        });

        var command = new Command(verb, description);
        command.Options.Add(wait);
        command.Options.Add(timeout);
        command.SetAction((parsed, cancellationToken) =>
        {
            var (path, query) = target(parsed);
            if (!parsed.GetValue(wait)) return CommandRunner.PostAsync(context, parsed, query.Length > 0 ? $"{path}?{query}" : path, cancellationToken);
            var seconds = parsed.GetValue(timeout);
            if (context.Terminal.IsInteractive) context.Terminal.Error.WriteLine($"Waiting for the end, up to {seconds} s ...");
            return CommandRunner.RunAsync(
                context, parsed, HttpMethod.Post, $"{path}?wait={seconds}s" + (query.Length > 0 ? $"&{query}" : ""), null, TimeSpan.FromSeconds(seconds), cancellationToken);
        });
        return command;
    }
}
