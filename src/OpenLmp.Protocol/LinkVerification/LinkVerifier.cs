// RFC 4204 §5, §12.5
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Link verification of the whole node: which procedure a message is about, and which a neighbour may begin (RFC 4204 §5).</summary>
internal sealed class LinkVerifier(NodeContext node)
{
    // BeginVerify messages whose procedures are over: a late copy of one must not begin it again.
    private const int MaxRemembered = 16;

    private readonly Dictionary<uint, VerifySession> _sessions = [];
    private readonly Dictionary<Neighbor, Queue<uint>> _ended = [];
    // SplitMix64 from the node's seed: Verify_Ids are not to be guessed, and equal seeds give equal ones.
    private ulong _random = node.Options.Seed;

    /// <summary>Takes in a BeginVerify: always answered, but for copies of one whose procedure is over.</summary>
    public void ReceiveBegin(Instant now, ControlChannel channel, in DatagramOrigin origin, BeginVerifyMessage begin)
    {
        var neighbor = channel.Neighbor;
        var id = begin.MessageId!.Value;
        if (_sessions.Values.FirstOrDefault(s => s.Neighbor == neighbor && s.MessageId == id) is { } repeated)
        {
            node.CountReceived(repeated.Request.TeLink, begin.Type);
            Accept(channel, origin, repeated);
            return;
        }

        if (_ended.TryGetValue(neighbor, out var ended) && ended.Contains(id))
        {
            node.Drop(neighbor, DropReason.OutOfOrder);
            return;
        }

        var request = VerifyRequest.Judge(neighbor, begin, node.Output);
        node.CountReceived(request.TeLink, begin.Type);
        if (request.Errors != BeginVerifyErrors.None)
        {
            node.Send(channel, origin.Source, new BeginVerifyNackMessage(request.TeLink?.LocalId, id, request.Errors), request.TeLink);
            return;
        }

        if (request.TeLink is { } teLink)
        {
            if (begin.RemoteLinkId is not null && teLink.Configuration.RemoteId is null) teLink.RemoteId = begin.LocalLinkId;
            teLink.LearnRemoteId(begin.LocalLinkId);
        }

        var session = new VerifySession(node, neighbor, begin, NewVerifyId(), request, Closed);
        _sessions.Add(session.VerifyId, session);
        session.Start(now);
        Accept(channel, origin, session);
    }

    /// <summary>Takes in the answers to our BeginVerify and EndVerify, and what the neighbour says of our Test messages.</summary>
    public void ReceiveAnswer(Instant now, ControlChannel channel, in DatagramOrigin origin, LmpMessage message)
    {
        var neighbor = channel.Neighbor;
        if (message is TestStatusSuccessMessage { LocalInterfaceId.IsZero: true })
        {
            node.Drop(neighbor, DropReason.ZeroId);
            return;
        }

        // §5.1: the report is acknowledged before what it leads to is sent, EndVerify for one.
        var source = origin.Source;
        foreach (var initiator in InitiatorsOf(neighbor))
        {
            if (!initiator.Receive(now, message, () => Acknowledge(initiator.TeLink))) continue;
            node.CountReceived(initiator.TeLink, message.Type);
            return;
        }

        node.Drop(neighbor, message is TestStatusSuccessMessage or TestStatusFailureMessage ? DropReason.UnknownVerifyId : DropReason.StaleAnswer);

        void Acknowledge(TeLink? about) => node.Send(channel, source, new TestStatusAckMessage(message.MessageId!.Value, message.Find<VerifyId>()!.Id), about);
    }

    /// <summary>Takes in an EndVerify: acknowledged even where the procedure is not known (any more), its acknowledgement may have been lost.</summary>
    public void ReceiveEnd(Instant now, ControlChannel channel, in DatagramOrigin origin, EndVerifyMessage end)
    {
        var session = _sessions.TryGetValue(end.VerifyId, out var found) && found.Neighbor == channel.Neighbor ? found : null;
        node.CountReceived(session?.Request.TeLink, end.Type);
        node.Send(channel, origin.Source, new EndVerifyAckMessage(end.MessageId!.Value, end.VerifyId), session?.Request.TeLink);
        if (session is not null) session.Close(now, "the verification ended");
        else node.Drop(channel.Neighbor, DropReason.UnknownVerifyId);
    }

    /// <summary>Takes in a TestStatusAck.</summary>
    public void ReceiveStatusAck(Instant now, Neighbor neighbor, TestStatusAckMessage ack)
    {
        if (_sessions.TryGetValue(ack.VerifyId, out var session) && session.Neighbor == neighbor && session.ReceiveStatusAck(now, ack.MessageIdAck!.Value))
        {
            node.CountReceived(session.Request.TeLink, ack.Type);
            return;
        }

        node.Drop(neighbor, DropReason.StaleAnswer);
    }

