using System.CommandLine;
using System.Text.Json;
using OpenLmp.Api;

namespace OpenLmp.Cli.Commands;

/// <summary><c>lmp log level [LEVEL [CATEGORY]]</c>.</summary>
internal static class LogCommand
{
    private static readonly string[] Levels = ["trace", "debug", "info", "warning", "error", "critical", "none"];

    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("log", "What the daemon logs.");
        command.Subcommands.Add(Level(context));
        return command;
    }

    private static Command Level(CliContext context)
    {
        var level = new Argument<string?>("LEVEL") { Description = "The least level that is logged from now on, until the configuration is read again.", Arity = ArgumentArity.ZeroOrOne };
        level.AcceptOnlyFromAmong(Levels);
        var category = NameArgument.Optional("CATEGORY", "Of this part of the log only.");
        var command = new Command("level", "Shows what is logged, or changes it while the daemon runs.");
        command.Arguments.Add(level);
        command.Arguments.Add(category);
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(level) is { } wanted
            ? ChangeAsync(context, parsed, wanted, parsed.GetValue(category), cancellationToken)
            : ShowAsync(context, parsed, cancellationToken));
        return command;
    }

    private static Task<int> ChangeAsync(CliContext context, ParseResult parsed, string level, string? category, CancellationToken cancellationToken)
    {
        var change = new LogChange((LogSeverity)Array.IndexOf(Levels, level), category);
        var body = JsonSerializer.Serialize(change, ApiJson.TypeInfo<LogChange>());
        return CommandRunner.RunAsync(context, parsed, HttpMethod.Put, $"/v1/{Words.Log}", body, TimeSpan.Zero, cancellationToken);
    }

    private static async Task<int> ShowAsync(CliContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = context.Connect(parsed);
        var json = await client.GetTextAsync($"/v1/{Words.Log}", cancellationToken).ConfigureAwait(false);
        var log = client.Parse<LogInfo>(json);
        if (context.IsJson(parsed))
        {
            await context.Terminal.Out.WriteLineAsync(json).ConfigureAwait(false);
            return ExitCode.Done;
        }

        foreach (var category in log.Categories)
            await context.Terminal.Out.WriteLineAsync($"{category.Name,-12}{Levels[(int)category.Level]}").ConfigureAwait(false);
        return ExitCode.Done;
    }
}
