using System.CommandLine;
using OpenLmp.Api;
using OpenLmp.Cli.Client;
using OpenLmp.Cli.Progress;

namespace OpenLmp.Cli.Commands;

/// <summary>Sends a command to the daemon and shows its answer.</summary>
internal static class CommandRunner
{
    /// <summary>Sends and shows.</summary>
    /// <param name="context">The surroundings.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="method">POST or PUT.</param>
    /// <param name="path">The path, escaped.</param>
    /// <param name="body">The JSON body, or null.</param>
    /// <param name="wait">How long the daemon was asked to wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="meanwhile">What to do until the answer is there.</param>
    /// <param name="progress">What is shown until then.</param>
    /// <returns>The exit code: 0 where the answer is yes.</returns>
    public static async Task<int> RunAsync(
        CliContext context,
        ParseResult parsed,
        HttpMethod method,
        string path,
        string? body,
        TimeSpan wait,
        CancellationToken cancellationToken,
        Func<ApiClient, Task, CancellationToken, Task>? meanwhile = null,
        ProgressLine? progress = null)
    {
        using var client = context.Connect(parsed);
        var asked = client.CommandAsync(method, path, body, wait, cancellationToken);
        if (meanwhile is not null) await meanwhile(client, asked, cancellationToken).ConfigureAwait(false);
        var json = await asked.ConfigureAwait(false);
        progress?.Clear();
        var answer = client.Parse<CommandAnswer>(json);
        await context.Terminal.Out.WriteLineAsync(context.IsJson(parsed) ? json : answer.Text).ConfigureAwait(false);
        return answer.Outcome is CommandOutcome.Done or CommandOutcome.Started or CommandOutcome.Acknowledged or CommandOutcome.Verified ? ExitCode.Done : ExitCode.No;
    }

    /// <summary>A POST without a body.</summary>
    public static Task<int> PostAsync(CliContext context, ParseResult parsed, string path, CancellationToken cancellationToken) =>
        RunAsync(context, parsed, HttpMethod.Post, path, null, TimeSpan.Zero, cancellationToken);

    /// <summary>A name as a path segment.</summary>
    public static string Escape(string name) => Uri.EscapeDataString(name);
}
