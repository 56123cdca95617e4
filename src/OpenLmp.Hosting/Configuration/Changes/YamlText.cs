using System.Text;

namespace OpenLmp.Hosting;

/// <summary>Trees to text.</summary>
internal static class YamlText
{
    /// <summary>What stands for a value that is kept from everybody.</summary>
    public const string Hidden = "(secret)";

    /// <summary>A value on one line in its canonical form: two that mean the same are the same text. Null for nothing.</summary>
    public static string? Inline(YamlNode? node, ConfigurationKey key) => node switch
    {
        null => null,
        _ when key.Secret => Hidden,
        YamlScalar scalar => Quote(Canonical(scalar, key.Type)),
        YamlSequence sequence => $"[{string.Join(", ", sequence.Items.Select(item => Inline(item, key with { Type = ItemOf(key.Type) })))}]",
        YamlMapping mapping when ConfigurationTree.KeysOf(key.Type) is { } keys => $"{{{string.Join(", ", Pairs(mapping, keys))}}}",
        _ => "",
    };

    /// <summary>What counts where a key is left out, in the same form.</summary>
    public static string? Default(ConfigurationKey key) => key.Default is { } text ? Inline(new YamlScalar(Position.Start, text, plain: true), key) : null;

    /// <summary>A whole configuration, a key a line; comments are lost.</summary>
    public static string Block(YamlMapping root)
    {
        var text = new StringBuilder();
        Write(text, root, "", "");
        return text.ToString();
    }

    private static IEnumerable<string> Pairs(YamlMapping mapping, IReadOnlyList<ConfigurationKey> keys)
    {
        foreach (var key in keys)
            if (Inline(ConfigurationTree.Value(mapping, key.Name), key) is { } value) yield return $"{key.Name}: {value}";
    }

    private static ConfigurationType ItemOf(ConfigurationType type) => type switch
    {
        ListType list => list.Item,
        TableType table => new SectionType(table.Keys),
        OneOrMoreType one => new SectionType(one.Keys),
        _ => type,
    };

    private static string Canonical(YamlScalar scalar, ConfigurationType type) => type switch
    {
        ScalarType single => single.Canonical(scalar.Text),
        EitherType either => either.Plain.Canonical(scalar.Text),
        _ => scalar.Text,
    };

    private static void Write(StringBuilder text, YamlMapping mapping, string first, string indentation)
    {
        foreach (var (key, _, value) in mapping.Entries)
        {
            if (value is YamlScalar { IsEmpty: true } or YamlMapping { Entries.Count: 0 } or YamlSequence { Items.Count: 0 }) continue;
            text.Append(first).Append(Quote(key)).Append(':');
            first = indentation;
            switch (value)
            {
                case YamlScalar scalar:
                    text.Append(' ').Append(Quote(scalar.Text)).Append('\n');
                    break;
                case YamlMapping section:
                    text.Append('\n');
                    Write(text, section, indentation + "  ", indentation + "  ");
                    break;
                case YamlSequence flow when flow.Items.Any(item => item is not YamlMapping):
                    text.Append(' ').Append(Flow(flow)).Append('\n');
                    break;
                case YamlSequence list:
                    text.Append('\n');
                    foreach (var item in list.Items.OfType<YamlMapping>()) Write(text, item, indentation + "  - ", indentation + "    ");
                    break;
            }
        }
    }

    // Whatever it is: what does not belong there is for the reader to refuse.
    private static string Flow(YamlNode node) => node switch
    {
        YamlSequence sequence => $"[{string.Join(", ", sequence.Items.Select(Flow))}]",
        YamlMapping mapping => $"{{{string.Join(", ", mapping.Entries.Select(e => $"{Quote(e.Key)}: {Flow(e.Value)}"))}}}",
        YamlScalar { IsEmpty: true } => "~",
        YamlScalar scalar => Quote(scalar.Text),
        _ => "",
    };

    // Nothing here is a number or a truth value to the reader: only what YAML would take for something else than a text is put in quotes.
    private static string Quote(string text)
    {
        var plain = text.Length > 0 && text is not ("~" or "null" or "Null" or "NULL") && (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '/' or '.' or '_')
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or '+' or '%' or '(' or ')' or ' ') && text[^1] != ' ';
        return plain ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
