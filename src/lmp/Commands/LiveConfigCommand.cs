using System.CommandLine;
using System.Net;
using OpenLmp.Api;
using OpenLmp.Cli.Client;
using OpenLmp.Hosting;

namespace OpenLmp.Cli.Commands;

/// <summary>
/// <c>lmp config show</c>, <c>diff</c>, <c>apply</c>, <c>set</c> and <c>remove</c>: the configuration that a daemon runs with. What is to change is shown first.
/// </summary>
internal static class LiveConfigCommand
{
    private const string Root = $"/v1/{Words.Configuration}";

    /// <summary>The commands.</summary>
    public static IEnumerable<Command> CreateAll(CliContext context) => [Show(context), Diff(context), Apply(context), Set(context), Remove(context)];

    private static Command Show(CliContext context)
    {
        var path = NameArgument.Optional("PATH", "A part of it: keys and names, such as te-links/te1/confirm-interval.");
        var command = new Command("show", "The configuration that the daemon runs with, as YAML.") { path };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = context.Connect(parsed);
            await context.Terminal.Out.WriteAsync(await client.GetTextAsync(PathOf(parsed.GetValue(path)), cancellation).ConfigureAwait(false)).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Diff(CliContext context)
    {
        var file = NameArgument.Required("FILE", "A configuration file; - is standard input.");
        var command = new Command("diff", "What FILE would change in the daemon that runs, and how. Exit 0: nothing; 1: something; 2: FILE has errors.") { file };
        command.SetAction(async (parsed, cancellation) =>
        {
            var name = parsed.GetRequiredValue(file);
            using var client = context.Connect(parsed);
            var text = Read(context.Terminal, name);
            var (answer, json) = await AskAsync(context, client, HttpMethod.Post, $"{Root}/diff", text, null, name, cancellation).ConfigureAwait(false);
            if (context.IsJson(parsed)) context.Terminal.Out.WriteLine(json);
            else ConfigurationReport.Write(context.Terminal, answer, name);
            return answer.Changes.Length == 0 ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static Command Apply(CliContext context)
    {
        var file = NameArgument.Required("FILE", "A configuration file; - is standard input.");
        var (save, yes) = (SaveOption(), YesOption());
        var command = new Command("apply", "Puts FILE in force while the daemon runs: all of it, or nothing. Shows what changes, and asks.") { file, save, yes };
        command.SetAction(async (parsed, cancellation) =>
        {
            var name = parsed.GetRequiredValue(file);
            using var client = context.Connect(parsed);
            var text = Read(context.Terminal, name);
            // What is shown is what is agreed to: the tag is older than the difference.
            var tag = (await client.ExchangeAsync(HttpMethod.Get, Root, null, null, cancellation).ConfigureAwait(false)).Tag;
            var (plan, _) = await AskAsync(context, client, HttpMethod.Post, $"{Root}/diff", text, null, name, cancellation).ConfigureAwait(false);
            if (!context.IsJson(parsed)) ConfigurationReport.Write(context.Terminal, plan, name);
            if (plan.Changes.Length > 0 && !parsed.GetValue(yes) && !Agrees(context.Terminal, plan)) return ExitCode.No;
            return await ChangeAsync(context, parsed, client, HttpMethod.Put, Root, text, parsed.GetValue(save), tag, name, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Set(CliContext context)
    {
        var path = NameArgument.Required("PATH", "What to change: keys and names, such as te-links/te1/confirm-interval.");
        var value = new Argument<string>("VALUE") { Description = "Its value, as YAML: 1h, or {name: te1-3, local-id: 103, bandwidth: 10Gbps}." };
        var save = SaveOption();
        var command = new Command("set", "Changes or adds one part of the configuration while the daemon runs.") { path, value, save };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = context.Connect(parsed);
            var place = PathOf(parsed.GetRequiredValue(path));
            return await ChangeAsync(context, parsed, client, HttpMethod.Put, place, parsed.GetRequiredValue(value), parsed.GetValue(save), null, null, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Remove(CliContext context)
    {
        var path = NameArgument.Required("PATH", "What to remove: keys and names, such as te-links/te1.");
        var save = SaveOption();
        var command = new Command("remove", "Removes one part of the configuration while the daemon runs.") { path, save };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = context.Connect(parsed);
            var place = PathOf(parsed.GetRequiredValue(path));
            return await ChangeAsync(context, parsed, client, HttpMethod.Delete, place, null, parsed.GetValue(save), null, null, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> ChangeAsync(
        CliContext context, ParseResult parsed, ApiClient client, HttpMethod method, string place, string? text, bool save, string? tag, string? file, CancellationToken cancellation)
    {
        var (answer, json) = await AskAsync(context, client, method, save ? $"{place}?save=true" : place, text, tag, file, cancellation).ConfigureAwait(false);
        if (context.IsJson(parsed))
        {
            context.Terminal.Out.WriteLine(json);
        }
        else
        {
            if (file is null) ConfigurationReport.Write(context.Terminal, answer, null);
            if (file is null || answer.Changes.Length > 0) context.Terminal.Out.WriteLine($"in force: {Count(answer.Changes.Length)}");
            if (answer.Saved is { } saved) context.Terminal.Out.WriteLine($"saved in {saved}");
        }

        return save && answer.Saved is null ? ExitCode.No : ExitCode.Done;
    }

    private static async Task<(ConfigurationAnswer Answer, string Json)> AskAsync(
        CliContext context, ApiClient client, HttpMethod method, string path, string? text, string? tag, string? file, CancellationToken cancellation)
    {
        var exchange = await client.ExchangeAsync(method, path, text, tag, cancellation).ConfigureAwait(false);
        if (exchange.Status == HttpStatusCode.OK) return (client.Parse<ConfigurationAnswer>(exchange.Body), exchange.Body);
        var findings = client.ErrorOf(exchange).Findings ?? [];
        ConfigurationReport.Write(context.Terminal, findings, file);
        throw new CliException(exchange.Status == HttpStatusCode.BadRequest ? ExitCode.BadUsage : ExitCode.No, client.ErrorOf(exchange).Error);
    }

    private static bool Agrees(Terminal terminal, ConfigurationAnswer plan)
    {
        if (!terminal.CanAsk) throw new CliException(ExitCode.BadUsage, "nothing applied: there is nobody to ask here; --yes says yes.");
        terminal.Out.Write($"Put in force {(plan.Changes.Length == 1 ? "this change" : $"these {Count(plan.Changes.Length)}")}? [y/N] ");
        if (terminal.In.ReadLine()?.Trim() is "y" or "Y" or "yes") return true;
        terminal.Out.WriteLine("nothing applied");
        return false;
    }

    private static string Read(Terminal terminal, string file)
    {
        if (file == "-") return terminal.In.ReadToEnd();
        var findings = new Findings(file);
        return ConfigurationFile.Read(file, findings) ?? throw new CliException(ExitCode.BadUsage, findings.ToResult(null).Errors[0].ToString());
    }

    private static string PathOf(string? path) => path is null ? Root : $"{Root}/{string.Join('/', path.Split('/').Select(CommandRunner.Escape))}";

    private static string Count(int changes) => changes switch { 0 => "no change", 1 => "1 change", _ => $"{changes} changes" };

    private static Option<bool> SaveOption() => new("--save") { Description = "Also write it to the file that the daemon was started with." };

    private static Option<bool> YesOption() => new("--yes", "-y") { Description = "Do not ask." };
}
