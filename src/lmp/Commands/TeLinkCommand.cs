using System.CommandLine;
using OpenLmp.Api;

namespace OpenLmp.Cli.Commands;

/// <summary><c>lmp te-link summarize / verify NAME [--wait]</c>.</summary>
internal static class TeLinkCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("te-link", "Procedures of a TE link.");
        command.Subcommands.Add(CreateProcedure(
            context, "summarize", "Sends LinkSummary: compares the TE link's properties with the neighbour's (RFC 4204 §4).", "unless the neighbour agrees"));
        command.Subcommands.Add(CreateProcedure(
            context, "verify", "Verifies the TE link's free data links: Test messages show where each really ends (RFC 4204 §5).", "unless all are verified and end where they should"));
        return command;
    }

    private static Command CreateProcedure(CliContext context, string verb, string description, string otherwise)
    {
        var name = NameArgument.Required("NAME", "The TE link.");
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
        command.Arguments.Add(name);
        command.Options.Add(wait);
        command.Options.Add(timeout);
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = $"/v1/{Words.TeLinks}/{CommandRunner.Escape(parsed.GetRequiredValue(name))}/{verb}";
            if (!parsed.GetValue(wait)) return CommandRunner.PostAsync(context, parsed, path, cancellationToken);
            var seconds = parsed.GetValue(timeout);
            if (context.Terminal.IsInteractive) context.Terminal.Error.WriteLine($"Waiting for the end, up to {seconds} s ...");
            return CommandRunner.RunAsync(
                context, parsed, HttpMethod.Post, $"{path}?wait={seconds}s", null, TimeSpan.FromSeconds(seconds), cancellationToken);
        });
        return command;
    }
}
