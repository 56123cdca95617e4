using System.Collections.Concurrent;
using System.CommandLine;
using System.Runtime.InteropServices;

namespace OpenLmp.Cli.Top;

/// <summary><c>lmp top [--once]</c>.</summary>
internal static class TopCommand
{
    // Fast enough for the eye.
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(80);

    // Ages go on though nothing happens.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var once = new Option<bool>("--once") { Description = "One picture as plain text, of long tables the first rows." };
        var command = new Command(
            "top",
            "The node on one screen, live: control channels, TE links, data links with what is wrong first, alarms under their causes, and the last events. "
            + "Keys: q quits, Tab and the arrows move, Enter unfolds suppressed alarms, / filters.")
        {
            once,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (context.IsJson(parsed)) throw new CliException(ExitCode.BadUsage, "top is for people; for programs there are lmp show WORD -j and lmp monitor -j.");
            var terminal = context.Terminal;
            return parsed.GetValue(once) ? OnceAsync(context, parsed, terminal, cancellationToken) : LiveAsync(context, parsed, terminal, cancellationToken);
        });
        return command;
    }

    private static async Task<int> OnceAsync(CliContext context, ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var feed = new TopFeed(() => context.Connect(parsed), terminal.Time, () => { });
        await feed.ReadOnceAsync(cancellationToken).ConfigureAwait(false);
        foreach (var line in TopFrame.Text(feed.Picture, terminal)) await terminal.Out.WriteLineAsync(line).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static async Task<int> LiveAsync(CliContext context, ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!terminal.IsInteractive || terminal.Variable("TERM") == "dumb")
            throw new CliException(ExitCode.BadUsage, "top draws on a terminal, and there is none: --once prints one picture as text.");
        using var wake = new SemaphoreSlim(0, 1);
        var feed = new TopFeed(() => context.Connect(parsed), terminal.Time, Wake);
        // Who has mistyped the socket's name is told so at once.
        await feed.ReadOnceAsync(cancellationToken).ConfigureAwait(false);

        var keys = new ConcurrentQueue<ConsoleKeyInfo>();
        if (terminal.ReadKey is { } readKey) Listen(readKey, keys, Wake);
        var redraw = 0;
        using var resized = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Wake());
        using var continued = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ =>
        {
            Interlocked.Exchange(ref redraw, 1);
            Wake();
        });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var screen = new TopScreen(terminal.Out);
        var following = feed.RunAsync(ended.Token);
        try
        {
            await DrawAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is another way to end it.
        }

        await ended.CancelAsync().ConfigureAwait(false);
        await following.ConfigureAwait(false);
        return ExitCode.Done;

        async Task DrawAsync()
        {
            for (var view = new TopView(); !view.HasQuit;)
            {
                if (Interlocked.Exchange(ref redraw, 0) == 1) screen.Forget();
                var size = terminal.Size();
                var frame = TopFrame.Of(feed.Picture, view, size, terminal);
                view = view with { Offsets = frame.Offsets };
                screen.Draw(frame.Lines, size);
                if (keys.IsEmpty) await Task.Delay(BetweenFrames, cancellationToken).ConfigureAwait(false);
                if (keys.IsEmpty) await wake.WaitAsync(Tick, cancellationToken).ConfigureAwait(false);
                while (keys.TryDequeue(out var key)) view = view.Press(key, frame.Rows[view.Selected]);
            }
        }

        void Wake()
        {
            try
            {
                if (wake.CurrentCount == 0) wake.Release();
            }
            catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
            {
                // Two at once, or one too late.
            }
        }
    }

    // Nothing but a thread of its own waits for a key. It ends with the process.
    private static void Listen(Func<ConsoleKeyInfo> readKey, ConcurrentQueue<ConsoleKeyInfo> keys, Action wake)
    {
        var thread = new Thread(Read) { IsBackground = true, Name = "keys" };
        thread.Start();

        void Read()
        {
            try
            {
                while (true)
                {
                    keys.Enqueue(readKey());
                    wake();
                }
            }
            catch (Exception e) when (e is InvalidOperationException or IOException)
            {
                // There is no keyboard any more.
            }
        }
    }
}
