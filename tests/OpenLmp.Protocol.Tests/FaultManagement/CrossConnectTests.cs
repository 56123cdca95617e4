// RFC 4204 §6.2: which data link continues on which.
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class CrossConnectTests
{
    private readonly LinkPartner _node = new(NodeA(Link("te1-1", 101, 201), Link("te1-2", 102, 202), Link("te1-3", 103, 203)));

    private IEnumerable<string> Known => _node.Node.CrossConnects.Select(c => c.ToString());

    [Fact]
    public void They_are_added_and_removed_whichever_end_is_named_first()
    {
        Assert.Equal(CommandStatus.Ok, _node.Node.AddCrossConnect(_node.Now, "te1-2", "te1-1").Status);
        Assert.Equal(["te1-1 - te1-2"], Known);
        Assert.Equal((_node.Links[1], _node.Links[0], null), (_node.Links[0].ContinuesOn, _node.Links[1].ContinuesOn, _node.Links[2].ContinuesOn));
        Assert.Equal(CommandStatus.Ok, _node.Node.AddCrossConnect(_node.Now, "te1-1", "te1-2").Status);
        Assert.Equal(CommandStatus.Ok, _node.Node.RemoveCrossConnect(_node.Now, "te1-1", "te1-2").Status);
        Assert.Empty(Known);
        Assert.All(_node.Links, l => Assert.Null(l.ContinuesOn));
        Assert.Equal(
            [(typeof(CrossConnectAdded), "te1-1 - te1-2"), (typeof(CrossConnectRemoved), "te1-1 - te1-2")],
            _node.Events.Where(e => e is CrossConnectAdded or CrossConnectRemoved)
                .Select(e => (e.GetType(), (e as CrossConnectAdded)?.CrossConnect.ToString() ?? ((CrossConnectRemoved)e).CrossConnect.ToString())));
    }

    [Fact]
    public void What_cannot_be_is_refused_with_the_next_step()
    {
        _node.Node.AddCrossConnect(_node.Now, "te1-1", "te1-2");
        Assert.Equal(
            CommandResult.Conflict("te1-2 continues on te1-1; lmp cross-connect remove te1-2 te1-1 first"), _node.Node.AddCrossConnect(_node.Now, "te1-3", "te1-2"));
        Assert.Equal(CommandResult.Conflict("te1-3 cannot continue on itself"), _node.Node.AddCrossConnect(_node.Now, "te1-3", "te1-3"));
        Assert.Equal(CommandResult.NotFound("there is no data link x"), _node.Node.AddCrossConnect(_node.Now, "te1-3", "x"));
        Assert.Equal(CommandStatus.NotFound, _node.Node.RemoveCrossConnect(_node.Now, "te1-1", "te1-3").Status);
        Assert.Equal(["te1-1 - te1-2"], Known);
    }

    [Fact]
    public void One_way_what_comes_in_and_what_goes_out_may_lead_elsewhere()
    {
        foreach (var (a, b) in ((string, string)[])[("te1-2", "te1-1"), ("te1-1", "te1-3")])
            Assert.Equal(CommandStatus.Ok, _node.Node.AddCrossConnect(_node.Now, a, b, oneWay: true).Status);
        Assert.Equal(["te1-1 -> te1-3", "te1-2 -> te1-1"], Known);
        Assert.Equal((_node.Links[2], _node.Links[1]), (_node.Links[0].ContinuesOn, _node.Links[0].ComesFrom));
        Assert.Equal((_node.Links[0], null), (_node.Links[1].ContinuesOn, _node.Links[1].ComesFrom));
        Assert.Equal((null, _node.Links[0]), (_node.Links[2].ContinuesOn, _node.Links[2].ComesFrom));

        Assert.Equal("te1-2 -> te1-1: cross-connected already", _node.Node.AddCrossConnect(_node.Now, "te1-2", "te1-1", oneWay: true).Text);
        Assert.Equal(
            CommandResult.Conflict("te1-2 continues on te1-1; lmp cross-connect remove te1-2 te1-1 first"), _node.Node.AddCrossConnect(_node.Now, "te1-2", "te1-3", oneWay: true));
        Assert.Equal(
            CommandResult.Conflict("te1-1 sends what comes in on te1-2; lmp cross-connect remove te1-2 te1-1 first"), _node.Node.AddCrossConnect(_node.Now, "te1-3", "te1-1", oneWay: true));
        Assert.Equal(CommandStatus.Conflict, _node.Node.AddCrossConnect(_node.Now, "te1-1", "te1-2").Status);

        // There and back by themselves: of the two, the one that is named goes.
        Assert.Equal("te1-1 -> te1-3: removed", _node.Node.RemoveCrossConnect(_node.Now, "te1-3", "te1-1").Text);
        Assert.Equal(CommandStatus.Ok, _node.Node.AddCrossConnect(_node.Now, "te1-1", "te1-2", oneWay: true).Status);
        Assert.Equal("te1-1 -> te1-2: removed", _node.Node.RemoveCrossConnect(_node.Now, "te1-1", "te1-2").Text);
        Assert.Equal(["te1-2 -> te1-1"], Known);
        Assert.Equal((null, _node.Links[1]), (_node.Links[0].ContinuesOn, _node.Links[0].ComesFrom));
        Assert.Equal((_node.Links[0], null), (_node.Links[1].ContinuesOn, _node.Links[1].ComesFrom));
    }

    [Fact]
    public void They_survive_a_reconfiguration_as_long_as_both_ends_do()
    {
        _node.Node.AddCrossConnect(_node.Now, "te1-1", "te1-2");
        // The TE link's own id changes: its data links are made anew.
        _node.Reconfigure(NodeA(t => t with { LocalId = Wire.Identifier.Unnumbered(9), DataLinks = [Link("te1-1", 101, 201), Link("te1-2", 102, 202)] }));
        Assert.Equal(["te1-1 - te1-2"], Known);
        Assert.Equal((_node.Links[1], _node.Links[0]), (_node.Links[0].ContinuesOn, _node.Links[1].ContinuesOn));

        _node.Reconfigure(NodeA(t => t with { LocalId = Wire.Identifier.Unnumbered(9), DataLinks = [Link("te1-1", 101, 201)] }));
        Assert.Empty(Known);
        Assert.Null(_node.Links[0].ContinuesOn);
        // Told once, as what it is.
        Assert.Equal("a data link of it is no longer configured", Assert.Single(_node.Events.OfType<CrossConnectRemoved>()).Reason);
        Assert.DoesNotContain(_node.Events.OfType<RetainedForgotten>(), e => e.Object.Contains("te1-1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_that_is_no_longer_configured_takes_its_faults_along()
    {
        var line = new LightLine(2, links: 2);
        line.Cut(1, link: 1);
        line.Network.RunMs(2_000);
        line.Cut(1, link: 2);
        line.Network.RunMs(100);
        var node = line[1].Node;
        Assert.Contains("n1 FaultLocalized east-1", line.Raised);
        var te = node.Configuration.TeLinks[0];
        node.Reconfigure(line.Network.Now, node.Configuration with { TeLinks = [te with { DataLinks = [te.DataLinks[1]] }] });
        line.Network.RunMs(1000);
        Assert.Equal(["n1 FaultLocalized east-2"], line.Raised.Where(r => r.StartsWith("n1 ", StringComparison.Ordinal)));
    }
}
