using OpenLmp.Api;

namespace OpenLmp.Hosting;

/// <summary>What differs between two configurations, key by key. Entries of lists are matched by what identifies them: their order says nothing.</summary>
internal sealed class ConfigurationDiff
{
    private readonly List<ConfigurationChange> _changes = [];

    private ConfigurationDiff()
    {
    }

    /// <summary>Compares two configurations that are right.</summary>
    public static IReadOnlyList<ConfigurationChange> Between(YamlMapping from, YamlMapping to, SectionType root)
    {
        var diff = new ConfigurationDiff();
        diff.Compare(from, to, root.Keys, "");
        return diff._changes;
    }

    private void Compare(YamlMapping? from, YamlMapping? to, IReadOnlyList<ConfigurationKey> keys, string path)
    {
        foreach (var key in keys) Compare(ConfigurationTree.Value(from, key.Name), ConfigurationTree.Value(to, key.Name), key, ConfigurationTree.Join(path, key.Name));
    }

    private void Compare(YamlNode? from, YamlNode? to, ConfigurationKey key, string path)
    {
        if (key.Type is SectionType section && (!section.IsSwitch || (from is null) == (to is null)))
        {
            Compare(from as YamlMapping, to as YamlMapping, section.Keys, path);
            return;
        }

        if (key.Type is TableType { Identity: not null } table)
        {
            CompareEntries(from, to, table, key, path);
            return;
        }

        var (before, after) = (YamlText.Inline(from, key) ?? YamlText.Default(key), YamlText.Inline(to, key) ?? YamlText.Default(key));
        // Of secrets the text is hidden, which looks the same before and after.
        if (before != after || (key.Secret && !Equals((from as YamlScalar)?.Text, (to as YamlScalar)?.Text))) Add(path, before, after, key.Effect, InWords(key.Effect));
    }

    private void CompareEntries(YamlNode? from, YamlNode? to, TableType table, ConfigurationKey key, string path)
    {
        var after = new Dictionary<string, YamlMapping>(StringComparer.Ordinal);
        foreach (var (identity, entry) in ConfigurationTree.Entries(to, table)) after.TryAdd(identity, entry);
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (identity, entry) in ConfigurationTree.Entries(from, table))
        {
            before.Add(identity);
            var place = ConfigurationTree.Join(path, identity);
            if (after.TryGetValue(identity, out var next)) Compare(entry, next, table.Keys, place);
            else Add(place, YamlText.Inline(entry, key with { Type = new SectionType(table.Keys) }), null, key.Effect, $"the {table.What} is removed");
        }

        foreach (var (identity, entry) in ConfigurationTree.Entries(to, table))
        {
            if (before.Contains(identity)) continue;
            Add(ConfigurationTree.Join(path, identity), null, YamlText.Inline(entry, key with { Type = new SectionType(table.Keys) }), key.Effect, $"the {table.What} is added");
        }
    }

    private void Add(string path, string? from, string? to, ConfigurationEffect effect, string text) => _changes.Add(new ConfigurationChange(path, from, to, effect, text));

    /// <summary>What a change does, for people.</summary>
    public static string InWords(ConfigurationEffect effect) => effect switch
    {
        ConfigurationEffect.Live => "applied live",
        ConfigurationEffect.Negotiation => "the control channel negotiates its parameters again",
        ConfigurationEffect.ControlChannel => "the control channel ends and begins again",
        ConfigurationEffect.Neighbor => "all control channels and TE links of the neighbour end and begin again",
        ConfigurationEffect.Node => "all control channels and TE links end and begin again",
        ConfigurationEffect.Correlation => "the TE link is compared with the neighbour's again",
        ConfigurationEffect.TeLink => "the TE link ends and begins again",
        ConfigurationEffect.DataLink => "the data link ends and begins again",
        ConfigurationEffect.Sockets => "sockets are opened and closed",
        ConfigurationEffect.Api => "the API moves; connections where it was end",
        ConfigurationEffect.DataPlane => "the data plane is replaced, signals are told anew",
        ConfigurationEffect.Snmp => "the session with the SNMP agent begins again",
        ConfigurationEffect.State => "everything that is kept is written there, then it is kept there; the old file stays as it is",
        _ => "needs a restart of lmpd: refused while it runs",
    };
}
