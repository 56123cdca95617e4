using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

public class DataLinkSectionTests
{
    [Fact]
    public void Little_has_to_be_said()
    {
        var dataLink = Reading.DataLink("-remote-id");

        Assert.Equal("te1-1", dataLink.Name);
        Assert.Equal(Identifier.Unnumbered(101), dataLink.LocalId);
        Assert.Null(dataLink.RemoteId);
        Assert.Null(dataLink.Interface);
        Assert.True(dataLink.Port);
        Assert.Null(dataLink.ComponentLink);
        Assert.Equal(0u, dataLink.Wavelength);
        Assert.Empty(dataLink.Srlg);
        Assert.Empty(dataLink.LinkGroups);
        Assert.Null(dataLink.Ber);
        Assert.Null(dataLink.SpanLength);
        Assert.Null(dataLink.OpticalProtection);
        Assert.Null(dataLink.AdministrativeGroup);
        Assert.Empty(dataLink.Channels);
    }

    [Fact]
    public void Properties_arrive()
    {
        var dataLink = Reading.DataLink("""
            interface: eth1
            port: false
            wavelength: 1550
            srlg: [ 0, 4294967295 ]
            link-groups: [ 7, 0x8 ]
            ber: 255
            span-length: 4294967295
            optical-protection: [ unprotected, shared, enhanced ]
            administrative-group: 0xFFFFFFFF
            channels: [ 1, 0x2, hex:0a0B0c, hex:00000003 ]
            """);

        Assert.Equal("eth1", dataLink.Interface);
        Assert.False(dataLink.Port);
        Assert.Equal(1550u, dataLink.Wavelength);
        Assert.Equal([0, 4294967295], dataLink.Srlg);
        Assert.Equal([7u, 8u], dataLink.LinkGroups);
        Assert.Equal((byte)255, dataLink.Ber);
        Assert.Equal(4294967295, dataLink.SpanLength);
        Assert.Equal(LinkProtection.Unprotected | LinkProtection.Shared | LinkProtection.Enhanced, dataLink.OpticalProtection);
        Assert.Equal(4294967295, dataLink.AdministrativeGroup);
        Assert.Equal(["1", "2", "hex:0a0b0c", "3"], dataLink.Channels.Select(c => c.ToString()));
    }

    [Theory]
    [InlineData("¶local-id: 101\n-name", "data link: name is missing; add it, such as name: te1-1")]
    [InlineData("name: ¶\"te1 1\"", "name: \"te1 1\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'")]
    [InlineData("¶name: te1-1\n-local-id", "data link: local-id is missing; add it, such as local-id: 1")]
    [InlineData("local-id: ¶0", "local-id: the id is zero, which stands for none (RFC 4204 §13.3, §13.4); write another")]
    [InlineData("remote-id: ¶0", "remote-id: the id is zero, which stands for none (RFC 4204 §13.3, §13.4); write another")]
    [Requirement("4204-13.4-1")]
    [Requirement("4204-13.4-2")]
    [Requirement("4204-13.12-1")]
    [Requirement("4204-13.12-2")]
    public void Interface_Ids_are_not_zero(string lines, string error) => Reading.Bad(Texts.DataLink(lines), error);

    [Theory]
    [InlineData("remote-id: ¶192.0.2.2", "remote-id: 192.0.2.2 is an IPv4 address, local-id 101 is an unnumbered id; both ends are of one type (RFC 4204 §4)")]
    [InlineData("local-id: 2001:db8::1\nremote-id: ¶201", "remote-id: 201 is an unnumbered id, local-id 2001:db8::1 is an IPv6 address; both ends are of one type (RFC 4204 §4)")]
    [Requirement("4204-4-3")]
    public void Interface_Ids_are_not_of_two_types(string lines, string error) => Reading.Bad(Texts.DataLink(lines), error);

    [Fact]
    [Requirement("4204-13.4-1")]
    [Requirement("4204-13.12-1")]
    public void Names_and_Interface_Ids_are_unique_over_all_TE_links() =>
        Reading.Bad(Texts.Neighbor("", Texts.List("te-links",
            "{name: te1, neighbor: oxc2, local-id: 1, data-links: [ {name: a, local-id: 1, remote-id: 1, bandwidth: 10Gbps} ]}",
            "{name: te2, neighbor: oxc2, local-id: 2, data-links: [ {name: ¶a, local-id: ¶1, remote-id: ¶1, bandwidth: 10Gbps} ]}")),
            "name: a is already used at line 2; each data link has a name of its own, over all TE links",
            "local-id: Interface_Id 1 is already used at line 2; each Interface_Id is unique within the node (RFC 4204 §13)",
            "remote-id: Interface_Id 1 of this neighbour is already used at line 2; it can be the other end once only (RFC 4204 §13)");

