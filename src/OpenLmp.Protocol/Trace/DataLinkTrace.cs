// RFC 4207 §4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What is known of the trace messages in one overhead byte of a data link, in both directions (RFC 4207 §4).</summary>
public sealed partial class DataLinkTrace
{
    // A neighbour that told of a mismatch never tells that it is over: it is asked.
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    private readonly NodeContext _node;
    private readonly TraceRequest _monitor;
    private readonly TraceRequest _insert;
    private readonly TraceRequest _ask;
    private readonly Deadline _recheck;
    private MessageIdMemory _monitorOrder;
    private MessageIdMemory _insertOrder;
    // What the configuration or the operator wants sent, whatever the neighbour has inserted since.
    private string? _ordered;
    private bool _isMonitored;
    private bool _isNews;
    private bool _inserts;
    private bool _neighborDiffers;
    private string _monitorProblem = "";
    private string _insertProblem = "";

    internal DataLinkTrace(NodeContext node, DataLink link, TraceType type)
    {
        (_node, Link, Type) = (node, link, type);
        _monitor = new TraceRequest(node, this, MessageType.TraceMonitor);
        _insert = new TraceRequest(node, this, MessageType.InsertTrace);
        _ask = new TraceRequest(node, this, MessageType.TraceReq);
        _recheck = new Deadline(LookAgain);
        _testForgotten = new Deadline(ForgetTest);
    }

    /// <summary>The data link.</summary>
    public DataLink Link { get; }

    /// <summary>Which overhead byte.</summary>
    public TraceType Type { get; }

    /// <summary>What our data plane is to send, by the configuration, the operator's word or the neighbour's InsertTrace; null: nothing was asked for.</summary>
    public string? Sent { get; private set; }

    /// <summary>What the configuration or the operator expects to receive; null: nothing.</summary>
    public string? Expected { get; private set; }

    /// <summary>What the neighbour asked us to monitor for (TraceMonitor); null: nothing.</summary>
    public string? Monitored { get; private set; }

    /// <summary>What our data plane receives; empty: none; null: it has not said.</summary>
    public string? Received { get; private set; }

    /// <summary>What the neighbour said it receives (TraceReport, TraceMonitorAck); null: it has not said.</summary>
    public string? RemoteReceived { get; private set; }

    /// <summary>What is not as it should be, in words; empty if nothing is.</summary>
    public string Reason => string.Join("; ", ((string[])[Difference, _monitorProblem, _insertProblem]).Where(t => t.Length > 0));

    /// <summary>Both texts where what is received is not what is expected, at either end; empty if it is, as far as is known.</summary>
    internal string Difference
    {
        get
        {
            var here = IsWrong(Expected) || IsWrong(Monitored)
                ? $"{TraceTypes.InWords(Type)}: {TraceText.Quote(Received)} is received, {TraceText.Quote(IsWrong(Expected) ? Expected : Monitored)} is expected" : "";
            var there = _neighborDiffers
                ? $"{TraceTypes.InWords(Type)}: {Neighbor.Name} receives {TraceText.Quote(RemoteReceived)}, {TraceText.Quote(Sent)} is sent" : "";
            return here.Length > 0 && there.Length > 0 ? $"{here}; {there}" : here + there;
        }
    }

    /// <summary>
    /// Whether the neighbour is to be told that another trace message is received: it asked to monitor for one (RFC 4207 §4.1.4), or is asked to
    /// send one (§4.1.9).
    /// </summary>
    internal bool IsToReport => IsWrong(Monitored) || (_inserts && IsWrong(Expected));

    private Neighbor Neighbor => Link.TeLink.Neighbor;

    /// <summary>The data plane says what it receives; false if that is no news.</summary>
    internal bool Receive(Instant now, string text)
    {
        if (Received == text) return false;
        var from = Received;
        (Received, _isNews) = (text, true);
        _node.Output.Tell(new TraceReceived(now, Link, Type, from, text));
        return true;
    }

    /// <summary>Whether the neighbour has to be told now that another trace message is received; asked once.</summary>
    internal bool TakeReport()
    {
        if (IsTested || !_isNews) return false;
        _isNews = false;
        return IsToReport;
    }

    /// <summary>Asks the neighbour what it receives (TraceReq).</summary>
    internal void Ask(Instant now) => _ask.Start(now, id => new TraceReqMessage(id, Link.LocalId, Type));

    /// <summary>The neighbour asks to monitor for a text (RFC 4207 §4.1.1): what is wrong with that.</summary>
    internal TraceErrors MonitorFor(Instant now, uint messageId, string text)
    {
        // A copy that the network has kept must not bring back what was asked for before.
        if (!_monitorOrder.IsOutOfOrder(messageId))
        {
            _monitorOrder.Remember(messageId);
            Monitored = text;
            Link.TellTraces(now);
        }

        return Received is null || Received == text || IsTested ? TraceErrors.None : TraceErrors.InvalidTraceMessage;
    }

    /// <summary>The neighbour asks to send a text (RFC 4207 §4.1.9).</summary>
    internal void Insert(Instant now, uint messageId, string text)
    {
        if (_insertOrder.IsOutOfOrder(messageId)) return;
        _insertOrder.Remember(messageId);
        if (Sent == text) return;
        Sent = text;
        Transmit();
        NeighborSees(null, differs: false);
        // What it looks for is what we send.
        RequestMonitoring(now);
        Link.TellTraces(now);
    }

    /// <summary>The neighbour says by TraceMismatch that it receives another text than it was asked to monitor for, or is asked what.</summary>
    internal void NeighborMismatch(Instant now)
    {
        // What it sees now is a test pattern, whether it knows that or not.
        if (_pattern is not null && _pattern != Sent) return;
        _neighborDiffers = true;
        _node.Deadlines.Set(_recheck, now + Recheck);
        Link.TellTraces(now);
        Ask(now);
    }

