// RFC 4209 §2.4.1
using OpenLmp.Api;
using SignalState = OpenLmp.Protocol.SignalState;

namespace OpenLmp.Cli.Lab;

/// <summary>What a line system has to tell a peer node of several data links at once: in one entry for their group.</summary>
internal sealed class LabGroupTruth : LabTruth
{
    private readonly LabSignalTruth _signals;
    // What each line system sends on its data links to peer nodes is what it receives at the other end of its cross-connect.
    private readonly Dictionary<LabPort, LabPort> _inputs;
    private readonly Dictionary<LabNode, long> _seen = [];
    private HashSet<LabPort> _before = [];
    private List<(LabNode LineSystem, LabNode Peer)> _expected = [];

    public LabGroupTruth(LabNetwork network, LabReport report, LabSignalTruth signals)
        : base(network, report)
    {
        _signals = signals;
        _inputs = Topology.LinePaths.SelectMany(p => p.CrossConnects).SelectMany(c => ((LabPort Port, LabPort Input)[])[(c.In, c.Out), (c.Out, c.In)])
            .Where(c => !Topology.Other(c.Port).Node.IsLineSystem).ToDictionary(c => c.Port, c => c.Input);
        Remember();
    }

    public override void Happened(LabStep step)
    {
        // A node that was restarted counts its events anew.
        if (step is LabRestartStep { Node: var node } && _seen.ContainsKey(node)) _seen[node] = 0;
        var failed = _inputs.Where(i => _signals.Light[i.Value] == SignalState.Fail).Select(i => i.Key).ToHashSet();
        var news = failed.Except(_before).ToHashSet();
        _before = failed;
        _expected = [.. _inputs.Keys.GroupBy(p => (p.Node, Topology.Other(p).Node)).Where(session => IsOneGroup([.. session], news)).Select(session => session.Key)];
    }

    public override IEnumerable<string> Differences(LabView view) => _expected.Where(e => !Told(e.LineSystem, e.Peer).Any())
        .Select(e => $"{e.LineSystem.Name} has not told {e.Peer.Name} the state of a link group");

    public override bool Tell(LabStep step, LabView view)
    {
        foreach (var (system, peer) in _expected)
        {
            Report.Tell($"LINK GROUP: {system.Name} tells {peer.Name} of what it has no light for, a whole group in one entry (ChannelStatus, LINK_GROUP)");
            foreach (var text in Told(system, peer)) Report.Continue($"{peer.Name} says  {text}");
        }

        Remember();
        return false;
    }

    // All data links of the TE link are one group, too, without being told.
    private bool IsOneGroup(List<LabPort> session, HashSet<LabPort> news) =>
        (session.Count > 1 && session.TrueForAll(news.Contains))
        || session.SelectMany(p => Topology.LinkOf(p).Properties.LinkGroups).Distinct()
            .Any(g => session.FindAll(p => Topology.LinkOf(p).Properties.LinkGroups.Contains(g)) is { Count: > 1 } members && members.TrueForAll(news.Contains));

    private IEnumerable<string> Told(LabNode system, LabNode peer) => Network[peer].Events.Recent()
        .Where(e => e.Number > _seen[peer] && e.Event is { Type: EventTypes.LinkGroup, To: "told" } && e.Event.Object == LabNode.TeLinkTo(system))
        .Select(e => e.Event.Text);

    private void Remember()
    {
        foreach (var peer in _inputs.Keys.Select(p => Topology.Other(p).Node).Distinct())
            _seen[peer] = Network[peer].Events.Recent() is [.., var last] ? last.Number : 0;
    }
}
