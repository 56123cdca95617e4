using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>What LMP has found wrong with links, from what the nodes at both ends say of them. Knows the plan, not what was planted.</summary>
internal sealed class LabFindings
{
    private readonly List<(LabLink First, LabLink Second)> _swaps = [];
    private readonly List<(LabLink Link, string Text)> _mismatches = [];
    private readonly List<string> _strays = [];

    /// <summary>Pairs of links whose fibres are swapped: all four ends say so, alike.</summary>
    public IReadOnlyList<(LabLink First, LabLink Second)> Swaps => _swaps;

    /// <summary>Links about which the two ends disagree, with both values.</summary>
    public IReadOnlyList<(LabLink Link, string Text)> Mismatches => _mismatches;

    /// <summary>What else is wrong with where links end, or what only one end knows.</summary>
    public IReadOnlyList<string> Strays => _strays;

    /// <summary>Looks at links.</summary>
    public LabFindings(IReadOnlyList<LabLink> links, LabView view)
    {
        var byPort = links.SelectMany(l => l.Ends.Select(e => (e.Here, Link: l))).ToDictionary(p => p.Here, p => p.Link);
        var explained = new HashSet<LabLink>();
        foreach (var link in links)
        {
            var (a, b) = (view.Ports[link.A], view.Ports[link.B]);
            if (a.Alarms.TryGetValue(AlarmKind.DataLinkMismatch, out var text) && b.Has(AlarmKind.DataLinkMismatch))
                _mismatches.Add((link, text[(a.Name.Length + 2)..].Replace("here", "at " + link.A.Node.Name, StringComparison.Ordinal)));
            else if (a.Has(AlarmKind.DataLinkMismatch) || b.Has(AlarmKind.DataLinkMismatch))
                _strays.Add($"{link}: only one end knows that they disagree");

            if (explained.Contains(link) || !(a.Has(AlarmKind.Miswired) || b.Has(AlarmKind.Miswired))) continue;
            if (End(link.A) is { } far && byPort[far] is var other && other != link && IsSwapped(link, other))
            {
                _swaps.Add((link, other));
                explained.Add(other);
            }
            else
            {
                _strays.Add($"{link}: {link.A} says it is joined to {Word(End(link.A))}, {link.B} to {Word(End(link.B))}");
            }
        }

        bool IsSwapped(LabLink first, LabLink second) =>
            End(first.A) == second.At(first.B.Node) && End(first.B) == second.At(first.A.Node)
            && End(second.A) == first.At(second.B.Node) && End(second.B) == first.At(second.A.Node);

        // Where a port's node says it is joined to; without an alarm, as planned.
        LabPort? End(LabPort port)
        {
            var planned = byPort[port].Other(port);
            if (!view.Ports[port].Has(AlarmKind.Miswired)) return planned;
            return byPort.Keys.FirstOrDefault(p => p.Node == planned.Node && Identifier.Unnumbered(p.InterfaceId) == view.Ports[port].Found);
        }
    }

    private static string Word(LabPort? port) => port?.ToString() ?? "a port that is not in the plan";
}
