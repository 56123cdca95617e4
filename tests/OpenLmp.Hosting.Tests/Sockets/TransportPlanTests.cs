using static OpenLmp.Hosting.Tests.SocketRig;

namespace OpenLmp.Hosting.Tests;

public class TransportPlanTests
{
    [Fact]
    public void Channels_of_one_address_share_a_socket_and_others_have_their_own()
    {
        var plan = Plan([], ("10.0.0.1", null, false), ("10.0.0.2", null, false), ("10.0.0.1:7011", null, false));
        Assert.Equal(["10.0.0.1", "10.0.0.1:7011", "10.0.0.2"], Sockets(plan));
        Assert.Equal("10.0.0.2", plan[Key("10.0.0.2", null)].Unicast.ToString());
    }

    [Fact]
    public void A_wildcard_serves_all_channels_of_its_port_and_family_multicast_included()
    {
        var plan = Plan(["0.0.0.0"], ("10.0.0.1", null, false), ("10.0.0.2", "eth0", true), ("10.0.0.3:7011", null, false), ("2001:db8::1", null, false));
        Assert.Equal(["0.0.0.0", "10.0.0.3:7011", "2001:db8::1"], Sockets(plan));
        Assert.Equal(new TransportSockets(new SocketKey(Endpoint("0.0.0.0"), null), null), plan[Key("10.0.0.2", "eth0")]);
    }

    [Fact]
    public void One_address_on_two_interfaces_needs_two_sockets()
    {
        var plan = Plan([], ("10.0.0.1", "eth0", false), ("10.0.0.1", "eth1", false));
        Assert.Equal(["10.0.0.1 on eth0", "10.0.0.1 on eth1"], Sockets(plan));
    }

    [Fact]
    public void A_channel_on_any_interface_takes_those_of_the_same_address_on_one_along()
    {
        // Bound at once the two would be in each other's way.
        var plan = Plan([], ("10.0.0.1", "eth0", false), ("10.0.0.1", null, false));
        Assert.Equal(["10.0.0.1"], Sockets(plan));
    }

    [Fact]
    public void Multicast_is_received_on_a_socket_for_each_interface()
    {
        var plan = Plan([], ("10.0.0.1", "eth0", true), ("fe80::1", "eth0", true), ("10.0.0.1", "eth1", true));
        Assert.Equal(
            ["10.0.0.1 on eth0", "10.0.0.1 on eth1", "224.0.0.1 on eth0", "224.0.0.1 on eth1", "fe80::1 on eth0", "ff02::1 on eth0"],
            Sockets(plan));
        Assert.Equal("224.0.0.1 on eth1", plan[Key("10.0.0.1", "eth1")].Group.ToString());
    }

    [Fact]
    public void An_address_to_listen_on_without_a_channel_has_a_socket_too()
    {
        var plan = Plan(["10.0.0.1", "10.0.0.2"], ("10.0.0.1", "eth0", false));
        Assert.Equal(["10.0.0.1 on eth0", "10.0.0.2"], Sockets(plan));
    }

    private static TransportKey Key(string local, string? onInterface) => new(Endpoint(local), onInterface);

    private static TransportPlan Plan(string[] listen, params (string Local, string? Interface, bool Multicast)[] transports) =>
        TransportPlan.For(listen.Select(l => new SocketKey(Endpoint(l), null)), [.. transports.Select(t => (Key(t.Local, t.Interface), t.Multicast))]);

    private static IEnumerable<string> Sockets(TransportPlan plan) => plan.Sockets.Select(s => s.ToString()).Order(StringComparer.Ordinal);
}
