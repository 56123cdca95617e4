using System.Net;
using System.Net.Sockets;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

/// <summary>Link verification over real interfaces: two namespaces, a control channel on eth0, data links on d1, d2, ...</summary>
public sealed class LinuxDataPlaneTests : IDisposable
{
    private readonly NetworkNamespace _left;
    private readonly NetworkNamespace _right;

    public LinuxDataPlaneTests()
    {
        if (!NetworkNamespace.IsAvailable) throw new InvalidOperationException("unreachable: every test here is a NamespaceFact");
        (_left, _right) = NetworkNamespace.Pair();
        _left.With("10.255.0.1/30");
        _right.With("10.255.0.2/30");
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }

    [NamespaceFact]
    public async Task Sixty_four_interfaces_are_verified_and_a_swapped_pair_is_found()
    {
        // No address, IPv6 off and strict reverse-path filtering: an ordinary socket would receive nothing.
        Lay(Enumerable.Range(1, 64).Select(i => (i, i == 5 ? 9 : i == 9 ? 5 : i)));
        await using var a = Start(_left, 1, 2, 64);
        await using var b = Start(_right, 2, 1, 64);
        await VerifiedAsync(a, 62);
        await VerifiedAsync(b, 62);
        foreach (var node in (TestNode[])[a, b])
        {
            // Each end knows when both directions are verified.
            List<Alarm> alarms = [];
            await Eventually.TrueAsync(
                async () => (alarms = await AlarmsAsync(node)).Count == 2 && alarms.All(x => x.Text.Contains("te1-5 and te1-9 are swapped", StringComparison.Ordinal)),
                () => "the swap; told is " + string.Join("; ", alarms.Select(x => x.Text)));
            Assert.Equal(["Miswired te1-5", "Miswired te1-9"], alarms.Select(x => $"{x.Kind} {x.Object}").Order());
        }
    }

    [NamespaceFact]
    public async Task Of_eight_interfaces_exactly_the_two_swapped_pairs_and_the_one_that_is_down_are_reported()
    {
        Lay(new[] { 1, 3, 2, 4, 6, 5, 7, 8 }.Select((right, i) => (i + 1, right)));
        _right.Ip("link set d8 down");
        await using var a = Start(_left, 1, 2, 8);
        await using var b = Start(_right, 2, 1, 8);
        foreach (var node in (TestNode[])[a, b])
        {
            await VerifiedAsync(node, 3);
            string[] expected = ["FaultLocalized te1-8", "Miswired te1-2", "Miswired te1-3", "Miswired te1-5", "Miswired te1-6", "VerificationFailed te1-8"];
            List<Alarm> alarms = [];
            await Eventually.TrueAsync(
                async () => (alarms = await AlarmsAsync(node)).Select(x => $"{x.Kind} {x.Object}").Order(StringComparer.Ordinal).SequenceEqual(expected),
                () => "these alarms and no others; told is " + string.Join("; ", alarms.Select(x => $"{x.Kind} {x.Object}: {x.Text}"))
                    + string.Concat(a.Events.Recent().Concat(b.Events.Recent()).Select(e => $"\n{e.Event}")));
            await Eventually.TrueAsync(
                async () => (alarms = await AlarmsAsync(node)).Count(x => x.Text.Contains("te1-2 and te1-3 are swapped", StringComparison.Ordinal)) == 2
                    && alarms.Count(x => x.Text.Contains("te1-5 and te1-6 are swapped", StringComparison.Ordinal)) == 2,
                () => "two swaps; told is " + string.Join("; ", alarms.Select(x => x.Text)));
        }
    }

