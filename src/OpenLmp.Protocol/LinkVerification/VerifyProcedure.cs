// RFC 4204 §5, §12.5: one verification procedure, on the side that sends Test messages.
using OpenLmp.Wire;
using static OpenLmp.Protocol.TestResult;

namespace OpenLmp.Protocol;

/// <summary>BeginVerify, Test messages, EndVerify: one procedure after another with one neighbour (RFC 4204 §5).</summary>
internal sealed class VerifyProcedure
{
    private readonly NodeContext _node;
    private readonly Neighbor _neighbor;
    private readonly TeLink? _about;
    private readonly Action<Instant, VerificationOutcome, string, BeginVerifyErrors> _over;
    private readonly Retransmission _begin;
    private readonly Retransmission _end;
    private readonly Deadline _test;
    private readonly Deadline _finish;
    // In the order in which they are tested, where that is one after another.
    private readonly List<TestedLink> _links = [];
    private readonly HashSet<uint> _failures = [];
    private VerificationConfiguration _configuration = VerificationConfiguration.Default;
    private VerifyTransport _offered;
    private TimeSpan _deadInterval;
    // Why it ends before its time: the neighbour's answer was no good, or our data plane was lost.
    private string _refused = "";
    private string _interrupted = "";
    private byte[] _beginBytes = [];
    private byte[] _endBytes = [];

    /// <param name="node">The node.</param>
    /// <param name="neighbor">With whom.</param>
    /// <param name="about">Of which TE link; null: of several.</param>
    /// <param name="over">Told how a procedure ended, once it has: in words, and with the neighbour's errors where it refused.</param>
    public VerifyProcedure(NodeContext node, Neighbor neighbor, TeLink? about, Action<Instant, VerificationOutcome, string, BeginVerifyErrors> over)
    {
        (_node, _neighbor, _about, _over) = (node, neighbor, about, over);
        _begin = new Retransmission(node.Deadlines, TransmitBegin, GiveUpBegin);
        _end = new Retransmission(node.Deadlines, TransmitEnd, Done);
        _test = new Deadline(SendTests);
        _finish = new Deadline(PatienceOver);
    }

    public VerificationPhase Phase { get; private set; }

    /// <summary>The neighbour's Verify_Id, from its BeginVerifyAck on.</summary>
    public uint VerifyId { get; private set; }

    public int LinkCount => _links.Count;

    public int UndecidedCount => Phase == VerificationPhase.Idle ? 0 : _links.Count(l => l.Result is Waiting or Testing);

    private RetransmitConfiguration Parameters => _neighbor.Retransmit;

    /// <summary>Sends BeginVerify.</summary>
    /// <param name="now">The time.</param>
    /// <param name="localId">Our Link_Id, or zero: not limited to one TE link.</param>
    /// <param name="remoteId">The neighbour's, if it is known.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="links">The data links, all of them free.</param>
    /// <param name="configuration">How to verify.</param>
    public void Begin(
        Instant now, Identifier localId, Identifier? remoteId, BeginVerifyObject terms, IEnumerable<DataLink> links, VerificationConfiguration configuration)
    {
        (_configuration, _offered, _refused, _interrupted) = (configuration, terms.Transports, "", "");
        _failures.Clear();
        _links.Clear();
        // §5: "The suggested criterion for this ordering is by increasing the value of the remote Interface_Id."
        _links.AddRange(links.OrderBy(l => l.RemoteId?.Value ?? UInt128.MaxValue).ThenBy(l => l.LocalId.Value).Select(l => new TestedLink(l)));
        foreach (var tested in _links) tested.Link.Verifications++;
        Phase = VerificationPhase.Beginning;
        var id = _node.MessageIds.Next();
        _beginBytes = new BeginVerifyMessage(localId, id, remoteId, terms).Encode();
        _begin.Start(now, id, Parameters);
    }

    public bool ReceiveBeginAck(Instant now, BeginVerifyAckMessage ack)
    {
        if (!_begin.IsAnsweredBy(ack.MessageIdAck)) return false;
        _begin.Stop();
        VerifyId = ack.VerifyId;
        var answer = ack.BeginVerifyAck;
        if (!answer.HasOneTransport || (answer.TransportResponse & _offered) == 0)
        {
            // §13.9: "One and only one bit MUST be set"; and it has to be one we offered.
            _refused = $"{_neighbor.Name} chose a transport that was not offered";
            _links.ForEach(l => l.Result = Skipped);
            SendEnd(now);
            return true;
        }

        Phase = VerificationPhase.Testing;
        _deadInterval = TimeSpan.FromMilliseconds(answer.VerifyDeadInterval);
        foreach (var tested in _links) tested.Link.TestTransport = answer.TransportResponse;
        StartTests(now);
        return true;
    }

