using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>evCCDn from below (RFC 4204 §11.1.2): what the machine's interfaces and addresses do to control channels.</summary>
public class TransportEventTests
{
    [NamespaceFact]
    public async Task A_control_channel_follows_its_interface()
    {
        var (left, right) = NetworkNamespace.Pair();
        using var _ = left;
        using var __ = right;
        left.With("10.255.0.1/30");
        right.With("10.255.0.2/30");
        await using var a = new TestNode(TestNode.Configuration(1, 2, "10.255.0.1", "10.255.0.2", "eth0"), left);
        await using var b = new TestNode(TestNode.Configuration(2, 1, "10.255.0.2", "10.255.0.1"), right);
        await a.StateAsync(ControlChannelState.Up);

        left.Ip("link set eth0 down");
        await a.ReasonAsync("interface eth0 is down");
        Assert.Equal(ControlChannelState.Down, await a.ChannelAsync(c => c.State));

        left.Ip("link set eth0 up");
        await a.StateAsync(ControlChannelState.Up);
        await b.StateAsync(ControlChannelState.Up);
    }

    [NamespaceFact]
    public async Task A_node_starts_before_its_address_is_there()
    {
        var (left, right) = NetworkNamespace.Pair();
        using var _ = left;
        using var __ = right;
        right.With("10.255.0.2/30");
        await using var a = new TestNode(TestNode.Configuration(1, 2, "10.255.0.1", "10.255.0.2"), left);
        await using var b = new TestNode(TestNode.Configuration(2, 1, "10.255.0.2", "10.255.0.1"), right);
        await a.ReasonAsync("address 10.255.0.1 is not on this machine");

        left.With("10.255.0.1/30");
        await a.StateAsync(ControlChannelState.Up);
    }

    [NamespaceTheory]
    [InlineData("10.255.0.1", "10.255.0.2", 30, "224.0.0.1", false)]
    [InlineData("fe80::1", "fe80::2", 64, "ff02::1", false)]
    [InlineData("fe80::1", "fe80::2", 64, "ff02::1", true)]
    public async Task Neighbours_find_each_other_by_multicast(string near, string far, int prefix, string group, bool wildcard)
    {
        var (left, right) = NetworkNamespace.Pair();
        using var _ = left;
        using var __ = right;
        left.With($"{near}/{prefix}");
        right.With($"{far}/{prefix}");
        IReadOnlyList<NetworkEndpoint> listen = wildcard ? [SocketRig.Endpoint("[::]:701")] : [];
        await using var a = new TestNode(TestNode.Configuration(1, 2, near, group, "eth0"), left, listen);
        await using var b = new TestNode(TestNode.Configuration(2, 1, far, group, "eth0", ControlChannelRole.Passive), right, listen);
        await a.StateAsync(ControlChannelState.Up);
        Assert.Equal(SocketRig.Endpoint(far), await a.ChannelAsync(c => c.Remote!.Value));
        await b.StateAsync(ControlChannelState.Up);
        Assert.Equal(SocketRig.Endpoint(near), await b.ChannelAsync(c => c.Remote!.Value));
    }

    [NamespaceTheory]
    [InlineData("[fe80::1%2]:701", "[fe80::2]:701", true)]
    [InlineData("[fe80::1]:701", "[fe80::2%2]:701", true)]
    [InlineData("[fe80::1%2]:701", "[fe80::2%2]:701", false)]
    public async Task Link_local_addresses_work_with_the_interface_in_the_address(string near, string far, bool listening)
    {
        var (left, right) = NetworkNamespace.Pair();
        using var _ = left;
        using var __ = right;
        left.With("fe80::1/64");
        right.With("fe80::2/64");
        left.Do(() => Assert.Equal(2u, Libc.IfNameToIndex("eth0")));
        IReadOnlyList<NetworkEndpoint> listen = listening ? [SocketRig.Endpoint("[fe80::1%2]:701")] : [];
        await using var a = new TestNode(TestNode.Configuration(1, 2, near, far), left, listen);
        await using var b = new TestNode(TestNode.Configuration(2, 1, "fe80::2", "fe80::1", "eth0"), right);
        await a.StateAsync(ControlChannelState.Up);
        await b.StateAsync(ControlChannelState.Up);
        Assert.Equal("eth0", await a.ChannelAsync(c => c.Configuration.Interface));
    }
}
