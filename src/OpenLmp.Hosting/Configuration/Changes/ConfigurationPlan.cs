using OpenLmp.Api;

namespace OpenLmp.Hosting;

/// <summary>A configuration that may come into force, and what would change.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Next">What it says; null where it has errors.</param>
/// <param name="Changes">What differs from what is in force; empty where it has errors.</param>
/// <param name="Findings">What is wrong or doubtful.</param>
internal sealed record ConfigurationPlan(string Text, DaemonConfiguration? Next, IReadOnlyList<ConfigurationChange> Changes, IReadOnlyList<ConfigurationFinding> Findings)
{
    /// <summary>Compares a text with what is in force.</summary>
    public static ConfigurationPlan Of(string text, string fileName, DaemonConfiguration running, string runningText)
    {
        var schema = ConfigurationSchema.Root;
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        var restored = Secrets.Restore(text, YamlTreeReader.Read(text, new Findings("")), runningText, schema);
        var result = ConfigurationReader.Parse(restored, fileName);
        var tree = YamlTreeReader.Read(restored, new Findings(""));
        ConfigurationFinding[] findings =
        [
            .. result.Errors.Select(e => Finding("error", e.Line, e.Column, e.Text)),
            .. Secrets.Left(tree, schema).Select(s => Finding("error", s.At.Line, s.At.Column, $"{YamlText.Hidden} stands for the value in force, and there is none; write the value")),
            .. result.Warnings.Select(w => Finding("warning", w.Line, w.Column, w.Text)),
        ];
        if (result.Configuration is not { } next || findings.Any(f => f.Severity == "error")) return new ConfigurationPlan(restored, null, [], findings);
        // What is written otherwise and means the same is no change.
        var changes = next with { FilePath = running.FilePath } == running ? [] : ConfigurationDiff.Between(ConfigurationTree.Of(runningText), (YamlMapping)tree!, schema);
        return new ConfigurationPlan(restored, next, changes, findings);

        ConfigurationFinding Finding(string severity, int line, int column, string words) =>
            new(severity, line, column, tree is null ? "" : ConfigurationTree.PathAt(tree, schema, new Position(line, column)), words);
    }

    /// <summary>Where a key of a change stands in the text: for messages.</summary>
    public ConfigurationFinding Refusal(ConfigurationChange change)
    {
        var at = Position.Start;
        try
        {
            at = ConfigurationEdit.Find(ConfigurationTree.Of(Text), ConfigurationSchema.Root, change.Path).Node.At;
        }
        catch (ConfigurationPathException)
        {
            // It is no longer there: that is the change.
        }

        return new ConfigurationFinding("error", at.Line, at.Column, change.Path, $"{change.Path}: {change.Text}");
    }
}
