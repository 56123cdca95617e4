namespace OpenLmp.Hosting;

/// <summary>What the difference of configurations, and changes of a part, need of a tree that the reader has found right.</summary>
internal static class ConfigurationTree
{
    /// <summary>The tree of a text that is known to be right.</summary>
    public static YamlMapping Of(string text) => (YamlMapping)YamlTreeReader.Read(text, new Findings(""))!;

    /// <summary>The value of a key; null where it is left out, or empty.</summary>
    public static YamlNode? Value(YamlMapping? mapping, string key)
    {
        if (mapping is null) return null;
        foreach (var entry in mapping.Entries)
            if (entry.Key == key) return entry.Value is YamlScalar { IsEmpty: true } ? null : entry.Value;
        return null;
    }

    /// <summary>The entries of a list by what identifies them, in order; a value may be wrong, then it identifies nothing.</summary>
    public static List<(string Identity, YamlMapping Entry)> Entries(YamlNode? list, TableType table)
    {
        var entries = new List<(string, YamlMapping)>();
        if (list is not YamlSequence sequence) return entries;
        foreach (var item in sequence.Items)
            if (item is YamlMapping mapping && Value(mapping, table.Identity!) is YamlScalar identity) entries.Add((Canonical(identity.Text, table), mapping));
        return entries;
    }

    /// <summary>An identity as it stands in paths: numbers are one number, however written.</summary>
    public static string Canonical(string identity, TableType table) =>
        table.Keys.First(k => k.Name == table.Identity).Type is ScalarType type ? type.Canonical(identity) : identity;

    /// <summary>The keys that lead to a place in the text: those of the last node that begins there or before.</summary>
    public static string PathAt(YamlNode root, ConfigurationType type, Position at)
    {
        var path = "";
        Find(root, type, "", at, ref path);
        return path;
    }

    private static void Find(YamlNode node, ConfigurationType type, string path, Position at, ref string found)
    {
        if (node.At.CompareTo(at) <= 0 && path.Length > 0) found = path;
        if (node is YamlMapping mapping && KeysOf(type) is { } keys)
        {
            foreach (var entry in mapping.Entries)
            {
                if (entry.At.CompareTo(at) > 0 || keys.FirstOrDefault(k => k.Name == entry.Key) is not { } key) continue;
                found = Join(path, entry.Key);
                Find(entry.Value, key.Type, found, at, ref found);
            }
        }
        else if (node is YamlSequence && type is TableType { Identity: not null } table)
        {
            foreach (var (identity, entry) in Entries(node, table))
                if (entry.At.CompareTo(at) <= 0) Find(entry, new SectionType(table.Keys), Join(path, identity), at, ref found);
        }
    }

    /// <summary>The keys of what is a mapping.</summary>
    public static IReadOnlyList<ConfigurationKey>? KeysOf(ConfigurationType type) => type switch
    {
        SectionType section => section.Keys,
        EitherType either => either.Keys,
        OneOrMoreType either => either.Keys,
        _ => null,
    };

    /// <summary>A path and what follows.</summary>
    public static string Join(string path, string next) => path.Length == 0 ? next : $"{path}/{next}";
}
