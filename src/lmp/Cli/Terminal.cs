using Spectre.Console;

namespace OpenLmp.Cli;

/// <summary>Where a verb writes and what it may ask its surroundings; tests put their own in its place.</summary>
internal sealed record Terminal
{
    /// <summary>Wide enough that nothing wraps: what is piped is read by line.</summary>
    private const int Unlimited = 10_000;

    /// <summary>For results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>For what went wrong, and for progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>For answers to questions.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Whether a person can be asked.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Columns to fit tables into.</summary>
    public int Width { get; init; } = Unlimited;

    /// <summary>Whether a person looks at <see cref="Out"/>.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether a person looks at <see cref="Error"/>, on a terminal that can draw a line again.</summary>
    public bool IsErrorInteractive { get; init; }

    /// <summary>Columns and lines of the window, as they are now.</summary>
    public Func<(int Width, int Height)> Size { get; init; } = () => (80, 24);

    /// <summary>Waits for a key; null where there is no keyboard. Throws <see cref="InvalidOperationException"/> when there will be none any more.</summary>
    public Func<ConsoleKeyInfo>? ReadKey { get; init; }

    /// <summary>Whether to colour.</summary>
    public bool Colors { get; init; }

    /// <summary>Environment variables.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>The clock that ages are told by, and the time zone times are shown in.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The process's own.</summary>
    public static Terminal System()
    {
        var interactive = !Console.IsOutputRedirected;
        var canDraw = Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";
        return new Terminal
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            CanAsk = interactive && !Console.IsInputRedirected,
            IsInteractive = interactive,
            IsErrorInteractive = !Console.IsErrorRedirected && canDraw,
            Size = () => WindowSize(80, 24),
            ReadKey = Console.IsInputRedirected ? null : () => Console.ReadKey(intercept: true),
            Width = interactive ? WindowSize(Unlimited, 0).Width : Unlimited,
            // https://no-color.org: present and not empty.
            Colors = interactive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb",
            Variable = Environment.GetEnvironmentVariable,
        };
    }

    /// <summary>Writes something laid out by Spectre.Console, without blanks at line ends.</summary>
    /// <param name="renderable">What.</param>
    /// <param name="needed">The columns without which words would be torn apart; on a narrower terminal, lines run over.</param>
    public void Write(Spectre.Console.Rendering.IRenderable renderable, int needed = 0)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Colors ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = Colors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Math.Max(Width, needed);
        console.Write(renderable);
        foreach (var line in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)) Out.WriteLine(line.TrimEnd());
    }

    /// <summary>Writes a sentence; on a terminal its lines break between words, and all but the first are indented.</summary>
    public void WriteText(string text)
    {
        const string Indent = "  ";
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Trim().Length > 0 && line.Length + 1 + word.Length > Width)
            {
                Out.WriteLine(line);
                line = Indent + word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        Out.WriteLine(line);
    }

    /// <summary>A time for people: local, with milliseconds.</summary>
    public string LocalTime(DateTime utc) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss.fff");

    /// <summary>How long ago, in its two largest units: <c>42s</c>, <c>3m12s</c>, <c>2d4h</c>.</summary>
    public string Ago(DateTime utc)
    {
        var age = Time.GetUtcNow().UtcDateTime - utc;
        if (age < TimeSpan.Zero) age = TimeSpan.Zero; // The daemon's clock is ahead of ours.
        return age.TotalDays >= 1 ? $"{(int)age.TotalDays}d{age.Hours}h"
            : age.TotalHours >= 1 ? $"{age.Hours}h{age.Minutes}m"
            : age.TotalMinutes >= 1 ? $"{age.Minutes}m{age.Seconds}s"
            : $"{age.Seconds}s";
    }

    // 0 where a terminal does not know its size, as in some CI runners.
    private static (int Width, int Height) WindowSize(int unknownWidth, int unknownHeight)
    {
        try
        {
            return (Console.WindowWidth is > 0 and var width ? width : unknownWidth, Console.WindowHeight is > 0 and var height ? height : unknownHeight);
        }
        catch (IOException)
        {
            return (unknownWidth, unknownHeight);
        }
    }
}
