// RFC 4204 §6.2
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>Where the light says that the faults are, and whether the nodes say the same. Pure.</summary>
internal static class LabLocalization
{
    /// <summary>The links on whose own fibres the light is lost or gets worse: what comes in at one end is worse than what the other end has to send.</summary>
    public static List<LabLink> Faulty(LabTopology topology, IReadOnlyDictionary<LabPort, SignalState> light)
    {
        var inputs = topology.Lsps.Concat(topology.LinePaths).SelectMany(l => l.CrossConnects).SelectMany(c => ((LabPort Port, LabPort Input)[])[(c.In, c.Out), (c.Out, c.In)])
            .ToDictionary(c => c.Port, c => c.Input);
        // What goes out by a port's other name goes out of the port.
        foreach (var (port, input) in inputs.Where(i => topology.LightOf(i.Key) != i.Key).ToList()) inputs.TryAdd(topology.LightOf(port), input);
        return [.. topology.Links.Where(l => l.Ends.Any(e => Badness(light[e.Here]) > Badness(SentBy(e.There))))];

        // At an edge a laser is on.
        SignalState SentBy(LabPort port) => inputs.TryGetValue(port, out var input) ? light[input] : SignalState.Ok;
    }

    /// <summary>
    /// What the nodes do not say as it is: both ends of a faulty link have localized it and no other, and the alarm of every receiver of bad light
    /// is suppressed by its cause.
    /// </summary>
    public static List<string> Differences(LabTopology topology, IReadOnlyDictionary<LabPort, SignalState> light, LabView view)
    {
        var faulty = Faulty(topology, light);
        var differences = new List<string>();
        foreach (var (port, link) in topology.Links.SelectMany(l => l.Ends.Select(e => (e.Here, l))))
        {
            if (view.Ports[port].Has(AlarmKind.FaultLocalized) != faulty.Contains(link))
                differences.Add($"{port}: its node says that {(faulty.Contains(link) ? "no fault is" : "a fault is")} between {link}");
            if (Badness(light[port]) > 0 && !view.Ports[port].IsSuppressed) differences.Add($"{port}: the alarm about what it receives is not suppressed by its cause");
        }

        return differences;
    }

    private static int Badness(SignalState signal) => signal switch { SignalState.Fail => 2, SignalState.Degrade => 1, _ => 0 };
}