    public bool ReceiveBeginNack(Instant now, BeginVerifyNackMessage nack)
    {
        if (!_begin.IsAnsweredBy(nack.MessageIdAck)) return false;
        Stop();
        var outcome = nack.Errors.HasFlag(BeginVerifyErrors.Unwilling) ? VerificationOutcome.Unwilling : VerificationOutcome.Refused;
        _over(now, outcome, $"{_neighbor.Name} refuses to verify: {BeginVerifyError.InWords(nack.Errors)}", nack.Errors);
        return true;
    }

    /// <summary>A data link's Test message has arrived, and the neighbour says where (RFC 4204 §12.5.7).</summary>
    public bool ReceiveSuccess(Instant now, TestStatusSuccessMessage success, Action acknowledge)
    {
        if (Phase is not (VerificationPhase.Testing or VerificationPhase.Ending) || success.VerifyId != VerifyId) return false;
        if (_links.Find(l => l.Link.LocalId == success.RemoteInterfaceId) is not { Result: Testing or Verified or Failed } tested) return false;
        acknowledge();
        if (tested.Result == Verified) return true;
        tested.Result = Verified;
        var linkId = success.LocalLinkId.IsZero ? (Identifier?)null : success.LocalLinkId;
        if (linkId is { } id && (tested.Link.Configuration.RemoteId ?? success.LocalInterfaceId) == success.LocalInterfaceId) tested.Link.TeLink.LearnRemoteId(id);
        tested.Link.TestSucceeded(now, new FarEnd(_neighbor, success.LocalInterfaceId, linkId));
        if (Phase != VerificationPhase.Testing) return true;
        if (_links.Exists(l => l.Result == Testing)) WaitForStatus(now, Retransmission.Duration(Parameters));
        else StartTests(now);
        return true;
    }

    /// <summary>
    /// A Test message did not arrive, or those of all data links that remain did not: the message names none. A success on its way still
    /// counts.
    /// </summary>
    public bool ReceiveFailure(Instant now, TestStatusFailureMessage failure, Action acknowledge)
    {
        if (Phase is not (VerificationPhase.Testing or VerificationPhase.Ending) || failure.VerifyId != VerifyId) return false;
        acknowledge();
        if (!_failures.Add(failure.MessageId!.Value) || Phase == VerificationPhase.Ending) return true;
        if (_configuration.OneAtATime)
        {
            FailTested(now);
            StartTests(now);
            return true;
        }

        // Where each data link that is left has its failure, there is nothing more to send. Otherwise this may have been of one of them, or of
        // all: the neighbour may be looking at one after another.
        if (_failures.Count >= _links.Count(l => l.Result == Testing))
        {
            _test.Cancel();
            _node.Deadlines.Set(_finish, now + Parameters.Interval);
        }
        else
        {
            WaitForStatus(now, Parameters.Interval);
        }

        return true;
    }

    public bool ReceiveEndAck(Instant now, uint messageIdAck)
    {
        if (!_end.IsAnsweredBy(messageIdAck)) return false;
        _end.Stop();
        Done(now);
        return true;
    }

    /// <summary>All control channels failed: ends without a word (RFC 4204 §12.5.6). What was known of the data links before still is.</summary>
    public void Abort(Instant now, string why)
    {
        if (Phase == VerificationPhase.Idle) return;
        Stop();
        foreach (var tested in _links.FindAll(l => l.Result == Testing)) tested.Link.TestAborted(now);
        _over(now, VerificationOutcome.Aborted, why, BeginVerifyErrors.None);
    }

    /// <summary>Our data plane was lost: that says nothing of the data links. What was known of them before still is.</summary>
    public void Interrupt(Instant now, string why)
    {
        if (Phase == VerificationPhase.Beginning) Abort(now, why);
        if (Phase != VerificationPhase.Testing) return;
        _interrupted = why;
        var testing = _links.FindAll(l => l.Result == Testing);
        foreach (var tested in _links.FindAll(l => l.Result is Testing or Waiting)) tested.Result = Skipped;
        foreach (var tested in testing) tested.Link.TestAborted(now);
        SendEnd(now);
    }

    /// <summary>Ended by us, before its time: the neighbour is told once.</summary>
    public void Cancel(Instant now, string why)
    {
        if (Phase == VerificationPhase.Testing && _neighbor.UsableChannel is { Remote: { } remote } channel)
            _node.Send(channel, remote, new EndVerifyMessage(_node.MessageIds.Next(), VerifyId), _about);
        Abort(now, why);
    }

    /// <summary>A data link is no longer configured.</summary>
    public void Forget(Instant now, DataLink link)
    {
        if (_links.Find(l => l.Link == link) is not { Result: Waiting or Testing } gone) return;
        gone.Result = Skipped;
        if (Phase == VerificationPhase.Testing && !_links.Exists(l => l.Result == Testing)) StartTests(now);
    }

