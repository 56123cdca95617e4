using System.CommandLine;
using System.Text.RegularExpressions;
using OpenLmp.Cli.Manual;
using OpenLmp.Daemon;

namespace OpenLmp.Cli.Tests.Manual;

public sealed class ManualTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lmp-man-").FullName;

    [Fact]
    public async Task There_is_a_page_for_each_verb_with_every_option()
    {
        var pages = await WriteAsync();
        var root = Root();
        var verbs = root.Subcommands.Where(c => !c.Hidden).ToArray();
        Assert.Equal(verbs.Select(v => $"lmp-{v.Name}.1").Append("lmp.1").Append("lmpd.8").Order(), pages.Keys.Order());
        foreach (var verb in verbs)
        {
            Assert.Contains($"lmp-{verb.Name}(1)", pages["lmp.1"]);
            foreach (var (path, leaf) in CommandWords.Leaves(verb, $"lmp {verb.Name}"))
            {
                var page = pages[$"lmp-{verb.Name}.1"];
                Assert.Contains(path["lmp ".Length..], page);
                Assert.All(leaf.Arguments, a => Assert.Contains(a.Name, page));
                Assert.All(leaf.Options.Concat(root.Options.Where(o => o.Recursive)), o => Assert.Matches($@"(?m){Regex.Escape(o.Name)}\b", page));
            }
        }

        Assert.All(root.Options, o => Assert.Contains(o.Name, pages["lmp.1"]));
        Assert.Contains("LMP_SERVER", pages["lmp.1"]);
    }

    [Fact]
    public async Task The_daemon_s_page_says_all_that_its_help_says()
    {
        var page = (await WriteAsync())["lmpd.8"];
        foreach (Match option in Regex.Matches(CommandLine.Help, "(?<= |^)--?[a-z]+", RegexOptions.Multiline)) Assert.Contains(option.Value, page);
        foreach (var part in (string[])["SIGHUP", "SIGTERM and SIGINT", "Stop the daemon; data links stay as they are.", "/run/lmpd/lmpd.sock", "/var/lib/lmpd/lmpd.db", "/etc/lmpd/lmpd.yaml"])
            Assert.Contains(part, page);
        Assert.Matches("(?s)EXIT STATUS.*0\n.*1\n.*2\n", page);
    }

    [ProgramFact("mandoc")]
    public async Task Mandoc_has_nothing_to_say_against_them()
    {
        await WriteAsync();
        var run = await Programs.RunAsync("mandoc", ["-T", "lint", "-W", "warning", .. Directory.GetFiles(_directory)]);
        Assert.Equal((0, "", ""), run);
    }

    [ProgramFact("man")]
    public async Task Man_shows_them_without_warnings()
    {
        await WriteAsync();
        foreach (var file in Directory.GetFiles(_directory))
        {
            var run = await Programs.RunAsync("man", ["--warnings", "-E", "UTF-8", "-l", file], environment: new Dictionary<string, string> { ["MANWIDTH"] = "80", ["LC_ALL"] = "C.UTF-8" });
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Contains("SEE ALSO", run.Out);
        }
    }

    [Fact]
    public void Examples_are_command_lines_that_lmp_takes()
    {
        Assert.Equal(Root().Subcommands.Where(c => !c.Hidden).Select(c => c.Name).Append("lmp").Order(), ManualExamples.All.Keys.Order());
        foreach (var (line, _) in ManualExamples.All.Values.SelectMany(e => e))
        {
            var call = line[line.IndexOf("lmp ", StringComparison.Ordinal)..].Split(" | ")[0].Split(" > ")[0];
            if (line.Contains("| lmp", StringComparison.Ordinal)) call = line.Split("| ")[1];
            Assert.Empty(Root().Parse(call.Split(' ')[1..]).Errors.Select(e => $"{line}: {e.Message}"));
        }
    }

    [Fact]
    public async Task One_page_is_printed()
    {
        Assert.Contains(".TH \"LMP\\-SHOW\" 1 ", (await CliRun.OfAsync("man show")).Out);
        Assert.Equal((await CliRun.OfAsync("man")).Out, (await CliRun.OfAsync("man lmp")).Out);
        Assert.Equal(2, (await CliRun.OfAsync("man nosuch")).ExitCode);
        Assert.Equal(2, (await CliRun.OfAsync($"man show --output {_directory}")).ExitCode);
        Assert.Equal(1, (await CliRun.OfAsync("man --output /proc/nosuch")).ExitCode);
    }

    [Fact]
    public async Task Built_twice_they_are_the_same() =>
        Assert.Contains(" 8 2026-01-02 ", (await CliRun.OfAsync("man lmpd", variable: name => name == "SOURCE_DATE_EPOCH" ? "1767312000" : null)).Out);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static RootCommand Root() => LmpCli.Root(new CliContext(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null }));

    // The pages as they are read: without fonts and escapes.
    private async Task<Dictionary<string, string>> WriteAsync()
    {
        var run = await CliRun.OfAsync($"man --output {_directory}");
        Assert.Equal((0, "", ""), (run.ExitCode, run.Out, run.Error));
        return Directory.GetFiles(_directory).ToDictionary(f => Path.GetFileName(f), f => Regex.Replace(File.ReadAllText(f), @"\\f[BIR]", "").Replace(@"\-", "-", StringComparison.Ordinal));
    }
}
