using System.Net;
using System.Net.Sockets;
using static OpenLmp.Hosting.Tests.SocketRig;

namespace OpenLmp.Hosting.Tests;

public class UdpTests
{
    private static readonly byte[] Small = [1, 2, 3];

    [Theory]
    [InlineData(0)]
    [InlineData(28)]
    [InlineData(40_000)]
    [InlineData(65_507)]
    public void Datagrams_of_any_size_arrive_with_source_and_destination(int size)
    {
        using var rig = new SocketRig();
        var (a, b) = (FreshLoopback(), FreshLoopback());
        var (from, to) = (rig.Open($"{a}:7010"), rig.Open($"{b}:7011"));
        var bytes = new byte[size];
        Random.Shared.NextBytes(bytes);

        rig.Send(from, $"{b}:7011", bytes);

        var received = rig.Receive();
        Assert.Equal(bytes, received.Bytes);
        Assert.Equal(Endpoint($"{a}:7010"), received.Source);
        Assert.Equal(Endpoint(b).Address, received.Destination);
        Assert.Equal(to.Slot, received.Slot);
    }

    [Fact]
    public void IPv6_too()
    {
        using var rig = new SocketRig();
        var (p, q) = (FreePort(IPAddress.IPv6Loopback), FreePort(IPAddress.IPv6Loopback));
        var (from, to) = (rig.Open($"[::1]:{p}"), rig.Open($"[::1]:{q}"));
        var bytes = new byte[40_000];
        Random.Shared.NextBytes(bytes);

        rig.Send(from, $"[::1]:{q}", bytes);

        var received = rig.Receive();
        Assert.Equal(bytes, received.Bytes);
        Assert.Equal((Endpoint($"[::1]:{p}"), Endpoint("::1").Address, to.Slot), (received.Source, received.Destination, received.Slot));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Datagrams_go_out_with_the_highest_TTL_and_tell_with_which_they_came_in(bool ipv6)
    {
        using var rig = new SocketRig();
        var (a, b) = ipv6
            ? ($"[::1]:{FreePort(IPAddress.IPv6Loopback)}", $"[::1]:{FreePort(IPAddress.IPv6Loopback)}")
            : ($"{FreshLoopback()}:7010", $"{FreshLoopback()}:7010");
        var (from, _) = (rig.Open(a), rig.Open(b));
        rig.Send(from, b, Small);
        Assert.Equal(255, rig.Receive().HopLimit);

        using var other = new Socket(ipv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Ttl = 77 };
        other.SendTo(Small, IPEndPoint.Parse(b));
        Assert.Equal(77, rig.Receive().HopLimit);
    }

    [Fact]
    public void A_wildcard_socket_sends_from_the_channels_address_and_tells_channels_apart()
    {
        using var rig = new SocketRig();
        var port = FreePort(IPAddress.Any);
        rig.Table.Listen([Endpoint($"0.0.0.0:{port}")]);
        var (a, b, other) = (FreshLoopback(), FreshLoopback(), FreshLoopback());
        var (first, second) = (rig.Open($"{a}:{port}"), rig.Open($"{b}:{port}"));
        Assert.Same(first.Unicast, second.Unicast);

        rig.Send(first, $"{b}:{port}", Small);
        var atSecond = rig.Receive();
        Assert.Equal((Endpoint($"{a}:{port}"), second.Slot), (atSecond.Source, atSecond.Slot));

        rig.Send(second, $"{a}:{port}", Small);
        var atFirst = rig.Receive();
        Assert.Equal((Endpoint($"{b}:{port}"), first.Slot), (atFirst.Source, atFirst.Slot));

        rig.Send(first, $"{other}:{port}", Small);
        var nobodys = rig.Receive();
        Assert.Equal((Endpoint(other).Address, -1), (nobodys.Destination, nobodys.Slot));
    }

    [Fact]
    public void A_burst_larger_than_a_batch_arrives_whole_and_in_order()
    {
        using var rig = new SocketRig();
        var (a, b) = (FreshLoopback(), FreshLoopback());
        var (from, _) = (rig.Open(a + ":7010"), rig.Open(b + ":7010"));
        for (var i = 0; i < 100; i++) rig.Send(from, b + ":7010", BitConverter.GetBytes(i));
        for (var i = 0; i < 100; i++) Assert.Equal(i, BitConverter.ToInt32(rig.Receive().Bytes));
    }

    [Fact]
    public void A_port_taken_by_another_program_is_said_and_tried_again()
    {
        var address = FreshLoopback();
        using var other = new SocketRig();
        var taken = other.Open($"{address}:7010");
        using var rig = new SocketRig();

        var transport = rig.Open($"{address}:7010");
        Assert.Equal($"UDP port 7010 of {address} is taken by another program", transport.Problem);

        other.Table.Release(taken, multicast: false);
        other.Table.Settle(NodeClock.Now);
        rig.Until(() => transport.Problem is null, "the port");
    }

    [Fact]
    public void Channels_that_come_and_go_leave_the_others_sockets_alone()
    {
        using var rig = new SocketRig();
        var (a, b) = (FreshLoopback(), FreshLoopback());
        var (first, second) = (rig.Open(a + ":7010"), rig.Open(b + ":7010"));
        var (kept, gone) = (first.Unicast!.Open!, second.Unicast!.Open!);
        Assert.Same(first, rig.Open(a + ":7010"));

        rig.Table.Release(second, multicast: false);
        rig.Table.Release(first, multicast: false);
        rig.Table.Settle(NodeClock.Now);

        Assert.Same(kept, first.Unicast!.Open);
        Assert.True(kept.Fd >= 0);
        Assert.Equal(-1, gone.Fd);
        Assert.Equal(second.Slot, rig.Open(FreshLoopback() + ":7010").Slot);
    }

    [Fact]
    public void Link_local_addresses_and_multicast_need_an_interface()
    {
        using var rig = new SocketRig();
        Assert.Equal("link-local address fe80::1 needs an interface", rig.Open("[fe80::1]:7010").Problem);
        Assert.Equal("multicast needs an interface", rig.Open(FreshLoopback() + ":7010", multicast: true).Problem);
    }

    [Fact]
    public void An_interface_that_does_not_exist_is_said()
    {
        using var rig = new SocketRig();
        Assert.Equal("interface openlmp9 does not exist", rig.Open(FreshLoopback() + ":7010", "openlmp9").Problem);
    }

    [Fact]
    public void Sending_and_receiving_allocate_nothing()
    {
        using var rig = new AllocationRig();
        rig.Exchange(1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        rig.Exchange(1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>A datagram there and back, with nothing of the test's own in between.</summary>
    private sealed class AllocationRig : IDisposable
    {
        private readonly SocketRig _sockets = new();
        private readonly NodeLoopStatistics _statistics = new();
        private readonly SendBatch _outgoing;
        private readonly ReceiveBatch _incoming = new();
        private readonly Transport _from;
        private readonly Transport _to;
        private readonly byte[] _bytes = new byte[28];

        public AllocationRig()
        {
            _outgoing = new SendBatch(_statistics);
            _from = _sockets.Open(FreshLoopback() + ":7010");
            _to = _sockets.Open(FreshLoopback() + ":7010");
        }

        public void Exchange(int count)
        {
            for (var i = 0; i < count; i++)
            {
                _outgoing.Add(_from.Unicast!.Open!, null, 0, _to.Key.Local, _bytes);
                _outgoing.Flush();
                var received = 0;
                for (var spins = 0; received == 0 && spins < 1_000_000; spins++) received = _incoming.Receive(_to.Unicast!.Open!, out _);
                if (received != 1 || _to.Unicast!.SlotOf(_incoming[0]) != _to.Slot) throw new InvalidOperationException("lost on loopback");
            }
        }

        public void Dispose()
        {
            _sockets.Dispose();
            _outgoing.Dispose();
            _incoming.Dispose();
        }
    }
}
