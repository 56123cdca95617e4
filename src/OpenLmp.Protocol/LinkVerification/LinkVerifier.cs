// RFC 4204 §5, §12.5
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Link verification of the whole node: which procedure a message is about, and which a neighbour may begin (RFC 4204 §5).</summary>
internal sealed class LinkVerifier(NodeContext node)
{
    private readonly Dictionary<uint, VerifySession> _sessions = [];
    // SplitMix64 from the node's seed: Verify_Ids are not to be guessed, and equal seeds give equal ones.
    private ulong _random = node.Options.Seed;

    /// <summary>The procedures that neighbours have under way.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Takes in a BeginVerify: always answered.</summary>
    public void ReceiveBegin(Instant now, ControlChannel channel, in DatagramOrigin origin, BeginVerifyMessage begin)
    {
        var neighbor = channel.Neighbor;
        var id = begin.MessageId!.Value;
        if (_sessions.Values.FirstOrDefault(s => s.Neighbor == neighbor && s.MessageId == id) is { } repeated)
        {
            Accept(channel, origin, begin, repeated.VerifyId, TeLinkOf(neighbor, begin));
            return;
        }

        var errors = Judge(neighbor, begin, out var teLink, out var links);
        if (errors != BeginVerifyErrors.None)
        {
            node.Send(channel, origin.Source, new BeginVerifyNackMessage(teLink?.LocalId, id, errors));
            return;
        }

        if (teLink is not null && !begin.LocalLinkId.IsZero) teLink.RemoteId ??= begin.LocalLinkId;
        var deadInterval = (teLink?.Configuration.Verification ?? VerificationConfiguration.Default).DeadInterval;
        var session = new VerifySession(node, neighbor, NewVerifyId(), id, deadInterval, links, Closed);
        _sessions.Add(session.VerifyId, session);
        session.Start(now);
        Accept(channel, origin, begin, session.VerifyId, teLink);
    }

    /// <summary>Takes in the answers to our BeginVerify and EndVerify, and what the neighbour says of our Test messages.</summary>
    public void ReceiveAnswer(Instant now, ControlChannel channel, in DatagramOrigin origin, LmpMessage message)
    {
        var neighbor = channel.Neighbor;
        foreach (var teLink in neighbor.TeLinks)
        {
            var initiator = teLink.Initiator;
            var taken = message switch
            {
                BeginVerifyAckMessage ack => initiator.ReceiveBeginAck(now, ack),
                BeginVerifyNackMessage nack => initiator.ReceiveBeginNack(now, nack),
                EndVerifyAckMessage ack => initiator.ReceiveEndAck(now, ack.MessageIdAck!.Value),
                TestStatusSuccessMessage success => initiator.ReceiveSuccess(now, success),
                TestStatusFailureMessage failure => initiator.ReceiveFailure(now, failure),
                _ => false,
            };
            if (!taken) continue;
            if (message is TestStatusSuccessMessage or TestStatusFailureMessage) AcknowledgeStatus(channel, origin, message);
            return;
        }

        node.Drop(neighbor, DropReason.StaleAnswer);
    }

    /// <summary>Takes in an EndVerify: acknowledged even where the procedure is not known (any more), its acknowledgement may have been lost.</summary>
    public void ReceiveEnd(Instant now, ControlChannel channel, in DatagramOrigin origin, EndVerifyMessage end)
    {
        node.Send(channel, origin.Source, new EndVerifyAckMessage(end.MessageId!.Value, end.VerifyId));
        if (_sessions.TryGetValue(end.VerifyId, out var session) && session.Neighbor == channel.Neighbor) session.Close(now, "the verification ended");
        else node.Drop(channel.Neighbor, DropReason.UnknownVerifyId);
    }

    /// <summary>Takes in a TestStatusAck.</summary>
    public void ReceiveStatusAck(Neighbor neighbor, TestStatusAckMessage ack)
    {
        if (_sessions.TryGetValue(ack.VerifyId, out var session) && session.Neighbor == neighbor && session.ReceiveStatusAck(ack.MessageIdAck!.Value)) return;
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
        if (test.LocalInterfaceId.IsZero) node.Drop(link.TeLink.Neighbor, DropReason.ZeroId);
        else if (link.Allocated) node.Drop(link.TeLink.Neighbor, DropReason.WrongState);
        else if (_sessions.TryGetValue(test.VerifyId, out var session)) session.ReceiveTest(now, link, test.LocalInterfaceId);
        else node.Drop(link.TeLink.Neighbor, DropReason.UnknownVerifyId);
    }