    // All data links, or the next one; the end where there is none any more.
    private void StartTests(Instant now)
    {
        foreach (var tested in _links)
        {
            if (tested.Result != Waiting) continue;
            tested.Result = tested.Link.CanBeTested ? Testing : Skipped;
            if (tested.Result == Skipped) continue;
            tested.Bytes = new TestMessage(tested.Link.LocalId, VerifyId, tested.Link.StartTest(now, VerifyId)).Encode();
            _node.Output.AtWork();
            if (_configuration.OneAtATime) break;
        }

        if (!_links.Exists(l => l.Result == Testing))
        {
            SendEnd(now);
            return;
        }

        // §11.3.2, event 7b: the neighbour reports after its VerifyDeadInterval, and its report may have to be sent more than once.
        WaitForStatus(now, Retransmission.Duration(Parameters));
        SendTests(now);
    }

    private void WaitForStatus(Instant now, TimeSpan margin) => _node.Deadlines.Set(_finish, now + _deadInterval + margin);

    private void SendTests(Instant now)
    {
        _node.Deadlines.Set(_test, now + _configuration.Interval);
        foreach (var tested in _links)
        {
            if (tested.Result != Testing) continue;
            tested.Link.TestSent(now);
            Send(tested);
            _node.Output.AtWork();
        }
    }

    private void Send(TestedLink tested)
    {
        tested.Link.Tests.Sent++;
        if (tested.Link.TestTransport.IsCorrelated())
        {
            // RFC 4207 §3.1: "is sent over the control channel and correlated".
            if (_neighbor.UsableChannel is { Remote: { } remote } channel) _node.Send(channel, remote, MessageType.Test, tested.Bytes);
            return;
        }

        _node.Counters.CountSent(MessageType.Test);
        _neighbor.Counters.CountSent(MessageType.Test);
        _node.Output.SendTest(tested.Link, tested.Bytes);
    }

    private void PatienceOver(Instant now)
    {
        FailTested(now);
        StartTests(now);
    }

    private void FailTested(Instant now)
    {
        foreach (var tested in _links)
        {
            if (tested.Result != Testing) continue;
            tested.Result = Failed;
            tested.Link.TestFailed(now, $"no Test message of it arrived at {_neighbor.Name}");
        }
    }

    private void SendEnd(Instant now)
    {
        _test.Cancel();
        _finish.Cancel();
        Phase = VerificationPhase.Ending;
        var id = _node.MessageIds.Next();
        _endBytes = new EndVerifyMessage(id, VerifyId).Encode();
        _end.Start(now, id, Parameters);
        foreach (var teLink in _links.Select(l => l.Link.TeLink).Distinct()) teLink.Exchange.Resume(now);
    }

    // Also where EndVerify was never answered: nothing depends on the answer.
    private void Done(Instant now)
    {
        Stop();
        _neighbor.UpdateWiring(now);
        if (_refused.Length + _interrupted.Length > 0)
        {
            var outcome = _interrupted.Length > 0 ? VerificationOutcome.Aborted : VerificationOutcome.Refused;
            _over(now, outcome, _refused + _interrupted, BeginVerifyErrors.None);
            return;
        }

        var failed = _links.Where(t => t.Result == Failed).Select(t => t.Link.Name).ToList();
        var miswired = _links.Where(t => t.Result == Verified && Wiring.Difference(t.Link).Length > 0).Select(t => t.Link.Name).ToList();
        var skipped = _links.Count(t => t.Result == Skipped);
        var text = $"{_links.Count - failed.Count - skipped} of {_links.Count} data links verified"
            + (failed.Count > 0 ? $"; no Test message arrived from {string.Join(", ", failed.Take(10))}" : "")
            + (miswired.Count > 0 ? $"; wrongly wired: {string.Join(", ", miswired.Take(10))}" : "");
        _over(now, failed.Count + miswired.Count + skipped == 0 ? VerificationOutcome.AllVerified : VerificationOutcome.SomeFailed, text, BeginVerifyErrors.None);
    }

    private void GiveUpBegin(Instant now)
    {
        Stop();
        var text = $"{_begin.Transmissions} BeginVerify messages unanswered by {_neighbor.Name} although Hello gets through; does it support link verification?";
        _over(now, VerificationOutcome.Unanswered, text, BeginVerifyErrors.None);
    }

    private void Stop()
    {
        _begin.Stop();
        _end.Stop();
        _test.Cancel();
        _finish.Cancel();
        if (Phase == VerificationPhase.Idle) return;
        Phase = VerificationPhase.Idle;
        foreach (var tested in _links) tested.Link.Verifications--;
    }

    private void TransmitBegin(Instant now) => _node.Transmit(_neighbor, _begin, MessageType.BeginVerify, _beginBytes, _about);

    private void TransmitEnd(Instant now) => _node.Transmit(_neighbor, _end, MessageType.EndVerify, _endBytes, _about);
}
