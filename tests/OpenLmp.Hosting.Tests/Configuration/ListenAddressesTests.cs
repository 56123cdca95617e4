using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

public class ListenAddressesTests
{
    [Theory]
    [InlineData("10.0.0.1:701 0.0.0.0:701", "10.0.0.1:701", "10.0.0.1:701")] // The first in the list, not the nearest.
    [InlineData("0.0.0.0:701 10.0.0.1:701", "10.0.0.1:701", "0.0.0.0:701")]
    [InlineData("10.0.0.2:701 10.0.0.1:701", "0.0.0.0:701", "10.0.0.2:701")]
    [InlineData("10.0.0.1:701 10.0.0.1:702", "10.0.0.1:702", "10.0.0.1:702")]
    [InlineData("0.0.0.0:701 [::]:702 10.0.0.1:703", "10.0.0.1:702", null)]
    [InlineData("10.0.0.1:701 [::1]:701", "10.0.0.2:701", null)]
    [InlineData("", "0.0.0.0:701", null)]
    public void What_overlaps_is_told_by_the_first_in_the_list(string listen, string endpoint, string? overlapped) =>
        Assert.Equal(overlapped is null ? null : Endpoint(overlapped), Listening(listen).Overlapped(Endpoint(endpoint)));

    [Fact]
    public void An_address_has_its_ports_in_the_order_of_the_list()
    {
        var listen = Listening("10.0.0.1:703 0.0.0.0:704 10.0.0.1:701 [::]:702");
        var address = Endpoint("10.0.0.1:1").Address;
        Assert.Equal(new ushort[] { 703, 701 }, listen.PortsOf(address, 0));
        Assert.Equal(new ushort[] { 701 }, listen.PortsOf(address, 701));
        Assert.Empty(listen.PortsOf(address, 704));
        Assert.Equal(new ushort[] { 704 }, listen.PortsOf(ListenAddresses.Any(isIPv6: false), 0));
        Assert.Equal(new ushort[] { 702 }, listen.PortsOf(ListenAddresses.Any(isIPv6: true), 702));
        Assert.True(listen.Contains(Endpoint("10.0.0.1:701")));
        Assert.False(listen.Contains(Endpoint("10.0.0.1:704")));
    }

    private static ListenAddresses Listening(string endpoints)
    {
        var listen = new ListenAddresses();
        foreach (var endpoint in endpoints.Split(' ', StringSplitOptions.RemoveEmptyEntries)) listen.Add(Endpoint(endpoint));
        return listen;
    }

    private static NetworkEndpoint Endpoint(string text)
    {
        Assert.True(NetworkEndpoint.TryParse(text, NetworkEndpoint.LmpPort, out var endpoint));
        return endpoint;
    }
}