    [NamespaceFact]
    public async Task A_Test_message_is_seen_on_its_interface_by_others_and_nothing_but_Test_messages_is_taken_from_it()
    {
        Lay([(1, 1)]);
        // Addresses and other traffic on the data link: what is not a Test message goes by.
        _left.Ip("address add 192.0.2.1/30 dev d1");
        _right.Ip("address add 192.0.2.2/30 dev d1");
        using var seen = _right.Start("timeout", "120 tcpdump -i d1 -nn -v -l -c 1 src host 10.0.0.1 and udp port 701");
        await using var a = Start(_left, 1, 2, 1);
        await using var b = Start(_right, 2, 1, 1);
        _left.Do(() =>
        {
            using var other = new UdpClient { EnableBroadcast = true };
            foreach (var to in (string[])["192.0.2.2:701", "192.0.2.2:9", "192.0.2.3:701"]) other.Send([1, 2, 3], IPEndPoint.Parse(to));
        });
        await VerifiedAsync(a, 1);
        await VerifiedAsync(b, 1);
        // tcpdump may have begun to listen only after they were verified: it sees the next ones.
        await Eventually.TrueAsync(
            async () =>
            {
                if (seen.HasExited) return true;
                await a.Loop.InvokeAsync((n, now) => n.Verify(now, "te1"));
                return false;
            },
            () => "a Test message seen by tcpdump");
        var text = await seen.StandardOutput.ReadToEndAsync();
        Assert.Contains("10.0.0.1.701 > 224.0.0.1.701", text, StringComparison.Ordinal);
        Assert.Contains("msg-type: Test", text, StringComparison.Ordinal);
        Assert.Equal(0, await b.Loop.InvokeAsync((n, _) => n.Counters.Dropped(DropReason.Malformed)));
    }

    [NamespaceFact]
    public async Task A_Test_message_of_a_VLAN_on_the_interface_is_not_taken_for_one_of_the_interface()
    {
        Lay([(1, 1)]);
        await using var a = Start(_left, 1, 2, 1);
        await using var b = Start(_right, 2, 1, 1);
        await VerifiedAsync(b, 1);
        // Of a procedure that is over: what is taken is counted, and what was sent before it has been seen by then.
        var before = await UnknownAsync();
        _left.Do(() =>
        {
            Frames.Send("d1", Frames.Test(vlan: 77));
            Frames.Send("d1", Frames.Test(vlan: 0));
            Frames.Send("d1", Frames.Test(vlan: null));
        });
        await Eventually.TrueAsync(async () => await UnknownAsync() >= before + 2, () => "both untagged Test messages");
        Assert.Equal(before + 2, await UnknownAsync());

        Task<long> UnknownAsync() => b.Loop.InvokeAsync((n, _) => n.Counters.Dropped(DropReason.UnknownVerifyId));
    }

    [NamespaceFact]
    public async Task An_interface_that_is_a_port_of_a_bridge_is_verified()
    {
        Lay([(1, 1), (2, 2)]);
        _right.Ip("link add br0 type bridge");
        foreach (var port in (string[])["d1", "d2"]) _right.Ip($"link set {port} master br0");
        await using var a = Start(_left, 1, 2, 2);
        await using var b = Start(_right, 2, 1, 2);
        await VerifiedAsync(a, 2);
        await VerifiedAsync(b, 2);
    }

    [NamespaceFact]
    public async Task An_interface_that_is_taken_down_fails_at_both_ends_and_comes_back()
    {
        Lay(Enumerable.Range(1, 3).Select(i => (i, i)));
        await using var a = Start(_left, 1, 2, 3);
        await using var b = Start(_right, 2, 1, 3);
        await VerifiedAsync(a, 3);
        await VerifiedAsync(b, 3);

        _right.Ip("link set d2 down");
        await LinkAsync(a, "te1-2", l => l.State == DataLinkState.Down && l.Signal == SignalState.Fail && l.Reason.Contains("interface d2 is down (no carrier)", StringComparison.Ordinal));
        await LinkAsync(b, "te1-2", l => l.State == DataLinkState.Down && l.Signal == SignalState.Fail && l.Reason.Contains("interface d2 is down", StringComparison.Ordinal));
        await VerifiedAsync(a, 2);
        await VerifiedAsync(b, 2);

        _right.Ip("link set d2 up");
        await VerifiedAsync(a, 3);
        await VerifiedAsync(b, 3);
    }

    [NamespaceFact]
    public async Task An_interface_may_appear_vanish_and_appear_again_while_the_node_runs()
    {
        Lay([(1, 1)]);
        await using var a = Start(_left, 1, 2, 2);
        await using var b = Start(_right, 2, 1, 2);
        await LinkAsync(a, "te1-1", l => l.State == DataLinkState.UpFree && l.Verified);
        await LinkAsync(a, "te1-2", l => l.State == DataLinkState.Down);

        Lay([(2, 2)]);
        await VerifiedAsync(a, 2);
        await VerifiedAsync(b, 2);

        _left.Ip("link del d2");
        await LinkAsync(a, "te1-2", l => l.State == DataLinkState.Down);
        await LinkAsync(b, "te1-2", l => l.State == DataLinkState.Down);

        Lay([(2, 2)]);
        await VerifiedAsync(a, 2);
        await VerifiedAsync(b, 2);
    }

