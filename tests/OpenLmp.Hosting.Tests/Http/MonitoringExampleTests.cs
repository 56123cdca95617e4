using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenLmp.Protocol.Tests;

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

    [Fact]
    public void The_dashboard_is_one_that_Grafana_takes()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Examples, "grafana.json")));
        Assert.Equal("openlmp", Text(dashboard.RootElement, "uid"));
        Assert.True(dashboard.RootElement.GetProperty("schemaVersion").GetInt32() >= 36, "from 36 on a data source is an object with its uid");
        var variables = dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().ToDictionary(v => Text(v, "name"));
        Assert.Equal(("datasource", "prometheus"), (Text(variables["datasource"], "type"), Text(variables["datasource"], "query")));
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(p => Text(p, "type") != "row"))
        {
            var title = Text(panel, "title");
            Assert.NotEmpty(title);
            // A table has columns; a heat map's unit is its axis's.
            if (Text(panel, "type") == "heatmap") Assert.NotEmpty(Text(panel.GetProperty("options").GetProperty("yAxis"), "unit"));
            else if (Text(panel, "type") != "table") Assert.False(string.IsNullOrEmpty(Text(panel.GetProperty("fieldConfig").GetProperty("defaults"), "unit")), $"{title} has no unit");
            var targets = panel.GetProperty("targets").EnumerateArray().ToList();
            Assert.Equal(targets.Count, targets.Select(t => Text(t, "refId")).Distinct().Count());
            Assert.NotEmpty(targets);
            foreach (var name in targets.SelectMany(t => Variable().Matches(Text(t, "expr"))).Select(m => m.Groups["name"].Value))
                Assert.True(name == "__rate_interval" || variables.ContainsKey(name), $"{title}: ${name}");
        }

        static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task Every_label_that_the_dashboard_sums_by_or_shows_is_one_of_the_metric()
    {
        await using var daemon = await TestDaemon.StartAsync();
        // Counters of a neighbour are told once there is something to count: what is sent again, and what is dropped.
        daemon.Network.Filter = _ => false;
        daemon.Network.Inject(new Datagram(daemon.Network.Now, Configurations.At("10.255.0.2"), Configurations.At("10.255.0.1"), [0x10, 0, 0, 4, 0, 8, 0, 0]));
        daemon.Run(TimeSpan.FromSeconds(20));
        var served = Served(await daemon.Http.GetStringAsync("/metrics"));
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Examples, "grafana.json")));
        var targets = dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(p => p.TryGetProperty("targets", out _)).SelectMany(p => p.GetProperty("targets").EnumerateArray());
        var checkedLabels = 0;
        foreach (var target in targets)
        {
            var (query, legend) = (target.GetProperty("expr").GetString()!, target.TryGetProperty("legendFormat", out var format) ? format.GetString()! : "");
            var metric = Metric().Match(query).Groups["name"].Value;
            var summed = SumBy().Matches(query).SelectMany(m => m.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries)).ToList();
            foreach (var label in summed.Concat(Shown().Matches(legend).Select(m => m.Groups["label"].Value)).Where(l => l is not ("job" or "instance")))
            {
                Assert.True(served.Contains((metric, label, "")), $"{query} has no {label}, which is asked for, or shown by '{legend}'");
                // What is summed away cannot be shown.
                if (summed.Count > 0) Assert.Contains(label, summed);
                checkedLabels++;
            }
        }

        Assert.True(checkedLabels > 20);
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

    [GeneratedRegex(@"\$(?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\bby \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex SumBy();

    [GeneratedRegex(@"\{\{(?<label>\w+)\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Shown();

    [GeneratedRegex(@"(?<label>[a-z_]+)(=~|!~|!=|=)""(?<values>[^""]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Label();
}
