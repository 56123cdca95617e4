// RFC 4204 §5, §12.5: the side that sends Test messages.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Where a verification procedure stands.</summary>
public enum VerificationPhase
{
    /// <summary>None is under way.</summary>
    Idle,

    /// <summary>BeginVerify sent, not answered yet.</summary>
    Beginning,

    /// <summary>Test messages are being sent.</summary>
    Testing,

    /// <summary>EndVerify sent, not answered yet.</summary>
    Ending,
}

/// <summary>Verification of one TE link's data links, as their transmitting side (RFC 4204 §5).</summary>
internal sealed class VerifyInitiator
{
    // What both data planes can do: Test messages as IP packets over the data link (RFC 4204 §13.8).
    private const VerifyTransport Transports = VerifyTransport.Payload;

    private readonly NodeContext _node;
    private readonly TeLink _teLink;
    private readonly Retransmission _begin;
    private readonly Retransmission _end;
    private readonly Deadline _test;
    private readonly Deadline _finish;
    private readonly Deadline _retry;
    private readonly Deadline _periodic;
    private readonly Dictionary<Identifier, TestedLink> _links = [];
    private byte[] _beginBytes = [];
    private byte[] _endBytes = [];
    private int _undecided;
    private bool _again;
    private bool _interrupted;

    public VerifyInitiator(NodeContext node, TeLink teLink)
    {
        (_node, _teLink) = (node, teLink);
        _begin = new Retransmission(node.Deadlines, TransmitBegin, GiveUpBegin);
        _end = new Retransmission(node.Deadlines, TransmitEnd, GiveUpEnd);
        _test = new Deadline(SendTests);
        _finish = new Deadline(Finish);
        _retry = new Deadline(now => Begin(now));
        _periodic = new Deadline(PeriodicDue);
    }

    public VerificationPhase Phase { get; private set; }

    /// <summary>The neighbour's Verify_Id, while testing.</summary>
    public uint VerifyId { get; private set; }

    /// <summary>Data links of the procedure, and how many of them are not decided yet.</summary>
    public (int Total, int Undecided) Progress => (_links.Count, _undecided);

    private Neighbor Neighbor => _teLink.Neighbor;

    private VerificationConfiguration Configuration => _teLink.Configuration.Verification;

    /// <summary>Starts verifying all free data links; what is wrong where it cannot, otherwise null.</summary>
    public string? Begin(Instant now)
    {
        _node.Deadlines.Cancel(_retry);
        if (Phase != VerificationPhase.Idle) return null;
        if (!Neighbor.IsUp) return $"no control channel to {Neighbor.Name} is up";
        var links = _teLink.DataLinks.Where(l => l.CanBeTested).ToList();
        if (links.Count == 0) return "it has no free data link";

        _links.Clear();
        // §5: "The suggested criterion for this ordering is by increasing the value of the remote Interface_Id."
        foreach (var link in links.OrderBy(l => l.RemoteId?.Value ?? UInt128.MaxValue).ThenBy(l => l.LocalId.Value)) _links.Add(link.LocalId, new TestedLink(link));
        _undecided = _links.Count;
        Phase = VerificationPhase.Beginning;
        var id = _node.MessageIds.Next();
        _beginBytes = new BeginVerifyMessage(_teLink.LocalId, id, _teLink.RemoteId, Object(links)).Encode();
        _begin.Start(now, id, Parameters);
        return null;
    }

    /// <summary>Verifies now, or again once the procedure under way has ended: something has changed that it may have missed.</summary>
    public void Request(Instant now)
    {
        if (Phase == VerificationPhase.Idle) Begin(now);
        else _again = true;
    }

    /// <summary>Starts the wait for the next periodic verification.</summary>
    public void SchedulePeriodic(Instant now)
    {
        if (Configuration.Periodic > TimeSpan.Zero && _teLink.LinkVerification) _node.Deadlines.Set(_periodic, now + Configuration.Periodic);
        else _node.Deadlines.Cancel(_periodic);
    }

    /// <summary>All control channels failed, or the TE link is gone: ends without a word (RFC 4204 §12.5.6).</summary>
    public void Abort(Instant now)
    {
        foreach (var deadline in (ReadOnlySpan<Deadline>)[_retry, _periodic]) _node.Deadlines.Cancel(deadline);
        if (Phase == VerificationPhase.Idle) return;
        var testing = Phase == VerificationPhase.Testing;
        Stop();
        if (testing)
        {
            foreach (var tested in _links.Values)
                if (!tested.Decided) tested.Link.TestAborted(now);
        }

        Tell(now, VerificationOutcome.Aborted, "the control channels were lost");
    }

