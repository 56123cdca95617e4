using OpenLmp.Cli.Lab;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests.Lab;

/// <summary>What is made of what the ends of links say. The links are a:1 - b:11, a:2 - b:12, a:3 - b:13.</summary>
public class LabFindingsTests
{
    private static readonly LabNode A = new("a", 1, new NodeId(1));
    private static readonly LabNode B = new("b", 2, new NodeId(2));
    private static readonly LabLink[] Links = [.. Enumerable.Range(1, 3).Select(i => new LabLink(Port(A, (uint)i), Port(B, (uint)i + 10)))];

    private readonly Dictionary<LabPort, LabPortView> _views = Links.SelectMany(l => l.Ends).ToDictionary(e => e.Here, e => new LabPortView
    {
        Name = LabLink.DataLinkName(e.Here, e.There),
        State = DataLinkState.UpFree,
        Reason = "",
        IsVerified = true,
        Found = Identifier.Unnumbered(e.There.InterfaceId),
        Signal = SignalState.Ok,
        Alarms = new Dictionary<AlarmKind, string>(),
    });

    private LabFindings Findings => new(Links, new LabView(_views, []));

    [Fact]
    public void Nothing_wrong_is_nothing_found()
    {
        Assert.Empty(Findings.Swaps);
        Assert.Empty(Findings.Mismatches);
        Assert.Empty(Findings.Strays);
    }

    [Fact]
    public void Two_links_that_end_in_each_others_ports_are_one_swap()
    {
        Miswired(Links[0].A, 13);
        Miswired(Links[2].A, 11);
        Miswired(Links[0].B, 3);
        Miswired(Links[2].B, 1);
        Assert.Equal((Links[0], Links[2]), Assert.Single(Findings.Swaps));
        Assert.Empty(Findings.Strays);
    }

    [Fact]
    public void What_only_one_node_says_is_no_swap()
    {
        Miswired(Links[0].A, 13);
        Miswired(Links[2].A, 11);
        Assert.Empty(Findings.Swaps);
        Assert.Equal(["a:1 - b:11: a:1 says it is joined to b:13, b:11 to a:1", "a:3 - b:13: a:3 says it is joined to b:11, b:13 to a:3"], Findings.Strays);
    }

    [Fact]
    public void Three_links_in_a_circle_are_no_swap()
    {
        uint[] there = [12, 13, 11];
        uint[] here = [3, 1, 2];
        for (var i = 0; i < 3; i++)
        {
            Miswired(Links[i].A, there[i]);
            Miswired(Links[i].B, here[i]);
        }

        Assert.Empty(Findings.Swaps);
        Assert.Equal(3, Findings.Strays.Count);
        Assert.Equal("a:1 - b:11: a:1 says it is joined to b:12, b:11 to a:3", Findings.Strays[0]);
    }

    [Fact]
    public void An_end_outside_the_plan_is_told()
    {
        Miswired(Links[1].A, 99);
        Assert.Equal("a:2 - b:12: a:2 says it is joined to a port that is not in the plan, b:12 to a:2", Assert.Single(Findings.Strays));
    }

    [Fact]
    public void A_disagreement_counts_where_both_ends_know()
    {
        Alarm(Links[1].A, AlarmKind.DataLinkMismatch, "to-b-2: bandwidth 1 here, 2 at b");
        Assert.Empty(Findings.Mismatches);
        Assert.Equal("a:2 - b:12: only one end knows that they disagree", Assert.Single(Findings.Strays));
        Alarm(Links[1].B, AlarmKind.DataLinkMismatch, "to-a-12: bandwidth 2 here, 1 at a");
        Assert.Equal((Links[1], "bandwidth 1 at a, 2 at b"), Assert.Single(Findings.Mismatches));
        Assert.Empty(Findings.Strays);
    }

    private static LabPort Port(LabNode node, uint id) => new(node, $"{id}", id, 1e9f);

    private void Miswired(LabPort port, uint found)
    {
        Alarm(port, AlarmKind.Miswired, "");
        _views[port] = _views[port] with { Found = Identifier.Unnumbered(found) };
    }

    private void Alarm(LabPort port, AlarmKind kind, string text) =>
        _views[port] = _views[port] with { Alarms = new Dictionary<AlarmKind, string> { [kind] = text } };
}
