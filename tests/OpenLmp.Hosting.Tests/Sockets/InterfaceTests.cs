using static OpenLmp.Hosting.Tests.SocketRig;

namespace OpenLmp.Hosting.Tests;

/// <summary>What becomes of sockets when interfaces and addresses come and go.</summary>
public class InterfaceTests
{
    private static readonly byte[] Small = [1, 2, 3];

    [NamespaceFact]
    public void An_address_that_comes_is_used_at_once_and_its_loss_is_noticed()
    {
        using var space = new NetworkNamespace();
        space.Do(() =>
        {
            using var rig = new SocketRig();
            var transport = rig.Open("10.255.0.1");
            Assert.Equal("address 10.255.0.1 is not on this machine", transport.Problem);

            space.Ip("address add 10.255.0.1/32 dev lo");
            rig.Until(() => transport.Problem is null, "the address");

            space.Ip("address del 10.255.0.1/32 dev lo");
            rig.Until(() => transport.Problem == "address 10.255.0.1 is not on this machine", "the loss of the address");
        });
    }

    [NamespaceFact]
    public void The_same_holds_behind_a_wildcard_socket()
    {
        using var space = new NetworkNamespace();
        space.Do(() =>
        {
            using var rig = new SocketRig();
            rig.Table.Listen([Endpoint("[::]:701")]);
            var transport = rig.Open("2001:db8::1");
            Assert.Equal("address 2001:db8::1 is not on this machine", transport.Problem);

            space.Ip("address add 2001:db8::1/128 dev lo nodad");
            rig.Until(() => transport.Problem is null, "the address");

            space.Ip("address del 2001:db8::1/128 dev lo");
            rig.Until(() => transport.Problem is not null, "the loss of the address");
        });
    }

    [NamespaceFact]
    public void An_interface_that_goes_down_loses_its_carrier_or_disappears_is_noticed_and_comes_back()
    {
        var (left, right) = NetworkNamespace.Pair();
        using var _ = left;
        using var __ = right;
        left.With("10.255.0.1/30");
        right.With("10.255.0.2/30");
        left.Do(() =>
        {
            using var rig = new SocketRig();
            var transport = rig.Open("10.255.0.1", "eth0");
            rig.Until(() => transport.Problem is null, "the interface");

            left.Ip("link set eth0 down");
            rig.Until(() => transport.Problem == "interface eth0 is down", "down");
            left.Ip("link set eth0 up");
            rig.Until(() => transport.Problem is null, "up");

            right.Ip("link set eth0 down");
            rig.Until(() => transport.Problem == "interface eth0 is down (no carrier)", "no carrier");
            right.Ip("link set eth0 up");
            rig.Until(() => transport.Problem is null, "carrier");

            left.Ip("link del eth0");
            rig.Until(() => transport.Problem == "interface eth0 does not exist", "its end");
            left.Ip($"link add eth0 type veth peer name eth0 netns {right.Name}");
            left.With("10.255.0.1/30");
            right.With("10.255.0.2/30");
            rig.Until(() => transport.Problem is null, "another interface of that name");
        });
    }

    [NamespaceFact]
    public void What_cannot_be_sent_is_counted_and_harms_nothing()
    {
        using var space = new NetworkNamespace();
        space.Do(() =>
        {
            using var rig = new SocketRig();
            var transport = rig.Open("127.0.0.1");
            rig.Send(transport, "192.0.2.1", Small);
            Assert.Equal((0, 1), (rig.Statistics.DatagramsSent, rig.Statistics.DatagramsUnsent));
            Assert.NotEqual(0, rig.LastError);

            // Nobody listens there: the ICMP answer must not spoil what follows.
            rig.Send(transport, "127.0.0.9", Small);
            rig.Send(transport, "127.0.0.1", Small);
            Assert.Equal(Small, rig.Receive().Bytes);
        });
    }

    [Requirement("4204-4-12")]
    [NamespaceTheory]
    [InlineData("10.255.0.1", "10.255.0.2", 30, "224.0.0.1", false)]
    [InlineData("10.255.0.1", "10.255.0.2", 30, "224.0.0.1", true)]
    [InlineData("fe80::1", "fe80::2", 64, "ff02::1", false)]
    [InlineData("fe80::1", "fe80::2", 64, "ff02::1", true)]
    [Requirement("4204-4-12")]
    public void Multicast_reaches_the_other_end_of_the_interface_and_the_answer_comes_back(string near, string far, int prefix, string group, bool wildcard)
    {
        var (left, right) = NetworkNamespace.Pair();
        using var _ = left;
        using var __ = right;
        left.With($"{near}/{prefix}");
        right.With($"{far}/{prefix}");

        SocketRig? there = null;
        Transport? peer = null;
        try
        {
            right.Do(() =>
            {
                there = new SocketRig();
                if (wildcard) there.Table.Listen([Endpoint(near.Contains(':', StringComparison.Ordinal) ? "[::]:701" : "0.0.0.0")]);
                peer = there.Open(far, "eth0", multicast: true);
                there.Until(() => peer.Problem is null, "the far end");
            });
            left.Do(() =>
            {
                using var here = new SocketRig();
                if (wildcard) here.Table.Listen([Endpoint(near.Contains(':', StringComparison.Ordinal) ? "[::]:701" : "0.0.0.0")]);
                var transport = here.Open(near, "eth0", multicast: true);
                here.Until(() => transport.Problem is null, "the near end");

                here.Send(transport, group, Small);
                var received = there!.Receive();
                Assert.Equal((Endpoint(near), Endpoint(group).Address, peer!.Slot), (received.Source, received.Destination, received.Slot));

                there.Send(peer, near, new byte[5_000]); // fragments
                var answer = here.Receive();
                Assert.Equal((Endpoint(far), Endpoint(near).Address, transport.Slot), (answer.Source, answer.Destination, answer.Slot));
                Assert.Equal(5_000, answer.Bytes.Length);

                // Our own multicast would have come before the answer.
                here.Turn();
                Assert.Equal(0, here.Discard());
            });
        }
        finally
        {
            there?.Dispose();
        }
    }
}