    /// <summary>
    /// Our data plane can send no more Test messages. That says nothing of the data links: what was known of them before still is.
    /// </summary>
    public void DataPlaneLost(Instant now)
    {
        if (Phase is not (VerificationPhase.Beginning or VerificationPhase.Testing)) return;
        if (Phase == VerificationPhase.Beginning)
        {
            Stop();
            Interrupted(now);
            return;
        }

        foreach (var tested in _links.Values)
            if (!tested.Decided) tested.Link.TestAborted(now);
        _interrupted = true;
        SendEnd(now);
    }

    public bool ReceiveBeginAck(Instant now, BeginVerifyAckMessage ack)
    {
        if (!_begin.IsAnsweredBy(ack.MessageIdAck)) return false;
        _begin.Stop();
        var answer = ack.BeginVerifyAck;
        VerifyId = ack.VerifyId;
        if (!answer.HasOneTransport || (answer.TransportResponse & Transports) == 0)
        {
            // §13.9: "One and only one bit MUST be set"; and it has to be one we offered.
            Fail(now, VerificationOutcome.Refused, $"{Neighbor.Name} chose a transport that was not offered");
            SendEnd(now);
            return true;
        }

        if (ack.LocalLinkId is { } id && !id.IsZero) _teLink.RemoteId ??= id;
        Phase = VerificationPhase.Testing;
        foreach (var tested in _links.Values)
        {
            tested.Link.StartTest(now);
            tested.Bytes = new TestMessage(tested.Link.LocalId, VerifyId).Encode();
        }

        // §11.3.2, event 7b: the neighbour reports after its VerifyDeadInterval, and its report may have to be sent more than once.
        var patience = TimeSpan.FromMilliseconds(answer.VerifyDeadInterval) + Retransmission.Duration(Parameters);
        _node.Deadlines.Set(_finish, now + patience);
        SendTests(now);
        return true;
    }

    public bool ReceiveBeginNack(Instant now, BeginVerifyNackMessage nack)
    {
        if (!_begin.IsAnsweredBy(nack.MessageIdAck)) return false;
        _begin.Stop();
        var text = $"{Neighbor.Name} refuses to verify: {BeginVerifyError.InWords(nack.Errors)}";
        Phase = VerificationPhase.Idle;
        if (nack.Errors.HasFlag(BeginVerifyErrors.Unwilling))
        {
            _node.Deadlines.Set(_retry, now + Configuration.Retry);
            Tell(now, VerificationOutcome.Unwilling, $"{text}; next try in {Configuration.Retry.TotalSeconds:0.#} s");
            return true;
        }

        // A neighbour that does not support verification is no fault: the configuration is correlated as it is.
        if (!nack.Errors.HasFlag(BeginVerifyErrors.NotSupported)) RaiseFailed(now, text);
        Tell(now, VerificationOutcome.Refused, text);
        return true;
    }

    /// <summary>A data link's Test message has arrived, and the neighbour says where (RFC 4204 §12.5.7).</summary>
    public bool ReceiveSuccess(Instant now, TestStatusSuccessMessage success)
    {
        if (Phase != VerificationPhase.Testing || success.VerifyId != VerifyId) return false;
        if (!_links.TryGetValue(success.RemoteInterfaceId, out var tested)) return false;
        if (tested.Decided) return true;
        _teLink.RemoteId ??= success.LocalLinkId.IsZero ? null : success.LocalLinkId;
        tested.Decided = true;
        _undecided--;
        tested.Link.TestSucceeded(now, success.LocalInterfaceId);
        if (_undecided == 0) Finish(now);
        return true;
    }

    /// <summary>No Test message arrived on what remains. A success on its way still counts: the end is put off by one retransmission.</summary>
    public bool ReceiveFailure(Instant now, TestStatusFailureMessage failure)
    {
        if (Phase != VerificationPhase.Testing || failure.VerifyId != VerifyId) return false;
        _node.Deadlines.Cancel(_test);
        var grace = now + Parameters.Interval;
        if (!_finish.IsSet || grace < _finish.At) _node.Deadlines.Set(_finish, grace);
        return true;
    }

    public bool ReceiveEndAck(Instant now, uint messageIdAck)
    {
        if (!_end.IsAnsweredBy(messageIdAck)) return false;
        _end.Stop();
        Done(now);
        return true;
    }

    private RetransmitConfiguration Parameters => Neighbor.UsableChannel?.Configuration.Retransmit ?? RetransmitConfiguration.Default;

    private BeginVerifyObject Object(List<DataLink> links)
    {
        var first = links[0].Configuration;
        var capability = first.Capabilities[0];
        var flags = BeginVerifyFlags.VerifyAllLinks | (first.Port ? BeginVerifyFlags.Ports : 0);
        return new BeginVerifyObject(flags, (ushort)Configuration.Interval.TotalMilliseconds, (uint)links.Count, capability.Encoding, Transports, capability.MaximumBandwidth, 0);
    }

