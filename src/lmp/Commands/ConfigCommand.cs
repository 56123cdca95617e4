using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenLmp.Cli.Learned;
using OpenLmp.Hosting;

namespace OpenLmp.Cli.Commands;

/// <summary><c>lmp config check FILE</c>, <c>config schema</c>, and those that are about a daemon that runs.</summary>
internal static class ConfigCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("config", "The configuration of lmpd: files, and what a daemon runs with.");
        command.Subcommands.Add(CreateCheck(context));
        foreach (var live in LiveConfigCommand.CreateAll(context)) command.Subcommands.Add(live);
        command.Subcommands.Add(CreateSchema(context));
        command.Subcommands.Add(LearnedCommand.Create(context));
        return command;
    }

    private static Command CreateCheck(CliContext context)
    {
        var file = NameArgument.Required("FILE", "The configuration file.");
        var command = new Command("check", "Checks a file as lmpd would read it; needs no daemon. Exit 2 if it has errors.");
        command.Arguments.Add(file);
        command.SetAction(parsed =>
        {
            var result = ConfigurationReader.Load(parsed.GetRequiredValue(file));
            if (context.IsJson(parsed)) WriteJson(context.Terminal, result);
            else WriteText(context.Terminal, result, parsed.GetRequiredValue(file));
            return result.IsValid ? ExitCode.Done : ExitCode.BadUsage;
        });
        return command;
    }

    private static Command CreateSchema(CliContext context)
    {
        var command = new Command("schema", "The JSON Schema of configuration files, for editors; needs no daemon.");
        command.SetAction(_ => context.Terminal.Out.Write(ConfigurationJsonSchema.Text));
        return command;
    }

    private static void WriteText(Terminal terminal, ConfigurationResult result, string file)
    {
        foreach (var warning in result.Warnings) terminal.Error.WriteLine(warning);
        foreach (var error in result.Errors) terminal.Error.WriteLine(error);
        if (result.Configuration?.Node is not { } node) return;
        var channels = node.Neighbors.Sum(neighbor => neighbor.ControlChannels.Count);
        var dataLinks = node.TeLinks.Sum(link => link.DataLinks.Count);
        terminal.Out.WriteLine(
            $"{file}: valid: node {node.Name} ({node.NodeId}), {Count(node.Neighbors.Count, "neighbour")}, {Count(channels, "control channel")}, "
            + $"{Count(node.TeLinks.Count, "TE link")}, {Count(dataLinks, "data link")}");
    }

    private static void WriteJson(Terminal terminal, ConfigurationResult result)
    {
        var findings = result.Errors.Select(e => new ConfigurationFinding("error", e.File, e.Line, e.Column, e.Text))
            .Concat(result.Warnings.Select(w => new ConfigurationFinding("warning", w.File, w.Line, w.Column, w.Text)))
            .ToArray();
        terminal.Out.WriteLine(JsonSerializer.Serialize(findings, ConfigurationFindingJson.Default.ConfigurationFindingArray));
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}

/// <summary>What <c>config check -j</c> tells of one place in a file.</summary>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Text">What is wrong and what would be right.</param>
internal sealed record ConfigurationFinding(string Severity, string File, int Line, int Column, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ConfigurationFinding[]))]
internal sealed partial class ConfigurationFindingJson : JsonSerializerContext;
