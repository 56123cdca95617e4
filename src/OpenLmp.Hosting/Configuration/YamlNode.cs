namespace OpenLmp.Hosting;

/// <summary>A node of the file, with its place. A tree of our own: it keeps every place, duplicate keys included, and bounds the depth.</summary>
internal abstract class YamlNode(Position at)
{
    public Position At { get; } = at;

    /// <summary>What it is, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value. All values are texts here; what they mean is up to the key.</summary>
internal sealed class YamlScalar(Position at, string text, bool plain, Range span = default) : YamlNode(at)
{
    public string Text { get; } = text;

    /// <summary>Where it stands in the text read, quotes included.</summary>
    public Range Span { get; } = span;

    public override string Kind => "a single value";

    /// <summary>Whether nothing was written, or one of YAML's words for nothing.</summary>
    public bool IsEmpty => plain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
internal sealed class YamlSequence(Position at, IReadOnlyList<YamlNode> items) : YamlNode(at)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Kind => "a list";
}

/// <summary>Keys with values, in the order of the file, duplicates included.</summary>
internal sealed class YamlMapping(Position at, IReadOnlyList<YamlEntry> entries) : YamlNode(at)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override string Kind => "a mapping";
}

/// <summary>Stands where something was refused: the error is told already, nothing more is to be said about this place.</summary>
internal sealed class YamlRefused(Position at) : YamlNode(at)
{
    public override string Kind => "something refused";
}

/// <summary>A key and its value.</summary>
internal readonly record struct YamlEntry(string Key, Position At, YamlNode Value);
