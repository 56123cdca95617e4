// RFC 4207 §3.1: the overhead travels with the light.
using OpenLmp.Wire;

namespace OpenLmp.Simulation.Tests;

public class TraceTests
{
    private const TraceType J0 = TraceType.SonetJ0;

    private readonly OpticalPlane _plane = new();

    [Fact]
    public void A_trace_arrives_where_the_light_of_its_transmitter_ends()
    {
        var ports = Enumerable.Range(1, 4).Select(n => _plane.AddPort($"{n}", "p")).ToArray();
        var through = _plane.AddPort("2", "q");
        _plane.Patch(ports[0], ports[1]);
        _plane.Patch(through, ports[2]);
        _plane.SetTrace(ports[0], J0, "ONE");
        _plane.SetTrace(through, J0, "TWO");
        Assert.Equal(("ONE", "TWO", "", ""), (_plane.TraceAt(ports[1], J0), _plane.TraceAt(ports[2], J0), _plane.TraceAt(ports[0], J0), _plane.TraceAt(ports[1], TraceType.SonetJ1)));

        // A transparent switch passes it on; a test transmitter takes its place, as the Test messages in a DCC.
        _plane.CrossConnect(ports[1], through);
        Assert.Equal("ONE", _plane.TraceAt(ports[2], J0));
        _plane.SetTestMode(through, transmit: true, receive: false);
        Assert.Equal("TWO", _plane.TraceAt(ports[2], J0));
        _plane.SetTestMode(through, transmit: false, receive: false);

        _plane.Swap(ports[2], ports[3]);
        Assert.Equal(("", "ONE"), (_plane.TraceAt(ports[2], J0), _plane.TraceAt(ports[3], J0)));
        _plane.Degrade(ports[0].Outgoing!);
        Assert.Equal("ONE", _plane.TraceAt(ports[3], J0));
        _plane.Cut(ports[0].Outgoing!);
        Assert.Equal("", _plane.TraceAt(ports[3], J0));
        _plane.Repair(ports[0].Outgoing!);
        _plane.SetLaser(ports[0], on: false);
        Assert.Equal("", _plane.TraceAt(ports[3], J0));
    }
}
