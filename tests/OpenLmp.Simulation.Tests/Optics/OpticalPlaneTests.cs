using static OpenLmp.Protocol.SignalState;

namespace OpenLmp.Simulation.Tests;

/// <summary>One or two fibre pairs, no cross-connects.</summary>
public class OpticalPlaneTests
{
    private readonly OpticalPlane _plane = new();
    private readonly OpticalPort _a1;
    private readonly OpticalPort _a2;
    private readonly OpticalPort _b1;
    private readonly OpticalPort _b2;

    public OpticalPlaneTests()
    {
        (_a1, _a2, _b1, _b2) = (_plane.AddPort("a", "1"), _plane.AddPort("a", "2"), _plane.AddPort("b", "1"), _plane.AddPort("b", "2"));
        _plane.Patch(_a1, _b1);
        _plane.Patch(_a2, _b2);
    }

    [Fact]
    public void Both_ends_of_a_patched_pair_receive_light_and_an_empty_port_none()
    {
        var a3 = _plane.AddPort("a", "3");
        var b3 = _plane.AddPort("b", "3");
        Assert.Equal((Fail, Fail), (a3.Received, b3.Received));
        Assert.Equal([new SignalChange(a3, Fail, Ok), new SignalChange(b3, Fail, Ok)], _plane.Patch(a3, b3));
        Assert.Equal(Ok, b3.Received);
    }

    [Fact]
    public void A_swap_crosses_two_pairs_both_ways_and_swapping_again_undoes_it()
    {
        Assert.Empty(_plane.Swap(_b1, _b2)); // All ports still receive light: no signal tells of it.
        Assert.Equal(_b2, _plane.EndOfLight(_a1));
        Assert.Equal(_b1, _plane.EndOfLight(_a2));
        Assert.Equal(_a2, _plane.EndOfLight(_b1));
        Assert.Equal(_a1, _plane.EndOfLight(_b2));
        _plane.Swap(_b2, _b1);
        Assert.Equal(_b1, _plane.EndOfLight(_a1));
        Assert.Equal(_a1, _plane.EndOfLight(_b1));
    }

    [Fact]
    public void A_swap_at_the_far_end_as_well_leaves_each_port_with_its_own_partner()
    {
        _plane.Swap(_b1, _b2);
        _plane.Swap(_a1, _a2);
        Assert.Equal(_b1, _plane.EndOfLight(_a1));
        Assert.Equal(_a2, _plane.EndOfLight(_b2));
    }

    [Fact]
    public void A_swap_with_an_empty_port_moves_the_plugs()
    {
        var b3 = _plane.AddPort("b", "3");
        Assert.Equal([new SignalChange(_b1, Ok, Fail), new SignalChange(b3, Fail, Ok)], _plane.Swap(_b1, b3));
        Assert.Equal(b3, _plane.EndOfLight(_a1));
        Assert.Equal(Ok, _a1.Received);
        Assert.Null(_plane.EndOfLight(_b1));
    }

    [Fact]
    public void Exchanging_both_ends_of_one_pair_changes_nothing()
    {
        Assert.Empty(_plane.Swap(_a1, _b1));
        Assert.Equal((_b1, _a1), (_plane.EndOfLight(_a1), _plane.EndOfLight(_b1)));
        _plane.Cut(_a1.Outgoing!);
        Assert.Equal((Ok, Fail), (_a1.Received, _b1.Received));
    }

    [Fact]
    public void A_cut_of_one_fibre_is_seen_at_its_receiver_only()
    {
        Assert.Equal([new SignalChange(_b1, Ok, Fail)], _plane.Cut(_a1.Outgoing!));
        Assert.Null(_plane.EndOfLight(_a1));
        Assert.Equal(_a1, _plane.EndOfLight(_b1));
        Assert.Empty(_plane.Cut(_a1.Outgoing!));
        Assert.Equal([new SignalChange(_b1, Fail, Ok)], _plane.Repair(_a1.Outgoing!));
        Assert.Equal(_b1, _plane.EndOfLight(_a1));
    }

