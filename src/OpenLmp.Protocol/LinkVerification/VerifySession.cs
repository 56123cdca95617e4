// RFC 4204 §5, §12.5; RFC 4207 §3.1: the side that looks for Test messages.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>One verification procedure that a neighbour began: which data links listen, and what was told of them (RFC 4204 §5).</summary>
internal sealed class VerifySession
{
    // A neighbour that never ends its procedure is not listened to for ever.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);
    // Where one Test message may get lost, the next one has to be in time.
    private const int LeastTests = 3;

    private readonly NodeContext _node;
    private readonly VerificationConfiguration _configuration;
    private readonly Action<VerifySession> _closed;
    private readonly Deadline _dead;
    private readonly Deadline _expiry;
    private readonly TraceCorrelation _correlation;
    // Those that wait for their turn, those that listen, and those whose Test message came.
    private readonly List<DataLink> _queue;
    private readonly HashSet<DataLink> _listening = [];
    private readonly HashSet<DataLink> _heard = [];
    private readonly List<TestStatus> _statuses = [];
    // How many Test messages are still to come, by the neighbour's count. The data links that it tests may be fewer than those that are free here.
    private long _outstanding;

    /// <param name="node">The node.</param>
    /// <param name="neighbor">Who began it.</param>
    /// <param name="begin">Its BeginVerify.</param>
    /// <param name="verifyId">Our Verify_Id for it.</param>
    /// <param name="request">What was made of the BeginVerify.</param>
    /// <param name="closed">Called when it is over.</param>
    public VerifySession(NodeContext node, Neighbor neighbor, BeginVerifyMessage begin, uint verifyId, VerifyRequest request, Action<VerifySession> closed)
    {
        (_node, Neighbor, VerifyId, MessageId, Request, _closed) = (node, neighbor, verifyId, begin.MessageId!.Value, request, closed);
        _configuration = request.Configuration;
        var interval = Math.Min(begin.BeginVerify!.VerifyInterval * LeastTests, ushort.MaxValue);
        DeadInterval = TimeSpan.FromMilliseconds(Math.Max(interval, _configuration.DeadInterval.TotalMilliseconds));
        _outstanding = begin.BeginVerify.NumberOfDataLinks;
        // §5: in "a defined order known to both nodes": the neighbour's remote Interface_Ids are ours.
        _queue = [.. request.Links.OrderBy(l => l.LocalId.Value)];
        _dead = new Deadline(DeadIntervalOver);
        _expiry = new Deadline(now => Close(now, "the neighbour never ended it"));
        _correlation = new TraceCorrelation(node, neighbor, request.Transport);
    }

    public Neighbor Neighbor { get; }

    public uint VerifyId { get; }

    /// <summary>The Message_Id of the BeginVerify: a repeated one is the same procedure.</summary>
    public uint MessageId { get; }

    public VerifyRequest Request { get; }

    /// <summary>How long a Test message is looked for: as configured, and longer where the neighbour sends them more seldom (RFC 4204 §13.8, §13.9).</summary>
    public TimeSpan DeadInterval { get; }

    // Whether more data links listen than are tested: which of them a Test message is missing from cannot be told then.
    private bool IsAmbiguous => _listening.Count + _queue.Count > _outstanding;

    public void Start(Instant now)
    {
        _node.Deadlines.Set(_expiry, now + LongestSilence);
        foreach (var link in Request.Links) link.Verifications++;
        foreach (var teLink in _queue.Select(l => l.TeLink).Distinct()) teLink.Exchange.Hold();
        ListenNext(now);
    }

    /// <summary>A Test message of this procedure came in on a data link: any of ours, the fibre may be in the wrong port.</summary>
    public void ReceiveTest(Instant now, DataLink link, Identifier remoteInterfaceId)
    {
        if (!_heard.Add(link)) return;
        _node.Deadlines.Set(_expiry, now + LongestSilence);
        var wasAwaited = _listening.Remove(link) | _queue.Remove(link);
        if (wasAwaited) _outstanding--;
        link.TestReceived(now, new FarEnd(Neighbor, remoteInterfaceId));
        Report(now, id => new TestStatusSuccessMessage(link.TeLink.LocalId, id, link.LocalId, remoteInterfaceId, VerifyId));
        if (_outstanding <= 0) StopListening(now);
        else if (_listening.Count > 0) _node.Deadlines.Set(_dead, now + DeadInterval);
        link.TeLink.Exchange.Resume(now);
    }