    private void TransmitBegin(Instant now) => Transmit(MessageType.BeginVerify, _begin, _beginBytes);

    private void TransmitEnd(Instant now) => Transmit(MessageType.EndVerify, _end, _endBytes);

    private void Transmit(MessageType type, Retransmission retransmission, byte[] bytes)
    {
        if (Neighbor.UsableChannel is not { Remote: { } remote } channel) return;
        if (retransmission.Transmissions > 1) _node.CountRetransmitted(Neighbor, type);
        _node.Send(channel, remote, type, bytes);
    }

    private void GiveUpBegin(Instant now)
    {
        Phase = VerificationPhase.Idle;
        var text = $"{_begin.Transmissions} BeginVerify messages unanswered by {Neighbor.Name} although Hello gets through; does it support link verification?";
        RaiseFailed(now, text);
        Tell(now, VerificationOutcome.Unanswered, text);
    }

    private void GiveUpEnd(Instant now) => Done(now);

    // Test messages of different data links do not wait for one another.
    private void SendTests(Instant now)
    {
        _node.Deadlines.Set(_test, now + Configuration.Interval);
        foreach (var tested in _links.Values)
        {
            if (tested.Decided) continue;
            tested.Link.TestSent(now);
            _node.Counters.CountSent(MessageType.Test);
            Neighbor.Counters.CountSent(MessageType.Test);
            _node.Output.SendTest(tested.Link, tested.Bytes);
        }
    }

    private void Finish(Instant now)
    {
        foreach (var tested in _links.Values)
            if (!tested.Decided) tested.Link.TestFailed(now, $"no Test message of it arrived at {Neighbor.Name}");
        SendEnd(now);
    }

    private void SendEnd(Instant now)
    {
        _node.Deadlines.Cancel(_test);
        _node.Deadlines.Cancel(_finish);
        Phase = VerificationPhase.Ending;
        var id = _node.MessageIds.Next();
        _endBytes = new EndVerifyMessage(id, VerifyId).Encode();
        _end.Start(now, id, Parameters);
    }

    private void Done(Instant now)
    {
        var interrupted = _interrupted;
        Stop();
        Neighbor.UpdateWiring(now);
        if (interrupted)
        {
            Interrupted(now);
            return;
        }

        var failed = _links.Values.Where(t => !t.Decided).Select(t => t.Link.Name).ToList();
        var miswired = _links.Values.Where(t => t.Decided && Wiring.Difference(t.Link).Length > 0).Select(t => t.Link.Name).ToList();
        _node.Alarms.Clear(now, AlarmKind.VerificationFailed, _teLink.Name);
        var text = $"{_links.Count - failed.Count} of {_links.Count} data links verified"
            + (failed.Count > 0 ? $"; no Test message arrived from {string.Join(", ", failed.Take(10))}" : "")
            + (miswired.Count > 0 ? $"; wrongly wired: {string.Join(", ", miswired.Take(10))}" : "");
        Tell(now, failed.Count + miswired.Count == 0 ? VerificationOutcome.AllVerified : VerificationOutcome.SomeFailed, text);
        if (!_again) return;
        _again = false;
        Begin(now);
    }

    // What is not verified is correlated as it is configured; the verification is made up for when the data plane is back.
    private void Interrupted(Instant now)
    {
        _again = false;
        Tell(now, VerificationOutcome.Aborted, "the data plane here was lost");
        _teLink.Correlate(now);
    }

    private void Fail(Instant now, VerificationOutcome outcome, string text)
    {
        foreach (var tested in _links.Values) tested.Decided = true;
        RaiseFailed(now, text);
        Tell(now, outcome, text);
    }

    private void Stop()
    {
        _begin.Stop();
        _end.Stop();
        _node.Deadlines.Cancel(_test);
        _node.Deadlines.Cancel(_finish);
        _interrupted = false;
        Phase = VerificationPhase.Idle;
    }

    private void RaiseFailed(Instant now, string text) =>
        _node.Alarms.Raise(now, AlarmKind.VerificationFailed, _teLink.Name, AlarmSeverity.Minor, $"{_teLink.Name}: {text}");

    private void Tell(Instant now, VerificationOutcome outcome, string text)
    {
        _node.Output.Tell(new VerificationFinished(now, _teLink, outcome, $"{_teLink.Name}: {text}"));
        _teLink.VerificationOver(now, outcome);
    }

    private void PeriodicDue(Instant now)
    {
        SchedulePeriodic(now);
        if (_node.Node.CanTest) Begin(now);
    }

    private sealed class TestedLink(DataLink link)
    {
        public DataLink Link { get; } = link;

        public byte[] Bytes { get; set; } = [];

        public bool Decided { get; set; }
    }
}
