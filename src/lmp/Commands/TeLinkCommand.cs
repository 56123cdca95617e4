using System.CommandLine;
using OpenLmp.Api;

namespace OpenLmp.Cli.Commands;

/// <summary><c>lmp te-link summarize NAME [--wait]</c>.</summary>
internal static class TeLinkCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("te-link", "Procedures of a TE link.");
        command.Subcommands.Add(CreateSummarize(context));
        return command;
    }

    private static Command CreateSummarize(CliContext context)
    {
        var name = NameArgument.Required("NAME", "The TE link.");
        var wait = new Option<bool>("--wait") { Description = "Return when the exchange has ended; exit 1 unless the neighbour agrees." };
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

        var command = new Command("summarize", "Sends LinkSummary: compares the TE link's properties with the neighbour's (RFC 4204 §4).");
        command.Arguments.Add(name);
        command.Options.Add(wait);
        command.Options.Add(timeout);
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = $"/v1/{Words.TeLinks}/{CommandRunner.Escape(parsed.GetRequiredValue(name))}/summarize";
            if (!parsed.GetValue(wait)) return CommandRunner.PostAsync(context, parsed, path, cancellationToken);
            var seconds = parsed.GetValue(timeout);
            if (context.Terminal.IsInteractive) context.Terminal.Error.WriteLine($"Waiting for the neighbour's answer, up to {seconds} s ...");
            return CommandRunner.RunAsync(
                context, parsed, HttpMethod.Post, $"{path}?wait={seconds}s", null, TimeSpan.FromSeconds(seconds), cancellationToken);
        });
        return command;
    }
}
