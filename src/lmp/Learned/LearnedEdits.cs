using OpenLmp.Hosting;

namespace OpenLmp.Cli.Learned;

/// <summary>Puts learned ids into a configuration's text, and leaves all the rest of it, comments included, as it is.</summary>
internal sealed class LearnedEdits
{
    private readonly string _text;
    private readonly List<int> _lines = [0];
    private readonly List<(int Offset, int Length, string Text)> _edits = [];

    private LearnedEdits(string text)
    {
        _text = text;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\n') _lines.Add(i + 1);
    }

    /// <summary>The text with the ids. Pure.</summary>
    /// <param name="text">A configuration without errors.</param>
    /// <param name="ids">What was learned; links that the text does not have are passed over.</param>
    /// <returns>The text, and how many ids were put into it.</returns>
    public static (string Text, int Count) Apply(string text, IReadOnlyList<LearnedId> ids)
    {
        var edits = new LearnedEdits(text);
        var changes = 0;
        var root = YamlTreeReader.Read(text, new Findings(""));
        foreach (var teLink in Items(root, "te-links"))
        {
            var name = Text(teLink, "name");
            changes += edits.Put(teLink, ids.FirstOrDefault(id => id.TeLink == name && id.DataLink is null));
            foreach (var dataLink in Items(teLink, "data-links"))
                changes += edits.Put(dataLink, ids.FirstOrDefault(id => id.TeLink == name && id.DataLink == Text(dataLink, "name")));
        }

        return (edits.Apply(), changes);
    }

    private static IEnumerable<YamlMapping> Items(YamlNode? node, string key) =>
        Entry(node, key)?.Value is YamlSequence sequence ? sequence.Items.OfType<YamlMapping>() : [];

    private static YamlEntry? Entry(YamlNode? node, string key) =>
        node is YamlMapping mapping && mapping.Entries.Where(e => e.Key == key).Take(1).ToList() is [var entry] ? entry : null;

    private static string? Text(YamlMapping mapping, string key) => (Entry(mapping, key)?.Value as YamlScalar)?.Text;

    private int Put(YamlMapping link, LearnedId? id)
    {
        if (id is not { RemoteId: { } remote, Status: LearnedStatus.Learned or LearnedStatus.Differs } || Entry(link, "local-id") is not { } localId) return 0;
        var text = LearnedYaml.Id(remote);
        if (Entry(link, "remote-id")?.Value is YamlScalar given)
        {
            if (given.Text != remote.ToString()) _edits.Add((Offset(given.At), Length(given), text));
            Comment(given.At, id);
            return given.Text == remote.ToString() ? 0 : 1;
        }

        // Before local-id: whatever follows it, a line or a brace, stays where it is.
        var isFlow = _text[Offset(link.At)] == '{';
        _edits.Add((Offset(localId.At), 0, isFlow ? $"remote-id: {text}, " : $"remote-id: {text}  # {id.Text}\n{new string(' ', localId.At.Column - 1)}"));
        if (isFlow) Comment(localId.At, id);
        return 1;
    }

    // At the end of the line; behind a comment that is there already it is one, too.
    private void Comment(Position at, LearnedId id)
    {
        var end = _text.IndexOf('\n', Offset(at));
        if (end < 0) end = _text.Length;
        if (end > 0 && _text[end - 1] == '\r') end--;
        _edits.Add((end, 0, $"  # {(id.DataLink is { } name ? $"{name}: " : "")}{id.Text}"));
    }

    private int Length(YamlScalar scalar)
    {
        var offset = Offset(scalar.At);
        // Ids have no escapes.
        return _text[offset] is '"' or '\'' ? _text.IndexOf(_text[offset], offset + 1) + 1 - offset : scalar.Text.Length;
    }

    private int Offset(Position at) => _lines[at.Line - 1] + at.Column - 1;

    // From the end, so that the places before stay right; at one place in the order they came in.
    private string Apply()
    {
        var text = _text;
        foreach (var (offset, length, replacement) in _edits.Select((edit, i) => (edit, i)).OrderByDescending(e => e.edit.Offset).ThenByDescending(e => e.i).Select(e => e.edit))
            text = text.Remove(offset, length).Insert(offset, replacement);
        return text;
    }
}
