// RFC 4204 §1: component links and their sub-channels as data links
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

[Requirement("4204-1-1")]
public class ComponentLinkTests
{
    private static DataLinkConfiguration SubChannel(uint number, string component) =>
        Link($"te1-{number}", 100 + number, 200 + number) with { Port = false, ComponentLink = component, Capabilities = [new(SwitchingType.Tdm, EncodingType.Sdh, Gbps(2.5), Gbps(2.5))] };

    [Fact]
    public void Sub_channels_are_listed_as_data_links_of_their_own()
    {
        var node = new LinkPartner(NodeA(SubChannel(1, "oc192-1"), SubChannel(2, "oc192-1"), Link("te1-3", 103, 203)));
        Assert.Equal([(101u, DataLinkFlags.None), (102u, DataLinkFlags.None), (103u, DataLinkFlags.Port)], node.LastSummary.DataLinks.Select(d => ((uint)d.LocalInterfaceId.Value, d.Flags)));
        node.Ack();
        Assert.Equal(CommandStatus.Ok, node.Node.Allocate(node.Now, ["te1-2"]).Status);
        Assert.Equal([DataLinkState.UpFree, DataLinkState.UpAlloc, DataLinkState.UpFree], node.Links.Select(l => l.State));
    }

    [Fact]
    public void A_signal_of_a_component_link_is_that_of_each_of_its_sub_channels()
    {
        var other = Te("b", 3, 4) with { Name = "te2", DataLinks = [SubChannel(9, "oc192-1")] };
        var node = new LinkPartner(NodeA(NodeA().TeLinks[0] with { DataLinks = [SubChannel(1, "oc192-1"), SubChannel(2, "oc192-2"), SubChannel(3, "oc192-1")] }, other));
        Assert.Equal(CommandStatus.Ok, node.Node.ReportSignal(node.Now, ["oc192-1"], SignalState.Fail).Status);
        Assert.Equal(["te1-1 Fail", "te1-2 Unknown", "te1-3 Fail", "te1-9 Fail"], node.Node.TeLinks.SelectMany(t => t.DataLinks).Select(l => $"{l.Name} {l.Signal}"));

        // A sub-channel can be spoken of alone, too.
        node.Node.ReportSignal(node.Now, ["te1-3"], SignalState.Ok);
        Assert.Equal([SignalState.Fail, SignalState.Unknown, SignalState.Ok], node.Links.Select(l => l.Signal));
    }

    [Fact]
    public void A_reconfiguration_moves_sub_channels_to_another_component_link()
    {
        var node = new LinkPartner(NodeA(SubChannel(1, "oc192-1"), SubChannel(2, "oc192-1")));
        node.Reconfigure(NodeA(SubChannel(1, "oc192-1"), SubChannel(2, "oc192-2")));
        node.Node.ReportSignal(node.Now, ["oc192-2"], SignalState.Degrade);
        Assert.Equal([SignalState.Unknown, SignalState.Degrade], node.Links.Select(l => l.Signal));
        node.Reconfigure(NodeA(SubChannel(1, "oc192-1")));
        Assert.Equal(CommandStatus.NotFound, node.Node.ReportSignal(node.Now, ["oc192-2"], SignalState.Fail).Status);
    }

    [Fact]
    public void Whether_a_data_link_is_a_port_or_a_component_link_each_end_knows_for_itself()
    {
        // §1: "a data link may be considered by each node that it terminates on as either a 'port' or a 'component link'".
        var (network, a, b) = Pair(NodeA(), NodeB(t => t with { DataLinks = [.. t.DataLinks.Select(l => l with { Port = false })] }));
        network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
        Assert.Empty(a.RaisedAlarms());
        Assert.Empty(b.RaisedAlarms());
        Assert.All(a.TeLink.DataLinks.Concat(b.TeLink.DataLinks), l => Assert.Equal(DataLinkState.UpFree, l.State));
    }
}
