using System.CommandLine;
using System.Text.Json;
using OpenLmp.Api;

namespace OpenLmp.Cli.Commands;

/// <summary><c>lmp data-link allocate|release|signal NAME[,NAME]</c>, and <see cref="TraceCommand"/>.</summary>
internal static class DataLinkCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("data-link", "Allocation, signal and traces of data links.");
        command.Subcommands.Add(CreateAllocation(context, "allocate", "Allocates free data links to user traffic: Up/Free to Up/Alloc."));
        command.Subcommands.Add(CreateAllocation(context, "release", "Releases allocated data links: Up/Alloc to Up/Free."));
        command.Subcommands.Add(CreateSignal(context));
        command.Subcommands.Add(TraceCommand.Create(context));
        return command;
    }

    private static Command CreateAllocation(CliContext context, string verb, string description)
    {
        var names = Names(context, "Data links, separated by commas; all of them or none.");
        var command = new Command(verb, description);
        command.Arguments.Add(names);
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = $"/v1/{Words.DataLinks}/{CommandRunner.Escape(parsed.GetRequiredValue(names))}/{verb}";
            return CommandRunner.PostAsync(context, parsed, path, cancellationToken);
        });
        return command;
    }

    private static Command CreateSignal(CliContext context)
    {
        var names = Names(context, "Data links or component links, separated by commas.");
        var signal = new Argument<string>("SIGNAL") { Description = "What the data plane receives on them." };
        signal.AcceptOnlyFromAmong("ok", "degrade", "fail");
        var command = new Command("signal", "Reports what an external data plane receives.");
        command.Arguments.Add(names);
        command.Arguments.Add(signal);
        command.SetAction((parsed, cancellationToken) =>
        {
            var report = new SignalReport(Enum.Parse<SignalState>(parsed.GetRequiredValue(signal), ignoreCase: true));
            return CommandRunner.RunAsync(
                context,
                parsed,
                HttpMethod.Put,
                $"/v1/{Words.DataLinks}/{CommandRunner.Escape(parsed.GetRequiredValue(names))}/signal",
                JsonSerializer.Serialize(report, ApiJson.TypeInfo<SignalReport>()),
                TimeSpan.Zero,
                cancellationToken);
        });
        return command;
    }

    private static Argument<string> Names(CliContext context, string description) =>
        NameArgument.Required("NAME[,NAME]", description, context.NamesOf(Words.DataLinks));
}
