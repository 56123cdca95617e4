using System.Collections.Concurrent;
using System.Diagnostics;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>A test that needs python3. Elsewhere it is reported as skipped.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (InstalledPrograms.Find("python3") is null) Skip = "SKIPPED, not passed: examples/agent/agent.py needs python3";
    }
}

/// <summary>The example of an agent works as it is, between two whole nodes.</summary>
public class PythonAgentTests
{
    [PythonFact]
    public async Task The_example_carries_a_verification_and_its_cables_can_be_swapped_and_cut()
    {
        await using var rig = await AgentRig.StartAsync("5s");
        var cables = Path.Combine(Path.GetDirectoryName(rig.LeftFiles.Configuration)!, "cables.txt");
        Lay(cables, 1, 2, 3, 4);
        using var agent = new Agent(cables, rig.LeftFiles.Socket, rig.RightFiles.Socket);
        foreach (var host in rig.Both)
        {
            await AgentRig.AllVerifiedAsync(host);
            await AgentRig.QuietAsync(host);
            await AgentRig.AllAsync(host, l => l.Signal == SignalState.Ok, "signals of the example");
            Assert.Equal("agent.py", (await AgentRig.InfoAsync(host)).Agent!.Name);
        }

        Lay(cables, 1, 3, 2, 0);
        foreach (var host in rig.Both)
            await AgentRig.AllAsync(host, l => l.Signal == (l.Name == "te1-4" ? SignalState.Fail : SignalState.Ok), "te1-4 without signal");
        foreach (var host in rig.Both)
            Assert.Equal(CommandStatus.Ok, (await host.InvokeAsync((node, now) => node.Verify(now, "te1"))).Status);
        foreach (var host in rig.Both) await AgentRig.AlarmAsync(host, "te1-2 and te1-3 are swapped");

        agent.Dispose();
        foreach (var host in rig.Both) await AgentRig.AlarmAsync(host, "agent agent.py is gone");
    }

    [PythonFact]
    public async Task The_example_carries_traces_and_they_find_swapped_cables()
    {
        await using var rig = await AgentRig.StartAsync("5s", "sdh", "j0-trace");
        var cables = Path.Combine(Path.GetDirectoryName(rig.LeftFiles.Configuration)!, "cables.txt");
        Lay(cables, 1, 3, 2, 4);
        using var agent = new Agent(cables, rig.LeftFiles.Socket, rig.RightFiles.Socket);
        foreach (var host in rig.Both) await AgentRig.AlarmAsync(host, "te1-2 and te1-3 are swapped");
    }

    [Fact]
    public void The_cables_of_the_example_fit_its_nodes()
    {
        var examples = Path.Combine(Tree.Root, "examples");
        foreach (var name in (string[])["oxc1", "oxc2"])
        {
            var links = ConfigurationReader.Load(Path.Combine(examples, "two-nodes", $"{name}.yaml")).Configuration!.Node.TeLinks.SelectMany(t => t.DataLinks);
            var ends = File.ReadLines(Path.Combine(examples, "agent", "cables.txt")).SelectMany(line => line.Split('#')[0].Split(' '));
            Assert.Equal(links.Select(l => $"{name}:{l.Name}"), ends.Where(end => end.StartsWith(name, StringComparison.Ordinal)));
        }
    }

    // From the left's te1-1, te1-2, ... to these of the right; 0: no cable. Renamed into place: the example never reads half a file.
    private static void Lay(string file, params int[] ends)
    {
        File.WriteAllLines(file + ".new", ends.Index().Where(e => e.Item != 0).Select(e => $"oxc1:te1-{e.Index + 1} oxc2:te1-{e.Item}"));
        File.Move(file + ".new", file, overwrite: true);
    }

    private sealed class Agent : IDisposable
    {
        private readonly Process _process;
        private readonly ConcurrentQueue<string> _said = new();
        private bool _ended;

        public Agent(params string[] arguments)
        {
            var start = new ProcessStartInfo("python3", [Path.Combine(Tree.Root, "examples", "agent", "agent.py"), .. arguments])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            _process = Process.Start(start)!;
            foreach (var begin in (Action[])[_process.BeginErrorReadLine, _process.BeginOutputReadLine]) begin();
            _process.ErrorDataReceived += Hear;
            _process.OutputDataReceived += Hear;
        }

        public void Dispose()
        {
            if (_ended) return;
            _ended = true;
            // Its own death is what it is killed for, not an earlier one.
            var alive = !_process.HasExited;
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
            Assert.True(alive, string.Join('\n', _said));
        }

        private void Hear(object sender, DataReceivedEventArgs e)
        {
            if (e.Data is not null) _said.Enqueue(e.Data);
        }
    }
}
