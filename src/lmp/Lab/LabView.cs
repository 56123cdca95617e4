using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>What all nodes of a lab say, at one look.</summary>
/// <param name="Ports">Each end of each link, as its node sees it.</param>
/// <param name="Alarms">The alarms that stand, suppressed ones included.</param>
internal sealed record LabView(IReadOnlyDictionary<LabPort, LabPortView> Ports, IReadOnlyList<LabAlarm> Alarms)
{
    /// <summary>The control channels that are not up, and why.</summary>
    public IReadOnlyList<(LabNode Node, string Text)> Down { get; init; } = [];

    /// <summary>Looks.</summary>
    public static async Task<LabView> LookAsync(LabNetwork network, CancellationToken cancellation)
    {
        var ports = new Dictionary<LabPort, LabPortView>();
        var alarms = new List<LabAlarm>();
        var down = new List<(LabNode, string)>();
        foreach (var node in network.Topology.Nodes)
        {
            var ends = network.Topology.Links.SelectMany(l => l.Ends).Where(e => e.Here.Node == node)
                .ToDictionary(e => LabLink.DataLinkName(e.Here, e.There), e => e.Here);
            var (seen, standing, channels) = await network.LookAsync(node, n => Look(n, node, ends), cancellation);
            foreach (var (port, view) in seen) ports.Add(port, view);
            alarms.AddRange(standing);
            down.AddRange(channels.Select(text => (node, text)));
        }

        return new LabView(ports, alarms) { Down = down };
    }

    private static (List<(LabPort, LabPortView)>, List<LabAlarm>, List<string>) Look(LmpNode node, LabNode of, Dictionary<string, LabPort> ends) =>
    (
        [.. node.TeLinks.SelectMany(t => t.DataLinks).Select(l => (ends[l.Name], Look(node, l)))],
        [.. node.Alarms.All.Where(a => a.State != AlarmState.Cleared).Select(a => new LabAlarm(of, a.Kind, a.Object, a.Text))],
        [.. node.Neighbors.SelectMany(x => x.ControlChannels).Where(c => c.State != ControlChannelState.Up).Select(c => $"control channel {c} is {c.State}: {c.Reason}")]
    );

    private static LabPortView Look(LmpNode node, DataLink link) => new()
    {
        Name = link.Name,
        State = link.State,
        Reason = link.Reason,
        IsVerified = link.Verified && link.FoundReceive is not null && link.TeLink.Verification == VerificationPhase.Idle,
        Found = (link.FoundTransmit ?? link.FoundReceive)?.InterfaceId,
        Signal = link.Signal,
        IsSuppressed = node.Alarms.All.Any(a => a.Object == link.Name && a is { Kind: AlarmKind.SignalFail or AlarmKind.SignalDegrade, State: AlarmState.Suppressed }),
        Traces = [.. link.Traces.Select(t => new LabTraceView(t.Type, t.Expected, t.Monitored))],
        Alarms = node.Alarms.All.Where(a => a.Object == link.Name && a.State != AlarmState.Cleared).ToDictionary(a => a.Kind, a => a.Text),
    };
}

/// <summary>One end of a data link as its node sees it.</summary>
internal sealed record LabPortView
{
    /// <summary>The data link's name there.</summary>
    public required string Name { get; init; }

    public required DataLinkState State { get; init; }

    /// <summary>Why it is not up.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether a verification has been through, both ways.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>The neighbour's Interface_Id where the link really ends.</summary>
    public required Identifier? Found { get; init; }

    /// <summary>What the node has been told it receives.</summary>
    public required SignalState Signal { get; init; }

    /// <summary>Whether the alarm about that is suppressed by its cause.</summary>
    public bool IsSuppressed { get; init; }

    /// <summary>The traces that its node has been told of.</summary>
    public IReadOnlyList<LabTraceView> Traces { get; init; } = [];

    /// <summary>The texts of its alarms that stand, suppressed ones included.</summary>
    public required IReadOnlyDictionary<AlarmKind, string> Alarms { get; init; }

    public bool IsUp => State is DataLinkState.UpFree or DataLinkState.UpAlloc;

    public bool Has(AlarmKind kind) => Alarms.ContainsKey(kind);
}

/// <summary>What a node looks for in one trace of a data link, by its operator's word and by its neighbour's.</summary>
internal sealed record LabTraceView(TraceType Type, string? Expected, string? Monitored);

/// <summary>An alarm that stands.</summary>
internal sealed record LabAlarm(LabNode Node, AlarmKind Kind, string Object, string Text);
