// RFC 4204 §8
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// Resynchronization of one TE link after a restart of either end (RFC 4204 §8). The end that was restarted listens first: what the neighbour
/// knows of allocations takes precedence, so to tell it our own view before could only mislead it. Two ends that both listen would do so for
/// ever: the one that knows most speaks first, after a while.
/// </summary>
internal sealed class Resynchronization
{
    private readonly NodeContext _node;
    private readonly TeLink _teLink;
    private readonly Deadline _patience;
    private readonly Deadline _silence;
    // The neighbour told that it lost its state, and has not yet acknowledged what we know: its flags mean nothing.
    private bool _neighborLost;
    // Nobody has said yet that both ends know the same again.
    private bool _isOpen;
    // Nobody knows anything: the TE link is established as if for the first time.
    private bool _isNew;
    private bool _verifyAll;
    // This node has lost its state, and has heard nothing of the TE link yet.
    private bool _knowsNothing;
    private int _differences;

    public Resynchronization(NodeContext node, TeLink teLink)
    {
        (_node, _teLink) = (node, teLink);
        _patience = new Deadline(teLink.Establish);
        _silence = new Deadline(SilenceOver);
        IsPending = node is { IsStarting: true, Options: { StateLost: true } or { Retained: not null } };
        _knowsNothing = IsPending && node.Options.StateLost;
    }

    /// <summary>Whether this node was restarted, and the neighbour has not told yet what it knows of the TE link.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Whether the neighbour is to speak first.</summary>
    public bool Listens => _patience.IsSet;

    /// <summary>
    /// Whether LinkSummary comes before verification: links that carry traffic are not known to us or to the neighbour before it.
    /// </summary>
    public bool SummaryFirst => _isOpen && !_isNew;

    /// <summary>
    /// Whether the next LinkSummary is one for a neighbour that was restarted: "All the objects of the LinkSummary message MUST have the N-bit set
    /// to 0".
    /// </summary>
    public bool TellsFixed { get; private set; }

    /// <summary>The adjacency is up.</summary>
    /// <param name="now">The time.</param>
    /// <param name="neighborRestarted">Whether the neighbour told by LMP Restart that its state is lost.</param>
    /// <param name="wasCorrelated">Whether the TE link was up before.</param>
    public void AdjacencyUp(Instant now, bool neighborRestarted, bool wasCorrelated)
    {
        _neighborLost |= neighborRestarted;
        TellsFixed |= wasCorrelated;
        _isOpen |= wasCorrelated || IsPending;
        if (!IsPending) return;
        if (!_neighborLost)
        {
            _node.Deadlines.Set(_patience, now + Patience);
            return;
        }

        // "If the LMP component restart occurred on both ends of the TE Link, the normal procedures for LinkSummary should be used". Where both
        // ends have lost everything, that is what establishes the TE link: with verification first.
        _isNew = _node.Options.StateLost;
        _verifyAll = !_node.Options.StateLost;
        NotPending(now);
    }

    /// <summary>The adjacency is lost.</summary>
    public void AdjacencyDown()
    {
        _patience.Cancel();
        _silence.Cancel();
    }

    /// <summary>Takes from the neighbour's LinkSummary what it knows and we have to believe; before that is compared.</summary>
    /// <returns>Whether it was what we listened for: now we tell our view.</returns>
    public bool Hear(Instant now, LinkSummaryMessage summary, bool neighborRestarted)
    {
        _neighborLost |= neighborRestarted || summary.Flags.HasFlag(HeaderFlags.LmpRestart);
        var (theirs, ours) = (summary.TeLink!.LocalLinkId, summary.TeLink.RemoteLinkId);
        if (ours != _teLink.LocalId || theirs != _teLink.RemoteId) return false;
        // An allocation that a neighbour without its state tells of it has learned since, and we know of none.
        var takesAllocations = _knowsNothing;
        var takesAll = IsPending && !_neighborLost;
        _knowsNothing = false;
        if (!takesAll && !takesAllocations) return false;
        var known = _teLink.DataLinks.Select(l => l.RemoteId).ToHashSet();
        foreach (var told in summary.DataLinks)
        {
            if (_teLink.FindDataLink(told.RemoteInterfaceId) is not { } link || told.LocalInterfaceId.IsZero) continue;
            if (takesAll && _node.Options.StateLost && link.RemoteId is null && known.Add(told.LocalInterfaceId)) link.TakeMapping(told.LocalInterfaceId);
            if (link.RemoteId != told.LocalInterfaceId) continue;
            var (before, allocated) = (link.Allocated, told.Flags.HasFlag(DataLinkFlags.Allocated));
            if (takesAll || allocated) link.TakeAllocation(now, allocated);
            if (before != link.Allocated) _differences++;
        }

        if (!takesAll) return false;
        (_isOpen, _isNew, _verifyAll) = (true, false, true);
        NotPending(now);
        return true;
    }

    /// <summary>Our LinkSummary is answered, or there is nothing to send: both ends have told what they know.</summary>
    public void Complete(Instant now)
    {
        (TellsFixed, _neighborLost) = (false, false);
        if (IsPending && _isOpen && !Listens && !_silence.IsSet) _node.Deadlines.Set(_silence, now + Silence);
        if (!_isOpen || IsPending) return;
        var (isNew, verifyAll, differences) = (_isNew, _verifyAll, _differences);
        (_isOpen, _isNew, _verifyAll, _differences) = (false, false, false, 0);
        if (isNew) return;
        _node.Output.Tell(new Resynchronized(now, _teLink, InWords(differences)));
        _teLink.Faults.Resynchronized(now);
        // "The node SHOULD also verify the connectivity of all unallocated data channels."
        if (_node.Node.CanTest && _teLink.LinkVerification && (verifyAll || _teLink.DataLinks.Any(l => l.NeedsVerification))) _teLink.Initiator.Request(now, VerifyScope.AllFree);
    }

    // By whom a silence of both is broken: one that has kept its state before one that has lost it, of two equals the one with the higher
    // Node_Id. The other takes over what it says.
    private TimeSpan Patience =>
        (_node.Options.StateLost ? 3 : _node.Node.NodeId < _teLink.Neighbor.NodeId ? 2 : 1)
        * Retransmission.Duration(_teLink.Neighbor.Retransmit);

    // It agrees to what we tell, and does not tell by itself: with several control channels it may not have noticed our restart at all. Far longer than one
    // that listens itself, or is verifying, takes.
    private TimeSpan Silence => 9 * Retransmission.Duration(_teLink.Neighbor.Retransmit);

    private void SilenceOver(Instant now)
    {
        NotPending(now);
        Complete(now);
    }

    private string InWords(int differences)
    {
        var text = $"{_teLink.Name}: synchronized with {_teLink.Neighbor.Name} again";
        return differences == 0 ? text : $"{text}; it knew better whether {(differences == 1 ? "a data link is" : $"{differences} data links are")} allocated";
    }

    private void NotPending(Instant now)
    {
        IsPending = false;
        _patience.Cancel();
        _silence.Cancel();
        _teLink.Faults.Update(now);
        _node.Node.ResynchronizationEnded(now);
        Transparency.Resume(now, _teLink.DataLinks.Select(l => l.Counterpart?.TeLink));
    }
}
