// RFC 4204 §4: what two real nodes tell of a difference between their configurations, and how it ends.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

[Requirement("4204-4-6")]
public class MismatchTests
{
    private static readonly NodeConfiguration GoodA = NodeA(Link("te1-1", 101, 201), Link("te1-2", 102, 202), Link("te1-3", 103, 203));
    private static readonly NodeConfiguration GoodB = NodeB(Link("te1-1", 201, 101), Link("te1-2", 202, 102), Link("te1-3", 203, 103));

    /// <summary>What differs: node a's configuration, and the alarms of a and b.</summary>
    private static readonly Dictionary<string, (NodeConfiguration A, string[] AtA, string[] AtB)> Differences = new()
    {
        ["bandwidth"] = (With(2, l => l with { Capabilities = [Lambda(40, 40)] }),
            ["te1-2: bandwidth 40 Gbps here, 10 Gbps at b"], ["te1-2: bandwidth 10 Gbps here, 40 Gbps at a"]),
        ["switching type"] = (With(2, l => l with { Capabilities = [new(SwitchingType.Fsc, EncodingType.Lambda, Gbps(10), Gbps(10))] }),
            ["te1-2: switching type fsc here, lsc at b"], ["te1-2: switching type lsc here, fsc at a"]),
        ["encoding"] = (With(2, l => l with { Capabilities = [new(SwitchingType.Lsc, EncodingType.DigitalWrapper, Gbps(10), Gbps(10))] }),
            ["te1-2: encoding digital-wrapper here, lambda at b"], ["te1-2: encoding lambda here, digital-wrapper at a"]),
        ["capability"] = (With(2, l => l with { Capabilities = [Lambda(10, 10), Tdm(10, 10)] }),
            ["te1-2: capability tdm with sdh encoding here, not at b"], ["te1-2: capability tdm with sdh encoding at a, not here"]),
        ["remote interface id"] = (With(2, l => l with { RemoteId = Identifier.Unnumbered(299) }),
            ["te1-2: connected to Interface_Id 299 of b here, to 202 at b"], ["te1-2: Interface_Id 102 of a is connected to 202 here, to 299 at a"]),
        ["local interface id"] = (With(2, l => l with { LocalId = Identifier.Unnumbered(199) }),
            ["te1-2: Interface_Id 202 of b is connected to 199 here, to 102 at b"], ["te1-2: connected to Interface_Id 102 of a here, to 199 at a"]),
        ["swapped interface ids"] = (NodeA(Link("te1-1", 101, 202), Link("te1-2", 102, 201), Link("te1-3", 103, 203)),
            ["te1-1: Interface_Id 202 of b is connected to 101 here, to 102 at b", "te1-2: Interface_Id 201 of b is connected to 102 here, to 101 at b"],
            ["te1-1: Interface_Id 101 of a is connected to 201 here, to 202 at a", "te1-2: Interface_Id 102 of a is connected to 202 here, to 201 at a"]),
        ["type of interface ids"] = (With(2, l => l with { LocalId = Parse("0.0.0.102"), RemoteId = Parse("0.0.0.202") }),
            ["te1-2: Interface_Id 0.0.0.102 is IPv4 here, Unnumbered at b"], ["te1-2: Interface_Id 202 is Unnumbered here, IPv4 at a"]),
        ["one data link more"] = (NodeA([.. GoodA.TeLinks[0].DataLinks, Link("te1-4", 104, 204)]),
            ["te1-4: configured here, not listed by b in its TE link 2"], ["te1: a lists data links that are not configured here (its Interface_Id->ours): 104->204"]),
        ["one data link less"] = (NodeA(Link("te1-1", 101, 201), Link("te1-3", 103, 203)),
            ["te1: b lists data links that are not configured here (its Interface_Id->ours): 202->102"], ["te1-2: configured here, not listed by a in its TE link 1"]),
        ["remote link id"] = (NodeA(t => GoodA.TeLinks[0] with { RemoteId = Identifier.Unnumbered(99) }),
            ["te1: connected to Link_Id 99 of b here, to 2 at b"], ["te1: Link_Id 1 of a is connected to 2 here, to 99 at a"]),
        ["local link id"] = (NodeA(t => GoodA.TeLinks[0] with { LocalId = Identifier.Unnumbered(98) }),
            ["te1: Link_Id 2 of b is connected to 98 here, to 1 at b"], ["te1: connected to Link_Id 1 of a here, to 98 at a"]),
        ["type of link ids"] = (NodeA(t => GoodA.TeLinks[0] with { LocalId = Parse("0.0.0.1"), RemoteId = Parse("0.0.0.2") }),
            ["te1: Link_Id 0.0.0.1 is IPv4 here, Unnumbered at b"], ["te1: Link_Id 2 is Unnumbered here, IPv4 at a"]),
        ["two at once"] = (NodeA(Link("te1-1", 101, 201, Gbps(100)), Link("te1-2", 102, 202, Gbps(40)), Link("te1-3", 103, 203)),
            ["te1-1: bandwidth 100 Gbps here, 10 Gbps at b", "te1-2: bandwidth 40 Gbps here, 10 Gbps at b"],
            ["te1-1: bandwidth 10 Gbps here, 100 Gbps at a", "te1-2: bandwidth 10 Gbps here, 40 Gbps at a"]),
    };

