// RFC 4207 §4
using System.CommandLine;
using System.Text.Json;
using OpenLmp.Api;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Commands;

/// <summary><c>lmp data-link trace NAME --type TYPE [--send TEXT] [--expect TEXT] [--received TEXT]</c>.</summary>
internal static class TraceCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var name = NameArgument.Required("NAME", "A data link with encoding sdh.", context.NamesOf(Words.DataLinks));
        var type = new Option<string>("--type") { Description = "Which overhead byte.", HelpName = "TYPE", Required = true };
        type.AcceptOnlyFromAmong([.. TraceTypes.All.Select(t => t.Name)]);
        var send = Text("--send", "Send TEXT, and have the neighbour monitor for it; \"\": no longer.");
        var expect = Text("--expect", "Expect TEXT, and have the neighbour send it; \"\": no longer.");
        var received = Text("--received", "What an external data plane receives; \"\": none.");
        var command = new Command("trace", "Trace messages in the overhead of SONET and SDH (RFC 4207). With none of the texts: asks what the neighbour receives.");
        command.Arguments.Add(name);
        foreach (var option in (Option[])[type, send, expect, received]) command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = $"/v1/{Words.DataLinks}/{CommandRunner.Escape(parsed.GetRequiredValue(name))}/trace";
            var report = new TraceReport(parsed.GetRequiredValue(type), parsed.GetValue(received), parsed.GetValue(send), parsed.GetValue(expect));
            if (report is { Received: null, Send: null, Expect: null })
                return CommandRunner.PostAsync(context, parsed, $"{path}?type={report.Type}", cancellationToken);
            var body = JsonSerializer.Serialize(report, ApiJson.TypeInfo<TraceReport>());
            return CommandRunner.RunAsync(context, parsed, HttpMethod.Put, path, body, TimeSpan.Zero, cancellationToken);
        });
        return command;
    }

    private static Option<string?> Text(string name, string description) => new(name) { Description = description, HelpName = "TEXT" };
}
