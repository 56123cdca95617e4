using System.Globalization;
using System.Text;

namespace OpenLmp.Cli.Tests.Top;

/// <summary>A terminal that understands what <c>top</c> writes, and fails on anything else or beyond its edges.</summary>
internal sealed class VirtualScreen(int width, int height) : TextWriter
{
    private readonly Lock _lock = new();
    private char[][] _cells = Blank(width, height);
    private int _row;
    private int _column;
    private volatile string _problem = "";

    /// <summary>Closed: whatever is written waits.</summary>
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    /// <summary>What has been written in one piece each.</summary>
    public int Writes { get; private set; }

    /// <summary>Whether it is the other screen that is seen.</summary>
    public bool IsOther { get; private set; }

    /// <summary>Whether there is a cursor.</summary>
    public bool HasCursor { get; private set; } = true;

    public override Encoding Encoding => Encoding.UTF8;

    public (int Width, int Height) Size { get; private set; } = (width, height);

    public string[] Lines
    {
        get
        {
            lock (_lock)
            {
                Assert.Equal("", _problem);
                return [.. _cells.Select(row => new string(row).TrimEnd())];
            }
        }
    }

    public string Text => string.Join('\n', Lines);

    /// <summary>Makes the window another one; what was on it is gone.</summary>
    public void Resize(int width, int height)
    {
        lock (_lock) (Size, _cells) = ((width, height), Blank(width, height));
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        Gate.Wait();
        lock (_lock)
        {
            Writes++;
            for (var i = 0; i < value!.Length; i++)
            {
                if (value[i] != '\u001b') Put(value[i]);
                else i = Obey(value, i + 1);
            }
        }
    }

    private static char[][] Blank(int width, int height) => [.. Enumerable.Range(0, height).Select(_ => Enumerable.Repeat(' ', width).ToArray())];

    private int Obey(string text, int at)
    {
        var end = at + 1;
        while (!char.IsLetter(text[end])) end++;
        switch (text[at..(end + 1)], text[end])
        {
            case (_, 'm'):
                break;
            case ("[2J", _):
                foreach (var row in _cells) Array.Fill(row, ' ');
                break;
            case ("[2K", _):
                Array.Fill(_cells[_row], ' ');
                break;
            case ("[?1049h" or "[?1049l", var c):
                IsOther = c == 'h';
                break;
            case ("[?25h" or "[?25l", var c):
                HasCursor = c == 'h';
                break;
            case (var move, 'H'):
                var numbers = move[1..^1].Split(';').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
                (_row, _column) = (numbers[0] - 1, numbers[1] - 1);
                // Written for a window that has become smaller meanwhile.
                if (_row >= _cells.Length) _row = _cells.Length - 1;
                break;
            case var (other, _):
                _problem = $"unknown: {other}";
                break;
        }

        return end;
    }

    private void Put(char c)
    {
        if (char.IsControl(c)) _problem = $"control character {(int)c}";
        if (_column < _cells[_row].Length) _cells[_row][_column] = c;
        _column++;
    }
}
