// RFC 4204 §15.2: "all LMP messages are expected to be sent over the IPsec tunnel", and others are rejected.
using System.Net;
using System.Net.Sockets;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

/// <summary>A node with <c>security: ipsec</c> and a device that stands for the tunnel's.</summary>
public sealed class TunnelTransportTests
{
    private const string Device = "ipsec0";
    private static readonly IPEndPoint Here = new(IPAddress.Parse("10.99.0.1"), 701);
    private static readonly IPEndPoint There = new(IPAddress.Parse("10.99.0.2"), 701);
    private static readonly TunnelStatus Up = new()
    {
        Key = new TunnelKey(NetworkAddress.From(Here.Address), NetworkAddress.From(There.Address)),
        Neighbor = "peer",
        Device = Device,
        State = TunnelState.Up,
    };

    [NamespaceFact]
    [Requirement("4204-15.2-1")]
    public async Task Messages_leave_and_come_in_on_the_tunnels_device_only()
    {
        var (left, right) = NetworkNamespace.Pair();
        using (left)
        using (right)
        {
            left.With("10.99.0.1/24");
            right.With("10.99.0.2/24");
            using var wire = Plain(right, There);
            await using var node = new TestNode(Configuration(), left, [SocketRig.Endpoint("0.0.0.0:701")]);

            // Nothing is known of the tunnel: nothing leaves, whatever the routes say; and it is no time for an alarm.
            await node.ReasonAsync("its transport is being set up");
            await TellAsync(node, Up with { State = TunnelState.Down, Problem = "no IPsec tunnel to 10.99.0.2: test" });
            await node.ReasonAsync("no IPsec tunnel to 10.99.0.2: test");
            await TellAsync(node, Up);
            await node.ReasonAsync("no IPsec tunnel to 10.99.0.2: interface ipsec0 does not exist");
            Assert.Equal(0, node.Loop.Statistics.DatagramsSent);

            var tunnel = new TunDevice(left, Device);
            var config = Assert.IsType<ConfigMessage>(Decode(await tunnel.ReadUdpAsync()));
            tunnel.WriteUdp(There, Here, new ConfigAckMessage(5, new NodeId(0x0A000002), config.LocalCcid, config.MessageId!.Value, config.LocalNodeId).Encode());
            await node.StateAsync(ControlChannelState.Active);

            // The same from the neighbour's address on the wire is dropped, and counted.
            wire.SendTo(new HelloMessage(5, 1, 1).Encode(), Here);
            wire.SendTo(new ConfigMessage(5, 77, new NodeId(0x0A000002), new HelloConfig(150, 1500)).Encode(), Here);
            await Eventually.TrueAsync(async () => await DropsAsync(node) == 2, () => "two drops");
            Assert.Equal(ControlChannelState.Active, await node.ChannelAsync(c => c.State));
            tunnel.WriteUdp(There, Here, new HelloMessage(5, 1, 1).Encode());
            await node.StateAsync(ControlChannelState.Up);

            // Charon ends, and its device with it: nothing leaves any more. Its next device has another index.
            tunnel.Dispose();
            await node.ReasonAsync("no IPsec tunnel to 10.99.0.2: interface ipsec0 does not exist");
            using var again = new TunDevice(left, Device);
            Assert.IsType<ConfigMessage>(Decode(await again.ReadUdpAsync()));

            Assert.Equal(0, wire.Available);
        }
    }

