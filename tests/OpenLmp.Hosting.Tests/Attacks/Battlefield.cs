using System.Net;
using System.Net.Sockets;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Attacks;

/// <summary>
/// A node under attack and its neighbour, each in a network namespace, joined by eth0 (10.255.0.1 and .2) and by the data links d1 and d2. A router
/// joins the node's other interface to the attacker's network: what the attacker sends arrives with a TTL of 254 at most. No namespace filters
/// source addresses. In IPv6 the addresses are fd00:255::1 and so on.
/// </summary>
internal sealed class Battlefield : IAsyncDisposable
{
    private readonly NetworkNamespace _here;
    private readonly NetworkNamespace _there;
    private readonly bool _isIPv6;
    private readonly Socket _listener;
    private readonly List<byte[]> _overheard = [];

    private Battlefield(bool gtsm, string? onInterface, bool wildcard, bool isIPv6)
    {
        _isIPv6 = isIPv6;
        var (prefix, conf) = isIPv6 ? ("/64 nodad", "net/ipv6") : ("/24", "net/ipv4");
        (_here, _there) = NetworkNamespace.Pair();
        _here.With(Address(255, 1) + prefix[..3]);
        _there.With(Address(255, 2) + prefix[..3]);
        foreach (var i in (int[])[1, 2])
        {
            _here.Ip($"link add d{i} type veth peer name d{i} netns {_there.Name}");
            _here.Ip($"link set d{i} up");
            _there.Ip($"link set d{i} up");
        }

        // With addresses that the next hop knows: a flood is over before they are asked for.
        const string VictimsPort = "02:00:00:00:66:01", RoutersPort = "02:00:00:00:77:01";
        _here.Ip($"link add att0 address {VictimsPort} type veth peer name eth0 netns {Router.Name}");
        _here.Ip($"address add {Address(66, 1)}{prefix} dev att0");
        _here.Ip("link set att0 up");
        Router.With(Address(66, 2) + prefix[..3]);
        Router.Ip($"link add eth1 address {RoutersPort} type veth peer name eth0 netns {Attacker.Name}");
        Router.Ip($"address add {Address(77, 1)}{prefix} dev eth1");
        Router.Ip("link set eth1 up");
        Router.Ip($"route add {Address(255, 0)}{prefix[..3]} via {Address(66, 1)}");
        Attacker.With(Address(77, 2) + prefix[..3]);
        Attacker.Ip($"route add default via {Address(77, 1)}");
        Router.Ip($"neighbor replace {Address(66, 1)} lladdr {VictimsPort} dev eth0 nud permanent");
        Attacker.Ip($"neighbor replace {Address(77, 1)} lladdr {RoutersPort} dev eth0 nud permanent");
        Router.Sysctl($"{conf}/conf/all/forwarding", "1");
        foreach (var space in (NetworkNamespace[])[_here, Router, Attacker])
            foreach (var name in (string[])["all", "default", "eth0"]) space.Sysctl($"net/ipv4/conf/{name}/rp_filter", "0");
        _here.Sysctl("net/ipv4/conf/att0/rp_filter", "0");
        Router.Sysctl("net/ipv4/conf/eth1/rp_filter", "0");
        _here.WaitForCarriers();
        _there.WaitForCarriers();
        Router.WaitForCarriers();

        _listener = Overhear();
        Victim = Start(_here, 1, 2, gtsm, onInterface, wildcard);
        Neighbor = Start(_there, 2, 1, gtsm, null, wildcard: false);
    }

    public NetworkEndpoint VictimAt => Endpoint(255, 1);

    public NetworkEndpoint NeighborAt => Endpoint(255, 2);

    /// <summary>The attacker's own address.</summary>
    public NetworkEndpoint AttackerAt => Endpoint(77, 2);

    public TestNode Victim { get; }

    public TestNode Neighbor { get; }

    public NetworkNamespace Attacker { get; } = new();

    public NetworkNamespace Router { get; } = new();

    /// <summary>Everything the neighbour has said to the node so far: an attacker on the path knows it.</summary>
    public IReadOnlyList<byte[]> Overheard
    {
        get
        {
            lock (_overheard) return [.. _overheard];
        }
    }

    /// <summary>Both nodes, up, their data links verified.</summary>
    public static async Task<Battlefield> LayAsync(bool gtsm = false, string? onInterface = null, bool wildcard = false, bool isIPv6 = false)
    {
        var field = new Battlefield(gtsm, onInterface, wildcard, isIPv6);
        foreach (var node in (TestNode[])[field.Victim, field.Neighbor])
        {
            await node.StateAsync(ControlChannelState.Up);
            await Eventually.TrueAsync(
                () => node.Loop.InvokeAsync((n, _) => n.TeLinks.Single() is { State: TeLinkState.Up, Verification: VerificationPhase.Idle } te
                    && te.DataLinks.All(l => l.State == DataLinkState.UpFree && l.Verified)),
                () => "verified data links");
            // The numbers of the first Hellos are known to everybody (docs/security.md).
            await Eventually.TrueAsync(async () => await node.ChannelAsync(c => c.RcvSeqNum) > 3, () => "some Hellos");
        }

        return field;
    }

