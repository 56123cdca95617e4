using OpenLmp.Hosting;
using OpenLmp.Simulation;

namespace OpenLmp.Cli.Lab;

/// <summary>Reads what a lab file says about its links, once they are known: the light paths over them, and the faults planted.</summary>
internal sealed class LabPlanReader
{
    private readonly Findings _findings;
    private readonly LabTopology _topology;
    private readonly LabNames _names;
    // One fault per link: what two of them come to together could not be told apart. The value is the line.
    private readonly Dictionary<LabLink, int> _faulty = [];
    private readonly Dictionary<LabLink, string> _carrying = [];
    private readonly List<LabSwap> _swaps = [];
    private readonly List<LabStep> _steps = [];
    private readonly List<LabLsp> _lsps = [];

    private LabPlanReader(Findings findings, LabTopology topology) => (_findings, _topology, _names) = (findings, topology, new LabNames(findings, topology));

    /// <summary>Reads <c>lsps</c>, <c>faults</c> and <c>story</c>.</summary>
    public static LabTopology Read(Section root, LabTopology topology, Findings findings)
    {
        var reader = new LabPlanReader(findings, topology);
        foreach (var fault in root.Children("faults", "fault", "swap", "cut", "degrade", "one-way", "after", "repair-after")) reader.ReadFault(fault);
        foreach (var lsp in root.Children("lsps", "LSP", "name", "path")) reader.ReadLsp(lsp);
        topology = topology with { Lsps = reader._lsps, Swaps = reader._swaps, Traces = [.. topology.Links.SelectMany(l => l.Traces)] };
        var story = new LabStoryReader(findings, topology, reader._names, reader._faulty).Read(root);
        // What is planted as a fault happens in its time, whatever else does.
        return topology with { Steps = [.. reader._steps.Concat(story).OrderBy(s => s.At)] };
    }

    private void ReadFault(Section fault)
    {
        var given = ((string[])["swap", "cut", "degrade"]).Where(fault.Has).ToList();
        if (given.Count != 1)
            _findings.Error(fault.At, "fault: write one of swap, cut and degrade, such as swap: [\"oxc2:3\", \"oxc2:4\"]");
        else if (given[0] == "swap")
            ReadSwap(fault);
        else
            ReadFibreFault(fault, given[0]);
    }

    private void ReadSwap(Section fault)
    {
        foreach (var key in (string[])["one-way", "after", "repair-after"])
            if (fault.Has(key)) _findings.Error(fault.KeyAt(key), $"{key}: a swap is there from the beginning, both ways; remove it, or plant a cut or degrade");
        if (_names.TwoPorts(fault, "swap", "[\"oxc2:3\", \"oxc2:4\"]") is not var (a, b) || !HasFibres(a, "swap") || !HasFibres(b, "swap")) return;
        var (first, second) = (_topology.LinkOf(a.Value), _topology.LinkOf(b.Value));
        if (a.Value.Node != b.Value.Node)
        {
            _findings.Error(b.At, $"swap: {a.Value} and {b.Value} are ports of two nodes; a swap is of two plugs at one");
        }
        else if (first == second)
        {
            _findings.Error(b.At, $"swap: {b.Value} is there twice; a swap takes two ports");
        }
        else if (Far(first, a.Value) != Far(second, b.Value))
        {
            _findings.Error(b.At, $"swap: {a.Value} leads to {Far(first, a.Value).Name}, {b.Value} to {Far(second, b.Value).Name}; "
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
        if (_names.TwoPorts(fault, key, "[\"oxc2:1\", \"oxc3:1\"]") is not var (a, b) || !HasFibres(a, key)) return;
        var link = _topology.LinkOf(a.Value);
        if (a.Value == b.Value || !link.Has(b.Value)) _findings.Error(b.At, $"{key}: {_names.NoLink(a.Value, b.Value)}");
        else if (Claim(link, a.At, key)) AddFibreFault(new LabFibres([link], oneWay ? a.Value : null, Span: null), key == "degrade", after, repairAfter);
    }

    private void AddFibreFault(LabFibres fibres, bool degrade, TimeSpan after, TimeSpan? repairAfter)
    {
        var fault = new LabFibreStep(after, fibres, degrade ? FibreCondition.Degraded : FibreCondition.Cut);
        _steps.Add(fault);
        if (repairAfter is { } duration) _steps.Add(fault.Repaired(after + duration));
    }

    private bool HasFibres(Field<LabPort> port, string key)
    {
        if (LabNames.NoFibres(_topology.LinkOf(port.Value)) is not { } why) return true;
        _findings.Error(port.At, $"{key}: {why}");
        return false;
    }

    private bool Claim(LabLink link, Position at, string key)
    {
        if (!link.A.Bandwidth.Equals(link.B.Bandwidth))
        {
            _findings.Error(at, $"{key}: {link} has a fault already: different bandwidths at its ends; plant one fault per link");
            return false;
        }

        if (_faulty.TryAdd(link, at.Line)) return true;
        _findings.Error(at, $"{key}: {link} has a fault already, at line {_faulty[link]}; plant one fault per link");
        return false;
    }

    private void ReadLsp(Section section)
    {
        var name = section.Required("name", Conversions.Name, "lsp1");
        if (_lsps.Any(l => l.Name == name.Value)) _findings.Error(name.At, $"name: there is an LSP {name.Value} already; give each a name of its own");
        var way = new LabPathReader(_findings, _topology, _names).Read(section, "path", "the LSP", link => Refuses(link, name.Value));
        if (name.IsUsable && way is not null) _lsps.Add(new LabLsp(name.Value, way));
    }

    private string? Refuses(LabLink link, string name) =>
        _swaps.Any(s => s.First == link || s.Second == link) ? $"{link} is planted with swapped fibres: it is kept out of service, and carries nothing"
        : !link.A.Bandwidth.Equals(link.B.Bandwidth) ? $"{link} is configured with different bandwidths: it is kept out of service, and carries nothing"
        : !_carrying.TryAdd(link, name) ? $"{link} carries {_carrying[link]} already; a data link carries one LSP"
        : null;

    private static LabNode Far(LabLink link, LabPort port) => link.Other(port).Node;

    private int IndexOf(LabLink link) => _topology.Links.ToList().IndexOf(link);
}