    /// <summary>Takes in a Test message that came in on a data link (RFC 4204 §12.5.6).</summary>
    public void ReceiveTest(Instant now, DataLink link, ReadOnlySpan<byte> datagram)
    {
        if (!LmpMessage.TryDecode(datagram, out var message, out _) || message is not TestMessage test)
        {
            node.Drop(link.TeLink.Neighbor, DropReason.Malformed);
            return;
        }

        node.Counters.CountReceived(MessageType.Test);
        link.TeLink.Neighbor.Counters.CountReceived(MessageType.Test);
        link.Tests.Received++;
        if (test.LocalInterfaceId.IsZero) node.Drop(link.TeLink.Neighbor, DropReason.ZeroId);
        else if (link.CarriesTraffic) node.Drop(link.TeLink.Neighbor, DropReason.WrongState);
        else if (_sessions.TryGetValue(test.VerifyId, out var session)) session.ReceiveTest(now, MeantBy(session, link), test.LocalInterfaceId);
        else node.Drop(link.TeLink.Neighbor, DropReason.UnknownVerifyId);
    }

    /// <summary>Takes in a Test message that came in over a control channel: it belongs to a trace that is received on a data link (RFC 4207 §3.1).</summary>
    public void ReceivePattern(Instant now, Neighbor neighbor, TestMessage test)
    {
        if (test.LocalInterfaceId.IsZero) node.Drop(neighbor, DropReason.ZeroId);
        else if (!_sessions.TryGetValue(test.VerifyId, out var session) || session.Neighbor != neighbor) node.Drop(neighbor, DropReason.UnknownVerifyId);
        else if (test.Trace is not { } trace || !session.ReceivePattern(now, test.LocalInterfaceId, trace)) node.Drop(neighbor, DropReason.Unsupported);
    }

    /// <summary>A data link receives another trace: it may be the one that a Test message told of.</summary>
    public void ReceiveTrace(Instant now, TraceType type, string text)
    {
        foreach (var session in _sessions.Values.ToList()) session.ReceiveTrace(now, type, text);
    }

    /// <summary>The last control channel to a neighbour went down: its procedures and ours with it end (RFC 4204 §12.5.6).</summary>
    public void AdjacencyDown(Instant now, Neighbor neighbor)
    {
        foreach (var session in _sessions.Values.Where(s => s.Neighbor == neighbor).ToList()) session.Abort(now);
        foreach (var initiator in InitiatorsOf(neighbor).ToList()) initiator.Abort(now);
        // A neighbour that comes back may have restarted, and its Message_Ids with it.
        _ended.Remove(neighbor);
    }

    /// <summary>A data link is no longer configured.</summary>
    public void Forget(Instant now, DataLink link)
    {
        foreach (var session in _sessions.Values.ToList()) session.Forget(now, link);
        foreach (var initiator in InitiatorsOf(link.TeLink.Neighbor).ToList()) initiator.Forget(now, link);
    }

    // Of two data links on one fibre (RFC 4209 §2.2), the data plane may name either.
    private static DataLink MeantBy(VerifySession session, DataLink link) =>
        link.TeLink.Neighbor != session.Neighbor && link.Counterpart is { } other && other.TeLink.Neighbor == session.Neighbor ? other : link;

    private static IEnumerable<VerifyInitiator> InitiatorsOf(Neighbor neighbor) => neighbor.TeLinks.Select(t => t.Initiator).Append(neighbor.Initiator);

    private void Accept(ControlChannel channel, in DatagramOrigin origin, VerifySession session)
    {
        var request = session.Request;
        var answer = new BeginVerifyAckObject((ushort)session.DeadInterval.TotalMilliseconds, request.Transport);
        node.Send(channel, origin.Source, new BeginVerifyAckMessage(request.TeLink?.LocalId, session.MessageId, answer, session.VerifyId), request.TeLink);
    }

    private void Closed(VerifySession session)
    {
        _sessions.Remove(session.VerifyId);
        if (!_ended.TryGetValue(session.Neighbor, out var ended)) _ended.Add(session.Neighbor, ended = []);
        ended.Enqueue(session.MessageId);
        if (ended.Count > MaxRemembered) ended.Dequeue();
    }

    private uint NewVerifyId()
    {
        while (true)
        {
            _random += 0x9E3779B97F4A7C15;
            var z = (_random ^ (_random >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            var id = (uint)(z >> 32);
            // §5: it "MUST NOT overlap any other Verify_Id currently being used by the node selecting it".
            if (id != 0 && !_sessions.ContainsKey(id)) return id;
        }
    }
}
