using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>A test that needs promtool. Elsewhere it is reported as skipped.</summary>
public sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute()
    {
        if (InstalledPrograms.Find("promtool") is null) Skip = "SKIPPED, not passed: the alert rules of examples/monitoring need promtool (package prometheus)";
    }
}

/// <summary>What examples/monitoring asks for is served, and its alerts come when they should.</summary>
public partial class MonitoringExampleTests
{
    private static readonly string Examples = Path.Combine(Tree.Root, "examples", "monitoring");

    // Labels whose values lmpd has a list of; any other is a name from somebody's configuration.
    private static readonly string[] Listed = ["reason", "severity", "state", "type", "generation", "le"];

    [Theory]
    [InlineData("alerts.yaml")]
    [InlineData("alerts.test.yaml")]
    [InlineData("grafana.json")]
    public async Task Every_metric_label_and_reason_that_is_asked_for_is_served(string file)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var served = Served(await daemon.Http.GetStringAsync("/metrics"));
        // JSON has a backslash before each quote of an expression.
        var text = (await File.ReadAllTextAsync(Path.Combine(Examples, file))).Replace("\\\"", "\"", StringComparison.Ordinal);
        // Prometheus itself adds the labels job and instance.
        var asked = Named(text).Where(n => n.Label is not ("job" or "instance") && (n.Value.Length == 0 || Listed.Contains(n.Label))).ToList();
        Assert.Contains(("lmp_alarms", "severity", "critical"), asked);
        Assert.DoesNotContain(asked, n => !served.Contains(n));
    }

    [Fact]
    public void Every_alert_leads_to_a_page_that_is_there()
    {
        const string Key = "runbook: ";
        var lines = File.ReadLines(Path.Combine(Examples, "alerts.yaml")).Select(line => line.Trim()).ToList();
        var pages = lines.Where(line => line.StartsWith(Key, StringComparison.Ordinal)).Select(line => line[Key.Length..]).ToList();
        Assert.Equal(lines.Count(line => line.StartsWith("- alert: ", StringComparison.Ordinal)), pages.Count);
        Assert.All(pages, page => Assert.True(File.Exists(Path.Combine(Tree.Root, page)), page));
    }

    [Fact]
    public void The_panels_of_the_dashboard_do_not_overlap_and_go_by_the_data_source_that_is_chosen()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Examples, "grafana.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.Equal(panels.Count, panels.Select(p => p.GetProperty("id").GetInt32()).Distinct().Count());
        var cells = panels.SelectMany(p => Cells(p.GetProperty("gridPos"))).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
        foreach (var panel in panels.Where(p => p.GetProperty("type").GetString() != "row"))
            Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString());

        static IEnumerable<(int X, int Y)> Cells(JsonElement place)
        {
            var (x, y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
            return Enumerable.Range(x, place.GetProperty("w").GetInt32())
                .SelectMany(column => Enumerable.Range(y, place.GetProperty("h").GetInt32()).Select(row => (column, row)));
        }
    }

    [PromtoolFact]
    public async Task The_alerts_come_when_their_tests_say()
    {
        foreach (var arguments in (string[])["check config prometheus.yaml", "check rules alerts.yaml", "test rules alerts.test.yaml"])
        {
            var start = new ProcessStartInfo("promtool", arguments) { WorkingDirectory = Examples, RedirectStandardOutput = true, RedirectStandardError = true };
            using var promtool = Process.Start(start)!;
            var errors = promtool.StandardError.ReadToEndAsync();
            var output = await promtool.StandardOutput.ReadToEndAsync();
            await promtool.WaitForExitAsync();
            Assert.True(promtool.ExitCode == 0, $"promtool {arguments}: {output}{await errors}");
        }
    }

    [PromtoolFact]
    public async Task The_metrics_are_as_Prometheus_wants_them()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var promtool = Process.Start(new ProcessStartInfo("promtool", "check metrics") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
        await promtool.StandardInput.WriteAsync(await daemon.Http.GetStringAsync("/metrics"));
        promtool.StandardInput.Close();
        await promtool.WaitForExitAsync();
        Assert.Equal((0, "", ""), (promtool.ExitCode, await output, await errors));
    }

    private static HashSet<(string Metric, string Label, string Value)> Served(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var served = Named(string.Join('\n', lines.Where(line => line[0] != '#'))).ToHashSet();
        // A family may have no sample yet; a histogram's never are under its own name.
        foreach (var line in lines)
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal) && !line.EndsWith(" histogram", StringComparison.Ordinal))
                served.Add((line.Split(' ')[2], "", ""));
        return served;
    }

    // Metrics, metrics with a label, and metrics with a label and a value, of samples or of expressions.
    private static IEnumerable<(string Metric, string Label, string Value)> Named(string text)
    {
        foreach (Match metric in Metric().Matches(text))
        {
            var name = metric.Groups["name"].Value;
            yield return (name, "", "");
            foreach (Match label in Label().Matches(metric.Groups["labels"].Value))
            {
                yield return (name, label.Groups["label"].Value, "");
                foreach (var value in label.Groups["values"].Value.Split('|')) yield return (name, label.Groups["label"].Value, value);
            }
        }
    }

    [GeneratedRegex("""\b(?<name>(lmp|process|dotnet)_[a-z_]+)(\{(?<labels>[^}]*)\})?""", RegexOptions.ExplicitCapture)]
    private static partial Regex Metric();

    [GeneratedRegex(@"(?<label>[a-z_]+)(=~|!~|!=|=)""(?<values>[^""]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Label();
}
