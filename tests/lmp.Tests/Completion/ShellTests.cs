using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Cli.Tests.Completion;

/// <summary>The scripts, in the shells they are for: somebody types the beginning, Tab, and Enter, and the whole command runs.</summary>
public class ShellTests
{
    [Theory]
    [InlineData("bash", "complete -F _lmp lmp")]
    [InlineData("zsh", "#compdef lmp")]
    [InlineData("fish", "complete --command lmp")]
    public async Task Each_shell_has_a_script(string shell, string part)
    {
        var run = await CliRun.OfAsync($"completion {shell}");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(part, run.Out);
    }

    [Fact]
    public async Task Other_shells_are_bad_usage() => Assert.Equal(2, (await CliRun.OfAsync("completion tcsh")).ExitCode);

    [ProgramFact("bash", "script")]
    public Task Bash_completes() => CompletesAsync("bash --norc --noprofile -i", "PS1='ready> '; source <(lmp completion bash)");

    [ProgramFact("zsh", "script")]
    public Task Zsh_completes() => CompletesAsync("zsh -f -i", "PS1='ready> '; autoload -U compinit; compinit -u -D; source <(lmp completion zsh)");

    [ProgramFact("fish")]
    public async Task Fish_completes()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var environment = With(daemon);
        var verbs = await Programs.RunAsync("fish", ["--no-config", "-c", "lmp completion fish | source; complete -C 'lmp te-link '"], environment: environment);
        Assert.Equal(["confirm", "summarize", "verify"], verbs.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')[0]).Order());
        var names = await Programs.RunAsync("fish", ["--no-config", "-c", "lmp completion fish | source; complete -C 'lmp data-link allocate te1-1,te1-'"], environment: environment);
        Assert.Equal("te1-1,te1-1\tdata link UpFree\nte1-1,te1-2\tdata link UpFree\n", names.Out);
        var files = await Programs.RunAsync("fish", ["--no-config", "-c", "lmp completion fish | source; complete -C 'lmp decode /et'"], environment: environment);
        Assert.Contains("/etc/", files.Out);
    }

    [ProgramFact("bash")]
    public async Task In_bash_words_behind_a_colon_are_replaced_alone()
    {
        // readline's word begins behind the colon; what bash is told has to as well.
        const string Script = """
            lmp() { printf 'a:one\ta thing\na:two\n'; }
            source /dev/stdin <<< "$(command lmp completion bash | sed 's|"${program/#\\~/$HOME}"|lmp|')"
            COMP_WORDS=(lmp show te-links a : o) COMP_CWORD=5 COMP_LINE='lmp show te-links a:o' COMP_POINT=21
            _lmp; printf '%s\n' "${COMPREPLY[@]}"
            """;
        var run = await Programs.RunAsync("bash", ["--norc", "-c", Script]);
        Assert.Equal(("one\ntwo\n", ""), (run.Out, run.Error));
    }

    private static Dictionary<string, string> With(TestDaemon daemon) => new() { ["LMP_SOCKET"] = daemon.SocketPath, ["LMP_COMPLETION_TIMEOUT"] = "60" };

    // First a verb and a word, then a name that only the daemon knows.
    private static async Task CompletesAsync(string shell, string setUp)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var steps = new Queue<string>([$"{setUp}\n", "lmp sho\tte-l\tte\t-j\n", "exit\n"]);
        var prompts = 0;
        var run = await Programs.OnTerminalAsync(shell, environment: With(daemon), typed: output =>
        {
            // The first prompt is the shell's own.
            var seen = output.Split("ready> ").Length - 1;
            if (steps.Count == 3 && output.Length > 0) return steps.Dequeue();
            if (seen <= prompts || steps.Count == 0 || (steps.Count == 1 && !output.Contains("\"name\":\"te1\"", StringComparison.Ordinal))) return null;
            prompts = seen;
            return steps.Dequeue();
        });
        Assert.Contains("\"name\":\"te1\"", run.Out);
    }
}
