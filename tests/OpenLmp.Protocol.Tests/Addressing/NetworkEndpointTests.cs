// RFC 4204 §9
using System.Net;

namespace OpenLmp.Protocol.Tests.Addressing;

public class NetworkEndpointTests
{
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", 701)]
    [InlineData("10.0.0.1:7011", "10.0.0.1", 7011)]
    [InlineData("2001:db8::1", "2001:db8::1", 701)]
    [InlineData("[2001:db8::1]", "2001:db8::1", 701)]
    [InlineData("[2001:db8::1]:7011", "2001:db8::1", 7011)]
    [InlineData("fe80::1%3", "fe80::1%3", 701)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", 701)]
    [InlineData("224.0.0.1", "224.0.0.1", 701)]
    [InlineData("ff02::1", "ff02::1", 701)]
    [InlineData("255.255.255.255", "255.255.255.255", 701)]
    public void Addresses_with_and_without_a_port_are_read(string text, string address, int port)
    {
        Assert.True(NetworkEndpoint.TryParse(text, NetworkEndpoint.LmpPort, out var endpoint), text);
        Assert.Equal((address, port), (endpoint.Address.ToString(), endpoint.Port));
        Assert.True(NetworkEndpoint.TryParse(endpoint.ToString(), NetworkEndpoint.LmpPort, out var again));
        Assert.Equal(endpoint, again);
        Assert.Equal(endpoint.Address, NetworkAddress.From(endpoint.Address.ToIPAddress()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.1:")]
    [InlineData("10.0.0.1:0")]
    [InlineData("10.0.0.1:65536")]
    [InlineData("[2001:db8::1]:0")]
    [InlineData("2001:db8::1::2")]
    [InlineData("oxc2")]
    [InlineData("[10.0.0.1]")]
    [InlineData("[2001:db8::1")]
    [InlineData("10.0.0.1 ")]
    public void What_is_no_address_is_not_read(string text) =>
        Assert.False(NetworkEndpoint.TryParse(text, NetworkEndpoint.LmpPort, out _));

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1:7011", "10.0.0.1:7011")]
    [InlineData("[2001:db8::1]:701", "2001:db8::1")]
    [InlineData("[2001:db8::1]:7011", "[2001:db8::1]:7011")]
    public void The_port_is_shown_where_it_is_not_701(string text, string shown) => Assert.Equal(shown, Configurations.At(text).ToString());

    [Theory]
    [InlineData("223.255.255.255", false)]
    [InlineData("224.0.0.1", true)]
    [InlineData("239.255.255.255", true)]
    [InlineData("240.0.0.1", false)]
    [InlineData("ff02::1", true)]
    [InlineData("fe80::1", false)]
    public void Multicast_addresses_are_known(string text, bool multicast) => Assert.Equal(multicast, Configurations.At(text).Address.IsMulticast);

    [Fact]
    public void The_well_known_addresses_are_the_RFCs()
    {
        Assert.Equal("224.0.0.1", NetworkAddress.AllNodesIPv4.ToString());
        Assert.Equal("ff02::1", NetworkAddress.AllNodesIPv6.ToString());
        Assert.True(NetworkAddress.From(IPAddress.Any).IsAny);
        Assert.True(NetworkAddress.From(IPAddress.IPv6Any).IsAny);
        Assert.NotEqual(Configurations.At("fe80::1%3").Address, Configurations.At("fe80::1%4").Address);
    }
}