    [Fact]
    public void A_cable_is_cut_and_repaired_at_once()
    {
        Fibre[] cable = [_a1.Outgoing!, _a1.Incoming!, _a2.Outgoing!, _a2.Incoming!];
        Assert.Equal([_b1, _a1, _b2, _a2], _plane.Cut(cable).Select(c => c.Port));
        Assert.All(_plane.Ports, p => Assert.Equal(Fail, p.Received));
        Assert.Equal(4, _plane.Repair(cable).Count);
        Assert.All(_plane.Ports, p => Assert.Equal(Ok, p.Received));
    }

    [Fact]
    public void A_lossy_fibre_degrades_and_still_carries_tests()
    {
        Assert.Equal([new SignalChange(_b1, Ok, Degrade)], _plane.Degrade(_a1.Outgoing!));
        Assert.Equal(_b1, _plane.EndOfLight(_a1));
        Assert.Equal([new SignalChange(_b1, Degrade, Fail)], _plane.Cut(_a1.Outgoing!));
    }

    [Fact]
    public void A_fibre_keeps_its_condition_when_it_is_moved()
    {
        _plane.Cut(_a1.Outgoing!);
        Assert.Equal([new SignalChange(_b1, Fail, Ok), new SignalChange(_b2, Ok, Fail)], _plane.Swap(_b1, _b2));
    }

    [Fact]
    public void A_laser_that_is_off_is_dark_at_the_other_end_but_a_test_transmitter_is_not()
    {
        Assert.Equal([new SignalChange(_b1, Ok, Fail)], _plane.SetLaser(_a1, on: false));
        Assert.Equal([new SignalChange(_b1, Fail, Ok)], _plane.SetTestMode(_a1, transmit: true, receive: false));
        Assert.Equal([new SignalChange(_b1, Ok, Fail)], _plane.SetTestMode(_a1, transmit: false, receive: false));
        Assert.Equal([new SignalChange(_b1, Fail, Ok)], _plane.SetLaser(_a1, on: true));
    }

    [Fact]
    public void One_fibre_of_a_pair_may_lead_elsewhere()
    {
        // What was plugged into b's receivers only is exchanged: the two directions of a link then end at different ports.
        var (first, second) = (_a1.Outgoing!, _a2.Outgoing!);
        Assert.Equal([new SignalChange(_b1, Ok, Fail)], _plane.Remove(first));
        Assert.Empty(_plane.Remove(first));
        _plane.Remove(second);
        Assert.Equal([new SignalChange(_b2, Fail, Ok)], _plane.PatchOneWay(_a1, _b2));
        _plane.PatchOneWay(_a2, _b1);
        Assert.Equal((_b2, _a1), (_plane.EndOfLight(_a1), _plane.EndOfLight(_b1)));
        // A fibre taken away is no longer anybody's: cutting it changes nothing.
        Assert.Empty(_plane.Cut(first));
    }

    [Fact]
    public void What_cannot_be_is_refused_and_changes_nothing()
    {
        var b3 = _plane.AddPort("b", "3");
        var stranger = new OpticalPlane().AddPort("a", "1");
        Assert.Throws<ArgumentException>(() => _plane.AddPort("a", "1"));
        Assert.Throws<ArgumentException>(() => _plane.Patch(stranger, b3));
        Assert.Throws<InvalidOperationException>(() => _plane.Patch(_a1, b3));
        Assert.Throws<InvalidOperationException>(() => _plane.Patch(b3, b3));
        Assert.Throws<InvalidOperationException>(() => _plane.PatchOneWay(_a1, b3));
        Assert.Throws<InvalidOperationException>(() => _plane.PatchOneWay(b3, _b1));
        Assert.Throws<InvalidOperationException>(() => _plane.CrossConnect(_a1, _b1));
        Assert.Throws<InvalidOperationException>(() => _plane.CrossConnect(_a1, _a1));
        Assert.Equal(_b1, _plane.EndOfLight(_a1));
        Assert.Equal(Fail, b3.Received);
        Assert.True(_plane.TryFind("b", "3", out var found));
        Assert.Same(b3, found);
        Assert.False(_plane.TryFind("c", "3", out _));
    }
}
