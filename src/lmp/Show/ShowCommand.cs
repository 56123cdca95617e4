using System.CommandLine;
using OpenLmp.Cli.Completion;

namespace OpenLmp.Cli.Show;

/// <summary><c>lmp show WORD [NAME]</c>.</summary>
internal static class ShowCommand
{
    /// <summary>The command with a subcommand for each word.</summary>
    public static Command Create(CliContext context)
    {
        var show = new Command("show", "Shows what the daemon knows.");
        foreach (var view in Views.All) show.Subcommands.Add(Create(context, view));
        return show;
    }

    private static Command Create(CliContext context, IView view)
    {
        var name = NameArgument.Optional("NAME", view.NameHelp, context.NamesOf(ObjectNames.SelectableBy(view.Word)));
        var command = new Command(view.Word, view.Description);
        command.Arguments.Add(name);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = context.Connect(parsed);
            var path = parsed.GetValue(name) is { } wanted ? $"/v1/{view.Word}?name={Uri.EscapeDataString(wanted)}" : $"/v1/{view.Word}";
            var json = await client.GetTextAsync(path, cancellationToken).ConfigureAwait(false);
            if (context.IsJson(parsed)) await context.Terminal.Out.WriteLineAsync(json).ConfigureAwait(false);
            else view.Write(client, json, context.Terminal);
            return ExitCode.Done;
        });
        return command;
    }
}
