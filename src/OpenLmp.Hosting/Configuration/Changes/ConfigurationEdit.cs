namespace OpenLmp.Hosting;

/// <summary>A path of the API that leads to nothing, or where it leads something else is needed.</summary>
internal sealed class ConfigurationPathException(string message, bool isMissing) : Exception(message)
{
    /// <summary>Whether nothing is there; otherwise what was given does not fit there.</summary>
    public bool IsMissing { get; } = isMissing;
}

/// <summary>Finds, replaces and removes a part of a configuration by its path: <c>te-links/te1/data-links/te1-1/bandwidth</c>.</summary>
internal static class ConfigurationEdit
{
    /// <summary>The part at a path, and its key.</summary>
    /// <exception cref="ConfigurationPathException">There is none.</exception>
    public static (YamlNode Node, ConfigurationKey Key) Find(YamlMapping root, SectionType schema, string path)
    {
        var whole = new ConfigurationKey("", schema, null, default, "");
        YamlNode node = root;
        var (key, done) = (whole, "");
        foreach (var segment in Split(path))
        {
            done = ConfigurationTree.Join(done, segment);
            if (node is YamlSequence && key.Type is TableType { Identity: not null } table)
            {
                var name = ConfigurationTree.Canonical(segment, table);
                node = ConfigurationTree.Entries(node, table).Find(e => e.Identity == name).Entry ?? throw Missing(done);
                key = key with { Type = new SectionType(table.Keys) };
                continue;
            }

            key = KeyAt(key.Type, segment, done);
            node = ConfigurationTree.Value(node as YamlMapping, segment) ?? throw Missing(done);
        }

        return (node, key);
    }

    /// <summary>The configuration with another part at a path; null removes what is there. Groups of keys on the way are made where they are missing.</summary>
    /// <exception cref="ConfigurationPathException">The path leads nowhere.</exception>
    public static YamlMapping Put(YamlMapping root, SectionType schema, string path, YamlNode? value) => (YamlMapping)Put(root, schema, Split(path), value, "")!;

    private static YamlNode? Put(YamlNode? node, ConfigurationType type, ReadOnlySpan<string> path, YamlNode? value, string done)
    {
        if (path.IsEmpty) return value;
        var next = ConfigurationTree.Join(done, path[0]);
        if (type is TableType { Identity: not null } table) return PutEntry(node, table, path, value, next);

        var key = KeyAt(type, path[0], next);
        if (node is YamlSequence) throw new ConfigurationPathException($"there is no {next}: {done} is a list here, which is one value", isMissing: true);
        var entries = node is YamlMapping mapping ? mapping.Entries.ToList() : [];
        var index = entries.FindIndex(e => e.Key == key.Name);
        if (value is null && index < 0) throw Missing(next);
        var part = Put(index < 0 ? null : entries[index].Value, key.Type, path[1..], value, next);
        if (part is null) entries.RemoveAt(index);
        else if (index < 0) entries.Add(new YamlEntry(key.Name, Position.Start, part));
        else entries[index] = entries[index] with { Value = part };
        return new YamlMapping(Position.Start, entries);
    }

    private static YamlSequence PutEntry(YamlNode? node, TableType table, ReadOnlySpan<string> path, YamlNode? value, string done)
    {
        var name = ConfigurationTree.Canonical(path[0], table);
        var items = node is YamlSequence sequence ? sequence.Items.ToList() : [];
        var index = items.FindIndex(item => ConfigurationTree.Value(item as YamlMapping, table.Identity!) is YamlScalar s && ConfigurationTree.Canonical(s.Text, table) == name);
        if (index < 0 && (value is null || path.Length > 1)) throw Missing(done);
        var entry = Put(index < 0 ? null : items[index], new SectionType(table.Keys), path[1..], value, done);
        if (entry is null) items.RemoveAt(index);
        else if (index < 0) items.Add(Named(entry, table, name, done));
        else items[index] = Named(entry, table, name, done);
        return new YamlSequence(Position.Start, items);
    }

    // The path says the name: an entry that says none gets it, one that says another is a mistake.
    private static YamlMapping Named(YamlNode entry, TableType table, string name, string path)
    {
        if (entry is not YamlMapping mapping) throw new ConfigurationPathException($"{path} is a {table.What} with its keys, not {entry.Kind}", isMissing: false);
        var given = ConfigurationTree.Value(mapping, table.Identity!);
        if (given is null) return new YamlMapping(Position.Start, [new YamlEntry(table.Identity!, Position.Start, new YamlScalar(Position.Start, name, plain: true)), .. mapping.Entries]);
        if (given is YamlScalar scalar && ConfigurationTree.Canonical(scalar.Text, table) == name) return mapping;
        throw new ConfigurationPathException($"{path}: the body says {table.Identity}: {YamlText.Inline(given, table.Keys.First(k => k.Name == table.Identity))}; give the same name, or none", isMissing: false);
    }

    private static ConfigurationKey KeyAt(ConfigurationType type, string name, string path)
    {
        var keys = ConfigurationTree.KeysOf(type) ?? throw new ConfigurationPathException($"there is no {path}: what is before it is one value", isMissing: true);
        return keys.FirstOrDefault(k => k.Name == name)
            ?? throw new ConfigurationPathException($"there is no key {path}; {Suggestion.For(name, [.. keys.Select(k => k.Name)], "the keys there are")}", isMissing: true);
    }

    private static ConfigurationPathException Missing(string path) => new($"the configuration in force has no {path}", isMissing: true);

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
