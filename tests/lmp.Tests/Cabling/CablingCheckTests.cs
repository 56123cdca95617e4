using OpenLmp.Cli.Cabling;
using static OpenLmp.Cli.Tests.Cabling.Nodes;

namespace OpenLmp.Cli.Tests.Cabling;

public class CablingCheckTests
{
    private static IReadOnlyList<CablingRow> Check(string[] plan, AskedNode[] nodes, SilentNode[]? silent = null, bool askedOnly = false)
    {
        var found = new FoundCabling(nodes);
        var resolved = new ResolvedPlan(Plan(plan), found);
        Assert.Empty(resolved.Errors);
        return CablingCheck.Compare(resolved, found, silent ?? [], askedOnly);
    }

    private static CablingPlan Plan(params string[] links)
    {
        var (plan, errors) = PlanReader.Parse("links:\n" + string.Concat(links.Select(l => $"  - endpoints: [\"{l.Split(" - ")[0]}\", \"{l.Split(" - ")[1]}\"]\n")), "plan");
        Assert.Empty(errors);
        return plan!;
    }

    private static CablingRow One(string plan, params AskedNode[] nodes) => Assert.Single(Check([plan], nodes));

    private static IEnumerable<CablingVerdict> Verdicts(IEnumerable<CablingRow> rows) => rows.Select(r => r.Verdict);

    // A check of the fibres as they are: oxc1 and oxc2 with ports 1 to n, port i of oxc1 at port far(i) of oxc2.
    private static AskedNode[] Pair(params uint?[] far) =>
    [
        Node("oxc1", [.. far.Select((f, i) => Link("oxc2", (uint)i + 1, f))]),
        Node("oxc2", [.. far.Select((_, i) => Link("oxc1", (uint)i + 1, Array.IndexOf(far, (uint?)i + 1) is >= 0 and var at ? (uint)at + 1 : null))]),
    ];

    [Theory]
    [InlineData("oxc1:[1-3]", "oxc2:[1-3]")]
    [InlineData("oxc1:to-oxc2-[1-3]", "oxc2:eth[1-3]")]
    [InlineData("oxc2:[1-3]", "10.0.0.1:eth[1-3]")]
    [InlineData("oxc1:[1-3]", "oxc2:*")]
    [InlineData("*:eth*", "oxc2:[1-3]")]
    [InlineData("oxc1:[1-3]", "*:*")]
    public void What_is_found_as_planned_is_ok_by_any_name(string a, string b)
    {
        var rows = Check([$"{a} - {b}"], Pair(1, 2, 3));
        Assert.All(rows, row => Assert.Equal((CablingVerdict.Ok, ""), (row.Verdict, row.Text)));
        Assert.Equal(3, rows.Count);
    }

    [Fact]
    public void A_name_comes_before_an_interface_and_an_interface_before_an_Interface_Id()
    {
        var node = Node("oxc1", Link("oxc2", 1, 11) with { Interface = "2" }, Link("oxc2", 2, 12) with { Name = "7" }, Link("oxc2", 7, 13) with { Interface = "x" });
        Assert.Equal(["11", "12", "13"], Check(["oxc1:2 - oxc2:11", "oxc1:7 - oxc2:12", "oxc1:x - oxc2:13"], [node]).Select(r => r.Verdict == CablingVerdict.Ok ? r.Found[0].TransmitsTo![5..] : r.Text));
    }

    [Fact]
    public void One_node_is_enough_where_the_other_end_is_planned_by_its_Interface_Id()
    {
        Assert.Equal(CablingVerdict.Ok, One("oxc1:1 - oxc2:201", Node("oxc1", Link("oxc2", 1, 201))).Verdict);
        var row = One("oxc1:1 - oxc2:201", Node("oxc1", Link("oxc2", 1, 202)));
        Assert.Equal((CablingVerdict.Wrong, "oxc1:1 ends at oxc2:202, which is not in the plan"), (row.Verdict, row.Text));
        Assert.Equal("oxc1:1 - oxc2:202", Assert.Single(row.Found).ToString());
    }

    [Fact]
    public void A_name_of_a_node_that_was_not_asked_is_that_of_our_data_link_of_the_same_name()
    {
        var node = Node("oxc1", Link("oxc2", 101, 201) with { Name = "te1-1", ConfiguredRemoteId = new(201, null) }, Link("oxc2", 102, 205) with { Name = "te1-2", ConfiguredRemoteId = new(202, null) });
        var rows = Check(["oxc1:te1-1 - oxc2:te1-1", "oxc1:te1-2 - oxc2:te1-2"], [node]);
        Assert.Equal([CablingVerdict.Ok, CablingVerdict.Wrong], Verdicts(rows));
        Assert.Equal("oxc2 was not asked: its te1-1 is taken for Interface_Id 201, the remote-id of the data link of that name", rows[0].Text);
    }

