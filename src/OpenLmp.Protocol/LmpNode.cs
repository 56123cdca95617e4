using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// An LMP node without I/O: time, datagrams, transport and operator's commands come in by method calls; what to send and to tell goes out
/// through <see cref="INodeOutput"/>. A pure function of configuration, options and timed inputs. Owned by one thread.
/// </summary>
public sealed partial class LmpNode
{
    private readonly NodeContext _context;
    private readonly LinkCorrelator _links;
    private readonly LinkVerifier _verifier;
    private readonly FaultManager _faults;
    private readonly CrossConnects _crossConnects;
    private readonly StatusConfirmer _confirmer;
    private readonly Tracer _tracer;
    private readonly SortedDictionary<string, Neighbor> _neighbors = new(StringComparer.Ordinal);
    private readonly Dictionary<uint, ControlChannel> _channels = [];

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
    public bool CanTest { get; private set; }

    /// <summary>The data plane says whether it can send and receive Test messages.</summary>
    /// <param name="now">The time.</param>
    /// <param name="problem">Null: it can; empty: it cannot, and nothing is wrong with that; otherwise why not, and what to do: an alarm.</param>
    public void ReportDataPlane(Instant now, string? problem)
    {
        var could = CanTest;
        CanTest = problem is null;
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
        if (problem is null) _context.Alarms.Clear(now, AlarmKind.StateNotSaved, Name);
        else _context.Alarms.Raise(now, AlarmKind.StateNotSaved, Name, AlarmSeverity.Major, $"{Name}: state is not saved: {problem}; a restart would lose what has changed");
    }

    /// <summary>Does everything that is due.</summary>
    public void Advance(Instant now) => _context.Deadlines.Advance(now);

    /// <summary>A control channel's transport is there: the channel starts, unless the operator has it down.</summary>
    public void TransportUp(Instant now, ControlChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (IsConfigured(channel)) channel.TransportUp(now);
    }

    /// <summary>A control channel's transport is not there (evCCDn from below, RFC 4204 §11.1.2).</summary>
    /// <param name="now">The time.</param>
    /// <param name="channel">The control channel.</param>
    /// <param name="why">In words, such as "interface eth0 is down"; shown as the channel's reason.</param>
    public void TransportDown(Instant now, ControlChannel channel, string why)
    {
        ArgumentNullException.ThrowIfNull(channel);
        if (IsConfigured(channel)) channel.TransportDown(now, why);
    }

    /// <summary>Takes in a datagram: any bytes, from anywhere. What changes nothing is counted.</summary>
    public void Receive(Instant now, in DatagramOrigin origin, ReadOnlySpan<byte> datagram)
    {
        if (!_context.Peers.IsKnown(origin))
        {
            _context.Drop(null, DropReason.UnknownSource);
            return;
        }

        if (datagram.Length >= CommonHeader.Size && datagram[3] == (byte)MessageType.Hello)
        {
            if (Hello.TryDecode(datagram, out var hello, out var helloError)) ReceiveHello(now, origin, hello);
            else DropMalformed(origin, helloError);
            return;
        }

        if (LmpMessage.TryDecode(datagram, out var message, out var error))
        {
            _context.Counters.CountReceived(message.Type);
            Dispatch(now, origin, message);
        }
        else
        {
            ReceiveMalformed(origin, datagram, error);
        }
    }

    /// <summary>The data link of that name in the configuration of before a reconfiguration under way; null if there is none.</summary>
    internal DataLink? FindDataLink(string name) => _links.FindDataLink(name);

    /// <summary>A data link is no longer configured: no verification waits for it.</summary>
    internal void Forget(Instant now, DataLink link) => _verifier.Forget(now, link);

