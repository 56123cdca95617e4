using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>examples/api/follow_events.py works as it is, over both ways to the API, and over a restart of lmpd.</summary>
public class FollowEventsTests
{
    [PythonFact]
    public async Task Alarms_are_followed_over_a_restart_of_the_daemon()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        var http = $"127.0.0.1:{SocketRig.FreePort(IPAddress.Loopback)}";
        left.Write(left.Read().Replace("api: {", $"api: {{http: \"{http}\", ", StringComparison.Ordinal)
            + "te-links: [ {name: te1, neighbor: oxc2, local-id: 1, data-links: [ {name: te1-1, local-id: 101, bandwidth: 1Gbps} ]} ]\n");
        using var first = new DaemonProcess("-c", left.Configuration);
        using var overSocket = new Follower(left.Socket);
        using var overTcp = new Follower($"http://{http}");
        Follower[] both = [overSocket, overTcp];
        foreach (var follower in both) await follower.SaysAsync("connected to ", 1);

        await FailAsync(left);
        foreach (var follower in both) await follower.SaysAsync("signal-fail  te1-1  raised: ", 1);
        first.Signal(PosixSignal.SIGTERM);
        await first.ExitAsync();

        using var second = new DaemonProcess("-c", left.Configuration);
        foreach (var follower in both) await follower.SaysAsync("connected to ", 2);
        await FailAsync(left);
        foreach (var follower in both) await follower.SaysAsync("signal-fail  te1-1  raised: ", 2);
        second.Signal(PosixSignal.SIGTERM);
        await second.ExitAsync();
    }

    private static async Task FailAsync(DaemonFiles files)
    {
        using var client = DaemonProcess.Client(files.Socket);
        using var answer = await client.PutAsync("http://localhost/v1/data-links/te1-1/signal", new StringContent("""{"signal":"fail"}"""));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private sealed class Follower : IDisposable
    {
        private readonly Process _process;
        private readonly ConcurrentQueue<string> _lines = new();

        public Follower(string address)
        {
            var script = Path.Combine(Tree.Root, "examples", "api", "follow_events.py");
            _process = Process.Start(new ProcessStartInfo("python3", [script, address]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            DataReceivedEventHandler take = (_, e) =>
            {
                if (e.Data is not null) _lines.Enqueue(e.Data);
            };
            _process.OutputDataReceived += take;
            _process.ErrorDataReceived += take;
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public Task SaysAsync(string text, int times) => Eventually.TrueAsync(
            () => _lines.Count(line => line.Contains(text, StringComparison.Ordinal)) >= times, () => $"{times} times '{text}' in:\n{string.Join('\n', _lines)}");

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
