// RFC 4209 §2.3: what an optical line system announces of a data link.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests;

public class WdmPropertiesTests
{
    private static readonly WdmProperties Everything = new()
    {
        Srlg = [11, 22],
        LinkGroups = [7, 0x80000001],
        Ber = 13,
        SpanLength = 80_000,
        OpticalProtection = LinkProtection.Dedicated1Plus1,
        AdministrativeGroup = 5,
    };

    private static DataLinkConfiguration Announcing(DataLinkConfiguration link, WdmProperties p) => link with
    {
        Srlg = p.Srlg,
        LinkGroups = p.LinkGroups,
        Ber = p.Ber,
        SpanLength = p.SpanLength,
        OpticalProtection = p.OpticalProtection,
        AdministrativeGroup = p.AdministrativeGroup,
    };

    // Node B, the line system, announces of its first data link what is given.
    private static (VirtualNetwork Network, VirtualNode A, VirtualNode B) Pair(WdmProperties announced, bool wdm = true)
    {
        var network = new VirtualNetwork();
        var b = B(teLink: t => t with { DataLinks = [Announcing(t.DataLinks[0], announced), t.DataLinks[1]] });
        var pair = (network, network.Add(With(A(), wdm ? WdmRole.Ols : WdmRole.None)), network.Add(With(b, wdm ? WdmRole.Peer : WdmRole.None)));
        network.RunUntil(() => network.Nodes.All(n => n.TeLink.State == TeLinkState.Up), "TE links up");
        network.RunMs(1000);
        return pair;
    }

    private static NodeConfiguration With(NodeConfiguration configuration, WdmRole wdm) =>
        configuration with { Neighbors = [configuration.Neighbors[0] with { Wdm = wdm }] };

    [Fact, Requirement("4209-2.3-1")]
    public void All_six_are_told_byte_for_byte_after_RFC_4204s()
    {
        var link = LinkSummaryBuilder.DataLink(
            Announcing(Link("x", 101, 201), Everything) with { Wavelength = 9 }, Identifier.Unnumbered(201), [], false, false, false, wdm: true);
        var bytes = new byte[link.Length];
        var writer = new LmpWriter(bytes);
        link.Write(ref writer);
        Assert.Equal(
            "030c004c" + "01000000" + "00000065" + "000000c9"
            + "0208000000000009"
            + "0308000000000007" + "0308000080000001"
            + "040c00000000000b00000016"
            + "05040d00"
            + "06040010"
            + "0708000000013880"
            + "0808000000000005",
            Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void What_the_line_system_announces_is_known_at_the_peer_node()
    {
        var (_, a, b) = Pair(Everything);
        Assert.Equal(Everything, a.TeLink.DataLinks[0].RemoteProperties);
        Assert.Equal(Everything, a.TeLink.DataLinks[0].Properties);
        Assert.Equal(new WdmProperties(), a.TeLink.DataLinks[1].RemoteProperties);
        Assert.Equal(new WdmProperties(), b.TeLink.DataLinks[0].RemoteProperties);
        Assert.Equal(Everything, b.TeLink.DataLinks[0].Properties);
        Assert.DoesNotContain(a.Node.Alarms.All, x => x.State != AlarmState.Cleared);
    }

    [Fact]
    public void Values_of_zero_are_values_and_many_groups_take_several_subobjects()
    {
        var odd = new WdmProperties
        {
            Srlg = [.. Enumerable.Range(1, 150).Select(i => (uint)i)],
            Ber = 0,
            SpanLength = 0,
            OpticalProtection = LinkProtection.None,
            AdministrativeGroup = 0,
        };
        var (_, a, b) = Pair(odd);
        Assert.Equal(odd, a.TeLink.DataLinks[0].RemoteProperties);
        var summary = (LinkSummaryMessage)b.SentOf(MessageType.LinkSummary).First().Message!;
        Assert.Equal([62, 62, 26], summary.DataLinks.First().Subobjects.OfType<Srlg>().Select(s => s.Values.Count));
        Assert.Equal(LinkSummaryBuilder.EncodedLength(b.Node.Configuration.TeLinks[0], wdm: true), b.SentOf(MessageType.LinkSummary).First().Bytes.Length);
    }

    [Fact]
    public void Without_a_WDM_session_nothing_of_it_is_told()
    {
        var (_, a, b) = Pair(Everything, wdm: false);
        Assert.All(b.SentOf(MessageType.LinkSummary), d => Assert.All(((LinkSummaryMessage)d.Message!).DataLinks, l => Assert.Single(l.Subobjects)));
        Assert.Null(a.TeLink.DataLinks[0].RemoteProperties);
        Assert.Equal(LinkSummaryBuilder.EncodedLength(b.Node.Configuration.TeLinks[0]), b.SentOf(MessageType.LinkSummary).First().Bytes.Length);
    }

    [Fact]
    public void A_change_is_announced_and_its_end_too()
    {
        var (network, a, b) = Pair(Everything);
        var changed = Everything with { Ber = 9, Srlg = [33] };
        Announce(changed);
        network.RunUntil(() => a.TeLink.DataLinks[0].RemoteProperties == changed, "changed");
        Announce(new WdmProperties());
        network.RunUntil(() => a.TeLink.DataLinks[0].RemoteProperties == new WdmProperties(), "withdrawn");

        void Announce(WdmProperties properties)
        {
            var te = b.Node.Configuration.TeLinks[0];
            b.Node.Reconfigure(network.Now, b.Node.Configuration with { TeLinks = [te with { DataLinks = [Announcing(te.DataLinks[0], properties), te.DataLinks[1]] }] });
        }
    }

    [Fact]
    public void What_the_neighbour_announces_goes_before_what_is_configured_property_by_property()
    {
        var own = Everything with { SpanLength = 1, LinkGroups = [1] };
        var announced = new WdmProperties { SpanLength = 2, LinkGroups = [2] };
        Assert.Equal(own with { SpanLength = 2, LinkGroups = [2] }, announced.Or(own));
    }
}
