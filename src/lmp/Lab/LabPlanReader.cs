using OpenLmp.Hosting;

namespace OpenLmp.Cli.Lab;

/// <summary>Reads what a lab file says about its links, once they are known: the light paths over them, and the faults planted.</summary>
internal sealed class LabPlanReader(Findings findings, IReadOnlyList<LabLink> links)
{
    private readonly Dictionary<string, LabPort> _ports = links.SelectMany(l => l.Ends).ToDictionary(e => e.Here.ToString(), e => e.Here);
    private readonly Dictionary<LabPort, LabLink> _linkOf = links.SelectMany(l => l.Ends.Select(e => (e.Here, Link: l))).ToDictionary(p => p.Here, p => p.Link);
    // One fault per link: what two of them come to together could not be told apart. The value is the line.
    private readonly Dictionary<LabLink, int> _faulty = [];
    private readonly Dictionary<LabLink, string> _carrying = [];
    private readonly List<LabSwap> _swaps = [];
    private readonly List<LabFibreFault> _fibreFaults = [];
    private readonly List<LabLsp> _lsps = [];

    /// <summary>Reads <c>lsps</c> and <c>faults</c>.</summary>
    public LabTopology Read(Section root, LabTopology topology)
    {
        foreach (var fault in root.Children("faults", "fault", "swap", "cut", "degrade", "one-way", "after", "repair-after")) ReadFault(fault);
        foreach (var lsp in root.Children("lsps", "LSP", "name", "path")) ReadLsp(lsp);
        return topology with { Lsps = _lsps, Swaps = _swaps, FibreFaults = _fibreFaults };
    }

    private void ReadFault(Section fault)
    {
        var given = ((string[])["swap", "cut", "degrade"]).Where(fault.Has).ToList();
        if (given.Count != 1)
            findings.Error(fault.At, "fault: write one of swap, cut and degrade, such as swap: [\"oxc2:3\", \"oxc2:4\"]");
        else if (given[0] == "swap")
            ReadSwap(fault);
        else
            ReadFibreFault(fault, given[0]);
    }

    private void ReadSwap(Section fault)
    {
        foreach (var key in (string[])["one-way", "after", "repair-after"])
            if (fault.Has(key)) findings.Error(fault.KeyAt(key), $"{key}: a swap is there from the beginning, both ways; remove it, or plant a cut or degrade");
        if (TwoPorts(fault, "swap", "[\"oxc2:3\", \"oxc2:4\"]") is not var (a, b)) return;
        var (first, second) = (_linkOf[a.Value], _linkOf[b.Value]);
        if (a.Value.Node != b.Value.Node)
        {
            findings.Error(b.At, $"swap: {a.Value} and {b.Value} are ports of two nodes; a swap is of two plugs at one");
        }
        else if (first == second)
        {
            findings.Error(b.At, $"swap: {b.Value} is there twice; a swap takes two ports");
        }
        else if (Far(first, a.Value) != Far(second, b.Value))
        {
            findings.Error(b.At, $"swap: {a.Value} leads to {Far(first, a.Value).Name}, {b.Value} to {Far(second, b.Value).Name}; "
                + "choose two ports that lead to the same neighbour");
        }
        else if (Claim(first, a.At, "swap") && Claim(second, b.At, "swap"))
        {
            var inOrder = IndexOf(first) < IndexOf(second);
            _swaps.Add(new LabSwap(a.Value, b.Value, inOrder ? first : second, inOrder ? second : first));
        }
    }

    private void ReadFibreFault(Section fault, string key)
    {
        var oneWay = fault.Optional("one-way", Conversions.Boolean, false).Value;
        var after = fault.Optional("after", Durations.Duration, TimeSpan.Zero).Value;
        var repairAfter = fault.OptionalValue("repair-after", Durations.PositiveDuration).Value;
        if (TwoPorts(fault, key, "[\"oxc2:1\", \"oxc3:1\"]") is not var (a, b)) return;
        var link = _linkOf[a.Value];
        if (a.Value == b.Value || !link.Has(b.Value)) findings.Error(b.At, $"{key}: {NoLink(a.Value, b.Value)}");
        else if (Claim(link, a.At, key)) _fibreFaults.Add(new LabFibreFault(link, key == "degrade", oneWay ? a.Value : null, after, repairAfter));
    }

