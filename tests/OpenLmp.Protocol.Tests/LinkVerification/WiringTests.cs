using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>Fibres in wrong ports: one mistake is told as one, at every end that it concerns.</summary>
public class WiringTests
{
    private readonly VirtualNetwork _network = new();

    // te1 of a and b with data links te1-1 to te1-6; te2 with te2-1 (121-221).
    private (VirtualNode A, VirtualNode B) Start(bool known = true)
    {
        var a = _network.Add(Configure(NodeA(), 100, 200), start: false);
        var b = _network.Add(Configure(NodeB(), 200, 100), start: false);
        foreach (var node in (VirtualNode[])[a, b]) node.Node.ReportDataPlane(_network.Now, null);
        foreach (var link in a.Node.TeLinks.SelectMany(t => t.DataLinks)) _network.Fibre(a, link.Name, b, link.Name);
        return (a, b);

        NodeConfiguration Configure(NodeConfiguration node, uint here, uint there) => node with
        {
            TeLinks =
            [
                node.TeLinks[0] with { DataLinks = [.. Enumerable.Range(1, 6).Select(i => Link($"te1-{i}", here + (uint)i, known ? there + (uint)i : null))] },
                node.TeLinks[0] with { Name = "te2", LocalId = Identifier.Unnumbered(here), RemoteId = Identifier.Unnumbered(there), DataLinks = [Link("te2-1", here + 21, known ? there + 21 : null)] },
            ],
        };
    }

    private void Run(params VirtualNode[] nodes)
    {
        foreach (var node in nodes) node.TransportUp();
        _network.Run(TimeSpan.FromSeconds(30));
    }

    private static string? Miswired(VirtualNode node, string link) => node.Alarm(AlarmKind.Miswired, link)?.Text;

    private static IEnumerable<string> Wrong(VirtualNode node) =>
        node.Node.Alarms.All.Where(x => x is { State: AlarmState.Raised, Kind: AlarmKind.Miswired }).Select(x => x.Object).Order(StringComparer.Ordinal);

