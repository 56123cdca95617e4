using System.Text;
using System.Text.RegularExpressions;

namespace OpenLmp.Hosting.Tests;

/// <summary>Makes docs/operating/configuration-reference.md of the table of keys.</summary>
internal static partial class ReferenceWriter
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append("""
            # All keys of the configuration

            Made from the table of keys in `src/OpenLmp.Hosting/Configuration/Schema`; [the configuration of lmpd](configuration.md) explains how values are written, and has
            examples. Section numbers without an RFC are those of RFC 4204. The last column says what a change does to a node that runs
            ([changes while lmpd runs](configuration.md#changes-while-lmpd-runs)).


            """.ReplaceLineEndings("\n"));
        Section(text, "The top", ConfigurationSchema.Root.Keys);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Section(StringBuilder text, string path, IReadOnlyList<ConfigurationKey> keys)
    {
        text.Append("## ").Append(path).Append("\n\n| key | type | default | meaning | RFC | a change |\n|---|---|---|---|---|---|\n");
        foreach (var key in keys)
        {
            string[] cells = [$"`{key.Name}`", TypeOf(key), DefaultOf(key), key.Meaning, SectionsOf(key.Meaning), EffectOf(key)];
            text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        }

        text.Append('\n');
        foreach (var key in keys)
            if (Below(key.Type) is { } below) Section(text, path == "The top" ? key.Name : $"{path} / {key.Name}", below);
    }

    private static IReadOnlyList<ConfigurationKey>? Below(ConfigurationType type) => type is TableType table ? table.Keys : ConfigurationTree.KeysOf(type);

    private static string TypeOf(ConfigurationKey key) => key.Type is TableType table ? $"list of entries: {table.What}" : key.Type.Name;

    private static string EffectOf(ConfigurationKey key) => key.Type switch
    {
        SectionType { IsSwitch: false } => "see its keys",
        TableType { Identity: not null } => "an entry comes or goes; the others go on",
        _ => ConfigurationDiff.InWords(key.Effect),
    };

    private static string DefaultOf(ConfigurationKey key) =>
        key.Required ? "required" : key.Default is { } text ? $"`{text}`" : key.Otherwise ?? (key.Type is SectionType ? "see its keys" : "none");

    // "§4.1 ... RFC 4209 §2.3" to "4204 §4.1, 4209 §2.3".
    private static string SectionsOf(string meaning) =>
        string.Join(", ", Reference().Matches(meaning).Select(m => $"{(m.Groups[1].Success ? m.Groups[1].Value : "4204")}{(m.Groups[2].Success ? " " + m.Groups[2].Value : "")}").Distinct());

    [GeneratedRegex(@"RFC (\d+)(?: (§[\d.]*\d))?|(?<!RFC \d{4} )(?<2>§[\d.]*\d)")]
    private static partial Regex Reference();
}
