using System.CommandLine;
using OpenLmp.Api;
using OpenLmp.Cli.Show;

namespace OpenLmp.Cli.Commands;

/// <summary><c>lmp monitor</c>.</summary>
internal static class MonitorCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var after = new Option<long?>("--after")
        {
            Description = "Begin with what the daemon remembers after this event's id, so that nothing is missed between two calls; 0: with all of it.",
            HelpName = "ID",
        };
        var command = new Command("monitor", "Streams every state change and alarm as it happens, until Ctrl+C or the daemon ends.");
        command.Options.Add(after);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = context.Connect(parsed);
            var terminal = context.Terminal;
            var json = context.IsJson(parsed);
            long previous = 0;
            try
            {
                await foreach (var data in client.EventsAsync(parsed.GetValue(after), Connected, cancellationToken).ConfigureAwait(false))
                {
                    await terminal.Out.WriteLineAsync(json ? data : Line(client.Parse<EventInfo>(data))).ConfigureAwait(false);
                    await terminal.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Done; // The way to end it.
            }

            throw client.Gone();

            string Line(EventInfo e)
            {
                // The daemon does not wait for slow readers.
                if (previous > 0 && e.Id > previous + 1) terminal.Error.WriteLine($"lmp: {e.Id - previous - 1} events missed; lmp show tells how things stand.");
                previous = e.Id;
                return EventText.Line(e, terminal);
            }

            void Connected()
            {
                if (!json && terminal.IsInteractive) terminal.Error.WriteLine("Watching; Ctrl+C ends.");
            }
        });
        return command;
    }
}