    /// <summary>Takes in a Test message: any bytes that came in on a data link for LMP (RFC 4204 §12.5.6).</summary>
    public void ReceiveTest(Instant now, DataLink link, ReadOnlySpan<byte> datagram)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (_links.FindDataLink(link.Name) == link) _verifier.ReceiveTest(now, link, datagram);
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
        if (neighbor.IsUp) Tracer.AdjacencyUp(now, neighbor);
    }

    // The host may report on a channel that a reconfiguration has just removed.
    private bool IsConfigured(ControlChannel channel) => _channels.GetValueOrDefault(channel.Id) == channel;

    private void ReceiveHello(Instant now, in DatagramOrigin origin, in Hello hello)
    {
        _context.Counters.CountReceived(MessageType.Hello);
        if (_context.Peers.ForHello(origin, hello.LocalCcid) is not { } channel)
        {
            _context.Drop(null, DropReason.UnknownChannel);
            return;
        }

        channel.Neighbor.Counters.CountReceived(MessageType.Hello);
        channel.ReceiveHello(now, hello);
    }

    private void Dispatch(Instant now, in DatagramOrigin origin, LmpMessage message)
    {
        switch (message)
        {
            case ConfigMessage config:
                ReceiveConfig(now, origin, config);
                break;
            case ConfigAckMessage ack:
                if (FindAnswered(now, origin, ack, ack.LocalCcid, ack.LocalNodeId, ack.RemoteCcid, ack.RemoteNodeId) is { } acked)
                    acked.Config.ReceiveAck(now, origin, ack);
                break;
            case ConfigNackMessage nack:
                if (FindAnswered(now, origin, nack, nack.LocalCcid, nack.LocalNodeId, nack.RemoteCcid, nack.RemoteNodeId) is { } nacked)
                    nacked.Config.ReceiveNack(now, nack);
                break;
            default:
                ReceiveOverAnyChannel(now, origin, message);
                break;
        }
    }

    private void ReceiveConfig(Instant now, in DatagramOrigin origin, ConfigMessage config)
    {
        if (config.LocalCcid == 0 || config.LocalNodeId.Value == 0)
        {
            _context.Drop(null, DropReason.ZeroId);
            return;
        }

        if (config.LocalNodeId == NodeId)
        {
            // §3.1: "If the Node_Ids are equal, then one (or both) nodes have been misconfigured."
            _context.Drop(null, DropReason.EqualNodeId);
            foreach (var c in _context.Peers.Suspects(origin))
                c.Misfit(now, $"the node at {origin.Source} has our Node_Id {NodeId}; change the Node_Id of one of the two");
            return;
        }

        if (_context.Peers.ForConfig(origin, config.LocalNodeId, config.LocalCcid) is not { } channel)
        {
            DropConfig(now, origin, config);
            return;
        }

        channel.Neighbor.Counters.CountReceived(MessageType.Config);
        if (config.Flags.HasFlag(HeaderFlags.ControlChannelDown)) channel.NeighborGoesDown(now);
        else channel.Config.Receive(now, origin, config);
    }

    private void DropConfig(Instant now, in DatagramOrigin origin, ConfigMessage config)
    {
        if (_context.Peers.Candidates(origin).FirstOrDefault(c => c.Neighbor.NodeId == config.LocalNodeId)?.Neighbor is { } neighbor)
        {
            _context.Drop(neighbor, DropReason.UnknownChannel);
            foreach (var c in neighbor.ControlChannels)
                if (c.Configuration.RemoteId is { } expected) c.Misfit(now, WrongCcId(c, config.LocalCcid, expected));
            return;
        }

        _context.Drop(null, DropReason.WrongNodeId);
        foreach (var c in _context.Peers.Suspects(origin)) c.Misfit(now, WrongNodeId(c, origin, config.LocalNodeId));
    }

    private static string WrongNodeId(ControlChannel channel, in DatagramOrigin origin, NodeId found) =>
        $"the node at {origin.Source} has Node_Id {found}, {channel.Neighbor.Name} is configured as {channel.Neighbor.NodeId}; correct node-id, or the address";

    private static string WrongCcId(ControlChannel channel, uint found, uint expected) =>
        $"{channel.Neighbor.Name} uses CC_Id {found}, remote-id {expected} is configured; correct one of the two";

    private ControlChannel? FindAnswered(
        Instant now, in DatagramOrigin origin, LmpMessage message, uint localCcid, NodeId localNodeId, uint remoteCcid, NodeId remoteNodeId)
    {
        if (localCcid == 0 || localNodeId.Value == 0)
        {
            _context.Drop(null, DropReason.ZeroId);
            return null;
        }

        if (!_channels.TryGetValue(remoteCcid, out var channel) || !PeerTable.IsFrom(channel, origin))
        {
            _context.Drop(null, DropReason.UnknownChannel);
            return null;
        }

        if (remoteNodeId != NodeId || localNodeId != channel.Neighbor.NodeId)
        {
            _context.Drop(channel.Neighbor, DropReason.WrongNodeId);
            if (remoteNodeId == NodeId) channel.Misfit(now, WrongNodeId(channel, origin, localNodeId));
            return null;
        }

        if (channel.Configuration.RemoteId is { } expected && expected != localCcid)
        {
            _context.Drop(channel.Neighbor, DropReason.UnknownChannel);
            channel.Misfit(now, WrongCcId(channel, localCcid, expected));
            return null;
        }

        channel.Neighbor.Counters.CountReceived(message.Type);
        if (!message.Flags.HasFlag(HeaderFlags.ControlChannelDown)) return channel;
        channel.NeighborGoesDown(now);
        return null;
    }

    // Messages without CC_Id: any control channel in use may carry them (RFC 4204 §3).
    private void ReceiveOverAnyChannel(Instant now, in DatagramOrigin origin, LmpMessage message)
    {
        if (_context.Peers.ForMessage(origin) is not { } channel)
        {
            _context.Drop(_context.Peers.At(origin) is [var only] ? only.Neighbor : null, DropReason.WrongState);
            return;
        }

        var neighbor = channel.Neighbor;
        neighbor.Counters.CountReceived(message.Type);
        // Without a CC_Id, the flag tells which channel goes down only where there is but one.
        if (message.Flags.HasFlag(HeaderFlags.ControlChannelDown) && _context.Peers.At(origin).Count == 1)
        {
            channel.NeighborGoesDown(now);
            return;
        }

        switch (message)
        {
            case LinkSummaryMessage summary:
                _links.Receive(now, channel, origin, summary);
                break;
            case LinkSummaryAckMessage ack:
                _links.ReceiveAck(now, neighbor, ack.MessageIdAck!.Value);
                break;
            case LinkSummaryNackMessage nack:
                _links.ReceiveNack(now, neighbor, nack);
                break;
            case BeginVerifyMessage begin:
                _verifier.ReceiveBegin(now, channel, origin, begin);
                break;
            case EndVerifyMessage end:
                _verifier.ReceiveEnd(now, channel, origin, end);
                break;
            case TestStatusAckMessage ack:
                _verifier.ReceiveStatusAck(now, neighbor, ack);
                break;
            case BeginVerifyAckMessage or BeginVerifyNackMessage or EndVerifyAckMessage or TestStatusSuccessMessage or TestStatusFailureMessage:
                _verifier.ReceiveAnswer(now, channel, origin, message);
                break;
            case ChannelStatusMessage status:
                _faults.ReceiveStatus(now, channel, origin, status);
                break;
            case ChannelStatusAckMessage ack:
                _faults.ReceiveAck(now, neighbor, ack);
                break;
            case ChannelStatusRequestMessage request:
                _faults.ReceiveRequest(channel, origin, request);
                break;
            case ChannelStatusResponseMessage response:
                _faults.ReceiveResponse(now, neighbor, response);
                break;
            case ConfirmDataChannelStatusMessage confirm:
                _confirmer.Receive(now, channel, origin, confirm);
                break;
            case ConfirmDataChannelStatusAckMessage ack:
                _confirmer.ReceiveAck(now, neighbor, ack);
                break;
            case ConfirmDataChannelStatusNackMessage nack:
                _confirmer.ReceiveNack(now, neighbor, nack);
                break;
            case TraceMonitorMessage monitor:
                _tracer.ReceiveMonitor(now, channel, origin, monitor);
                break;
            case TraceMismatchMessage mismatch:
                _tracer.ReceiveMismatch(now, channel, origin, mismatch);
                break;
            case TraceReqMessage request:
                _tracer.ReceiveRequest(channel, origin, request);
                break;
            case InsertTraceMessage insert:
                _tracer.ReceiveInsert(now, channel, origin, insert);
                break;
            case TraceMonitorAckMessage or TraceMonitorNackMessage or TraceMismatchAckMessage or TraceReportMessage or TraceReqNackMessage
                or InsertTraceAckMessage or InsertTraceNackMessage:
                _tracer.ReceiveAnswer(now, neighbor, message);
                break;
            case UnknownMessage:
                _context.Drop(neighbor, DropReason.UnknownType);
                break;
            default:
                _context.Drop(neighbor, DropReason.Unsupported);
                break;
        }
    }

    private void ReceiveMalformed(in DatagramOrigin origin, ReadOnlySpan<byte> datagram, in DecodeError error)
    {
        DropMalformed(origin, error);
        if (datagram.Length >= CommonHeader.Size && datagram[3] == (byte)MessageType.LinkSummary && _context.Peers.ForMessage(origin) is { } channel)
            _links.ReceiveMalformed(channel, origin, datagram, error);
    }

    private void DropMalformed(in DatagramOrigin origin, in DecodeError error)
    {
        var reason = error.Kind switch
        {
            DecodeErrorKind.BadVersion => DropReason.BadVersion,
            DecodeErrorKind.LengthMismatch => DropReason.LengthMismatch,
            _ => DropReason.Malformed,
        };
        _context.Drop(_context.Peers.At(origin) is [var only] ? only.Neighbor : null, reason);
    }
}
