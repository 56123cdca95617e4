using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Hosting.Tests;

/// <summary>The system calls that packaging/systemd/lmpd.service allows are all that lmpd makes, with all that it can do.</summary>
public sealed class SystemCallTests : IDisposable
{
    private const string Group = "54321";
    private static readonly string Unit = Path.Combine(Tree.Root, "packaging", "systemd", "lmpd.service");

    private readonly NetworkNamespace _left;
    private readonly NetworkNamespace _right;
    private readonly AccessFiles _access = new();
    private readonly TestAuthority _authority = new();
    private readonly List<DaemonFiles> _files = [];

    public SystemCallTests()
    {
        (_left, _right) = NetworkNamespace.Pair();
        _left.With("10.99.0.1/24");
        _right.With("10.99.0.2/24");
        _left.Ip($"link add d1 type veth peer name d1 netns {_right.Name}");
        foreach (var space in (NetworkNamespace[])[_left, _right]) space.Ip("link set d1 up");
        _left.WaitForCarriers();
    }

    [OtherUserFact("strace", "systemd-analyze", "ip", "chown")]
    public async Task Lmpd_makes_no_system_call_that_the_unit_forbids()
    {
        var (here, there) = (Write(1, 2), Write(2, 1));
        var summary = Path.Combine(here.Directory, "calls");
        foreach (var path in (string[])[here.Directory, Path.GetDirectoryName(_access.Tokens)!])
        {
            using var chown = Process.Start("chown", ["-R", "65534:65534", path]);
            await chown.WaitForExitAsync();
        }

        // As the unit runs it: another user, with its two capabilities. Traced from its first call to its last; itself the process, strace its grandchild.
        const string Capabilities = "-all,+net_bind_service,+net_raw";
        string[] wrapper =
        [
            "ip", "netns", "exec", _left.Name, "setpriv", "--reuid=65534", "--regid=65534", $"--groups={Group}", $"--inh-caps={Capabilities}", $"--ambient-caps={Capabilities}",
            $"--bounding-set={Capabilities}", "--no-new-privs", "strace", "-D", "-f", "-c", "-o", summary,
        ];
        using (var peer = new DaemonProcess(["ip", "netns", "exec", _right.Name], ["-c", there.Configuration]))
        using (var daemon = new DaemonProcess(wrapper, ["-c", here.Configuration, "--record", Path.Combine(here.Directory, "recording")]))
        {
            await daemon.SaysAsync("te1: Init to Up");
            await daemon.SaysAsync("verification ");
            using (var api = DaemonProcess.Client(here.Socket))
            {
                foreach (var path in (string[])["/v1/node", "/metrics", "/", "/v1/configuration"]) (await api.GetAsync(path)).EnsureSuccessStatusCode();
                // The peer may still be verifying it.
                await Eventually.TrueAsync(
                    async () => (await api.PostAsync("/v1/data-links/te1-1/allocate", null)).IsSuccessStatusCode, () => "te1-1 allocated");
            }

            Assert.Equal(200, await AskAsync("http://127.0.0.1:7010"));
            Assert.Equal(200, await AskAsync("https://127.0.0.1:7443"));
            daemon.Signal(PosixSignal.SIGHUP);
            await daemon.SaysAsync("in force");
            daemon.Signal(PosixSignal.SIGTERM);
            Assert.Equal(0, await daemon.ExitAsync());
            Assert.DoesNotContain("warning", daemon.Errors, StringComparison.OrdinalIgnoreCase);
        }

        await Eventually.TrueAsync(() => File.ReadAllText(summary).TrimEnd().EndsWith("total", StringComparison.Ordinal), () => "what strace has to say");
        // Columns of numbers, the call last, between two rules of dashes.
        var rows = (await File.ReadAllLinesAsync(summary)).SkipWhile(l => !l.StartsWith('-')).Skip(1).TakeWhile(l => !l.StartsWith('-'));
        var calls = rows.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]).ToHashSet();
        Assert.Superset(new HashSet<string> { "recvmmsg", "sendmmsg", "pwrite64", "sched_setscheduler", "fsync", "accept4", "chown" }, calls);
        Assert.Equal([], calls.Except(await AllowedAsync()));
    }

    public void Dispose()
    {
        foreach (var files in _files) files.Dispose();
        _left.Dispose();
        _right.Dispose();
        _access.Dispose();
        _authority.Dispose();
    }

    private DaemonFiles Write(int id, int peer)
    {
        var files = new DaemonFiles();
        _files.Add(files);
        var more = "";
        if (id == 1)
        {
            _access.WriteTokens();
            var tls = _access.WriteTls(_authority);
            more = $", read-group: {Group}, http: \"127.0.0.1:7010\", https: \"127.0.0.1:7443\", tokens: {_access.Tokens}, audit: {files.Directory}/audit, tls: {{certificate: {tls.Certificate}, key: {tls.Key}}}";
        }

        files.Write($$"""
            node: {id: 10.0.0.{{id}}, name: oxc{{id}}}
            listen: [ 10.99.0.{{id}} ]
            api: {socket: {{files.Socket}}{{more}}}
            state: {{files.Directory}}/lmpd.db
            data-plane: linux
            neighbors:
              - name: oxc{{peer}}
                node-id: 10.0.0.{{peer}}
                control-channels: [ {id: 1, local: 10.99.0.{{id}}, remote: 10.99.0.{{peer}}, interface: eth0} ]
            te-links:
              - name: te1
                neighbor: oxc{{peer}}
                local-id: {{id}}
                remote-id: {{peer}}
                data-links: [ {name: te1-1, local-id: {{id}}01, remote-id: {{peer}}01, interface: d1, bandwidth: 10Gbps} ]
            """);
        return files;
    }

    private async Task<int> AskAsync(string address)
    {
        var uri = new Uri($"{address}/v1/node");
        Socket? socket = null;
        _left.Do(() =>
        {
            // What is made on a thread that is in the namespace, is in the namespace.
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(uri.Host, uri.Port);
        });
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new NetworkStream(socket!, ownsSocket: true)) };
        handler.SslOptions.CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { _authority.Certificate },
        };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessFiles.ReadToken);
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }

    // systemd.exec(5): the first list is what is allowed, with @default; those that follow add to it, or with ~ take away.
    private static async Task<HashSet<string>> AllowedAsync()
    {
        var allowed = await ExpandAsync("@default");
        foreach (var line in (await File.ReadAllLinesAsync(Unit)).Where(l => l.StartsWith("SystemCallFilter=", StringComparison.Ordinal)))
        {
            var list = line["SystemCallFilter=".Length..];
            foreach (var word in list.TrimStart('~').Split(' '))
            {
                if (list[0] == '~') allowed.ExceptWith(await ExpandAsync(word));
                else allowed.UnionWith(await ExpandAsync(word));
            }
        }

        return allowed;
    }

    private static async Task<HashSet<string>> ExpandAsync(string word)
    {
        if (word[0] != '@') return [word];
        using var process = Process.Start(new ProcessStartInfo("systemd-analyze", ["syscall-filter", "--no-pager", word]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        var calls = new HashSet<string>();
        foreach (var name in output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(l => l[0] != '#'))
            calls.UnionWith(await ExpandAsync(name));
        return calls;
    }
}