    [NamespaceFact]
    public async Task Interfaces_that_come_back_with_their_cables_swapped_are_found_while_the_node_runs()
    {
        Lay([(1, 1), (2, 2), (3, 3)]);
        await using var a = Start(_left, 1, 2, 3);
        await using var b = Start(_right, 2, 1, 3);
        await VerifiedAsync(a, 3);
        await VerifiedAsync(b, 3);
        foreach (var name in (string[])["d2", "d3"]) _left.Ip($"link del {name}");
        await LinkAsync(a, "te1-3", l => l.State == DataLinkState.Down);
        Lay([(2, 3), (3, 2)]);
        foreach (var node in (TestNode[])[a, b])
            foreach (var name in (string[])["te1-2", "te1-3"])
                await LinkAsync(node, name, l => l.Reason.Contains("te1-2 and te1-3 are swapped", StringComparison.Ordinal));
    }

    private static Task LinkAsync(TestNode node, string name, Func<DataLink, bool> condition)
    {
        var seen = "";
        return Eventually.TrueAsync(
            () => node.Loop.InvokeAsync((n, _) =>
            {
                var link = Links(n).Single(l => l.Name == name);
                seen = $"{link.State} ({link.ActiveState}, {link.PassiveState}), signal {link.Signal}, verified {link.Verified}: {link.Reason}; verification {link.TeLink.Verification}";
                return condition(link);
            }),
            () => $"{name} as expected; it is {seen}");
    }

    private static IReadOnlyList<DataLink> Links(LmpNode node) => node.TeLinks.Single().DataLinks;

    private static TestNode Start(NetworkNamespace space, byte id, byte peer, int links)
    {
        var basis = TestNode.Configuration(id, peer, $"10.255.0.{id}:701", $"10.255.0.{peer}:701");
        return new TestNode(
            basis with
            {
                TeLinks =
                [
                    new TeLinkConfiguration
                    {
                        Name = "te1",
                        Neighbor = "peer",
                        LocalId = Identifier.Unnumbered(id),
                        RemoteId = Identifier.Unnumbered(peer),
                        Verification = new VerificationConfiguration { Retry = TimeSpan.FromSeconds(1) },
                        DataLinks =
                        [
                            .. Enumerable.Range(1, links).Select(i => new DataLinkConfiguration
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
            linuxDataPlane: true);
    }

    private static Task VerifiedAsync(TestNode node, int count)
    {
        var seen = "";
        return Eventually.TrueAsync(
            () => node.Loop.InvokeAsync((n, _) =>
            {
                seen = string.Join(", ", Links(n).Where(l => l.State != DataLinkState.UpFree).Take(4).Select(l => $"{l.Name} {l.State}: {l.Reason}"));
                return Links(n).Count(l => l.State == DataLinkState.UpFree && l.Verified) == count && n.TeLinks.Single().Verification == VerificationPhase.Idle;
            }),
            () => $"{count} verified data links; others: {seen}");
    }

    private static Task<List<Alarm>> AlarmsAsync(TestNode node) =>
        node.Loop.InvokeAsync((n, _) => n.Alarms.All.Where(x => x.State == AlarmState.Raised).ToList());

    // Cables from the left's d1, d2, ... to the right's, up, without an address. One batch: hundreds of interfaces in one process.
    private void Lay(IEnumerable<(int Left, int Right)> cables)
    {
        foreach (var (left, right) in cables)
        {
            _left.Ip($"link add d{left} type veth peer name d{right} netns {_right.Name}");
            foreach (var (space, name) in ((NetworkNamespace, string)[])[(_left, $"d{left}"), (_right, $"d{right}")])
            {
                space.Sysctl($"net/ipv6/conf/{name}/disable_ipv6", "1");
                space.Sysctl($"net/ipv4/conf/{name}/rp_filter", "1");
                space.Ip($"link set {name} up");
            }
        }

        // A busy kernel tells of a carrier late. Who starts in between sees all data links fail at once, which is another story than the tests'.
        _left.WaitForCarriers();
        _right.WaitForCarriers();
    }
}
