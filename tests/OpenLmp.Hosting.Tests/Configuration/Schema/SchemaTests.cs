using System.Text.Json.Nodes;

namespace OpenLmp.Hosting.Tests;

/// <summary>The table of keys, what is made of it, and the reader say the same.</summary>
public class SchemaTests
{
    private const string Update = "OPENLMP_UPDATE";
    private const string Stranger = "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq";

    private static readonly JsonNode Schema = JsonNode.Parse(JsonSchemaWriter.Write())!;

    public static TheoryData<string> Leaves => new(SchemaSamples.Leaves().Select(leaf => leaf.Path));

    public static TheoryData<string> Places
    {
        get
        {
            var places = new TheoryData<string>();
            foreach (var place in Sections(ConfigurationSchema.Root.Keys, "")) places.Add(place.Path);
            return places;
        }
    }

    [Theory]
    [InlineData("docs/operating/configuration-reference.md")]
    [InlineData("docs/lmpd.schema.json")]
    public void What_is_made_of_the_table_of_keys_is_up_to_date(string file)
    {
        var path = Path.Combine(Tree.Root, file);
        var expected = file.EndsWith(".json", StringComparison.Ordinal) ? JsonSchemaWriter.Write() : ReferenceWriter.Write();
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 }) File.WriteAllText(path, expected);
        else Assert.True(expected == (File.Exists(path) ? File.ReadAllText(path) : ""), $"{file} is stale: run this test with {Update}=1, then build.");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_reader_takes_the_keys_of_the_table_and_no_others(string place)
    {
        var (_, keys, text) = Sections(ConfigurationSchema.Root.Keys, "").Single(s => s.Path == place);
        var error = ConfigurationReader.Parse(text, "f").Errors.Single(e => e.Text.Contains(Stranger, StringComparison.Ordinal)).Text;
        var taken = error[(error.IndexOf("the keys here are ", StringComparison.Ordinal) + "the keys here are ".Length)..].Split(", ");
        var where = place.Length == 0 ? "at the top" : $"in {place}";
        Assert.True(
            taken.Except(keys).ToList() is [],
            $"The reader takes {string.Join(", ", taken.Except(keys))} {where}, the table of keys does not have it: add a line to src/OpenLmp.Hosting/Configuration/Schema, "
            + $"run SchemaTests with {Update}=1, and say in docs/operating/configuration.md what it is for.");
        Assert.True(
            keys.Except(taken).ToList() is [],
            $"The table of keys has {string.Join(", ", keys.Except(taken))} {where}, the reader does not take it: add it to the keys of the section's reader, or remove its line.");
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void A_key_is_read_shown_in_a_difference_and_known_to_editors(string leaf)
    {
        var (path, value, before, after, key) = Changed(leaf);
        var (old, @new) = (ConfigurationReader.Parse(before, "f"), ConfigurationReader.Parse(after, "f"));
        var help = $"{leaf}: the example of its type does not fit SchemaSamples.Base; give one in SchemaSamples.Fitting, or add what it needs to Base";
        Assert.True(old.IsValid, string.Join('\n', old.Errors));
        Assert.True(@new.IsValid, $"{help}:\n{string.Join('\n', @new.Errors)}");
        Assert.True(old.Configuration != @new.Configuration, $"{leaf}: {value} changes nothing that was read. Is it read? {help}");

        var change = Assert.Single(ConfigurationPlan.Of(after, "f", old.Configuration, before).Changes);
        Assert.Equal(path, change.Path);
        Assert.Equal(key.Effect, change.Effect);

        var check = new JsonSchemaCheck(Schema);
        Assert.Empty(check.Findings(YamlJson.Of(after), Schema));
        var wrong = Put(before, path, "[[wrong]]");
        Assert.False(ConfigurationReader.Parse(wrong, "f").IsValid);
        Assert.NotEmpty(check.Findings(YamlJson.Of(wrong), Schema));
    }

    [Fact]
    public void What_is_written_otherwise_and_means_the_same_is_no_difference()
    {
        var (before, _) = Base();
        var after = before.Replace("10Gbps", "0.01Tbps", StringComparison.Ordinal)
            .Replace("name: te1\n", "name: te1\n    confirm-interval: 0\n", StringComparison.Ordinal) + "\n# a comment";
        Assert.NotEqual(before, after);
        Assert.Empty(ConfigurationPlan.Of(after, "f", ConfigurationReader.Parse(before, "f").Configuration!, before).Changes);
        // Beside a change that is one, too.
        var changed = after.Replace("local-id: 2\n", "local-id: 2\n    remote-id: 7\n", StringComparison.Ordinal);
        var plan = ConfigurationPlan.Of(changed, "f", ConfigurationReader.Parse(before, "f").Configuration!, before);
        Assert.DoesNotContain(plan.Findings, f => f.Severity == "error");
        Assert.Equal("te-links/line/remote-id", Assert.Single(plan.Changes).Path);
    }

    [Fact]
    public void Editors_find_nothing_wrong_with_the_examples()
    {
        var check = new JsonSchemaCheck(Schema);
        var files = Directory.EnumerateFiles(Path.Combine(Tree.Root, "examples"), "*.yaml", SearchOption.AllDirectories).Where(f => ConfigurationReader.Load(f).IsValid).ToList();
        Assert.True(files.Count >= 7);
        foreach (var file in files) Assert.Empty(check.Findings(YamlJson.Of(File.ReadAllText(file)), Schema).Select(finding => $"{file}: {finding}"));
    }

    [Fact]
    public void What_is_written_anew_says_the_same()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Tree.Root, "examples"), "*.yaml", SearchOption.AllDirectories))
            if (ConfigurationReader.Load(file) is { Configuration: { } configuration, Text: { } text })
                Assert.Equal(configuration, ConfigurationReader.Parse(YamlText.Block(ConfigurationTree.Of(text)), file).Configuration);
    }

    [Fact]
    public void The_schema_is_embedded() => Assert.StartsWith("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\"", ConfigurationJsonSchema.Text);

    internal static (string Path, string Value, string Before, string After, ConfigurationKey Key) Changed(string leaf, string directory = "/run/sample", string address = "127.0.0.1")
    {
        var key = SchemaSamples.Leaves().Single(l => l.Path == leaf).Key;
        var (path, value) = SchemaSamples.For(leaf, key, directory, address);
        var before = SchemaSamples.Base(directory, address);
        // A key that needs another beside it, of its own section, is sampled with that there already.
        if (leaf == "neighbors/*/control-channels/*/local") before = before.Replace("7010\" ]", "7010\", \"127.0.0.77:7010\" ]", StringComparison.Ordinal);
        // What already is as in the example is changed to something else: a default that is true.
        if (key.Type is ScalarType { IsTruth: true } && key.Default == "true") value = "false";
        return (path, value, before, Put(before, path, value), key);
    }

    private static (string Text, string Address) Base() => (SchemaSamples.Base("/run/sample", "127.0.0.1"), "127.0.0.1");

    private static string Put(string text, string path, string value)
    {
        var part = YamlTreeReader.Read(value, new Findings("f"));
        return YamlText.Block(ConfigurationEdit.Put(ConfigurationTree.Of(text), ConfigurationSchema.Root, path, part));
    }

    // Each group of keys, and a configuration with a key in it that no configuration has.
    private static IEnumerable<(string Path, string[] Keys, string Text)> Sections(IReadOnlyList<ConfigurationKey> keys, string path, Func<string, string>? around = null)
    {
        around ??= text => text;
        yield return (path, [.. keys.Select(k => k.Name)], around($"{{{Stranger}: 1}}"));
        foreach (var key in keys)
        {
            var place = ConfigurationTree.Join(path, key.Name);
            var (below, list) = key.Type is TableType table ? (table.Keys, true) : (ConfigurationTree.KeysOf(key.Type), false);
            if (below is null) continue;
            foreach (var section in Sections(below, place, text => around(list ? $"{{{key.Name}: [{text}]}}" : $"{{{key.Name}: {text}}}"))) yield return section;
        }
    }
}