    [Theory]
    [InlineData("port: ¶no", "port: \"no\" is not a truth value; write one of true, false")]
    [InlineData("wavelength: ¶1550nm", "wavelength: \"1550nm\" is not a number from 0 to 4294967295; write it in decimal, or in hexadecimal after 0x")]
    [InlineData("srlg: ¶11", "srlg: a list is expected here, not a single value; put it in [ ]")]
    [InlineData("srlg: [ 11, ¶-22 ]", "srlg: \"-22\" is not a number from 0 to 4294967295; write it in decimal, or in hexadecimal after 0x")]
    [InlineData("srlg: [ 11, 22, ¶0xb ]", "srlg: 11 is in the list twice; remove one")]
    [InlineData("srlg: [ 11, ¶[ 22 ] ]", "srlg: a single value is expected here, not a list; put a value that begins with [ in quotes")]
    [InlineData("link-groups: [ ¶0xFFFFFFFF ]", "link-groups: 0xFFFFFFFF stands for all data links of the TE link (RFC 4209 §2.3.1); remove it, every data link belongs to that group")]
    [InlineData("link-groups: [ 7, ¶7 ]", "link-groups: 7 is in the list twice; remove one")]
    [InlineData("ber: ¶256", "ber: \"256\" is not an exponent from 0 to 255; for a bit error rate of 1e-13 write 13")]
    [InlineData("ber: ¶1e-13", "ber: \"1e-13\" is not an exponent from 0 to 255; for a bit error rate of 1e-13 write 13")]
    [InlineData("span-length: ¶80km", "span-length: \"80km\" is not a number from 0 to 4294967295; write it in decimal, or in hexadecimal after 0x")]
    [InlineData("optical-protection: [ ¶dedicated ]", "optical-protection: \"dedicated\" is not a link protection; they are extra-traffic, unprotected, shared, dedicated-1to1, dedicated-1plus1, enhanced")]
    [InlineData("optical-protection: [ ¶dedicated-1+1 ]", "optical-protection: \"dedicated-1+1\" is not a link protection; did you mean dedicated-1plus1?")]
    [InlineData("optical-protection: [ ¶\"Dedicated 1:1\" ]", "optical-protection: \"Dedicated 1:1\" is not a link protection; did you mean dedicated-1to1?")]
    [InlineData("administrative-group: ¶0x", "administrative-group: \"0x\" is not a number from 0 to 4294967295; write it in decimal, or in hexadecimal after 0x")]
    [InlineData("administrative-group: ¶red", "administrative-group: \"red\" is not a number from 0 to 4294967295; write it in decimal, or in hexadecimal after 0x")]
    [InlineData("channels: [ 1, ¶1 ]", "channels: 1 is in the list twice; remove one")]
    [InlineData("channels: [ 1, ¶hex:00000001 ]", "channels: 1 is in the list twice; remove one")]
    [InlineData("channels: [ ¶hex:0a0 ]", "channels: \"hex:0a0\" is not a label; after hex: write 1 to 251 bytes, two hexadecimal digits each")]
    [InlineData("channels: [ ¶hex:zz ]", "channels: \"hex:zz\" is not a label; after hex: write 1 to 251 bytes, two hexadecimal digits each")]
    [InlineData("channels: [ ¶red ]", "channels: \"red\" is not a number from 0 to 4294967295; write it in decimal, or in hexadecimal after 0x; labels that are not 4 bytes long as bytes, such as hex:0a0b0c")]
    public void Properties_are_numbers_and_words(string lines, string error) => Reading.Bad(Texts.DataLink(lines), error);

    [Fact]
    public void Data_channels_that_do_not_fit_one_message_are_too_many()
    {
        Reading.Good(Texts.DataLink($"channels: [ {string.Join(", ", Enumerable.Range(0, 8183))} ]"));
        Reading.Bad(Texts.DataLink($"¶channels: [ {string.Join(", ", Enumerable.Range(0, 8184))} ]"),
            "channels: the ConfirmDataChannelStatus of 8,184 data channels has 65,512 bytes, a UDP datagram at most 65,507; spread them over several data links");
    }

    [Fact]
    public void The_linux_data_plane_needs_interfaces()
    {
        Assert.Equal("eth1", Reading.Good(Texts.DataLink("interface: eth1", "data-plane: linux")).Node.TeLinks[0].DataLinks[0].Interface);

        Reading.Bad(Texts.DataLink("¶name: te1-1", "data-plane: linux"),
            "data link: interface is missing, with data-plane linux each data link is one; add it, such as interface: eth1");
        Reading.Bad(Texts.TeLink("""
            data-links:
              - {name: a, local-id: 1, interface: eth1, bandwidth: 10Gbps}
              - {name: b, local-id: 2, interface: ¶eth1, bandwidth: 10Gbps}
            """, "data-plane: linux"),
            "interface: eth1 is already used at line 10; two data links on one interface are sub-channels of one component-link");
    }
}
