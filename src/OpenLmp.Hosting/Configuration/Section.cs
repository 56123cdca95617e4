using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>A mapping of which the keys are known: tells unknown and duplicate keys at once, and hands out the values with their places.</summary>
internal sealed class Section
{
    private readonly Dictionary<string, YamlEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _what;
    private readonly Findings _findings;

    /// <summary>Looks at the keys.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="what">What it describes, for messages: <c>control channel</c>.</param>
    /// <param name="findings">Where errors go.</param>
    /// <param name="keys">The keys that may appear.</param>
    public Section(YamlMapping mapping, string what, Findings findings, params ReadOnlySpan<string> keys)
    {
        _what = what;
        _findings = findings;
        At = mapping.At;
        foreach (var entry in mapping.Entries)
        {
            if (!keys.Contains(entry.Key))
                findings.Error(entry.At, $"{what}: there is no key {Findings.Quote(entry.Key)}; {Suggestion.For(entry.Key, keys, "the keys here are")}");
            else if (!_entries.TryAdd(entry.Key, entry))
                findings.Error(entry.At, $"{entry.Key}: already given at line {_entries[entry.Key].At.Line}; keep one of the two");
        }
    }

    public Position At { get; }

    public bool Has(string key) => _entries.ContainsKey(key);

    /// <summary>Where the key stands, or where it would have to.</summary>
    public Position KeyAt(string key) => _entries.TryGetValue(key, out var entry) ? entry.At : At;

    /// <summary>A value that has to be given.</summary>
    /// <param name="key">The key.</param>
    /// <param name="convert">What makes a value of the text.</param>
    /// <param name="example">A right value, for the message when it is missing.</param>
    public Field<T> Required<T>(string key, Conversion<T> convert, string example)
    {
        if (_entries.ContainsKey(key)) return Optional(key, convert, default!);
        _findings.Error(At, $"{_what}: {key} is missing; add it, such as {key}: {example}");
        return new Field<T>(default!, At, IsGiven: false, IsValid: false);
    }

    /// <summary>A value that may be left out.</summary>
    public Field<T> Optional<T>(string key, Conversion<T> convert, T fallback)
    {
        if (!_entries.TryGetValue(key, out var entry)) return new Field<T>(fallback, At, IsGiven: false, IsValid: true);
        if (entry.Value is YamlRefused) return new Field<T>(fallback, entry.At, IsGiven: true, IsValid: false);
        if (entry.Value is YamlScalar { IsEmpty: true })
        {
            _findings.Error(entry.At, $"{key}: has no value; give one, or remove the key");
            return new Field<T>(fallback, entry.At, IsGiven: true, IsValid: false);
        }

        var valid = TryConvert(key, entry.Value, convert, out var value);
        return new Field<T>(valid ? value : fallback, entry.Value.At, IsGiven: true, valid);
    }

    /// <summary>A text that may be left out: then null.</summary>
    public Field<string?> OptionalText(string key, Conversion<string> convert)
    {
        var field = Optional(key, convert, "");
        return new Field<string?>(field.IsUsable ? field.Value : null, field.At, field.IsGiven, field.IsValid);
    }

    /// <summary>A number or the like that may be left out: then null.</summary>
    public Field<T?> OptionalValue<T>(string key, Conversion<T> convert) where T : struct
    {
        var field = Optional(key, convert, default);
        return new Field<T?>(field.IsUsable ? field.Value : null, field.At, field.IsGiven, field.IsValid);
    }

    /// <summary>A list of values; empty where it is left out. No value may appear twice.</summary>
    public Field<ValueList<T>> Values<T>(string key, Conversion<T> convert) where T : notnull
    {
        var values = new List<T>();
        var seen = new HashSet<T>();
        var valid = true;
        foreach (var item in Convert(key, convert))
        {
            if (!item.IsValid) valid = false;
            else if (seen.Add(item.Value)) values.Add(item.Value);
            else
            {
                _findings.Error(item.At, $"{key}: {item.Value} is in the list twice; remove one");
                valid = false;
            }
        }

        return new Field<ValueList<T>>([.. values], KeyAt(key), Has(key), valid);
    }