    /// <summary>A Test message came in over a control channel: it tells which trace the neighbour sends over one of its data links.</summary>
    /// <returns>Whether that is how this procedure tests.</returns>
    public bool ReceivePattern(Instant now, Identifier remoteInterfaceId, TraceObject trace)
    {
        if (!Request.Transport.Uses(trace.TraceType)) return false;
        _correlation.Tell(remoteInterfaceId, trace);
        Correlate(now, remoteInterfaceId);
        return true;
    }

    /// <summary>A data link receives another trace.</summary>
    public void ReceiveTrace(Instant now, TraceType type, string text)
    {
        if (!Request.Transport.Uses(type)) return;
        foreach (var sender in _correlation.Senders(text)) Correlate(now, sender);
    }

    public bool ReceiveStatusAck(Instant now, uint messageIdAck) => _statuses.Exists(s => s.ReceiveAck(now, messageIdAck));

    /// <summary>The procedure is over: event 8b for what still listens.</summary>
    public void Close(Instant now, string why)
    {
        _queue.Clear();
        Fail(now, $"no Test message of {Neighbor.Name} arrived: {why}");
        End(now);
    }

    /// <summary>The adjacency is lost: nothing is known of what still listens.</summary>
    public void Abort(Instant now)
    {
        StopListening(now);
        End(now);
    }

    /// <summary>A data link is no longer configured.</summary>
    public void Forget(Instant now, DataLink link)
    {
        _heard.Remove(link);
        if (!(_listening.Remove(link) | _queue.Remove(link))) return;
        _outstanding--;
        if (_listening.Count == 0) ListenNext(now);
    }

    // All data links, or the next one.
    private void ListenNext(Instant now)
    {
        while (_queue.Count > 0)
        {
            var link = _queue[0];
            _queue.RemoveAt(0);
            if (!link.CanListen) continue;
            link.StartListening(now, Request.Transport);
            _listening.Add(link);
            if (_configuration.OneAtATime) break;
        }

        if (_listening.Count > 0) _node.Deadlines.Set(_dead, now + DeadInterval);
    }

    private void Correlate(Instant now, Identifier remoteInterfaceId)
    {
        if (_correlation.Find(remoteInterfaceId) is not { } link || _heard.Contains(link)) return;
        link.TestTraceReceived(Request.Transport);
        ReceiveTest(now, link, remoteInterfaceId);
    }

    private void DeadIntervalOver(Instant now)
    {
        if (_listening.Count == 0) return;
        _node.Deadlines.Set(_expiry, now + LongestSilence);
        Fail(now, $"no Test message of {Neighbor.Name} arrived within {DeadInterval.TotalMilliseconds:0} ms");
        // §12.5.8: it names no data link. Where all listen at once it speaks of all that remain.
        Report(now, id => new TestStatusFailureMessage(id, VerifyId));
        ResumeSummaries(now);
    }

    // One after another: only when the neighbour has the result of one does it go on with the next, and so must we.
    private void StatusSettled(Instant now)
    {
        if (_configuration.OneAtATime && _listening.Count == 0) ListenNext(now);
    }

    private void Report(Instant now, Func<uint, LmpMessage> create) => _statuses.Add(new TestStatus(now, _node, Neighbor, Request.TeLink, create, StatusSettled));

    private void Fail(Instant now, string why)
    {
        if (IsAmbiguous)
        {
            foreach (var link in Taken()) link.ListeningAborted(now);
            return;
        }

        foreach (var link in Taken())
        {
            _outstanding--;
            link.ListeningFailed(now, why);
        }
    }

    // All that the neighbour tests have come: it does not test the others.
    private void StopListening(Instant now)
    {
        _queue.Clear();
        foreach (var link in Taken()) link.ListeningAborted(now);
    }

    private DataLink[] Taken()
    {
        DataLink[] links = [.. _listening];
        _listening.Clear();
        return links;
    }

    private void End(Instant now)
    {
        _dead.Cancel();
        _expiry.Cancel();
        foreach (var link in Request.Links) link.Verifications--;
        foreach (var status in _statuses) status.Stop();
        foreach (var link in _heard) link.TestTraceOver(now);
        _closed(this);
        Neighbor.UpdateWiring(now);
        foreach (var neighbor in _heard.Select(l => l.TeLink.Neighbor).Distinct().Where(n => n != Neighbor)) neighbor.UpdateWiring(now);
        if (Neighbor.IsUp)
        {
            foreach (var teLink in Neighbor.TeLinks) teLink.LookAgain(now);
        }

        ResumeSummaries(now);
        Transparency.Resume(now, Request.Links.Select(l => l.Counterpart?.TeLink));
    }

    private void ResumeSummaries(Instant now)
    {
        foreach (var teLink in Neighbor.TeLinks) teLink.Exchange.Resume(now);
    }
}
