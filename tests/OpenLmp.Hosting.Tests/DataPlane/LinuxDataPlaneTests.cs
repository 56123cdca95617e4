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
    }
}