    public static TheoryData<string> All => [.. Differences.Keys];

    [Theory]
    [MemberData(nameof(All))]
    [Requirement("4204-4-1")]
    [Requirement("4204-4-3")]
    public void Both_ends_name_both_values_and_only_what_differs_is_out_of_service(string what)
    {
        var (network, a, b) = Pair(Differences[what].A, GoodB);
        network.Run(TimeSpan.FromMinutes(2));
        AssertTold(what, a, b);
        var links = a.TeLink.DataLinks.Concat(b.TeLink.DataLinks).ToList();
        if (what.Contains("link id", StringComparison.Ordinal)) Assert.All(links, l => Assert.Equal(DataLinkState.Down, l.State));
        else Assert.All(links.Where(l => l.Name == "te1-3"), l => Assert.Equal(DataLinkState.UpFree, l.State));

        // Nothing is repeated for ever about it.
        var sent = network.Sent.Count(d => d.Type is MessageType.LinkSummary);
        network.Run(TimeSpan.FromHours(1));
        Assert.Equal(sent, network.Sent.Count(d => d.Type is MessageType.LinkSummary));
        Assert.True(sent <= 4, $"{what}: {sent} LinkSummary messages");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_order_in_which_the_nodes_come_makes_no_difference(string what)
    {
        foreach (var aFirst in (bool[])[true, false])
        {
            var network = new VirtualNetwork();
            var first = network.Add(aFirst ? Differences[what].A : GoodB);
            network.Run(TimeSpan.FromSeconds(7));
            var second = network.Add(aFirst ? GoodB : Differences[what].A);
            network.Run(TimeSpan.FromMinutes(1));
            AssertTold(what, aFirst ? first : second, aFirst ? second : first);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Corrected_at_the_end_that_was_wrong_it_ends_by_itself(string what)
    {
        var (network, a, b) = Pair(Differences[what].A, GoodB);
        network.Run(TimeSpan.FromSeconds(10));
        a.Node.Reconfigure(network.Now, GoodA);
        network.Run(TimeSpan.FromSeconds(10));
        AssertGood(what, a, b);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Corrected_at_the_other_end_it_ends_by_itself(string what)
    {
        var (network, a, b) = Pair(Differences[what].A, GoodB);
        network.Run(TimeSpan.FromSeconds(10));
        b.Node.Reconfigure(network.Now, MirrorOf(Differences[what].A));
        network.Run(TimeSpan.FromSeconds(10));
        AssertGood(what, a, b);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_difference_that_comes_by_reconfiguration_is_told_alike(string what)
    {
        var (network, a, b) = Pair(GoodA, GoodB);
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
        network.Run(TimeSpan.FromSeconds(10));
        a.Node.Reconfigure(network.Now, Differences[what].A);
        network.Run(TimeSpan.FromSeconds(20));
        AssertTold(what, a, b);
        a.Node.Reconfigure(network.Now, GoodA);
        network.Run(TimeSpan.FromSeconds(20));
        AssertGood(what, a, b);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Corrected_while_no_control_channel_was_up_it_ends_with_the_next_adjacency(string what)
    {
        var (network, a, b) = Pair(WithHello(Differences[what].A), WithHello(GoodB));
        network.Run(TimeSpan.FromSeconds(10));
        network.Filter = _ => false;
        network.Run(TimeSpan.FromSeconds(10));
        a.Node.Reconfigure(network.Now, WithHello(GoodA));
        network.Run(TimeSpan.FromSeconds(10));
        network.Filter = _ => true;
        network.Run(TimeSpan.FromSeconds(30));
        AssertGood(what, a, b);
    }

    [Fact]
    public void One_link_corrected_comes_up_although_another_still_disagrees()
    {
        var (network, a, b) = Pair(Differences["two at once"].A, GoodB);
        network.Run(TimeSpan.FromSeconds(10));
        a.Node.Reconfigure(network.Now, With(2, l => l with { Capabilities = [Lambda(40, 40)] }));
        network.Run(TimeSpan.FromSeconds(10));
        AssertTold("bandwidth", a, b);
        Assert.All((VirtualNode[])[a, b], n => Assert.Equal([DataLinkState.UpFree, DataLinkState.Down, DataLinkState.UpFree], n.TeLink.DataLinks.Select(l => l.State)));

        b.Node.Reconfigure(network.Now, NodeB(Link("te1-1", 201, 101), Link("te1-2", 202, 102, Gbps(40)), Link("te1-3", 203, 103, Gbps(1))));
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(["te1-3: bandwidth 10 Gbps here, 1 Gbps at b"], a.RaisedAlarms());
        Assert.Equal(["te1-3: bandwidth 1 Gbps here, 10 Gbps at a"], b.RaisedAlarms());
        Assert.All((VirtualNode[])[a, b], n => Assert.Equal([DataLinkState.UpFree, DataLinkState.UpFree, DataLinkState.Down], n.TeLink.DataLinks.Select(l => l.State)));
    }

    [Fact]
    public void An_allocated_link_that_comes_to_disagree_carries_on_and_leaves_service_at_its_release()
    {
        var (network, a, b) = Pair(GoodA, GoodB);
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
        foreach (var node in (VirtualNode[])[a, b]) Assert.Equal(CommandStatus.Ok, node.Node.Allocate(network.Now, ["te1-2"]).Status);
        a.Node.Reconfigure(network.Now, Differences["bandwidth"].A);
        network.Run(TimeSpan.FromSeconds(10));
        AssertTold("bandwidth", a, b);
        Assert.All((VirtualNode[])[a, b], n => Assert.Equal((DataLinkState.UpAlloc, true), (n.TeLink.DataLinks[1].State, n.TeLink.DataLinks[1].Allocated)));
        foreach (var node in (VirtualNode[])[a, b]) node.Node.Release(network.Now, ["te1-2"]);
        Assert.All((VirtualNode[])[a, b], n => Assert.Equal((DataLinkState.Down, false), (n.TeLink.DataLinks[1].State, n.TeLink.DataLinks[1].Allocated)));
        a.Node.Reconfigure(network.Now, GoodA);
        network.Run(TimeSpan.FromSeconds(10));
        AssertGood("allocated", a, b);
    }

    private static void AssertTold(string what, VirtualNode a, VirtualNode b)
    {
        Assert.Equal((what, string.Join("\n", Differences[what].AtA)), (what, string.Join("\n", a.RaisedAlarms())));
        Assert.Equal((what, string.Join("\n", Differences[what].AtB)), (what, string.Join("\n", b.RaisedAlarms())));
        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.True(node.TeLink.State == TeLinkState.Up || node.TeLink.Reason.Length > 0, $"{what}: {node.Summary}");
            foreach (var l in node.TeLink.DataLinks)
                Assert.True(l.Reason.Length > 0 != l.State is DataLinkState.UpFree or DataLinkState.UpAlloc, $"{what}: {l.Name} {l.State} '{l.Reason}'");
        }
    }

    private static void AssertGood(string what, VirtualNode a, VirtualNode b)
    {
        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.Equal((what, ""), (what, string.Join("\n", node.RaisedAlarms())));
            Assert.Equal((what, TeLinkState.Up), (what, node.TeLink.State));
            Assert.All(node.TeLink.DataLinks, l => Assert.Equal((what, l.Name, DataLinkState.UpFree), (what, l.Name, l.State)));
        }
    }

    private static NodeConfiguration With(int number, Func<DataLinkConfiguration, DataLinkConfiguration> change) =>
        NodeA([.. GoodA.TeLinks[0].DataLinks.Select((l, i) => i == number - 1 ? change(l) : l)]);

    private static NodeConfiguration WithHello(NodeConfiguration node)
    {
        var (neighbor, channel) = (node.Neighbors[0], node.Neighbors[0].ControlChannels[0]);
        var withHello = channel with { HelloInterval = IntervalRange.DefaultHello, HelloDeadInterval = IntervalRange.DefaultHelloDead };
        return node with { Neighbors = [neighbor with { ControlChannels = [withHello] }] };
    }

    // What b has to say for a to be right.
    private static NodeConfiguration MirrorOf(NodeConfiguration a)
    {
        var teLink = a.TeLinks[0];
        return GoodB with
        {
            TeLinks =
            [
                teLink with
                {
                    Neighbor = "a",
                    LocalId = teLink.RemoteId!.Value,
                    RemoteId = teLink.LocalId,
                    DataLinks = [.. teLink.DataLinks.Select(l => l with { LocalId = l.RemoteId!.Value, RemoteId = l.LocalId })],
                },
            ],
        };
    }
}
