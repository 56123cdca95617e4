using System.Text;

namespace OpenLmp.Cli.Top;

/// <summary>A terminal's other screen, as long as it is not disposed of: only lines that are not as before are written.</summary>
internal sealed class TopScreen : IDisposable
{
    // https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
    private const string Enter = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private const string Leave = "\u001b[?25h\u001b[?1049l";

    private readonly TextWriter _out;
    private (int Width, int Height) _size;
    private IReadOnlyList<string> _before = [];

    /// <summary>Turns to it.</summary>
    public TopScreen(TextWriter output)
    {
        _out = output;
        _out.Write(Enter);
    }

    /// <summary>Whatever is on the screen is to be drawn again: somebody else may have written there.</summary>
    public void Forget() => _size = default;

    /// <summary>Draws lines; returns when the terminal has taken them.</summary>
    public void Draw(IReadOnlyList<string> lines, (int Width, int Height) size)
    {
        var text = new StringBuilder();
        if (size != _size)
        {
            text.Append("\u001b[2J");
            _before = [];
        }

        for (var i = 0; i < lines.Count; i++)
        {
            // Erased before, not after: behind a full line that would take its last character.
            if (i >= _before.Count ? lines[i].Length > 0 : lines[i] != _before[i]) text.Append($"\u001b[{i + 1};1H\u001b[2K{lines[i]}");
        }

        (_before, _size) = (lines, size);
        if (text.Length == 0) return;
        _out.Write(text.ToString());
        _out.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _out.Write(Leave);
        _out.Flush();
    }
}
