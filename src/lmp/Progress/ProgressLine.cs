namespace OpenLmp.Cli.Progress;

/// <summary>How far something has come, on stderr: one line drawn again and again on a terminal; elsewhere a line for each step.</summary>
/// <param name="terminal">Where.</param>
internal sealed class ProgressLine(Terminal terminal) : IDisposable
{
    private const int BarWidth = 24;
    private const string Erase = "\r\u001b[K";
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private string _shown = "";
    private long? _shownAt;

    /// <summary>Whether it is a line that is drawn again.</summary>
    public bool IsDrawn => terminal.IsErrorInteractive;

    /// <summary>Tells a step.</summary>
    public void Tell(string text)
    {
        if (text == _shown) return;
        _shown = text;
        if (!IsDrawn)
        {
            terminal.Error.WriteLine(text);
            return;
        }

        var width = Math.Max(1, terminal.Size().Width - 1);
        terminal.Error.Write(Erase + (text.Length > width ? text[..width] : text));
        _shownAt = terminal.Time.GetTimestamp();
    }

    /// <summary>Tells that so many of a total are done: with a bar, where the line is drawn.</summary>
    public void TellStep(int done, int total, string text) => Tell(IsDrawn ? $"{Bar(done, total)} {text}" : text);

    /// <summary>Tells how many bytes of a file have been read; not more often than one can see.</summary>
    public void TellBytes(long position, long length, string file)
    {
        if (_shownAt is { } at && terminal.Time.GetElapsedTime(at) < Redraw) return;
        Tell($"{Bar(position, length)} {100 * position / Math.Max(1, length),3} % of {file} ({length / 1e6:0.0} MB)");
    }

    /// <summary>Takes the drawn line away, before something else is written.</summary>
    public void Clear()
    {
        if (_shownAt is null) return;
        terminal.Error.Write(Erase);
        _shownAt = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private static string Bar(long done, long total)
    {
        var full = total <= 0 ? 0 : (int)(BarWidth * Math.Clamp(done, 0, total) / total);
        return $"[{new string('#', full)}{new string('.', BarWidth - full)}]";
    }
}
