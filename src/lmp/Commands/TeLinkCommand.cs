using System.CommandLine;
using OpenLmp.Api;
using OpenLmp.Cli.Progress;

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
        var name = NameArgument.Optional("NAME", "The TE link; or none, with --neighbor.", context.NamesOf(Words.TeLinks));
        var neighbor = new Option<string?>("--neighbor")
        {
            Description = "Verifies data links of all TE links with this neighbour, in one procedure.",
            HelpName = "NEIGHBOR",
        };
        neighbor.CompletionSources.Add(context.NamesOf(Words.Neighbors));
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
                : ($"/v1/{Words.TeLinks}/{CommandRunner.Escape(parsed.GetValue(name)!)}/verify", ""),
            (parsed, progress) => new VerificationProgress(progress, parsed.GetValue(name), parsed.GetValue(neighbor)).FollowAsync);
        command.Arguments.Add(name);
        command.Options.Add(neighbor);
        command.Options.Add(unassigned);
        command.Validators.Add(result =>
        {
            // Without its value it is an error already.
            var named = result.GetResult(neighbor) is { Implicit: false };
            if (result.GetValue(name) is null != named)
                result.AddError("Name either a TE link, or a neighbour with --neighbor.");
            else if (result.GetValue(unassigned) && !named)
                result.AddError("--unassigned needs --neighbor.");
        });
        return command;
    }

    private static Command CreateNamed(CliContext context, string verb, string description, string otherwise)
    {
        var name = NameArgument.Required("NAME", "The TE link.", context.NamesOf(Words.TeLinks));
        var command = CreateProcedure(
            context, verb, description, otherwise, parsed => ($"/v1/{Words.TeLinks}/{CommandRunner.Escape(parsed.GetRequiredValue(name))}/{verb}", ""));
        command.Arguments.Add(name);
        return command;
    }

    private static Command CreateProcedure(
        CliContext context,
        string verb,
        string description,
        string otherwise,
        Func<ParseResult, (string Path, string Query)> target,
        Func<ParseResult, ProgressLine, Func<Client.ApiClient, Task, CancellationToken, Task>>? follow = null)
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
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (path, query) = target(parsed);
            if (!parsed.GetValue(wait))
                return await CommandRunner.PostAsync(context, parsed, query.Length > 0 ? $"{path}?{query}" : path, cancellationToken).ConfigureAwait(false);
            var seconds = parsed.GetValue(timeout);
            using var progress = new ProgressLine(context.Terminal);
            if (progress.IsDrawn) progress.Tell($"Waiting for the end, up to {seconds} s ...");
            return await CommandRunner.RunAsync(
                context,
                parsed,
                HttpMethod.Post,
                $"{path}?wait={seconds}s" + (query.Length > 0 ? $"&{query}" : ""),
                null,
                TimeSpan.FromSeconds(seconds),
                cancellationToken,
                follow?.Invoke(parsed, progress),
                progress).ConfigureAwait(false);
        });
        return command;
    }
}
