using OpenLmp.Protocol;

namespace OpenLmp.Simulation.Tests;

/// <summary>Whatever is done in whatever order: what is received is what a look at the whole structure says, and every change is told once.</summary>
public class RandomOperationsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Signals_and_changes_are_those_of_the_structure(int seed)
    {
        var random = new Random(seed);
        var plane = new OpticalPlane();
        var ports = Enumerable.Range(0, 24).Select(i => plane.AddPort($"n{i / 4}", $"{i % 4}")).ToList();
        var told = ports.ToDictionary(p => p, p => p.Received);
        var seen = new Dictionary<SignalState, int>();
        for (var i = 0; i < 4000; i++)
        {
            var (a, b) = (ports[random.Next(ports.Count)], ports[random.Next(ports.Count)]);
            foreach (var change in Operate(random, plane, a, b))
            {
                Assert.Equal(told[change.Port], change.From);
                Assert.NotEqual(change.From, change.To);
                told[change.Port] = change.To;
                seen[change.To] = seen.GetValueOrDefault(change.To) + 1;
            }

            foreach (var port in ports)
            {
                Assert.Equal(told[port], port.Received);
                Assert.Equal(Expected(port), port.Received);
            }
        }

        // The walk has been through more than darkness.
        Assert.True(seen[SignalState.Ok] > 100 && seen[SignalState.Degrade] > 20 && seen[SignalState.Fail] > 100, string.Join(", ", seen));
    }

    private static IReadOnlyList<SignalChange> Operate(Random random, OpticalPlane plane, OpticalPort a, OpticalPort b) => random.Next(10) switch
    {
        0 or 1 when a.Outgoing is null && b.Incoming is null => plane.PatchOneWay(a, b),
        2 or 3 when a != b && a is { Outgoing: null, Incoming: null } && b is { Outgoing: null, Incoming: null } => plane.Patch(a, b),
        4 when a.Outgoing is { } fibre => random.Next(4) switch
        {
            0 => plane.Remove(fibre),
            1 => plane.Cut(fibre),
            2 => plane.Degrade(fibre),
            _ => plane.Repair(fibre),
        },
        5 => plane.Swap(a, b),
        6 or 7 when a != b && a.Node == b.Node && a.CrossConnect is null && b.CrossConnect is null => plane.CrossConnect(a, b),
        8 when random.Next(3) == 0 => plane.RemoveCrossConnect(a),
        8 => plane.SetLaser(a, random.Next(4) != 0),
        9 => plane.SetTestMode(a, random.Next(4) == 0, random.Next(4) == 0),
        _ => [],
    };

    // The rules once more, as a recursion with an end.
    private static SignalState Expected(OpticalPort receiver, int hops = 0)
    {
        if (hops > 100 || receiver.Incoming is not { } fibre || fibre.Condition == FibreCondition.Cut) return SignalState.Fail;
        var from = fibre.From;
        var sent = from.TransmitsTest ? SignalState.Ok
            : from.CrossConnect is not { } joined ? (from.Laser ? SignalState.Ok : SignalState.Fail)
            : joined.ReceivesTest ? SignalState.Fail
            : Expected(joined, hops + 1);
        return sent == SignalState.Ok && fibre.Condition == FibreCondition.Degraded ? SignalState.Degrade : sent;
    }
}
