// RFC 4204 §5, §12.5.3: when to verify, and what to make of the end.
using OpenLmp.Wire;
using static OpenLmp.Protocol.VerificationPhase;

namespace OpenLmp.Protocol;

/// <summary>
/// Verification of one TE link, or of several TE links of a neighbour at once, as their transmitting side (RFC 4204 §5): on request,
/// periodically, and again where the neighbour was unwilling.
/// </summary>
internal sealed class VerifyInitiator
{
    private readonly NodeContext _node;
    private readonly Neighbor _neighbor;
    private readonly TeLink? _teLink;
    private readonly VerifyProcedure _procedure;
    private readonly Deadline _retry;
    private readonly Deadline _periodic;
    private List<TeLink> _covered = [];
    private VerifyScope _scope;
    private VerifyScope? _again;
    // The neighbour is asked again and again: that it is still unwilling is no news.
    private bool _retrying;
    private string _unwilling = "";
    private bool _isHastened;
    private bool _isRemoved;

    /// <param name="node">The node.</param>
    /// <param name="neighbor">With whom.</param>
    /// <param name="teLink">The TE link; null: data links of all TE links with the neighbour.</param>
    public VerifyInitiator(NodeContext node, Neighbor neighbor, TeLink? teLink)
    {
        (_node, _neighbor, _teLink) = (node, neighbor, teLink);
        _procedure = new VerifyProcedure(node, neighbor, teLink, Over);
        _retry = new Deadline(Retry);
        _periodic = new Deadline(PeriodicDue);
    }

    public VerificationPhase Phase => _procedure.Phase;

    /// <summary>Data links of the procedure, and how many of them are not decided yet.</summary>
    public (int Total, int Undecided) Progress => (_procedure.LinkCount, _procedure.UndecidedCount);

    /// <summary>What it is called: the TE link, or the neighbour.</summary>
    private string Name => _teLink?.Name ?? _neighbor.Name;

    private VerificationConfiguration Configuration =>
        (_teLink ?? (_covered.Count > 0 ? _covered[0] : null))?.Configuration.Verification ?? VerificationConfiguration.Default;

    /// <summary>Whether a procedure under way is about data links of that TE link.</summary>
    public bool Covers(TeLink teLink) => Phase != Idle && _covered.Contains(teLink);

    /// <summary>Starts verifying; why not where it cannot, otherwise null, also where it is under way already.</summary>
    public string? Begin(Instant now, VerifyScope scope)
    {
        _retry.Cancel();
        (_retrying, _unwilling) = (false, "");
        return TryBegin(now, scope);
    }

    /// <summary>Verifies what is not Up now, or once the procedure under way has ended: something has changed that it may have missed.</summary>
    public void Request(Instant now, VerifyScope scope = VerifyScope.NotUp)
    {
        if (Phase != Idle || IsCoveredByOther) _again = scope;
        else Begin(now, scope);
    }

    /// <summary>A procedure with the neighbour has ended, this one or another: begins what had to wait for it.</summary>
    public void BeginAgain(Instant now)
    {
        if (_again is not { } scope || Phase != Idle || IsCoveredByOther || Candidates(scope).Exists(l => l.IsKeptFromTest)) return;
        _again = null;
        Begin(now, scope);
    }

    /// <summary>Starts the wait for the next periodic verification.</summary>
    public void SchedulePeriodic(Instant now)
    {
        var wait = _isHastened && Configuration.Retry < Configuration.Periodic ? Configuration.Retry : Configuration.Periodic;
        if (_teLink is { LinkVerification: true } && wait > TimeSpan.Zero) _node.Deadlines.Set(_periodic, now + wait);
        else _periodic.Cancel();
    }

    /// <summary>
    /// The signal of a free data link was gone and is back, maybe over another fibre: the next periodic verification is due after Rf, one for all
    /// that come back until then.
    /// </summary>
    public void Hasten(Instant now)
    {
        if (_isHastened) return;
        _isHastened = true;
        if (_neighbor.IsUp) SchedulePeriodic(now);
    }

