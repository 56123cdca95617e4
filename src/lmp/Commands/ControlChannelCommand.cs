using System.CommandLine;
using System.Globalization;
using OpenLmp.Api;

namespace OpenLmp.Cli.Commands;

/// <summary><c>lmp control-channel up|down NEIGHBOR/ID</c>.</summary>
internal static class ControlChannelCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("control-channel", "The administrative state of a control channel (RFC 4204 §3.2.3).");
        command.Subcommands.Add(Create(context, "up", "Puts a control channel that was taken down back into service."));
        command.Subcommands.Add(Create(context, "down", "Takes a control channel down by the ControlChannelDown procedure; data links stay as they are."));
        return command;
    }

    private static Command Create(CliContext context, string verb, string description)
    {
        var channel = new Argument<string>("NEIGHBOR/ID") { Description = "The neighbour's name and the CC_Id, such as oxc2/1." };
        channel.CompletionSources.Add(context.NamesOf(Words.ControlChannels));
        channel.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !TryParse(result.Tokens[0].Value, out _, out _))
                result.AddError($"'{result.Tokens[0].Value}' is no control channel: write it as NEIGHBOR/ID, such as oxc2/1.");
        });
        var command = new Command(verb, description);
        command.Arguments.Add(channel);
        command.SetAction((parsed, cancellationToken) =>
        {
            _ = TryParse(parsed.GetRequiredValue(channel), out var neighbor, out var id);
            var path = $"/v1/{Words.ControlChannels}/{CommandRunner.Escape(neighbor)}/{id.ToString(CultureInfo.InvariantCulture)}/{verb}";
            return CommandRunner.PostAsync(context, parsed, path, cancellationToken);
        });
        return command;
    }

    private static bool TryParse(string text, out string neighbor, out uint id)
    {
        var slash = text.LastIndexOf('/');
        neighbor = slash > 0 ? text[..slash] : "";
        id = 0;
        return slash > 0 && uint.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }
}
