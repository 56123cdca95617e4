using System.CommandLine;
using OpenLmp.Cli.Decode;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Probe;

/// <summary><c>lmp probe</c>: one Config, and what comes back.</summary>
public static class ProbeCommand
{
    /// <summary>The verb with its arguments and options.</summary>
    /// <param name="json">The option for JSON that all verbs share.</param>
    public static Command Create(Option<bool> json)
    {
        var target = new Argument<string>("ADDRESS") { Description = "Whom to probe: an address or a host name, with :PORT where it is not 701." };
        var timeout = new Option<TimeSpan?>("--timeout")
        {
            Description = "How long to wait for an answer, such as 500ms; 3.5s by default.",
            HelpName = "DURATION",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!ProbeOptions.TryParseTimeout(text, out var value))
                    result.AddError($"--timeout {text}: expected a duration such as 500ms or 3s, up to 3600s");
                return value;
            },
        };
        var nodeId = new Option<NodeId?>("--node-id")
        {
            Description = "The Node_Id to send; by default the source address, or 0.0.0.1 where that is IPv6.",
            HelpName = "ID",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!NodeId.TryParse(text, out var value)) result.AddError($"--node-id {text}: expected four numbers such as 10.0.0.1");
                return value;
            },
        };
        var local = new Option<NetworkAddress?>("--local")
        {
            Description = "The source address; by default what the routes say.",
            HelpName = "ADDR",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!NetworkAddress.TryParse(text, out var value)) result.AddError($"--local {text}: expected an address such as 192.0.2.1 or 2001:db8::1");
                return value;
            },
        };

        var command = new Command("probe", "Send one Config to a node and explain what comes back. Exit code 1 unless it answers.")
        {
            target, timeout, nodeId, local,
        };
        command.SetAction(parsed =>
        {
            using var output = StandardStreams.OpenOutput();
            var errors = parsed.InvocationConfiguration.Error;
            var text = parsed.GetRequiredValue(target);
            if (ProbeOptions.ParseTarget(text, out var endpoint) is { } error)
            {
                errors.WriteLine($"lmp probe: {error}");
                return 2;
            }

            var options = new ProbeOptions(endpoint, parsed.GetValue(timeout) ?? ProbeOptions.DefaultTimeout, parsed.GetValue(nodeId), parsed.GetValue(local));
            return Execute(options, parsed.GetValue(json), output, errors);
        });
        return command;
    }

    /// <summary>Probes and reports.</summary>
    /// <returns>The exit code.</returns>
    internal static int Execute(ProbeOptions options, bool json, Stream output, TextWriter errors)
    {
        if (options.Local is { } local && local.IsIPv6 != options.Target.Address.IsIPv6)
        {
            errors.WriteLine($"lmp probe: {options.Target.Address} cannot be probed from {local}: one is IPv4, the other IPv6");
            return 2;
        }

        if (!Prober.TryRun(options, errors, out var outcome))
        {
            errors.WriteLine($"lmp probe: {options.Local} is not an address of this machine");
            return 2;
        }

        if (json) ProbeReport.WriteJson(outcome, output);
        else ProbeReport.WriteText(outcome, output);
        return outcome.Result == ProbeResult.Answered ? 0 : 1;
    }
}