    /// <summary>All control channels failed (RFC 4204 §12.5.6).</summary>
    public void Abort(Instant now)
    {
        StopWaiting();
        _procedure.Abort(now, "the control channels were lost");
    }

    /// <summary>
    /// Our data plane can send no more Test messages. What is not verified is correlated as it is configured; the verification is made up for
    /// when the data plane is back.
    /// </summary>
    public void DataPlaneLost(Instant now)
    {
        _retry.Cancel();
        _again = null;
        _procedure.Interrupt(now, "the data plane here was lost");
    }

    /// <summary>The TE link, or the neighbour, is no longer configured.</summary>
    public void Remove(Instant now)
    {
        StopWaiting();
        _isRemoved = true;
        _procedure.Cancel(now, "it is no longer configured");
    }

    /// <inheritdoc cref="VerifyProcedure.Forget"/>
    public void Forget(Instant now, DataLink link) => _procedure.Forget(now, link);

    /// <summary>Takes in an answer or a report of the neighbour; false if it is about no procedure of this one.</summary>
    /// <param name="now">The time.</param>
    /// <param name="message">The message.</param>
    /// <param name="acknowledge">Sends the TestStatusAck of a report that is about it.</param>
    public bool Receive(Instant now, LmpMessage message, Action acknowledge) => message switch
    {
        BeginVerifyAckMessage ack => ReceiveBeginAck(now, ack),
        BeginVerifyNackMessage nack => _procedure.ReceiveBeginNack(now, nack),
        EndVerifyAckMessage ack => _procedure.ReceiveEndAck(now, ack.MessageIdAck!.Value),
        TestStatusSuccessMessage success => _procedure.ReceiveSuccess(now, success, acknowledge),
        TestStatusFailureMessage failure => _procedure.ReceiveFailure(now, failure, acknowledge),
        _ => false,
    };

    /// <summary>The TE link; null: data links of all TE links with the neighbour.</summary>
    public TeLink? TeLink => _teLink;

    private bool IsCoveredByOther => _teLink is not null && _neighbor.Initiator.Covers(_teLink);

    private bool ReceiveBeginAck(Instant now, BeginVerifyAckMessage ack)
    {
        if (!_procedure.ReceiveBeginAck(now, ack)) return false;
        if (ack.LocalLinkId is { } id) _teLink?.LearnRemoteId(id);
        return true;
    }

    private string? TryBegin(Instant now, VerifyScope scope)
    {
        if (Phase != Idle) return null;
        if (!_neighbor.IsUp) return $"no control channel to {_neighbor.Name} is up";
        if (_teLink?.Resynchronization.Listens ?? _neighbor.TeLinks.Any(t => t.Resynchronization.Listens))
            return $"after the restart of this node, {_neighbor.Name} has to tell first which data links carry traffic";
        if (IsCoveredByOther) return $"it is being verified together with other TE links of {_neighbor.Name}";
        var links = Candidates(scope);
        // RFC 4209 §2.2: links on the same fibres, one after the other.
        var waitsFor = links.Find(l => l.IsKeptFromTest)?.Counterpart;
        if (waitsFor is not null) _again = scope;
        links.RemoveAll(l => l.IsKeptFromTest);
        if (links.Count == 0)
        {
            return scope switch
            {
                _ when waitsFor is { Verifications: > 0 } => $"{waitsFor.TeLink.Name} is being verified over the same fibres; it follows when that is over",
                _ when waitsFor is not null =>
                    $"after the restart of this node, {waitsFor.TeLink.Neighbor.Name} has to tell first which data links of {waitsFor.TeLink.Name} carry traffic on the same fibres",
                VerifyScope.NotUp => "all its data links are up",
                VerifyScope.Unassigned => "it has no free data link whose mapping is not configured",
                _ => "it has no free data link",
            };
        }

        (_scope, _covered) = (scope, [.. links.Select(l => l.TeLink).Distinct()]);
        var configuration = Configuration with { OneAtATime = _covered.Exists(t => t.Configuration.Verification.OneAtATime) };
        var terms = VerifyTerms.Offer(links, scope, configuration, _node.Output);
        if (terms.Transports == VerifyTransport.None) return "the data plane has no means to send Test messages that all its data links share";
        foreach (var teLink in _covered) teLink.Exchange.Hold();
        _procedure.Begin(now, _teLink?.LocalId ?? Identifier.Unnumbered(0), _teLink?.RemoteId, terms, links, configuration);
        return null;
    }

