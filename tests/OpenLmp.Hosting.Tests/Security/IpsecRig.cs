using System.Net.Sockets;
using System.Text.Json;

namespace OpenLmp.Hosting.Tests;

/// <summary>Two lmpd with a charon each, in two namespaces with a cable between them.</summary>
internal sealed class IpsecRig : IDisposable
{
    private const string Secret = "MarkedSecret-15.2";

    public IpsecRig(Func<IpsecRig, string, string>? keys = null, string more = "")
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("lmp-ipsec-").FullName;
        var (left, right) = NetworkNamespace.Pair();
        (Left, Right) = (new End(this, left.With("10.99.0.1/24"), 1, 2), new End(this, right.With("10.99.0.2/24"), 2, 1));
        left.WaitForCarriers();
        foreach (var end in (End[])[Left, Right])
        {
            Write(Path.Combine(Directory, $"{end.Name}.psk"), Secret + "\n");
            end.Configure(keys?.Invoke(this, end.Name) ?? $"psk-file: {Directory}/{end.Name}.psk", more);
        }
    }

    public string Directory { get; }

    public End Left { get; }

    public End Right { get; }

    /// <summary>Starts both charons and both lmpd.</summary>
    public IpsecRig Start()
    {
        foreach (var end in (End[])[Left, Right])
        {
            end.Charon.Start();
            end.StartDaemon();
        }

        return this;
    }

    /// <summary>Writes a file that only its owner reads.</summary>
    public static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public async Task UpAsync()
    {
        foreach (var end in (End[])[Left, Right])
            await end.NeighborAsync(n => n.GetProperty("state").GetString() == "Up" && n.GetProperty("security").GetProperty("state").GetString() == "up", "Up through the tunnel");
    }

    public void Dispose()
    {
        foreach (var end in (End[])[Left, Right]) end.Dispose();
        // Whatever was said anywhere, the key was not.
        foreach (var end in (End[])[Left, Right]) Assert.DoesNotContain(Secret, end.Said, StringComparison.Ordinal);
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    internal sealed class End(IpsecRig rig, NetworkNamespace space, int id, int peer) : IDisposable
    {
        private DaemonProcess? _daemon;
        private string _said = "";

        public string Name { get; } = $"oxc{id}";

        public NetworkNamespace Space { get; } = space;

        public Charon Charon { get; } = new(space, rig.Directory, $"oxc{id}");

        public DaemonProcess Daemon => _daemon!;

        /// <summary>Everything it has said: log and API.</summary>
        public string Said => _said + _daemon?.Errors;

        private string Socket => Path.Combine(rig.Directory, $"{Name}.sock");

        public void Configure(string keys, string more = "") => File.WriteAllText(Path.Combine(rig.Directory, $"{Name}.yaml"), $$"""
            node: {id: 10.0.0.{{id}}, name: {{Name}}}
            listen: [ 10.99.0.{{id}} ]
            api: {socket: {{Socket}}}
            neighbors:
              - name: oxc{{peer}}
                node-id: 10.0.0.{{peer}}
                security: ipsec
                ipsec: {vici: {{Charon.Vici}}, {{keys}}{{more}}}
                control-channels:
                  - {id: 1, local: 10.99.0.{{id}}, remote: 10.99.0.{{peer}}, hello-dead-interval: 2s, hello-interval: 200ms}
            """);

        public void StartDaemon() => _daemon = new DaemonProcess(["ip", "netns", "exec", Space.Name], ["-c", Path.Combine(rig.Directory, $"{Name}.yaml")]);

        public async Task<JsonElement> GetAsync(string path)
        {
            var answer = await DaemonProcess.GetAsync(Socket, path);
            _said += answer.GetRawText() + "\n";
            return answer;
        }

        /// <summary>What is dropped of the neighbour, for a reason or any.</summary>
        public async Task<long> DropsAsync(string? reason = null) => (await GetAsync($"/v1/counters?name=oxc{peer}"))[0].GetProperty("drops").EnumerateArray()
            .Where(d => reason is null || d.GetProperty("reason").GetString() == reason).Sum(d => d.GetProperty("count").GetInt64());

        /// <summary>Waits until the neighbour is as it should be.</summary>
        public async Task<JsonElement> NeighborAsync(Func<JsonElement, bool> condition, string what)
        {
            JsonElement neighbor = default;
            await Eventually.TrueAsync(
                async () =>
                {
                    try
                    {
                        neighbor = (await GetAsync("/v1/neighbors"))[0];
                        return condition(neighbor);
                    }
                    catch (Exception e) when (e is HttpRequestException or SocketException)
                    {
                        return false; // not started yet
                    }
                },
                () => $"{what}; it is {neighbor}\n{Daemon.Errors}\n{(File.Exists(Charon.Log) ? File.ReadAllText(Charon.Log) : "")}");
            return neighbor;
        }

        public void Dispose()
        {
            _said = Said;
            _daemon?.Dispose();
            _daemon = null;
            Charon.Dispose();
            Space.Dispose();
        }
    }
}