    [Fact]
    public void A_name_that_only_the_other_node_knows_is_not_compared_unless_another_node_was_found()
    {
        var rows = Check(["oxc1:1 - oxc2:eth5", "oxc1:2 - oxc2:eth6"], [Node("oxc1", Link("oxc2", 1, 201), Link("oxc3", 2, 202))]);
        Assert.Equal([CablingVerdict.NotCompared, CablingVerdict.Wrong], Verdicts(rows));
        Assert.Contains("Interface_Id 201 of oxc2; whether that is eth5", rows[0].Text, StringComparison.Ordinal);
        Assert.Equal(CablingVerdict.NotCompared, One("oxc1:1 - oxc2:eth*", Node("oxc1", Link("oxc2", 1, 201))).Verdict);
        Assert.Equal(CablingVerdict.Ok, One("oxc1:1 - oxc2:20*", Node("oxc1", Link("oxc2", 1, 201))).Verdict);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_swap_is_told_as_a_swap_from_both_ends_or_from_one(bool both)
    {
        var nodes = Pair(2, 1, 3);
        var rows = Check(["oxc1:[1-3] - oxc2:[1-3]"], both ? nodes : nodes[..1]);
        Assert.Equal([CablingVerdict.Wrong, CablingVerdict.Wrong, CablingVerdict.Ok], Verdicts(rows));
        Assert.Equal("swapped with oxc1:2 - oxc2:2: oxc1:1 ends at oxc2:2; swap the two cables at one end", rows[0].Text);
        Assert.Equal(["oxc1:1", "oxc2:1"], rows[1].SwappedWith);
        Assert.Equal("oxc1:1 - oxc2:2", rows[0].Found[0].ToString());
    }

    [Fact]
    public void Three_in_a_ring_are_no_swap_but_each_is_told_where_it_is()
    {
        var rows = Check(["oxc1:[1-3] - oxc2:[1-3]"], Pair(2, 3, 1));
        Assert.Equal("oxc1:1 ends at oxc2:2, where oxc1:2 should end", rows[0].Text);
        Assert.All(rows, row => Assert.Null(row.SwappedWith));
    }

    [Fact]
    public void A_single_fibre_swapped_is_told_as_one()
    {
        var node = Node("oxc1", Link("oxc2", 1, 2, 1), Link("oxc2", 2, 1, 2));
        var rows = Check(["oxc1:[1-2] - oxc2:[1-2]"], [node]);
        Assert.Equal("transmit fibre swapped with that of oxc1:2 - oxc2:2: what oxc1:1 transmits arrives at oxc2:2, where oxc1:2 should end", rows[0].Text);
        Assert.Equal("oxc1:1 > oxc2:2, oxc1:1 < oxc2:1", rows[0].Found[0].ToString());
        Assert.Equal(["oxc1:2", "oxc2:2"], rows[0].SwappedWith);

        var crossed = Check(["oxc1:[1-3] - oxc2:[1-3]"], [Node("oxc1", Link("oxc2", 1, 2, 3), Link("oxc2", 2, 2, 2), Link("oxc2", 3, 3, 1))]);
        Assert.Equal(
            "what oxc1:1 transmits arrives at oxc2:2, where oxc1:2 should end; receive fibre swapped with that of oxc1:3 - oxc2:3: what oxc1:1 receives comes from oxc2:3, where oxc1:3 should end",
            crossed[0].Text);
    }

    [Fact]
    public void Another_node_than_planned_is_wrong()
    {
        var node = Node("oxc1", Link("oxc3", 1, 7));
        Assert.Equal("oxc1:1 ends at oxc3:7, which is not in the plan", One("oxc1:1 - oxc2:*", node).Text);
        Assert.Equal("oxc1:1 ends at oxc3:7, which is not in the plan", One("oxc1:1 - oxc2:7", node).Text);
        Assert.Equal(CablingVerdict.Ok, One("oxc1:1 - oxc*:7", node).Verdict);
    }

    [Fact]
    public void Both_ends_tell_where_only_one_was_asked()
    {
        var row = One("oxc1:1 - oxc2:1", Node("oxc2", Link("oxc1", 1, 9)));
        Assert.Equal((CablingVerdict.Wrong, "oxc2:1 ends at oxc1:9, which is not in the plan"), (row.Verdict, row.Text));
    }

    [Fact]
    public void Silence_is_no_success()
    {
        var nodes = Pair(1, 2, null, null);
        var rows = Check(["oxc1:[1-4] - oxc2:[1-4]"], nodes);
        Assert.Equal([CablingVerdict.Ok, CablingVerdict.Ok, CablingVerdict.NotVerified, CablingVerdict.NotVerified], Verdicts(rows));
        Assert.Equal("verify it: lmp te-link verify to-oxc2, at oxc1", rows[2].Text);
        Assert.Equal(CablingVerdict.NotVerified, One("oxc1:1 - *:*", Node("oxc1", Link("oxc2", 1, null))).Verdict);
    }

    [Fact]
    public void One_fibre_verified_is_not_both()
    {
        var row = One("oxc1:1 - oxc2:1", Node("oxc1", Link("oxc2", 1, 1, null)), Node("oxc2", Link("oxc1", 1, null, 1)));
        Assert.Equal((CablingVerdict.NotVerified, "only the fibre from oxc1:1 to oxc2:1 was verified; verify it: lmp te-link verify to-oxc1, at oxc2"), (row.Verdict, row.Text));
        // Each end knows of one fibre: together they know of both.
        Assert.Equal(CablingVerdict.Ok, One("oxc1:1 - oxc2:1", Node("oxc1", Link("oxc2", 1, 1, null)), Node("oxc2", Link("oxc1", 1, 1, null))).Verdict);
    }

    [Fact]
    public void What_is_allocated_is_not_verified_but_what_was_found_before_counts()
    {
        var row = One("oxc1:1 - oxc2:1", Node("oxc1", Link("oxc2", 1, null) with { Allocated = true }));
        Assert.Equal((CablingVerdict.AllocatedNotVerified, "oxc1:1 is allocated; only free data links are verified"), (row.Verdict, row.Text));
        Assert.Equal(CablingVerdict.Ok, One("oxc1:1 - oxc2:1", Node("oxc1", Link("oxc2", 1, 1) with { Allocated = true })).Verdict);
    }

    [Fact]
    public void The_reason_why_a_data_link_is_down_is_told() =>
        Assert.Equal("oxc1:1: no Test message arrived", One("oxc1:1 - oxc2:1", Node("oxc1", Link("oxc2", 1, null) with { Reason = "no Test message arrived" })).Text);

    [Fact]
    public void A_port_that_the_node_does_not_have_is_missing()
    {
        var row = One("oxc1:8 - oxc2:9", Pair((uint?)null));
        Assert.Equal(CablingVerdict.Missing, row.Verdict);
        Assert.Equal("oxc1 has no data link, interface or Interface_Id 8; oxc2 has no data link, interface or Interface_Id 9", row.Text);
    }

    [Fact]
    public void What_is_found_and_not_planned_is_told_once()
    {
        var rows = Check(["oxc1:1 - oxc2:1"], Pair(1, 2));
        Assert.Equal([CablingVerdict.Ok, CablingVerdict.Unplanned], Verdicts(rows));
        Assert.Equal((null, "oxc1:to-oxc2-2 - oxc2:to-oxc1-2"), (rows[1].Planned, rows[1].Found[0].ToString()));
        // A cable at a planned port is told there.
        Assert.Equal([CablingVerdict.Wrong], Verdicts(Check(["oxc1:1 - oxc2:1"], Pair(2, null))));
        Assert.Equal([CablingVerdict.Ok], Verdicts(Check(["oxc1:1 - *:*"], Pair(1))));
    }

    [Fact]
    public void Links_between_nodes_that_were_not_asked_are_not_compared()
    {
        string[] plan = ["oxc1:1 - oxc2:1", "oxc3:1 - oxc4:1", "*:* - oxc3:2"];
        SilentNode[] silent = [new("oxc3", "no daemon answers")];
        var rows = Check(plan, [Node("oxc1", Link("oxc2", 1, 1))], silent);
        Assert.Equal([CablingVerdict.Ok, CablingVerdict.NotCompared, CablingVerdict.NotCompared], Verdicts(rows));
        Assert.Equal("oxc3 could not be asked: no daemon answers; oxc4 was not asked", rows[1].Text);
        Assert.Equal("oxc3 could not be asked: no daemon answers", rows[2].Text);
        Assert.Equal("1 of 3 planned links compared: 1 ok, 2 not compared.", CablingReport.Summary(rows));
        Assert.Equal([CablingVerdict.Ok], Verdicts(Check(plan[..2], [Node("oxc1", Link("oxc2", 1, 1))], silent, askedOnly: true)));
    }

    [Fact]
    public void A_port_under_two_names_is_an_error_that_names_both_lines()
    {
        var resolved = new ResolvedPlan(Plan("oxc1:1 - oxc2:1", "oxc1:eth1 - oxc2:2"), new FoundCabling(Pair(1, 2)));
        var error = Assert.Single(resolved.Errors);
        Assert.Equal((3, "oxc1:eth1 is the port that line 2 calls oxc1:1; a port takes one cable, remove one of lines 2 and 3"), (error.Line, error.Text));
    }

    [Fact]
    public void The_summary_counts()
    {
        Assert.Equal("All 3 links are as planned.", CablingReport.Summary(Check(["oxc1:[1-3] - oxc2:[1-3]"], Pair(1, 2, 3))));
        Assert.Equal(
            "4 of 5 planned links compared: 1 ok, 2 wrong, 1 missing, 1 not verified; 1 found that is not in the plan.",
            CablingReport.Summary(Check(["oxc1:[1-4,9] - oxc2:[1-4,9]"], Pair(2, 1, 3, null, 5))));
    }
}