    private bool Claim(LabLink link, Position at, string key)
    {
        if (!link.A.Bandwidth.Equals(link.B.Bandwidth))
        {
            findings.Error(at, $"{key}: {link} has a fault already: different bandwidths at its ends; plant one fault per link");
            return false;
        }

        if (_faulty.TryAdd(link, at.Line)) return true;
        findings.Error(at, $"{key}: {link} has a fault already, at line {_faulty[link]}; plant one fault per link");
        return false;
    }

    private void ReadLsp(Section section)
    {
        var name = section.Required("name", Conversions.Name, "lsp1");
        var path = section.Convert("path", KnownPort).ToList();
        if (path.Count < 2 || path.Count % 2 != 0)
        {
            findings.Error(section.KeyAt("path"), "path: both ports of each link it takes are expected, such as [\"oxc1:11\", \"oxc2:1\", \"oxc2:11\", \"oxc3:1\"]");
            return;
        }

        if (_lsps.Any(l => l.Name == name.Value)) findings.Error(name.At, $"name: there is an LSP {name.Value} already; give each a name of its own");
        if (!name.IsUsable || path.Any(p => !p.IsValid)) return;

        var taken = new List<LabLink>();
        var crossConnects = new List<(LabPort, LabPort)>();
        for (var i = 0; i < path.Count; i += 2)
        {
            if (ReadHop(path[i], path[i + 1], name.Value) is not { } link) return;
            taken.Add(link);
            if (i + 2 == path.Count) break;
            var (@in, @out) = (path[i + 1].Value, path[i + 2].Value);
            if (@in.Node != @out.Node)
            {
                findings.Error(path[i + 2].At, $"path: the LSP comes to {@in.Node.Name} at {@in}, and goes on at {@out}; it goes on from a port of {@in.Node.Name}");
                return;
            }

            crossConnects.Add((@in, @out));
        }

        _lsps.Add(new LabLsp(name.Value, taken, crossConnects));
    }

    private LabLink? ReadHop(Field<LabPort> from, Field<LabPort> to, string name)
    {
        var link = _linkOf[from.Value];
        string? problem = null;
        if (from.Value == to.Value || !link.Has(to.Value)) problem = NoLink(from.Value, to.Value);
        else if (_swaps.Any(s => s.First == link || s.Second == link)) problem = $"{link} is planted with swapped fibres: it is kept out of service, and carries nothing";
        else if (!link.A.Bandwidth.Equals(link.B.Bandwidth)) problem = $"{link} is configured with different bandwidths: it is kept out of service, and carries nothing";
        else if (!_carrying.TryAdd(link, name)) problem = $"{link} carries {_carrying[link]} already; a data link carries one LSP";
        if (problem is null) return link;
        findings.Error(to.At, $"path: {problem}");
        return null;
    }

    private string NoLink(LabPort a, LabPort b) => $"there is no link {a} - {b}; {a} is joined to {_linkOf[a].Other(a)}";

    private (Field<LabPort> A, Field<LabPort> B)? TwoPorts(Section section, string key, string example)
    {
        var ports = section.Convert(key, KnownPort).ToList();
        if (ports.Count != 2) findings.Error(section.KeyAt(key), $"{key}: two ports are expected, such as {example}");
        return ports is [{ IsValid: true } a, { IsValid: true } b] ? (a, b) : null;
    }

    private Converted<LabPort> KnownPort(string text) => _ports.TryGetValue(text, out var port) ? port
        : new Wrong($"{Findings.Quote(text)} is no port of a link in links:; write node:port, such as \"{_ports.Keys.First()}\"");

    private static LabNode Far(LabLink link, LabPort port) => link.Other(port).Node;

    private int IndexOf(LabLink link) => links.ToList().IndexOf(link);
}