    [NamespaceTheory]
    [InlineData(null)]
    [InlineData("[::]:701")]
    [Requirement("4204-15.2-1")]
    public async Task In_IPv6_too_messages_leave_on_the_tunnels_device_or_not_at_all(string? listen)
    {
        var (left, right) = NetworkNamespace.Pair();
        using (left)
        using (right)
        {
            left.With("fd00:99::1/64");
            right.With("fd00:99::2/64");
            left.WaitForCarriers();
            using var wire = Plain(right, new IPEndPoint(IPAddress.Parse("fd00:99::2"), 701));
            var configuration = TestNode.Configuration(1, 2, "[fd00:99::1]:701", "[fd00:99::2]:701");
            configuration = configuration with { Neighbors = [configuration.Neighbors[0] with { Security = NeighborSecurity.Ipsec }] };
            var up = Up with { Key = new TunnelKey(SocketRig.Endpoint("fd00:99::1").Address, SocketRig.Endpoint("fd00:99::2").Address) };
            using var first = new TunDevice(left, Device);
            await using var node = new TestNode(configuration, left, listen is null ? null : [SocketRig.Endpoint(listen)]);

            // Only a route over the other interface leads there: in IPv6 the kernel would take it.
            await TellAsync(node, up);
            await Eventually.TrueAsync(() => node.Loop.Statistics.DatagramsUnsent >= 2, () => "two Config messages that were not sent");
            Assert.Equal(0, node.Loop.Statistics.DatagramsSent);

            left.Ip("-6 rule add pref 33000 lookup 701");
            left.Ip($"route add fd00:99::2 dev {Device} table 701");
            Assert.IsType<ConfigMessage>(Decode(await first.ReadUdpAsync()));
            first.Dispose();
            await node.ReasonAsync("no IPsec tunnel to fd00:99::2: interface ipsec0 does not exist");
            using var again = new TunDevice(left, Device);
            left.Ip($"route add fd00:99::2 dev {Device} table 701");
            Assert.IsType<ConfigMessage>(Decode(await again.ReadUdpAsync()));

            Assert.Equal(0, wire.Available);

            // A neighbour that is taken out of the configuration leaves no socket behind.
            Assert.NotEqual(0, SocketsOfTheChannel());
            await node.Loop.ReconfigureAsync(configuration with { Neighbors = [] }, listen is null ? [] : [SocketRig.Endpoint(listen)]);
            await Eventually.TrueAsync(() => SocketsOfTheChannel() == 0, () => $"{SocketsOfTheChannel()} sockets to close");
        }

        int SocketsOfTheChannel()
        {
            var sockets = 0;
            // fd00:99::, port 701: proc(5) has addresses as four numbers of this machine.
            left.Do(() => sockets = File.ReadLines("/proc/thread-self/net/udp6").Count(line => line.Contains(" 990000FD", StringComparison.Ordinal) && line.Contains(":02BD ", StringComparison.Ordinal)));
            return sockets;
        }
    }

    [NamespaceFact]
    public async Task A_device_that_frames_come_in_on_is_no_tunnels()
    {
        var (left, right) = NetworkNamespace.Pair();
        using (left)
        using (right)
        {
            left.With("10.99.0.1/24");
            right.With("10.99.0.2/24");
            left.WaitForCarriers();
            await using var node = new TestNode(Configuration(), left);

            await TellAsync(node, Up with { Device = "eth0" });

            await node.ReasonAsync("interface eth0 is no tunnel's, what it receives anyone can have sent; correct device");
            Assert.Equal(0, node.Loop.Statistics.DatagramsSent);
        }
    }

    [NamespaceFact]
    public async Task Neighbours_without_IPsec_are_as_they_were()
    {
        var (left, right) = NetworkNamespace.Pair();
        using (left)
        using (right)
        {
            left.With("10.99.0.1/24");
            right.With("10.99.0.2/24").With("10.99.0.3/24");
            using var wire = Plain(right, There);
            using var plain = Plain(right, new IPEndPoint(IPAddress.Parse("10.99.0.3"), 701));
            var other = TestNode.Configuration(1, 3, "10.99.0.1:701", "10.99.0.3:701").Neighbors[0];
            other = other with { Name = "plain", ControlChannels = [other.ControlChannels[0] with { Id = 2 }] };
            await using var node = new TestNode(Configuration() with { Neighbors = [.. Configuration().Neighbors, other] }, left);

            // On the same socket as what waits for a tunnel.
            var config = Assert.IsType<ConfigMessage>(Decode(await ReceiveAsync(plain)));
            plain.SendTo(new ConfigAckMessage(5, new NodeId(0x0A000003), config.LocalCcid, config.MessageId!.Value, config.LocalNodeId).Encode(), Here);
            await Eventually.TrueAsync(
                () => node.Loop.InvokeAsync((n, _) => n.Neighbors.Single(x => x.Name == "plain").ControlChannels.Single().State == ControlChannelState.Active), () => "Active");
            Assert.Equal(0, wire.Available);
        }
    }

    private static NodeConfiguration Configuration()
    {
        var configuration = TestNode.Configuration(1, 2, "10.99.0.1:701", "10.99.0.2:701");
        return configuration with { Neighbors = [configuration.Neighbors[0] with { Security = NeighborSecurity.Ipsec }] };
    }

    private static Task<bool> TellAsync(TestNode node, TunnelStatus status) => node.Loop.InvokeAsync((_, _) =>
    {
        node.Loop.SetTunnels([status]);
        return true;
    });

    private static Task<long> DropsAsync(TestNode node) => node.Loop.InvokeAsync((n, _) => n.Neighbors.Single().Counters.Dropped(DropReason.Unprotected));

    private static LmpMessage? Decode(byte[] bytes) => LmpMessage.TryDecode(bytes, out var message, out _) ? message : null;

    private static Socket Plain(NetworkNamespace space, IPEndPoint at)
    {
        Socket? socket = null;
        space.Do(() =>
        {
            socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(at);
        });
        return socket!;
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[2048];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return buffer[..await socket.ReceiveAsync(buffer, limit.Token)];
    }
}
