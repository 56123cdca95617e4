using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenLmp.Api;
using OpenLmp.Hosting;

namespace OpenLmp.Cli.Learned;

/// <summary><c>lmp config learned [FILE]</c>.</summary>
internal static class LearnedCommand
{
    private static readonly LearnedJson Json = new(new JsonSerializerOptions(LearnedJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var file = NameArgument.Optional("FILE", "A configuration file of this node: it is printed with the learned ids in it, and stays as it is.");
        var command = new Command("learned", "What was learned of the other ends of links, as YAML for the configuration.") { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = context.Connect(parsed);
            var node = client.Parse<NodeInfo[]>(await client.GetTextAsync($"/v1/{Words.Node}", cancellationToken).ConfigureAwait(false)).Single();
            var teLinks = client.Parse<TeLinkInfo[]>(await client.GetTextAsync($"/v1/{Words.TeLinks}", cancellationToken).ConfigureAwait(false));
            var dataLinks = client.Parse<DataLinkInfo[]>(await client.GetTextAsync($"/v1/{Words.DataLinks}", cancellationToken).ConfigureAwait(false));
            var ids = LearnedId.Of(teLinks, dataLinks);
            if (parsed.GetValue(file) is { } path) return Merge(context, parsed, path, node, ids);
            await context.Terminal.Out.WriteAsync(context.IsJson(parsed)
                ? JsonSerializer.Serialize([.. ids], Json.LearnedIdArray) + Environment.NewLine
                : LearnedYaml.Write(node, teLinks, dataLinks)).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static int Merge(CliContext context, ParseResult parsed, string path, NodeInfo node, IReadOnlyList<LearnedId> ids)
    {
        if (context.IsJson(parsed)) throw new CliException(ExitCode.BadUsage, "-j and FILE exclude each other: a configuration is YAML.");
        var terminal = context.Terminal;
        var findings = new Findings(path);
        var text = ConfigurationFile.Read(path, findings);
        var before = text is null ? findings.ToResult(null) : ConfigurationReader.Parse(text, path);
        foreach (var error in before.Errors) terminal.Error.WriteLine(error);
        if (!before.IsValid) return ExitCode.BadUsage;
        if (before.Configuration.Node.NodeId.ToString() is var id && id != node.NodeId)
            throw new CliException(ExitCode.BadUsage, $"{path} is the configuration of node {id}, the daemon is {node.Name} ({node.NodeId}).");

        var (merged, count) = LearnedEdits.Apply(text!, ids);
        // A file that lmpd would refuse is worse than none: the file may have been changed since the daemon read it.
        if (ConfigurationReader.Parse(merged, path) is { IsValid: false } after)
            throw new CliException(ExitCode.No, $"what was learned does not fit {path}: {after.Errors[0].Text}");
        terminal.Out.Write(merged);
        terminal.Error.WriteLine(count == 0 ? $"{path}: everything learned is in it already" : $"{path}: {count} learned id{(count == 1 ? "" : "s")} put in");
        return ExitCode.Done;
    }
}
