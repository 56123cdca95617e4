using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OpenLmp.Cli.Tests.Capture;
using OpenLmp.Hosting;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Tests.Documentation;

/// <summary>The two nodes of examples/two-nodes, run for the commands of the documentation, with files of the names that stand there.</summary>
internal sealed class DocumentedLab : IAsyncDisposable
{
    // Levels that can be changed; nothing is written by it.
    private static readonly DaemonLog Log = DaemonLog.Create(systemd: false, "");

    private readonly string _directory = Directory.CreateTempSubdirectory("lmp-docs-").FullName;
    private readonly string[] _addresses = [Loopback(), Loopback()];
    private readonly List<DaemonHost> _nodes = [];
    private readonly List<string> _texts = [];
    private readonly int[] _ports = [FreePort(), FreePort()];
    private string _session = "0";

    public static async Task<DocumentedLab> StartAsync()
    {
        var lab = new DocumentedLab();
        foreach (var node in (int[])[0, 1])
        {
            var text = File.ReadAllText(Path.Combine(SourceTree.Root, "examples", "two-nodes", $"oxc{node + 1}.yaml"))
                .Replace("127.0.0.1", lab._addresses[0], StringComparison.Ordinal).Replace("127.0.0.2", lab._addresses[1], StringComparison.Ordinal)
                // What a session of an agent that carries nothing would verify, would fail.
                .Replace("    neighbor: ", "    link-verification: false\n    neighbor: ", StringComparison.Ordinal)
                .Replace($"socket: /tmp/openlmp-oxc{node + 1}.sock", $"socket: {lab.Socket(node)}\n  http: \"127.0.0.1:{lab._ports[node]}\"", StringComparison.Ordinal);
            var file = lab.Write($"oxc{node + 1}.yaml", text);
            var result = ConfigurationReader.Load(file);
            lab._nodes.Add(await DaemonHost.StartAsync(new DaemonHostOptions { Configuration = result.Configuration!, ConfigurationPath = file, ConfigurationText = result.Text, Log = Log }));
            lab._texts.Add(text);
        }

        lab.Write("lmpd.yaml", lab._texts[0].Replace("    remote-id: 2001\n", "    remote-id: 2001\n    confirm-interval: 1h\n", StringComparison.Ordinal));
        lab.Write("plan.yaml", File.ReadAllText(Path.Combine(SourceTree.Root, "examples", "two-namespaces", "plan.yaml")));
        foreach (var capture in (string[])["lmp.pcap", "capture.pcapng"]) File.WriteAllBytes(lab.PathOf(capture), PcapWriter.Of(1, Packets.Usual(Packets.Hello())));
        await lab.UntilFreeAsync();
        return lab;
    }

    /// <summary>The command with the sockets, addresses, files and names of this lab in place of those in the text.</summary>
    public string Adapted(string command)
    {
        (string From, string To)[] replacements =
        [
            ("/run/lmpd/lmpd.sock", Socket(0)), ("/tmp/openlmp-oxc1.sock", Socket(0)), ("/tmp/openlmp-oxc2.sock", Socket(1)), ("/tmp/openlmp-ns1.sock", Socket(0)),
            ("/tmp/openlmp-ns2.sock", Socket(1)), ("/tmp/openlmp-ns$n.sock", Socket(0)), ("$LMP_SOCKET", Socket(0)), ("/tmp/openlmp-oxc1.yaml", PathOf("oxc1.yaml")),
            ("http://127.0.0.1:7010", $"http://127.0.0.1:{_ports[0]}"), ("https://192.0.2.2:7443", $"http://127.0.0.1:{_ports[1]}"), ("10.255.0.2", "127.0.0.1"), ("examples/", $"{SourceTree.Root}/examples/"),
            ("'$session'", _session), ("1795310028", _session), ("EAAABQAsAAA...", "EAAABQ=="), ("$last", "0"), ("client-1", "te1-1"), ("span-1", "te1-2"), ("-c FILE", $"-c {PathOf("lmpd.yaml")}"),
            (" lmpd.yaml", $" {PathOf("lmpd.yaml")}"), ("@lmpd.yaml", $"@{PathOf("lmpd.yaml")}"), (" plan.yaml", $" {PathOf("plan.yaml")}"), (" lmp.pcap", $" {PathOf("lmp.pcap")}"), (" capture.pcapng", $" {PathOf("capture.pcapng")}"),
        ];
        return replacements.Aggregate(command, (text, r) => text.Replace(r.From, r.To, StringComparison.Ordinal));
    }

