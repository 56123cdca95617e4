namespace OpenLmp.Cli.Top;

/// <summary>What the person at the keyboard looks at.</summary>
internal sealed record TopView
{
    /// <summary>How many sections there are.</summary>
    public const int Sections = 5;

    /// <summary>The section that the keys act on, counted from 0.</summary>
    public int Selected { get; init; } = 2;

    /// <summary>The first row that is shown of each section.</summary>
    public IReadOnlyList<int> Offsets { get; init; } = new int[Sections];

    /// <summary>What rows have to contain; empty: all are shown.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Whether the filter is being typed.</summary>
    public bool IsTyping { get; init; }

    /// <summary>Whether suppressed alarms are shown below their causes, not only counted.</summary>
    public bool IsUnfolded { get; init; }

    /// <summary>Whether to end.</summary>
    public bool HasQuit { get; init; }

    /// <summary>What a key does.</summary>
    /// <param name="key">The key.</param>
    /// <param name="page">How many rows of the selected section are on the screen.</param>
    public TopView Press(ConsoleKeyInfo key, int page) => IsTyping ? Type(key) : key switch
    {
        { KeyChar: 'q' or 'Q' } => this with { HasQuit = true },
        { KeyChar: '/' } => this with { IsTyping = true },
        { Key: ConsoleKey.Tab, Modifiers: ConsoleModifiers.Shift } or { Key: ConsoleKey.LeftArrow } => Select(Selected - 1),
        { Key: ConsoleKey.Tab or ConsoleKey.RightArrow } => Select(Selected + 1),
        { Key: ConsoleKey.UpArrow } => Move(-1),
        { Key: ConsoleKey.DownArrow } => Move(1),
        { Key: ConsoleKey.PageUp } => Move(-page),
        { Key: ConsoleKey.PageDown } => Move(page),
        { Key: ConsoleKey.Home } => Move(-Offsets[Selected]),
        { Key: ConsoleKey.End } => Move(int.MaxValue - Offsets[Selected]),
        { Key: ConsoleKey.Enter } => this with { IsUnfolded = !IsUnfolded },
        { Key: ConsoleKey.Escape } => this with { Filter = "" },
        _ => this,
    };

    private TopView Type(ConsoleKeyInfo key) => key switch
    {
        { Key: ConsoleKey.Enter } => this with { IsTyping = false },
        { Key: ConsoleKey.Escape } => this with { IsTyping = false, Filter = "" },
        { Key: ConsoleKey.Backspace } => this with { Filter = Filter[..Math.Max(0, Filter.Length - 1)] },
        _ when !char.IsControl(key.KeyChar) => this with { Filter = Filter + key.KeyChar, Offsets = new int[Sections] },
        _ => this,
    };

    private TopView Select(int section) => this with { Selected = (section + Sections) % Sections };

    private TopView Move(int rows)
    {
        var offsets = Offsets.ToArray();
        offsets[Selected] = Math.Max(0, offsets[Selected] + rows);
        return this with { Offsets = offsets };
    }
}
