using System.Text;

namespace OpenLmp.Hosting;

/// <summary>Values that are kept from everybody: hidden where a configuration is shown, and put back where what was shown is handed in again.</summary>
internal static class Secrets
{
    /// <summary>The text with <see cref="YamlText.Hidden"/> in place of each secret.</summary>
    public static string Hide(string text, SectionType schema) =>
        Replace(text, [.. Of(ConfigurationTree.Of(text), schema, "").Select(s => (s.Value.Span, YamlText.Hidden))]);

    /// <summary>The text with the secrets in force where it has what <see cref="Hide"/> put there.</summary>
    public static string Restore(string text, YamlNode? tree, string inForce, SectionType schema)
    {
        var hidden = Of(tree, schema, "").Where(s => s.Value.Text == YamlText.Hidden).ToList();
        if (hidden.Count == 0) return text;
        var known = Of(ConfigurationTree.Of(inForce), schema, "").ToDictionary(s => s.Path, s => s.Value);
        return Replace(text, [.. from s in hidden where known.ContainsKey(s.Path) select (s.Value.Span, inForce[known[s.Path].Span])]);
    }

    /// <summary>Where <see cref="YamlText.Hidden"/> still stands: no secret is in force there.</summary>
    public static IEnumerable<(string Path, Position At)> Left(YamlNode? tree, SectionType schema) =>
        from secret in Of(tree, schema, "") where secret.Value.Text == YamlText.Hidden select (secret.Path, secret.Value.At);

    private static IEnumerable<(string Path, YamlScalar Value)> Of(YamlNode? node, ConfigurationType type, string path)
    {
        if (node is YamlMapping mapping && ConfigurationTree.KeysOf(type) is { } keys)
        {
            foreach (var entry in mapping.Entries)
            {
                if (keys.FirstOrDefault(k => k.Name == entry.Key) is not { } key) continue;
                var place = ConfigurationTree.Join(path, entry.Key);
                if (key.Secret && entry.Value is YamlScalar secret) yield return (place, secret);
                else foreach (var below in Of(entry.Value, key.Type, place)) yield return below;
            }
        }
        else if (type is TableType { Identity: not null } table)
        {
            foreach (var (identity, entry) in ConfigurationTree.Entries(node, table))
                foreach (var below in Of(entry, new SectionType(table.Keys), ConfigurationTree.Join(path, identity))) yield return below;
        }
    }

    private static string Replace(string text, IReadOnlyList<(Range Span, string With)> replacements)
    {
        var result = new StringBuilder(text);
        foreach (var (span, with) in replacements.OrderByDescending(r => r.Span.Start.Value))
        {
            var (start, length) = span.GetOffsetAndLength(text.Length);
            result.Remove(start, length).Insert(start, with);
        }

        return result.ToString();
    }
}