    [Fact]
    public void Two_swapped_pairs_are_two_swaps()
    {
        var (a, b) = Start();
        foreach (var (x, y) in ((int, int)[])[(1, 2), (2, 1), (4, 5), (5, 4)]) _network.Fibre(a, $"te1-{x}", b, $"te1-{y}");
        Run(a, b);
        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.Equal(["te1-1", "te1-2", "te1-4", "te1-5"], Wrong(node));
            Assert.Contains("te1-1 and te1-2 are swapped", Miswired(node, "te1-2"));
            Assert.Contains("te1-4 and te1-5 are swapped", Miswired(node, "te1-4"));
            Assert.Equal(4, node.RaisedAlarms().Count);
        }
    }

    [Fact]
    public void An_expectation_that_is_corrected_needs_no_verification()
    {
        var (a, b) = Start();
        Run(a, b);
        var right = a.Node.Configuration;
        var links = right.TeLinks[0].DataLinks;
        var exchanged = right with
        {
            TeLinks = [right.TeLinks[0] with { DataLinks = [links[0] with { RemoteId = links[1].RemoteId }, links[1] with { RemoteId = links[0].RemoteId }, .. links.Skip(2)] }, right.TeLinks[1]],
        };
        // They carry traffic: nobody will look again where they end.
        Assert.Equal(CommandStatus.Ok, a.Node.Allocate(_network.Now, ["te1-1", "te1-2"]).Status);
        a.Node.Reconfigure(_network.Now, exchanged);
        Assert.Equal(["te1-1", "te1-2"], Wrong(a));
        a.Node.Reconfigure(_network.Now, right);
        Assert.Empty(Wrong(a));
    }

    [Fact]
    public void Three_fibres_that_are_rotated_are_told_as_one_rotation()
    {
        var (a, b) = Start();
        foreach (var (x, y) in ((int, int)[])[(1, 2), (2, 3), (3, 1)]) _network.Fibre(a, $"te1-{x}", b, $"te1-{y}");
        Run(a, b);
        Assert.Equal(["te1-1", "te1-2", "te1-3"], Wrong(a));
        Assert.All(Wrong(a).ToList(), l => Assert.EndsWith(
            "te1-1, te1-2, te1-3 are rotated: te1-1 ends where te1-2 should, at Interface_Id 202 of b, te1-2 ends where te1-3 should, at Interface_Id 203 of b, "
            + "te1-3 ends where te1-1 should, at Interface_Id 201 of b; move the fibres at one end", Miswired(a, l)));
        Assert.All(Wrong(b).ToList(), l => Assert.Contains("te1-1, te1-3, te1-2 are rotated", Miswired(b, l)));
    }

    [Fact]
    public void A_fibre_that_ends_in_another_TE_link_is_told_with_what_should_end_there()
    {
        var (a, b) = Start();
        _network.Fibre(a, "te1-6", b, "te2-1");
        _network.Fibres.Remove((b, "te1-6"));
        _network.Fibres.Remove((a, "te2-1"));
        Run(a, b);
        Assert.Equal("te1-6: its far end is Interface_Id 221 of b, where te2-1 should end; expected 206", Miswired(a, "te1-6"));
        Assert.Equal("te2-1: its far end is Interface_Id 106 of a, where te1-6 should end; expected 121", Miswired(b, "te2-1"));
        Assert.NotNull(a.Alarm(AlarmKind.VerificationFailed, "te2-1"));
        Assert.NotNull(b.Alarm(AlarmKind.VerificationFailed, "te1-6"));
        Assert.All(a.TeLink.DataLinks.Take(5), l => Assert.Equal(DataLinkState.UpFree, l.State));
    }

    [Fact]
    public void A_fibre_that_ends_at_another_node_fails_here_and_disturbs_nothing_there()
    {
        var (a, b) = Start();
        var c = _network.Add(A() with { Name = "c", NodeId = Id("10.0.0.3"), Neighbors = [], TeLinks = [] }, start: false);
        c.Node.Reconfigure(_network.Now, NodeA() with
        {
            Name = "c",
            NodeId = Id("10.0.0.3"),
            Neighbors = [new NeighborConfiguration { Name = "d", NodeId = Id("10.0.0.4"), ControlChannels = [NoHello(Channel(1, "10.255.1.3", "10.255.1.4"))] }],
            TeLinks = [Te("d", 1, 2, (101, 201))],
        });
        _network.Fibre(a, "te1-6", c, "te1-1");
        Run(a, b, c);
        foreach (var node in (VirtualNode[])[a, b]) Assert.Equal("te1-6", Assert.Single(node.Node.Alarms.All, x => x.State == AlarmState.Raised).Object);
        Assert.NotEqual(0, c.Node.Counters.Dropped(DropReason.UnknownVerifyId));
        Assert.Empty(Wrong(c));
    }

    [Fact]
    public void Test_messages_of_another_neighbour_on_a_data_link_name_that_neighbour()
    {
        var c = new NeighborConfiguration { Name = "c", NodeId = Id("10.0.0.3"), ControlChannels = [NoHello(Channel(2, "10.255.1.1", "10.255.1.3"))] };
        var configuration = NodeA();
        var a = VerifySteps.Verifier(configuration with
        {
            Neighbors = [.. configuration.Neighbors, c],
            TeLinks = [configuration.TeLinks[0] with { Verification = new VerificationConfiguration { OnEstablishment = false } }, Te("c", 5, 6, (501, 601)) with { Name = "te2", DataLinks = [Link("te2-1", 501, 601)] }],
        });
        a.Send(VerifySteps.Ask());
        a.Node.ReceiveTest(a.Now, a.Node.TeLinks.Last().DataLinks[0], new TestMessage(Identifier.Unnumbered(201), a.Last<BeginVerifyAckMessage>().VerifyId).Encode());
        a.Send(new EndVerifyMessage(8001, a.Last<BeginVerifyAckMessage>().VerifyId));
        Assert.Equal("te2-1: its far end is Interface_Id 201 of b, where te1-1 should end; expected Interface_Id 601 of c", a.AlarmText(AlarmKind.Miswired, "te2-1"));
    }

    [Fact]
    public void A_mapping_that_was_learned_follows_the_fibre()
    {
        var (a, b) = Start(known: false);
        Run(a, b);
        Assert.All(a.TeLink.DataLinks.Concat(b.TeLink.DataLinks), l => Assert.Equal(DataLinkState.UpFree, l.State));
        foreach (var (x, y) in ((int, int)[])[(1, 2), (2, 1)]) _network.Fibre(a, $"te1-{x}", b, $"te1-{y}");
        Assert.Equal(CommandStatus.Ok, a.Node.Verify(_network.Now, "te1").Status);
        _network.Run(TimeSpan.FromSeconds(60));
        Assert.Equal([202u, 201, 203, 204, 205, 206], a.TeLink.DataLinks.Select(l => (uint)l.RemoteId!.Value.Value));
        Assert.Equal([102u, 101, 103, 104, 105, 106], b.TeLink.DataLinks.Select(l => (uint)l.RemoteId!.Value.Value));
        Assert.All(a.TeLink.DataLinks.Concat(b.TeLink.DataLinks), l => Assert.True(l.State == DataLinkState.UpFree, l.Reason));
        Assert.Empty(a.RaisedAlarms());
        Assert.Empty(b.RaisedAlarms());
    }

    [Fact]
    public void A_mapping_that_was_learned_follows_a_fibre_that_was_pulled_in_between()
    {
        var (a, b) = Start(known: false);
        Run(a, b);
        void Verify()
        {
            foreach (var node in (VirtualNode[])[a, b]) node.Node.Verify(_network.Now, "te1");
            _network.Run(TimeSpan.FromSeconds(60));
        }

        foreach (var (node, link) in ((VirtualNode, string)[])[(a, "te1-1"), (a, "te1-2"), (b, "te1-1"), (b, "te1-2")]) _network.Fibres.Remove((node, link));
        Verify();
        Assert.Equal([DataLinkState.Down, DataLinkState.Down], a.TeLink.DataLinks.Take(2).Select(l => l.State));
        _network.Fibre(a, "te1-1", b, "te1-2");
        _network.Fibre(a, "te1-2", b, "te1-1");
        Verify();
        Assert.Equal([202u, 201], a.TeLink.DataLinks.Take(2).Select(l => (uint)l.RemoteId!.Value.Value));
        Assert.Equal([102u, 101], b.TeLink.DataLinks.Take(2).Select(l => (uint)l.RemoteId!.Value.Value));
        Assert.All(a.TeLink.DataLinks.Concat(b.TeLink.DataLinks), l => Assert.True(l.State == DataLinkState.UpFree, l.Reason));
    }

    [Fact]
    public void Two_directions_that_lead_to_different_ports_are_told_even_where_nothing_is_expected()
    {
        var (a, b) = Start(known: false);
        _network.Fibres[(a, "te1-1")] = (b, "te1-2");
        _network.Fibres[(a, "te1-2")] = (b, "te1-1");
        Run(a, b);
        Assert.Equal(["te1-1", "te1-2"], Wrong(a));
        Assert.Equal("te1-1: it transmits to Interface_Id 202 of b, and receives from Interface_Id 201 of b; connect both directions to the same port", Miswired(a, "te1-1"));
        Assert.All(a.TeLink.DataLinks.Take(2), l => Assert.Equal(DataLinkState.Down, l.State));
    }

    [Fact]
    [Requirement("4204-4-7")]
    public void A_mapping_that_LinkSummary_shows_to_differ_is_verified_once_and_when_it_is_released_if_it_is_in_use()
    {
        var a = VerifySteps.Listener();
        a.Send(SummaryOfB(6000));
        a.Node.Allocate(a.Now, ["te1-2"]);
        a.Send(SummaryOfB(6001, Listed(209, 101), Listed(208, 102)));
        Assert.Equal(1u, a.Last<BeginVerifyMessage>().BeginVerify!.NumberOfDataLinks);
        Assert.False(a.Last<BeginVerifyMessage>().BeginVerify!.Flags.HasFlag(BeginVerifyFlags.VerifyAllLinks));
        Assert.EndsWith("; it is verified when it is released", a.AlarmText(AlarmKind.DataLinkMismatch, "te1-2"));
        a.Accept();
        a.Succeed(101, 201);
        a.AckEnd();
        a.Send(SummaryOfB(6002, Listed(209, 101), Listed(208, 102)));
        a.RunMs(60_000);
        Assert.Equal(1, a.Count<BeginVerifyMessage>());

        a.Node.Release(a.Now, ["te1-2"]);
        Assert.Equal(2, a.Count<BeginVerifyMessage>());
        Assert.DoesNotContain("released", a.AlarmText(AlarmKind.DataLinkMismatch, "te1-2"));
    }
}
