using System.CommandLine;
using OpenLmp.Api;

namespace OpenLmp.Cli.Commands;

/// <summary><c>lmp cross-connect add|remove A B</c>.</summary>
internal static class CrossConnectCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("cross-connect", "Which data link continues on which, for fault localization (RFC 4204 §6.2).");
        var oneWay = new Option<bool>("--one-way")
        {
            Description = "Only what comes in on A goes out on B, as in a unidirectional LSP; otherwise both ways.",
        };
        var add = Create(
            context, "add", HttpMethod.Put, "Tells that what comes in on one data link goes out on the other.", parsed => parsed.GetValue(oneWay) ? "?one-way=true" : "");
        add.Options.Add(oneWay);
        command.Subcommands.Add(add);
        command.Subcommands.Add(Create(context, "remove", HttpMethod.Delete, "Removes a cross-connect.", _ => ""));
        return command;
    }

    private static Command Create(CliContext context, string verb, HttpMethod method, string description, Func<ParseResult, string> query)
    {
        var names = context.NamesOf(Words.DataLinks);
        var (a, b) = (NameArgument.Required("A", "A data link.", names), NameArgument.Required("B", "The data link it continues on.", names));
        var command = new Command(verb, description);
        command.Arguments.Add(a);
        command.Arguments.Add(b);
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = $"/v1/{Words.CrossConnects}/{CommandRunner.Escape(parsed.GetRequiredValue(a))}/{CommandRunner.Escape(parsed.GetRequiredValue(b))}{query(parsed)}";
            return CommandRunner.RunAsync(context, parsed, method, path, null, TimeSpan.Zero, cancellationToken);
        });
        return command;
    }
}