    /// <summary>As at the beginning: what one document says is done does not count for the next command.</summary>
    public async Task ResetAsync()
    {
        foreach (var (node, text) in _nodes.Zip(_texts))
        {
            await ((INodeAccess)node).Configuration!.ApplyAsync(new ConfigurationEditRequest(null, text), null, save: true, default);
            await node.InvokeAsync((n, now) =>
            {
                n.ReportSignal(now, ["te1-1", "te1-2"], Protocol.SignalState.Ok);
                foreach (var link in n.TeLinks.Single().DataLinks.Where(l => l.Allocated).Select(l => l.Name).ToList()) n.Release(now, [link]);
                return n.RemoveCrossConnect(now, "te1-1", "te1-2").Status;
            });
        }

        await UntilFreeAsync();
    }

    /// <summary>A command of lmp, whose streams end when they have said something.</summary>
    public Task<CliRun> LmpAsync(string command) => RunLmpAsync(DocumentedCommands.Words(Adapted(command))[1..], ReviewedCommands.Endless.Any(e => command.StartsWith(e, StringComparison.Ordinal)));

    /// <summary>curl, as it is written.</summary>
    public async Task<(int ExitCode, string Output)> CurlAsync(string command)
    {
        var endless = command.StartsWith("curl -sN", StringComparison.Ordinal);
        if (!endless && command.Contains("/v1/data-plane/", StringComparison.Ordinal)) await using (await BeginSessionAsync()) return await RunCurlAsync(Adapted(command), endless);
        return await RunCurlAsync(Adapted(command), endless);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<(int ExitCode, string Output)> RunCurlAsync(string command, bool endless)
    {
        using var curl = Process.Start(new ProcessStartInfo("curl", ["--fail-with-body", "--max-time", "60", .. DocumentedCommands.Words(command)[1..]]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        if (!endless)
        {
            var output = curl.StandardOutput.ReadToEndAsync();
            var errors = await curl.StandardError.ReadToEndAsync();
            await curl.WaitForExitAsync();
            return (curl.ExitCode, await output + errors);
        }

        var first = await curl.StandardOutput.ReadLineAsync();
        curl.Kill();
        await curl.WaitForExitAsync();
        return (first is null ? 1 : 0, first ?? "it said nothing");
    }

    private async Task<CliRun> RunLmpAsync(string[] arguments, bool endless)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var enough = new CancellationTokenSource();
        var terminal = new Terminal { Out = output, Error = error, Variable = name => name == "LMP_SOCKET" ? Socket(0) : null, In = new StringReader("y\n"), CanAsk = true };
        var running = LmpCli.RunAsync(arguments, terminal, enough.Token);
        if (endless)
        {
            // It streams once an event that comes after it has begun is told.
            while (!running.IsCompleted && output.GetStringBuilder().Length == 0)
                await _nodes[0].InvokeAsync((n, now) => n.ReportSignal(now, ["te1-1"], n.TeLinks.Single().DataLinks[0].Signal == Protocol.SignalState.Ok ? Protocol.SignalState.Degrade : Protocol.SignalState.Ok).Status);
            await enough.CancelAsync();
        }

        var exitCode = await running;
        return new CliRun(endless && output.GetStringBuilder().Length > 0 ? 0 : exitCode, output.ToString(), error.ToString());
    }

    // An agent's session, for what is said in it.
    private async Task<IAsyncDisposable> BeginSessionAsync()
    {
        var curl = Process.Start(new ProcessStartInfo("curl", ["-sN", "--unix-socket", Socket(0), "-d", """{"version":1,"agent":"docs","canTest":true}""", "http://localhost/v1/data-plane/sessions"]) { RedirectStandardOutput = true })!;
        var hello = await curl.StandardOutput.ReadLineAsync();
        _session = JsonDocument.Parse(hello!).RootElement.GetProperty("session").GetRawText();
        return new Ending(curl);
    }

    private async Task UntilFreeAsync()
    {
        foreach (var node in _nodes)
        {
            var watch = Stopwatch.StartNew();
            for (string? problem; (problem = await node.InvokeAsync((n, _) => Problem(n))) is not null; await Task.Delay(5)) Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), problem);
        }
    }

    private static string? Problem(LmpNode node) =>
        node.TeLinks.Any(t => t.DataLinks.Any(l => l.State != Protocol.DataLinkState.UpFree))
            ? $"{node.Name}: {string.Join("; ", node.TeLinks.SelectMany(t => t.DataLinks).Select(l => $"{l.Name} is {l.State}: {l.Reason}"))}" : null;

    private string Socket(int node) => PathOf($"oxc{node + 1}.sock");

    private string PathOf(string name) => Path.Combine(_directory, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    private static string Loopback() => $"127.88.{Random.Shared.Next(1, 250)}.{Random.Shared.Next(1, 250)}";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Ending(Process process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
