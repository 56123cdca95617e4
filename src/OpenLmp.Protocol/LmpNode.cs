using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// An LMP node without I/O: time, datagrams, transport and operator's commands come in by method calls; what to send and to tell goes out
/// through <see cref="INodeOutput"/>. A pure function of configuration, options and timed inputs. Owned by one thread.
/// </summary>
public sealed partial class LmpNode
{
    private readonly NodeContext _context;
    private readonly Admission _admission;
    private readonly LinkCorrelator _links;
    private readonly LinkVerifier _verifier;
    private readonly FaultManager _faults;
    private readonly CrossConnects _crossConnects;
    private readonly StatusConfirmer _confirmer;
    private readonly Tracer _tracer;
    private readonly SortedDictionary<string, Neighbor> _neighbors = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, ControlChannel> _channels = [];
    // As the data plane said last; before it has said anything, there is none.
    private string? _dataPlaneProblem = "";

    /// <summary>Makes a node; its control channels stay down until their transport is there.</summary>
    /// <param name="configuration">What it is to do; validated.</param>
    /// <param name="options">What it remembers, and its seed.</param>
    /// <param name="output">Where it sends and tells; <see cref="INodeOutput.Open"/> is called for each control channel before this returns.</param>
    /// <param name="now">The time.</param>
    public LmpNode(NodeConfiguration configuration, NodeOptions options, INodeOutput output, Instant now)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        Configuration = new NodeConfiguration { NodeId = configuration.NodeId, Name = configuration.Name };
        _context = new NodeContext(this, options, output);
        _admission = new Admission(_context);
        _links = new LinkCorrelator(_context);
        _verifier = new LinkVerifier(_context);
        _faults = new FaultManager(_context);
        _crossConnects = new CrossConnects(_context);
        _confirmer = new StatusConfirmer(_context);
        _tracer = new Tracer(_context);
        Reconfigure(now, configuration);
        _context.IsStarting = false;
        foreach (var neighbor in _neighbors.Values) neighbor.UpdateWiring(now);
        if (options.StateLostBecause is not { } why) return;
        _context.Alarms.Raise(now, AlarmKind.StateLost, Name, AlarmSeverity.Major,
            $"{Name}: the state from before the restart is lost: {why}; it is taken from the neighbours as they come up");
        ResynchronizationEnded(now);
    }

    /// <summary>The configuration in force.</summary>
    public NodeConfiguration Configuration { get; private set; }

    /// <summary>The Node_Id.</summary>
    public NodeId NodeId => Configuration.NodeId;

    /// <summary>The node's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>The neighbours, by name.</summary>
    public IReadOnlyCollection<Neighbor> Neighbors => _neighbors.Values;

    /// <summary>The TE links, by name.</summary>
    public IReadOnlyCollection<TeLink> TeLinks => _links.TeLinks;

    /// <summary>The alarms.</summary>
    public AlarmTable Alarms => _context.Alarms;

    /// <summary>Messages and drops of the whole node, those that belong to no neighbour included.</summary>
    public NodeCounters Counters => _context.Counters;

    /// <summary>When <see cref="Advance"/> has to be called next; <see cref="Instant.Never"/> if there is nothing to wait for.</summary>
    public Instant NextDeadline => _context.Deadlines.Next;

    /// <summary>
    /// Whether the data plane can send and receive Test messages. While it cannot, nothing is verified by itself (RFC 4204 §5); BeginVerify of a
    /// neighbour is accepted all the same.
    /// </summary>
    public bool CanTest => _dataPlaneProblem is null;

    /// <summary>The data plane says whether it can send and receive Test messages.</summary>
    /// <param name="now">The time.</param>
    /// <param name="problem">Null: it can; empty: it cannot, and nothing is wrong with that; otherwise why not, and what to do: an alarm.</param>
    public void ReportDataPlane(Instant now, string? problem)
    {
        Observer?.Takes(now, new DataPlaneInput(problem));
        var could = CanTest;
        _dataPlaneProblem = problem;
        if (string.IsNullOrEmpty(problem)) _context.Alarms.Clear(now, AlarmKind.AgentDown, Name);
        else _context.Alarms.Raise(now, AlarmKind.AgentDown, Name, AlarmSeverity.Major, $"{Name}: the data plane cannot be used: {problem}; data links are not verified");
        if (CanTest == could) return;
        foreach (var teLink in _links.TeLinks)
        {
            if (CanTest) teLink.DataPlaneReady(now);
            else teLink.Initiator.DataPlaneLost(now);
        }

        if (CanTest) return;
        foreach (var neighbor in _neighbors.Values) neighbor.Initiator.DataPlaneLost(now);
    }

    /// <summary>The host says whether it can write down what <see cref="INodeOutput.Retain"/> tells.</summary>
    /// <param name="now">The time.</param>
    /// <param name="problem">Null: it can; otherwise why not, and what to do: an alarm.</param>
    public void ReportStateFile(Instant now, string? problem)
    {
        Observer?.Takes(now, new StateFileInput(problem));
        if (problem is null) _context.Alarms.Clear(now, AlarmKind.StateNotSaved, Name);
        else _context.Alarms.Raise(now, AlarmKind.StateNotSaved, Name, AlarmSeverity.Major, $"{Name}: state is not saved: {problem}; a restart would lose what has changed");
    }

    /// <summary>
    /// The host says whether what protects the messages of a neighbour is there (RFC 4204 §15.2). Nothing but an alarm: the control channels are told by
    /// <see cref="TransportUp"/> and <see cref="TransportDown"/>.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="neighbor">The neighbour; one that is no longer configured is none.</param>
    /// <param name="problem">Null: it is there; otherwise why not, and what to do: an alarm.</param>
    public void ReportSecurity(Instant now, string neighbor, string? problem)
    {
        Observer?.Takes(now, new SecurityInput(neighbor, problem));
        if (!_neighbors.ContainsKey(neighbor)) return;
        if (problem is null) _context.Alarms.Clear(now, AlarmKind.IpsecDown, neighbor);
        else _context.Alarms.Raise(now, AlarmKind.IpsecDown, neighbor, AlarmSeverity.Major, $"{neighbor}: {problem}; nothing is sent to it or taken from it without");
    }

    /// <summary>Does everything that is due.</summary>
    public void Advance(Instant now)
    {
        if (NextDeadline > now) return;
        Observer?.Takes(now, new DeadlineInput());
        _context.Deadlines.Advance(now);
    }

    /// <summary>When the next Hello is due; see <see cref="SendHellos"/>.</summary>
    public Instant NextHello => _context.Deadlines.NextPatient;

    /// <summary>
    /// Sends the Hellos that are due and does nothing else, whatever else is due (RFC 4204 §3.2). The one method that <see cref="INodeOutput"/> may
    /// call while the node is calling it: so that no neighbour hears nothing while ten thousand data links fail. A node that is observed
    /// sends them when it is done: what is recorded has its outputs in the order of its inputs.
    /// </summary>
    public void SendHellos(Instant now)
    {
        if (Observer is null) _context.Deadlines.AdvancePatient(now);
    }

    /// <summary>A control channel's transport is there: the channel starts, unless the operator has it down.</summary>
    public void TransportUp(Instant now, ControlChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (!IsConfigured(channel)) return;
        Observer?.Takes(now, new TransportUpInput(channel.Id));
        channel.TransportUp(now);
    }

    /// <summary>A control channel's transport is not there (evCCDn from below, RFC 4204 §11.1.2).</summary>
    /// <param name="now">The time.</param>
    /// <param name="channel">The control channel.</param>
    /// <param name="why">In words, such as "interface eth0 is down"; shown as the channel's reason.</param>
    public void TransportDown(Instant now, ControlChannel channel, string why)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (!IsConfigured(channel)) return;
        Observer?.Takes(now, new TransportDownInput(channel.Id, why));
        channel.TransportDown(now, why);
    }

    /// <summary>The data link of that name in the configuration of before a reconfiguration under way; null if there is none.</summary>
    public DataLink? FindDataLink(string name) => _links.FindDataLink(name);

    /// <summary>The TE link of that name; null if there is none.</summary>
    public TeLink? FindTeLink(string name) => _links.Find(name);

    /// <summary>A data link is no longer configured: no verification waits for it.</summary>
    internal void Forget(Instant now, DataLink link) => _verifier.Forget(now, link);

    /// <summary>Takes in a Test message: any bytes that came in on a data link for LMP (RFC 4204 §12.5.6).</summary>
    public void ReceiveTest(Instant now, DataLink link, ReadOnlySpan<byte> datagram)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (_links.FindDataLink(link.Name) != link) return;
        Observer?.Takes(now, new TestInput(link.Name, ValueList.Create(datagram)));
        _context.BeginReceive(datagram.Length);
        _verifier.ReceiveTest(now, link, datagram);
    }

    /// <summary>A control channel went Up: perhaps event 7 for the TE links of its neighbour, perhaps the neighbour has restarted.</summary>
    /// <param name="now">The time.</param>
    /// <param name="channel">The control channel.</param>
    /// <param name="renegotiated">Whether it was up until the neighbour negotiated anew, as one that was restarted does.</param>
    internal void ChannelUp(Instant now, ControlChannel channel, bool renegotiated)
    {
        var neighbor = channel.Neighbor;
        var restarted = channel.NeighborRestarted;
        channel.NeighborRestarted = false;
        if (restarted)
        {
            ForgetReceived(now, neighbor);
            foreach (var teLink in neighbor.TeLinks) teLink.Faults.NeighborRestarted(now);
        }

        var isNew = neighbor.UpdateAdjacency(now);
        if (isNew)
        {
            _context.Output.Tell(new AdjacencyChanged(now, neighbor, Up: true));
            foreach (var teLink in neighbor.TeLinks) teLink.AdjacencyUp(now, restarted);
        }
        else if (restarted || renegotiated)
        {
            foreach (var teLink in neighbor.TeLinks) teLink.NeighborRestarted(now, restarted);
        }

        if (isNew || restarted) _confirmer.AdjacencyUp(now, neighbor);
        if (isNew || restarted || renegotiated) Tracer.AdjacencyUp(now, neighbor);
    }

    /// <summary>A control channel left Active and Up: event 8 for the TE links of its neighbour if it was the last.</summary>
    internal void ChannelDown(Instant now, ControlChannel channel)
    {
        var neighbor = channel.Neighbor;
        var lost = neighbor.UpdateAdjacency(now);
        if (lost) _context.Output.Tell(new AdjacencyChanged(now, neighbor, Up: false));
        if (neighbor.IsUp) return;
        _verifier.AdjacencyDown(now, neighbor);
        foreach (var teLink in neighbor.TeLinks) teLink.AdjacencyDown(now);
        _confirmer.AdjacencyDown(now, neighbor);
        _tracer.AdjacencyDown(neighbor);
        if (!lost) return;
        ForgetReceived(now, neighbor);
        foreach (var c in neighbor.ControlChannels) c.Config.ForgetReceived();
    }

    // RFC 4204 §7: the neighbour's Message_Ids may start anywhere.
    private void ForgetReceived(Instant now, Neighbor neighbor)
    {
        _links.ForgetReceived(now, neighbor);
        foreach (var teLink in neighbor.TeLinks) teLink.Faults.Receiver.ForgetReceived();
        _confirmer.ForgetReceived(neighbor);
        Tracer.ForgetReceived(neighbor);
    }

    /// <summary>It was settled anew which behaviours are in use with a neighbour (RFC 6898 §3): the chapters that depend on one look here.</summary>
    internal void BehaviorsSettled(Instant now, Neighbor neighbor)
    {
        _context.Output.Tell(new BehaviorsChanged(now, neighbor, neighbor.BehaviorSupport, neighbor.Behaviors, neighbor.LegacyReason));
        if (!neighbor.ConfirmsStatus) _confirmer.SupportLost(now, neighbor);
        if (neighbor.IsUp) Tracer.AdjacencyUp(now, neighbor);
    }

    // The host may report on a channel that a reconfiguration has just removed.
    private bool IsConfigured(ControlChannel channel) => _channels.GetValueOrDefault(channel.Id) == channel;
}
