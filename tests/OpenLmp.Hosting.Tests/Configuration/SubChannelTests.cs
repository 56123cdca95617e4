namespace OpenLmp.Hosting.Tests;

public class SubChannelTests
{
    [Theory]
    [InlineData("data-plane: external")]
    [InlineData("data-plane: linux")]
    [Requirement("4204-1-1")]
    public void Sub_channels_of_a_component_link_are_data_links(string dataPlane)
    {
        var dataLinks = Reading.Good(Texts.TeLink("""
            data-links:
              - {name: sts-1, local-id: 1, component-link: oc192-1, interface: eth1, bandwidth: 2.5Gbps}
              - {name: sts-2, local-id: 2, component-link: oc192-1, interface: eth1, bandwidth: 2.5Gbps}
              - {name: sts-3, local-id: 3, component-link: oc192-2, interface: eth2, bandwidth: 2.5Gbps}
            """, dataPlane)).Node.TeLinks[0].DataLinks;

        Assert.Equal(["oc192-1", "oc192-1", "oc192-2"], dataLinks.Select(d => d.ComponentLink));
    }

    [Fact]
    public void A_component_link_is_not_called_as_a_data_link() =>
        Reading.Bad(Texts.TeLink("""
            data-links:
              - {name: a, local-id: 1, component-link: ¶b, bandwidth: 2.5Gbps}
              - {name: b, local-id: 2, component-link: ¶b, bandwidth: 2.5Gbps}
              - {name: c, local-id: 3, component-link: ¶"d/e", bandwidth: 2.5Gbps}
            """),
            "component-link: b is the name of the data link at line 10; give the component link another",
            "component-link: b is the name of the data link at line 10; give the component link another",
            "component-link: \"d/e\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'");

    [Fact]
    public void Sub_channels_are_on_the_interface_of_their_component_link() =>
        Reading.Bad(Texts.TeLink("""
            data-links:
              - {name: a, local-id: 1, component-link: x, interface: eth1, bandwidth: 2.5Gbps}
              - {name: b, local-id: 2, component-link: x, interface: ¶eth2, bandwidth: 2.5Gbps}
              - {name: c, local-id: 3, component-link: y, interface: ¶eth1, bandwidth: 2.5Gbps}
            """, "data-plane: linux"),
            "interface: component link x is eth1 at line 10; its sub-channels are on one interface",
            "interface: eth1 is already used at line 10; two data links on one interface are sub-channels of one component-link");
}
