using OpenLmp.Daemon;
using OpenLmp.Hosting;

namespace OpenLmp.Cli.Tests.Documentation;

/// <summary>A test that needs curl. Elsewhere it is reported as skipped.</summary>
public sealed class CurlFactAttribute : FactAttribute
{
    public CurlFactAttribute()
    {
        if (InstalledPrograms.Find("curl") is null) Skip = "SKIPPED, not passed: the commands of the documentation need curl";
    }
}

/// <summary>The commands in README.md and docs do what is written there: lmp and curl are run against two nodes, the files given to lmpd are read.</summary>
public class DocumentationTests
{
    private static readonly IReadOnlyList<DocumentedCommand> All = DocumentedCommands.All();

    [CurlFact]
    public async Task Every_lmp_and_curl_command_works()
    {
        await using var lab = await DocumentedLab.StartAsync();
        var wrong = new List<string>();
        foreach (var command in All.Where(c => !ReviewedCommands.Synopses.ContainsKey(c.Text) && !ReviewedCommands.ParsedOnly.ContainsKey(c.Text)))
        {
            if (command.Text.StartsWith("lmpd", StringComparison.Ordinal)) continue;
            await lab.ResetAsync();
            // The text has a data link that is down here.
            var (exitCode, output) = command.Text.StartsWith("curl", StringComparison.Ordinal) ? await lab.CurlAsync(command.Text) : Of(await lab.LmpAsync(command.Text));
            var expected = ReviewedCommands.OtherAnswers.TryGetValue(command.Text, out var other) ? other.ExitCode : 0;
            if (exitCode != expected) wrong.Add($"{command}\n  as {lab.Adapted(command.Text)}\n  exit code {exitCode}, not {expected}: {output.Trim()}");
        }

        Assert.True(wrong.Count == 0, $"Correct the documents, or the command; what cannot be run, or answers otherwise here, goes into ReviewedCommands with the reason:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void What_is_not_run_is_understood()
    {
        foreach (var (text, _) in ReviewedCommands.ParsedOnly)
        {
            var parsed = LmpCli.Root(new CliContext(Terminal.System())).Parse(DocumentedCommands.Words(text)[1..]);
            Assert.True(parsed.Errors is [], $"{text}: {string.Join("; ", parsed.Errors.Select(e => e.Message))}");
        }
    }

    [Fact]
    public async Task Every_lmpd_command_is_understood_and_its_file_is_right()
    {
        await using var lab = await DocumentedLab.StartAsync();
        foreach (var command in All.Where(c => c.Text.StartsWith("lmpd", StringComparison.Ordinal)))
        {
            var parsed = CommandLine.Parse(DocumentedCommands.Words(lab.Adapted(command.Text)).AsSpan(1), out var error);
            Assert.True(parsed is not null, $"{command}: {error}");
            if (parsed.File.Length > 0) Assert.True(ConfigurationReader.Load(parsed.File) is { IsValid: true }, $"{command}: {string.Join('\n', ConfigurationReader.Load(parsed.File).Errors)}");
        }
    }

    [Fact]
    public void What_was_reviewed_is_still_there()
    {
        string[] reviewed = [.. ReviewedCommands.ParsedOnly.Keys, .. ReviewedCommands.Synopses.Keys, .. ReviewedCommands.OtherAnswers.Keys];
        var gone = reviewed.Except(All.Select(c => c.Text)).ToList();
        Assert.True(gone is [], $"no longer in the documents, remove it here: {string.Join("; ", gone)}");
    }

    [Fact]
    public void Commands_are_found_where_they_are()
    {
        const string Markdown = """
            ```
            $ lmp show te-links -j | jq '.[] | .name' ; echo $?
            lmp is here in the output
            ```
            ```yaml
            lmp show nothing
            ```
            ```sh
            export LMP_SOCKET=x
            ip netns exec oxc1 artifacts/bin/lmpd -c a.yaml >/tmp/log 2>&1 &
            for n in 1 2; do artifacts/bin/lmp show node$n; done
            session=$(curl -s http://localhost/v1/x | jq .agent)
            curl -d '{"a b":1}' \
              http://localhost/v1/y  # why
            ```
            """;
        Assert.Equal(
            ["lmp show te-links -j", "lmpd -c a.yaml", "lmp show node$n", "curl -s http://localhost/v1/x", "curl -d '{\"a b\":1}'    http://localhost/v1/y"],
            DocumentedCommands.In("f", Markdown.ReplaceLineEndings("\n")).Select(c => c.Text));
        Assert.Equal(["curl", "-d", "{\"a b\":12}", "x"], DocumentedCommands.Words("curl -d '{\"a b\":1'2'}'  x"));
    }

    private static (int, string) Of(CliRun run) => (run.ExitCode, run.Out + run.Error);
}