    /// <summary>Attacks from a namespace with a number of packets; nothing of it may show in the node's state.</summary>
    public async Task<Damage> AttackAsync(NetworkNamespace from, int packets, Forge forge)
    {
        // What the attacker has heard is what has been said before.
        _listener.Dispose();
        var before = await Damage.ReadAsync(this);
        var start = NodeClock.Now;
        var sent = 0;
        await Task.Run(() => from.Do(() =>
        {
            using var sender = new RawSender(VictimAt);
            sent = sender.Send(packets, forge);
        }));
        var time = NodeClock.Now - start;
        // Two Hellos later everything that was sent has been received, or lost.
        var hellos = await HellosAsync();
        await Eventually.TrueAsync(async () => await HellosAsync() >= hellos + 2, () => "Hellos after the attack");
        return new Damage(sent, time, before, await Damage.ReadAsync(this));
    }

    /// <summary>Sends IP packets into the fibre of the data link d1.</summary>
    /// <param name="packets">How many.</param>
    /// <param name="make">Makes one and returns its length.</param>
    public async Task<Damage> TapAsync(int packets, Func<int, byte[], int> make)
    {
        _listener.Dispose();
        var before = await Damage.ReadAsync(this);
        var start = NodeClock.Now;
        var sent = 0;
        await Task.Run(() => _there.Do(() =>
        {
            Assert.True(PacketSocket.TryOpen("d1", out var socket, out var why), why);
            using var _ = socket;
            var buffer = new byte[2_048];
            for (var i = 0; i < packets; i++)
                if (socket.Send(buffer.AsSpan(0, make(i, buffer))) == 0) sent++;
        }));
        var time = NodeClock.Now - start;
        var tests = await TestsAsync();
        await Eventually.TrueAsync(async () => tests == (tests = await TestsAsync()) && tests > 0, () => "the end of the Test messages");
        return new Damage(sent, time, before, await Damage.ReadAsync(this));
    }

    public async ValueTask DisposeAsync()
    {
        await Victim.DisposeAsync();
        await Neighbor.DisposeAsync();
        _listener.Dispose();
        foreach (var space in (NetworkNamespace[])[_here, _there, Attacker, Router]) space.Dispose();
    }

    private Task<long> TestsAsync() => Victim.Loop.InvokeAsync((n, _) => n.Counters.Received(MessageType.Test));

    private Task<long> HellosAsync() => Victim.Loop.InvokeAsync((n, _) => n.Neighbors.Single().Counters.Received(MessageType.Hello));

    private string Address(int network, int host) => _isIPv6 ? $"fd00:{network}::{(host == 0 ? "" : host)}" : $"10.{network}.0.{host}";

    private NetworkEndpoint Endpoint(int network, int host) => new(NetworkAddress.From(IPAddress.Parse(Address(network, host))), NetworkEndpoint.LmpPort);

    private TestNode Start(NetworkNamespace space, byte id, byte peer, bool gtsm, string? onInterface, bool wildcard)
    {
        // An interval that a busy machine keeps, and a dead interval that only a flood could exhaust.
        var basis = TestNode.Configuration(id, peer, $"{Endpoint(255, id)}", $"{Endpoint(255, peer)}", onInterface, hello: 150);
        var channel = basis.Neighbors[0].ControlChannels[0] with { HelloDeadInterval = IntervalRange.Exactly(10_000) };
        return new TestNode(
            basis with
            {
                Neighbors = [basis.Neighbors[0] with { Gtsm = gtsm, ControlChannels = [channel] }],
                TeLinks =
                [
                    new TeLinkConfiguration
                    {
                        Name = "te1",
                        Neighbor = "peer",
                        LocalId = Identifier.Unnumbered(id),
                        RemoteId = Identifier.Unnumbered(peer),
                        DataLinks =
                        [
                            .. Enumerable.Range(1, 2).Select(i => new DataLinkConfiguration
                            {
                                Name = $"te1-{i}",
                                LocalId = Identifier.Unnumbered((uint)((id * 1000) + i)),
                                RemoteId = Identifier.Unnumbered((uint)((peer * 1000) + i)),
                                Interface = $"d{i}",
                                Capabilities = [new SwitchingCapability(SwitchingType.Fsc, EncodingType.Ethernet, 1.25e9f, 1.25e9f)],
                            }),
                        ],
                    },
                ],
            },
            space,
            wildcard ? [SocketRig.Endpoint(_isIPv6 ? "[::]:701" : "0.0.0.0:701")] : null,
            linuxDataPlane: true);
    }

    private Socket Overhear()
    {
        Socket? socket = null;
        var family = _isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        _here.Do(() =>
        {
            socket = new Socket(family, SocketType.Raw, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(_isIPv6 ? IPAddress.IPv6Any : IPAddress.Any, 0));
        });
        _ = Task.Run(async () =>
        {
            var buffer = new byte[65_536];
            var from = new SocketAddress(family);
            // Without IPv6's own header, but with IPv4's.
            var headers = _isIPv6 ? 8 : 28;
            try
            {
                while (true)
                {
                    var length = await socket!.ReceiveFromAsync(buffer, SocketFlags.None, from);
                    if (length <= headers || NativeAddress.Read(from.Buffer.Span).Address != NeighborAt.Address) continue;
                    lock (_overheard)
                    {
                        if (_overheard.Count < 100_000) _overheard.Add(buffer[headers..length]);
                    }
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                // The test is over.
            }
        });
        return socket!;
    }
}
