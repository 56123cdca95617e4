// RFC 5818 §3
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>Which data links are in use at one end only: stranded. LMP knows of it from when somebody has compared the ends.</summary>
internal sealed class LabStatusTruth(LabNetwork network, LabReport report, LabSignalTruth signals) : LabTruth(network, report)
{
    private readonly HashSet<LabPort> _allocated = [.. network.Topology.Lsps.SelectMany(l => l.Links).SelectMany(l => l.Ends).Select(e => e.Here)];
    private readonly Dictionary<LabLink, string> _before = [];
    private readonly Dictionary<LabLink, string> _known = [];
    private readonly HashSet<LabLink> _planted = [];

    /// <summary>The links that were planted to be stranded, and that nobody has found.</summary>
    public IEnumerable<LabLink> Missed => _planted;

    public override void Happened(LabStep step)
    {
        _before.Clear();
        foreach (var (link, words) in _known) _before.Add(link, words);

        if (step is LabAllocationStep allocation)
        {
            if (allocation.Allocate) _allocated.Add(allocation.Port);
            else _allocated.Remove(allocation.Port);
            if (allocation.IsPlanted) _planted.Add(Topology.LinkOf(allocation.Port));
        }

        // An end whose status changes while the alarm stands compares by itself: all data links of the TE link.
        var pairs = _known.Where(k => Words(k.Key) != k.Value).Select(k => LabTopology.AdjacencyOf(k.Key)).ToList();
        if (step is LabConfirmStep confirm) pairs.Add(LabTopology.AdjacencyOf(confirm.Node, confirm.Neighbor));
        foreach (var link in Topology.Links.Where(l => pairs.Contains(LabTopology.AdjacencyOf(l))))
        {
            if (IsInUse(link.A) != IsInUse(link.B)) _known[link] = Words(link);
            else _known.Remove(link);
        }
    }

    public override IEnumerable<string> Differences(LabView view)
    {
        foreach (var (here, there) in Topology.Links.SelectMany(l => l.Ends))
        {
            var isKnown = _known.ContainsKey(Topology.LinkOf(here));
            var alarm = view.Ports[here].Alarms.GetValueOrDefault(AlarmKind.StatusMismatch);
            var words = $"{Word(here)} here, {Word(there)} at {there.Node.Name}";
            if (alarm is not null != isKnown) yield return $"{here}: its node says that it {(isKnown ? "is" : "is not")} in use as at the other end";
            else if (alarm?.Contains(words, StringComparison.Ordinal) == false) yield return $"{here}: the alarm does not say {words}";
        }
    }

    public override bool Tell(LabStep step, LabView view)
    {
        var found = 0;
        foreach (var link in _known.Keys.Except(_before.Keys))
        {
            var (used, free) = IsInUse(link.A) ? (link.A, link.B) : (link.B, link.A);
            Report.Tell($"STRANDED: {used} is {Word(used)}, {free} is free: both nodes say so (ConfirmDataChannelStatus)");
            foreach (var port in (LabPort[])[used, free]) Report.Continue($"{port.Node.Name} says  {view.Ports[port].Alarms[AlarmKind.StatusMismatch]}");
            if (_planted.Remove(link)) found++;
        }

        foreach (var link in _before.Keys.Except(_known.Keys)) Report.Tell($"{link}: both ends agree{(_known.Count == 0 ? "; all clear" : "")}");
        if (step is LabConfirmStep confirm && _known.Count == 0 && _before.Count == 0)
            Report.Tell($"{confirm.Node.Name} and {confirm.Neighbor.Name} agree about all data channels (ConfirmDataChannelStatusAck)");
        Report.Count(found);
        // Found at the confirmation, and counted there.
        return false;
    }

    public override bool Explains(LabPort port, AlarmKind kind) => kind == AlarmKind.StatusMismatch && _known.ContainsKey(Topology.LinkOf(port));

    // RFC 5818 §3.3: what has failed cannot be used either.
    private bool IsInUse(LabPort port) => _allocated.Contains(port) || signals.Light[port] == SignalState.Fail;

    private string Word(LabPort port) => _allocated.Contains(port) ? "allocated" : IsInUse(port) ? "failed" : "free";

    private string Words(LabLink link) => $"{Word(link.A)}, {Word(link.B)}";
}
