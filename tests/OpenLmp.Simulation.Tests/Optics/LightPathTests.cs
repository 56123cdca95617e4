// RFC 4204 §6.3, Figure 2
using static OpenLmp.Protocol.SignalState;

namespace OpenLmp.Simulation.Tests;

/// <summary>Four nodes in a line and a light path through them: 1:e - 2:w, 2:e - 3:w, 3:e - 4:w; nodes 2 and 3 are transparent.</summary>
public class LightPathTests
{
    private readonly OpticalPlane _plane = new();
    private readonly OpticalPort[] _east;
    private readonly OpticalPort[] _west;

    public LightPathTests()
    {
        _west = [.. Enumerable.Range(1, 4).Select(n => _plane.AddPort($"{n}", "w"))];
        _east = [.. Enumerable.Range(1, 4).Select(n => _plane.AddPort($"{n}", "e"))];
        for (var n = 0; n < 3; n++) _plane.Patch(_east[n], _west[n + 1]);
        _plane.CrossConnect(_west[1], _east[1]);
        _plane.CrossConnect(_west[2], _east[2]);
    }

    private Fibre EastOf(int node) => _east[node - 1].Outgoing!;

    private Fibre WestOf(int node) => _west[node - 1].Outgoing!;

    private string Dark => string.Join(" ", _plane.Ports.Where(p => p.Incoming is not null && p.Received == Fail).Select(p => p.ToString()));

    [Fact]
    public void Light_passes_the_nodes_between() => Assert.Equal("", Dark);

    [Fact]
    public void Figure_2a_a_failure_of_one_direction_is_seen_downstream_only()
    {
        Assert.Equal([new SignalChange(_west[3], Ok, Fail)], _plane.Cut(EastOf(3)));
        Assert.Equal("4:w", Dark);
    }

    [Fact]
    public void Figure_2b_a_cut_of_both_directions_is_seen_downstream_both_ways_at_every_node()
    {
        var changes = _plane.Cut(EastOf(2), WestOf(3));
        Assert.Equal([_west[2], _west[3], _east[1], _east[0]], changes.Select(c => c.Port));
        Assert.All(changes, c => Assert.Equal((Ok, Fail), (c.From, c.To)));
        Assert.Equal(4, _plane.Repair(EastOf(2), WestOf(3)).Count);
        Assert.Equal("", Dark);
    }

    [Fact]
    public void A_transmitter_that_fails_lets_nothing_pass_its_cross_connect()
    {
        Assert.Equal([_west[2], _west[3]], _plane.SetTransmitters(work: false, _east[1]).Select(c => c.Port));
        Assert.Null(_plane.EndOfLight(_east[0]));
        Assert.Equal(2, _plane.SetTransmitters(work: true, _east[1]).Count);
        Assert.Equal("", Dark);
    }

    [Fact]
    public void A_port_that_is_kept_lit_has_light_of_its_own_while_a_test_ends_what_its_cross_connect_brings()
    {
        _plane.KeepLit(_east[1], lit: true);
        Assert.Empty(_plane.SetTestMode(_west[1], transmit: false, receive: true));
        Assert.Equal(_east[1], _plane.BeginningOfLight(_west[3]));
        Assert.Equal([_west[2], _west[3]], _plane.KeepLit(_east[1], lit: false).Select(c => c.Port));
    }

    [Fact]
    public void Light_is_that_of_the_port_where_it_begins_at_every_receiver_on_its_way()
    {
        Assert.All([_west[1], _west[2], _west[3]], p => Assert.Equal(_east[0], _plane.BeginningOfLight(p)));
        Assert.Equal(_west[3], _plane.BeginningOfLight(_east[0]));
        _plane.Cut(EastOf(2));
        Assert.Equal((_east[0], null), (_plane.BeginningOfLight(_west[1]), _plane.BeginningOfLight(_west[2])));
        _plane.RemoveCrossConnect(_west[1]);
        _plane.Repair(EastOf(2));
        Assert.Equal(_east[1], _plane.BeginningOfLight(_west[3]));
        _plane.SetLaser(_east[1], on: false);
        Assert.Null(_plane.BeginningOfLight(_west[3]));
    }

