// RFC 4204 §8
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>After a restart: what was up before is up again, and what was allocated still is.</summary>
internal sealed class LabServiceTruth(LabNetwork network, LabReport report, LabView before, LabSignalTruth signals) : LabTruth(network, report)
{
    private readonly Dictionary<LabPort, DataLinkState> _states = before.Ports.ToDictionary(p => p.Key, p => p.Value.State);
    private LabNode? _restarted;

    public override void Happened(LabStep step)
    {
        _restarted = (step as LabRestartStep)?.Node;
        if (step is LabAllocationStep { Port: var port, Allocate: var allocate }) _states[port] = allocate ? DataLinkState.UpAlloc : DataLinkState.UpFree;
    }

    // A link that carries nothing may be in test again; one that does may not, and is what it was.
    public override IEnumerable<string> Differences(LabView view) => _restarted is not { } node ? []
        : view.Down.Where(d => d.Node == node || Topology.Adjacencies.Contains(LabTopology.AdjacencyOf(d.Node, node))).Select(d => d.Text)
            .Concat(view.Ports.Where(p => _states[p.Key] is DataLinkState.UpFree or DataLinkState.UpAlloc && p.Value.State != _states[p.Key] && !signals.ExplainsDown(p.Key))
                .Select(p => $"{p.Key} is {p.Value.State}, was {_states[p.Key]}"));

    public override bool Tell(LabStep step, LabView view)
    {
        if (_restarted is { } node) Report.Tell($"{node.Name} is back: control channels up, data links in service, allocated what was (Config, Hello, LinkSummary)");
        return false;
    }
}
