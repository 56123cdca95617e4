using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

/// <summary>Two lmpd with a charon each, in two namespaces with a cable between them.</summary>
internal sealed class IpsecRig : IDisposable
{
    private const string Secret = "MarkedSecret-15.2";

    private readonly bool _isIPv6;

    public IpsecRig(Func<IpsecRig, string, string>? keys = null, string more = "", bool isIPv6 = false)
    {
        _isIPv6 = isIPv6;
        Directory = System.IO.Directory.CreateTempSubdirectory("lmp-ipsec-").FullName;
        var (left, right) = NetworkNamespace.Pair();
        (Left, Right) = (new End(this, left, 1, 2), new End(this, right, 2, 1));
        foreach (var end in (End[])[Left, Right]) end.Space.With($"{end.Address}/{(isIPv6 ? 64 : 24)}");
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

    /// <summary>Forges what the right end could say, at its place and beside the tunnel; the left one drops and counts it, and nothing comes of it.</summary>
    public async Task ForgeAsync()
    {
        var (before, dropped) = (await Left.ChannelAsync(), await Left.DropsAsync("unprotected"));

        Right.Space.Do(() =>
        {
            // From the neighbour's very address: lmpd has its port 701, which is not looked at.
            using var forger = new Socket(Right.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            forger.Bind(new IPEndPoint(Right.Address, 0));
            var victim = new IPEndPoint(Left.Address, 701);
            forger.SendTo(new ConfigMessage(1, 9999, new NodeId(0x0A000002), new HelloConfig(1000, 5000)).Encode(), victim);
            forger.SendTo(new ConfigAckMessage(1, new NodeId(0x0A000002), 1, 1, new NodeId(0x0A000001)).Encode(), victim);
            forger.SendTo(new HelloMessage(1, 1, 1).Encode(), victim);
        });

        await Eventually.TrueAsync(async () => await Left.DropsAsync("unprotected") >= dropped + 3, () => "three drops");
        Assert.Equal(before, await Left.ChannelAsync());
    }

    public void Dispose()
    {
        foreach (var end in (End[])[Left, Right]) end.Dispose();
        // Whatever was said anywhere, the key was not.
        foreach (var end in (End[])[Left, Right]) Assert.DoesNotContain(Secret, end.Said, StringComparison.Ordinal);
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private IPAddress AddressOf(int id) => IPAddress.Parse(_isIPv6 ? $"fd00:99::{id}" : $"10.99.0.{id}");

    internal sealed class End(IpsecRig rig, NetworkNamespace space, int id, int peer) : IDisposable
    {
        private DaemonProcess? _daemon;
        private string _said = "";

        public string Name { get; } = $"oxc{id}";

        public IPAddress Address { get; } = rig.AddressOf(id);

        public NetworkNamespace Space { get; } = space;

        public Charon Charon { get; } = new(space, rig.Directory, $"oxc{id}");

        public DaemonProcess Daemon => _daemon!;

        /// <summary>Everything it has said: log and API.</summary>
        public string Said => _said + _daemon?.Errors;

        private string Socket => Path.Combine(rig.Directory, $"{Name}.sock");

        public void Configure(string keys, string more = "") => File.WriteAllText(Path.Combine(rig.Directory, $"{Name}.yaml"), $$"""
            node: {id: 10.0.0.{{id}}, name: {{Name}}}
            listen: [ "{{Address}}" ]
            api: {socket: {{Socket}}}
            neighbors:
              - name: oxc{{peer}}
                node-id: 10.0.0.{{peer}}
                security: ipsec
                ipsec: {vici: {{Charon.Vici}}, {{keys}}{{more}}}
                control-channels:
                  - {id: 1, local: "{{Address}}", remote: "{{rig.AddressOf(peer)}}", hello-dead-interval: 2s, hello-interval: 200ms}
            """);

        public void StartDaemon() => _daemon = new DaemonProcess(["ip", "netns", "exec", Space.Name], ["-c", Path.Combine(rig.Directory, $"{Name}.yaml")]);

        public async Task<JsonElement> GetAsync(string path)
        {
            var answer = await DaemonProcess.GetAsync(Socket, path);
            _said += answer.GetRawText() + "\n";
            return answer;
        }

        /// <summary>How the control channel is: whether it changed, and what was agreed on.</summary>
        public async Task<string> ChannelAsync()
        {
            var channel = (await GetAsync("/v1/control-channels"))[0];
            return string.Join(", ", ((string[])["state", "flaps", "helloInterval", "lastChange"]).Select(field => channel.GetProperty(field)));
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
