// RFC 4204 §3.2.4: the last control channel is lost, the traffic is not.
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class DegradedTests
{
    private readonly StatusPartner _b = new(channels: 2);

    private IEnumerable<bool> Availability => _b.Node.Events.OfType<TeLinkAvailabilityChanged>().Select(e => e.AcceptsConnections);

    [Fact]
    [Requirement("4204-3.2.4-1")]
    public void Without_any_control_channel_nothing_is_unreserved_no_connection_accepted_and_no_allocation_touched()
    {
        Assert.True(_b.Node.TeLink.AcceptsConnections);
        Assert.Equal(2 * 1.25e9, _b.Node.TeLink.UnreservedBandwidth);
        _b.Node.Node.Allocate(_b.Node.Now, ["te1-1"]);
        Assert.Equal(1.25e9, _b.Node.TeLink.UnreservedBandwidth);
        _b.Node.Events.Clear();

        _b.Node.TransportDown(0);
        _b.Node.TransportDown(1);
        Assert.Equal(TeLinkState.Degraded, _b.Node.TeLink.State);
        Assert.Equal((false, 0.0), (_b.Node.TeLink.AcceptsConnections, _b.Node.TeLink.UnreservedBandwidth));
        Assert.Equal([false], Availability);
        Assert.Contains("Degraded, new connections are not accepted", _b.Node.Node.Allocate(_b.Node.Now, ["te1-2"]).Text, StringComparison.Ordinal);
        _b.RunMs(24 * 3_600_000);
        Assert.Equal([DataLinkState.UpAlloc, DataLinkState.UpFree], _b.Node.Links.Select(l => l.State));
        // What is allocated may be released all the same.
        Assert.Equal(CommandStatus.Ok, _b.Node.Node.Release(_b.Node.Now, ["te1-1"]).Status);
        Assert.Equal(CommandStatus.Conflict, _b.Node.Node.Summarize(_b.Node.Now, "te1").Status);

        _b.Node.TransportUp();
        Assert.Equal(TeLinkState.Up, _b.Node.TeLink.State);
        Assert.Equal([false, true], Availability);
        Assert.Equal(2 * 1.25e9, _b.Node.TeLink.UnreservedBandwidth);
    }

    [Fact]
    public void One_control_channel_that_takes_over_from_another_changes_nothing()
    {
        _b.Node.Events.Clear();
        for (var i = 0; i < 5; i++)
        {
            _b.Node.TransportDown(i % 2);
            _b.RunMs(100);
            _b.Node.TransportUp();
            _b.RunMs(100);
        }

        Assert.DoesNotContain(_b.Node.Events, e => e is TeLinkStateChanged or TeLinkAvailabilityChanged or AdjacencyChanged or DataLinkStateChanged);
    }

    [Fact]
    public void Signals_still_count_while_Degraded()
    {
        _b.Node.TransportDown(0);
        _b.Node.TransportDown(1);
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        Assert.Equal("te1-1: no usable signal is received from b", _b.Node.AlarmText(AlarmKind.SignalFail, "te1-1"));
        Assert.Equal(DataLinkState.Down, _b.Link.State);
        Assert.Empty(_b.Statuses);
    }

    [Fact]
    public void A_TE_link_without_adjacency_was_never_available()
    {
        var node = new LinkPartner(NodeA(), start: false);
        Assert.False(node.TeLink.AcceptsConnections);
        Assert.Empty(node.Events.OfType<TeLinkAvailabilityChanged>());
    }

    [Fact]
    public void A_TE_link_is_available_once_both_ends_agree_about_it()
    {
        var (told, up) = (_b.Node.Events.FindIndex(e => e is TeLinkAvailabilityChanged), _b.Node.Events.FindIndex(e => e is TeLinkStateChanged { To: TeLinkState.Up }));
        Assert.Equal([true], Availability);
        Assert.Equal(up + 1, told);
    }
}