    /// <summary>The neighbour has done what it was asked for: TraceMonitorAck, InsertTraceAck.</summary>
    internal void Acknowledged(Instant now, MessageType request)
    {
        if (request == MessageType.InsertTrace)
        {
            (_inserts, _insertProblem) = (true, "");
            Tell(now, request, TraceRequestOutcome.Done, $"{Neighbor.Name} sends {TraceText.Quote(Expected)}");
            return;
        }

        _monitorProblem = "";
        // No mismatch: it receives what we send, or its data plane has not said yet.
        NeighborSees(RemoteReceived == Sent ? Sent : null, differs: false);
        Tell(now, request, TraceRequestOutcome.Done, $"{Neighbor.Name} monitors for {TraceText.Quote(Sent)}");
        Link.TellTraces(now);
    }

    /// <summary>The neighbour says what it receives: TraceReport.</summary>
    internal void Reported(Instant now, string text)
    {
        NeighborSees(text, differs: (_isMonitored || _neighborDiffers) && text != Sent);
        if (_neighborDiffers) _node.Deadlines.Set(_recheck, now + Recheck);
        Tell(now, MessageType.TraceReq, _neighborDiffers ? TraceRequestOutcome.Mismatch : TraceRequestOutcome.Done, $"{Neighbor.Name} receives {TraceText.Quote(text)}");
        Link.TellTraces(now);
    }

    /// <summary>The neighbour refuses: TraceMonitorNack, InsertTraceNack, TraceReqNack.</summary>
    internal void Refused(Instant now, MessageType request, TraceErrors errors)
    {
        var text = $"{Neighbor.Name} refuses {MessageTypeRegistry.Name(request)}: {TraceError.InWords(errors)}";
        if (request == MessageType.TraceMonitor && errors == TraceErrors.InvalidTraceMessage)
        {
            // §4.1.3: "If the TRACE object was not equal to the value seen in the trace".
            Tell(now, request, TraceRequestOutcome.Mismatch, $"{Neighbor.Name} receives another one than {TraceText.Quote(Sent)}");
            NeighborMismatch(now);
            return;
        }

        if (request == MessageType.TraceMonitor) _monitorProblem = text;
        if (request == MessageType.InsertTrace) (_inserts, _insertProblem) = (false, text);
        Tell(now, request, TraceRequestOutcome.Refused, text);
        Link.TellTraces(now);
    }

    /// <summary>The neighbour has answered none of the transmissions.</summary>
    internal void Unanswered(Instant now, MessageType request, int transmissions)
    {
        var text = $"{transmissions} {MessageTypeRegistry.Name(request)} messages unanswered by {Neighbor.Name} although its control channel is up";
        if (request == MessageType.TraceMonitor) _monitorProblem = text;
        if (request == MessageType.InsertTrace) _insertProblem = text;
        Tell(now, request, TraceRequestOutcome.Unanswered, text);
        // A mismatch that stood still stands: the next look finds out.
        if (_neighborDiffers && request != MessageType.InsertTrace) _node.Deadlines.Set(_recheck, now + Recheck);
    }

    /// <summary>The adjacency is up, or the neighbour restarted: it may have forgotten what it was asked for.</summary>
    internal void AdjacencyUp(Instant now)
    {
        RequestMonitoring(now);
        RequestInsertion(now);
    }

    /// <summary>The data link is gone.</summary>
    internal void Remove()
    {
        Stop();
        _testForgotten.Cancel();
    }

    /// <summary>The adjacency is lost: nothing to wait for.</summary>
    internal void Stop()
    {
        foreach (var request in (ReadOnlySpan<TraceRequest>)[_monitor, _insert, _ask]) request.Stop();
        _recheck.Cancel();
        _inserts = false;
    }

    /// <summary>The neighbour's Message_Ids may start anywhere (RFC 4204 §7).</summary>
    internal void ForgetReceived()
    {
        _monitorOrder.Forget();
        _insertOrder.Forget();
    }

    /// <summary>The same data link was in another TE link: what the data plane sends and receives stays.</summary>
    internal void Inherit(DataLinkTrace before) =>
        (Sent, _ordered, Expected, Received, _isMonitored) = (before.Sent, before._ordered, before.Expected, before.Received, before._isMonitored);

    private bool IsWrong(string? expected) => expected is not null && Received is not null && Received != expected && !IsTested;

    private void NeighborSees(string? text, bool differs)
    {
        (RemoteReceived, _neighborDiffers) = (text, differs);
        if (!differs) _recheck.Cancel();
    }

    // A neighbour that asked for the text itself (InsertTrace) monitors for it without being asked to.
    private void LookAgain(Instant now)
    {
        if (_isMonitored) RequestMonitoring(now);
        else Ask(now);
    }

    private void RequestMonitoring(Instant now)
    {
        _monitorProblem = "";
        if (_isMonitored && Sent is { } text) _monitor.Start(now, id => new TraceMonitorMessage(id, Link.LocalId, TraceText.ToWire(Type, text)));
        else _monitor.Stop();
    }

    private void RequestInsertion(Instant now)
    {
        (_inserts, _insertProblem) = (false, "");
        if (Expected is { } text) _insert.Start(now, id => new InsertTraceMessage(id, Link.LocalId, TraceText.ToWire(Type, text)));
        else _insert.Stop();
    }

    private void Tell(Instant now, MessageType request, TraceRequestOutcome outcome, string text) =>
        _node.Output.Tell(new TraceRequestFinished(now, Link, request, outcome, $"{Link.Name}: {TraceTypes.InWords(Type)}: {text}"));
}