    /// <summary>The values of a list, each with its place; what is no value is told and marked invalid.</summary>
    public IEnumerable<Field<T>> Convert<T>(string key, Conversion<T> convert)
    {
        foreach (var node in Items(key))
        {
            T value = default!;
            var valid = false;
            if (node is YamlScalar { IsEmpty: true })
                _findings.Error(node.At, $"{key}: an entry without a value; give one, or remove the dash or comma");
            else valid = TryConvert(key, node, convert, out value);
            yield return new Field<T>(value, node.At, IsGiven: true, valid);
        }
    }

    /// <summary>A mapping below a key; null where it is left out or empty, or no mapping (told).</summary>
    public Section? Child(string key, params ReadOnlySpan<string> keys)
    {
        if (!_entries.TryGetValue(key, out var entry) || entry.Value is YamlRefused or YamlScalar { IsEmpty: true }) return null;
        if (entry.Value is YamlMapping mapping) return new Section(mapping, key, _findings, keys);
        _findings.Error(entry.Value.At, $"{key}: keys with values are expected here, not {entry.Value.Kind}; the keys here are {string.Join(", ", keys)}");
        return null;
    }

    /// <summary>A mapping below a key that has to be given.</summary>
    public Section? RequiredChild(string key, string example, params ReadOnlySpan<string> keys)
    {
        if (!_entries.TryGetValue(key, out var entry) || entry.Value is YamlScalar { IsEmpty: true })
            _findings.Error(KeyAt(key), $"{_what}: {key} is missing or empty; add it, such as {key}: {example}");
        return Child(key, keys);
    }

    /// <summary>The mapping below a key where there is one, without a word where there is not: the key also takes a single value.</summary>
    public Section? ChildIfMapping(string key, params ReadOnlySpan<string> keys) =>
        _entries.TryGetValue(key, out var entry) && entry.Value is YamlMapping mapping ? new Section(mapping, key, _findings, keys) : null;

    /// <summary>A list of mappings; empty where it is left out.</summary>
    public IReadOnlyList<Section> Children(string key, string what, params ReadOnlySpan<string> keys)
    {
        var sections = new List<Section>();
        foreach (var item in Items(key))
        {
            if (item is YamlMapping mapping) sections.Add(new Section(mapping, what, _findings, keys));
            else if (item is not YamlRefused)
                _findings.Error(item.At, $"{key}: each entry is a {what} with its keys, not {item.Kind}; the keys here are {string.Join(", ", keys)}");
        }

        return sections;
    }

    /// <summary>The entries of a list, wrong ones included: 0 where it is left out, -1 where there is something else (told).</summary>
    public int ItemCount(string key) => !_entries.TryGetValue(key, out var entry) || entry.Value is YamlScalar { IsEmpty: true } ? 0
        : entry.Value is YamlSequence sequence ? sequence.Items.Count : -1;

    private IReadOnlyList<YamlNode> Items(string key)
    {
        if (!_entries.TryGetValue(key, out var entry) || entry.Value is YamlRefused or YamlScalar { IsEmpty: true }) return [];
        if (entry.Value is YamlSequence sequence) return sequence.Items;
        var remedy = entry.Value is YamlMapping ? "begin each entry with \"- \"" : "put it in [ ]";
        _findings.Error(entry.Value.At, $"{key}: a list is expected here, not {entry.Value.Kind}; {remedy}");
        return [];
    }

    private bool TryConvert<T>(string key, YamlNode node, Conversion<T> convert, out T value)
    {
        value = default!;
        if (node is YamlRefused) return false;
        var (converted, problem) = node switch
        {
            YamlScalar scalar => convert(scalar.Text),
            YamlSequence => new Wrong("a single value is expected here, not a list; put a value that begins with [ in quotes"),
            _ => new Wrong("a single value is expected here, not a mapping"),
        };
        value = converted;
        if (problem is null) return true;
        _findings.Error(node.At, $"{key}: {problem}");
        return false;
    }
}