    /// <summary>The last control channel to a neighbour went down: its procedures and ours with it end (RFC 4204 §12.5.6).</summary>
    public void AdjacencyDown(Instant now, Neighbor neighbor)
    {
        foreach (var session in _sessions.Values.Where(s => s.Neighbor == neighbor).ToList()) session.Abort(now);
        foreach (var teLink in neighbor.TeLinks) teLink.Initiator.Abort(now);
    }

    private void AcknowledgeStatus(ControlChannel channel, in DatagramOrigin origin, LmpMessage status)
    {
        var verifyId = status.Find<VerifyId>()!.Id;
        node.Send(channel, origin.Source, new TestStatusAckMessage(status.MessageId!.Value, verifyId));
    }

    private void Accept(ControlChannel channel, in DatagramOrigin origin, BeginVerifyMessage begin, uint verifyId, TeLink? teLink)
    {
        var deadInterval = (teLink?.Configuration.Verification ?? VerificationConfiguration.Default).DeadInterval;
        var answer = new BeginVerifyAckObject((ushort)deadInterval.TotalMilliseconds, VerifyTransport.Payload);
        node.Send(channel, origin.Source, new BeginVerifyAckMessage(teLink?.LocalId, begin.MessageId!.Value, answer, verifyId));
    }

    private static BeginVerifyErrors Judge(Neighbor neighbor, BeginVerifyMessage begin, out TeLink? teLink, out List<DataLink> links)
    {
        (teLink, links) = (null, []);
        if (begin.BeginVerify is not { } wanted) return BeginVerifyErrors.UnknownCType;
        var errors = BeginVerifyErrors.None;
        IEnumerable<TeLink> scope;
        if (begin.LocalLinkId.IsZero)
        {
            // §5: zero and the flag: links of several TE links; zero without it: links not yet in a TE link, whose mapping is not known.
            scope = neighbor.TeLinks;
        }
        else
        {
            teLink = TeLinkOf(neighbor, begin);
            if (teLink is null) return BeginVerifyErrors.LinkIdConfiguration;
            scope = [teLink];
        }

        var supporting = scope.Where(t => t.Configuration.LinkVerification).ToList();
        if (supporting.Count == 0) errors |= BeginVerifyErrors.NotSupported;
        if ((wanted.Transports & VerifyTransport.Payload) == 0) errors |= BeginVerifyErrors.UnsupportedTransport;
        if (errors != BeginVerifyErrors.None) return errors;

        var all = wanted.Flags.HasFlag(BeginVerifyFlags.VerifyAllLinks);
        var unassigned = begin.LocalLinkId.IsZero && !all;
        links = [.. supporting.SelectMany(t => t.DataLinks).Where(l => l.CanListen && (unassigned ? l.RemoteId is null : all || l.PassiveState == DataLinkState.Down))];
        // "A second BeginVerify for links in test is Unwilling", and so is one that finds nothing free.
        return links.Count == 0 || supporting.Any(t => t.DataLinks.Any(l => l.PassiveState == DataLinkState.PasvTest)) ? BeginVerifyErrors.Unwilling : BeginVerifyErrors.None;
    }

    // By the neighbour's own id, else by ours where it names it; a TE link whose other end is not known yet takes the neighbour's word.
    private static TeLink? TeLinkOf(Neighbor neighbor, BeginVerifyMessage begin)
    {
        if (begin.RemoteLinkId is { } ours)
            return neighbor.TeLinks.FirstOrDefault(t => t.LocalId == ours && (t.RemoteId is null || t.RemoteId == begin.LocalLinkId));
        if (neighbor.TeLinks.FirstOrDefault(t => t.RemoteId == begin.LocalLinkId) is { } known) return known;
        return neighbor.TeLinks.Where(t => t.RemoteId is null).Take(2).ToList() is [var only] ? only : null;
    }

    private void Closed(Instant now, VerifySession session) => _sessions.Remove(session.VerifyId);

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