    [Fact]
    public void A_cut_upstream_hides_one_downstream_until_it_is_repaired()
    {
        _plane.Cut(EastOf(1));
        Assert.Empty(_plane.Cut(EastOf(3)));
        Assert.Equal([_west[1], _west[2]], _plane.Repair(EastOf(1)).Select(c => c.Port));
        Assert.Equal("4:w", Dark);
    }

    [Fact]
    public void Degradation_goes_on_and_a_failure_is_worse()
    {
        Assert.All(_plane.Degrade(EastOf(1)), c => Assert.Equal(Degrade, c.To));
        Assert.Equal((Degrade, Degrade, Degrade), (_west[1].Received, _west[2].Received, _west[3].Received));
        Assert.Equal([new SignalChange(_west[3], Degrade, Fail)], _plane.Cut(EastOf(3)));
    }

    [Fact]
    public void The_laser_at_the_edge_lights_the_whole_path()
    {
        Assert.Equal([_west[1], _west[2], _west[3]], _plane.SetLaser(_east[0], on: false).Select(c => c.Port));
        // Lasers at the nodes between light what is not cross-connected only.
        Assert.Equal([_west[2], _west[3]], _plane.RemoveCrossConnect(_east[1]).Select(c => c.Port));
        Assert.Equal("2:w", Dark);
        Assert.Empty(_plane.RemoveCrossConnect(_east[1]));
    }

    [Fact]
    public void A_cross_connect_joins_what_arrives()
    {
        _plane.RemoveCrossConnect(_west[1]);
        Assert.Equal([_west[1]], _plane.Cut(EastOf(1)).Select(c => c.Port));
        Assert.Equal([_west[2], _west[3]], _plane.CrossConnect(_west[1], _east[1]).Select(c => c.Port));
        Assert.Throws<InvalidOperationException>(() => _plane.CrossConnect(_west[1], _plane.AddPort("2", "x")));
    }

    [Fact]
    public void A_test_goes_through_transparent_nodes_unless_one_terminates_it()
    {
        Assert.Equal(_west[3], _plane.EndOfLight(_east[0]));
        // Node 3 looks for Test messages at its west port: light ends there, and those downstream lose theirs.
        Assert.Equal([new SignalChange(_west[3], Ok, Fail)], _plane.SetTestMode(_west[2], transmit: false, receive: true));
        Assert.Equal(_west[2], _plane.EndOfLight(_east[0]));
        Assert.Equal([new SignalChange(_west[3], Fail, Ok)], _plane.SetTestMode(_west[2], transmit: false, receive: false));
    }

    [Fact]
    public void A_transparent_node_can_only_send_a_test_from_a_port_in_test_mode()
    {
        Assert.Null(_plane.EndOfLight(_east[1]));
        Assert.Empty(_plane.SetTestMode(_east[1], transmit: true, receive: false));
        Assert.Equal(_west[3], _plane.EndOfLight(_east[1]));
        // What comes from upstream does not get past the test transmitter.
        Assert.Null(_plane.EndOfLight(_east[0]));
        Assert.Equal([_west[1]], _plane.Cut(EastOf(1)).Select(c => c.Port));
        Assert.Equal([_west[2], _west[3]], _plane.SetTestMode(_east[1], transmit: false, receive: false).Select(c => c.Port));
    }

    [Fact]
    public void A_ring_of_cross_connects_has_no_light_whatever_circulated_before()
    {
        // 4:e is joined to 1:w, and nodes 1 and 4 become transparent too.
        _plane.Patch(_east[3], _west[0]);
        _plane.CrossConnect(_west[0], _east[0]);
        Assert.Equal("", Dark);
        _plane.CrossConnect(_west[3], _east[3]);
        Assert.All(_plane.Ports, p => Assert.Equal(Fail, p.Received));
        Assert.Null(_plane.EndOfLight(_east[0]));
        // A test transmitter lights the ring up to where it began.
        _plane.SetTestMode(_east[0], transmit: true, receive: false);
        Assert.All(_plane.Ports.Where(p => p.Name == "w"), p => Assert.Equal(Ok, p.Received));
        Assert.Null(_plane.EndOfLight(_east[0]));
    }
}