    private List<DataLink> Candidates(VerifyScope scope)
    {
        IEnumerable<TeLink> teLinks = _teLink is not null ? [_teLink] : _neighbor.TeLinks.Where(t => t.Configuration.LinkVerification && t.Initiator.Phase == Idle);
        return
        [
            .. teLinks.SelectMany(t => t.DataLinks).Where(l => l.CanBeTested && scope switch
            {
                VerifyScope.NotUp => l.ActiveState == DataLinkState.Down,
                VerifyScope.Unassigned => l.IsUnassigned,
                _ => true,
            }),
        ];
    }

    private void Retry(Instant now)
    {
        _retrying = true;
        TryBegin(now, _scope);
    }

    private void PeriodicDue(Instant now)
    {
        _isHastened = false;
        SchedulePeriodic(now);
        if (_node.Node.CanTest) Begin(now, VerifyScope.AllFree);
    }

    private void StopWaiting()
    {
        foreach (var deadline in (ReadOnlySpan<Deadline>)[_retry, _periodic]) deadline.Cancel();
        _again = null;
    }

    private void Over(Instant now, VerificationOutcome outcome, string text, BeginVerifyErrors errors)
    {
        var unnamed = errors == BeginVerifyErrors.LinkIdConfiguration && _teLink is { RemoteId: null };
        if (outcome == VerificationOutcome.Unwilling) _node.Deadlines.Set(_retry, now + Configuration.Retry);
        // A neighbour that does not support verification is no fault, the configuration is correlated as it is; nor is one that does not know
        // which TE link is meant, as long as there is another way to ask.
        if (outcome == VerificationOutcome.Unanswered || (outcome == VerificationOutcome.Refused && !errors.HasFlag(BeginVerifyErrors.NotSupported) && !unnamed))
            _node.Alarms.Raise(now, AlarmKind.VerificationFailed, Name, AlarmSeverity.Minor, $"{Name}: {text}");
        else if (outcome is VerificationOutcome.AllVerified or VerificationOutcome.SomeFailed)
            _node.Alarms.Clear(now, AlarmKind.VerificationFailed, Name);

        var isNews = outcome != VerificationOutcome.Unwilling || !_retrying || _unwilling != text;
        if (outcome == VerificationOutcome.Unwilling) (_unwilling, text) = (text, $"{text}; next try in {Configuration.Retry.TotalSeconds:0.#} s");
        if (unnamed) text += "; its data links are verified without naming it";
        if (isNews) _node.Output.Tell(new VerificationFinished(now, _neighbor, _teLink, outcome, $"{Name}: {text}"));
        Transparency.Resume(now, _covered.SelectMany(t => t.DataLinks).Select(l => l.Counterpart?.TeLink));
        if (_isRemoved) return;
        if (unnamed) _neighbor.Initiator.Request(now, VerifyScope.Unassigned);
        BeginAgain(now);
        foreach (var teLink in _covered)
        {
            if (isNews) teLink.VerificationOver(now);
            else teLink.Exchange.Resume(now);
            teLink.Initiator.BeginAgain(now);
        }

        _neighbor.Initiator.BeginAgain(now);
    }
}
