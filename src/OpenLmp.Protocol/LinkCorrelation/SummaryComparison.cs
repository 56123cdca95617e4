// RFC 4204 §4, §12.6.3: a received LinkSummary against the TE link it is about.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What comparing a LinkSummary with a TE link came to: the answer to send, and what differs, for people.</summary>
internal sealed class SummaryComparison
{
    private readonly TeLink _teLink;
    private readonly Dictionary<DataLink, LinkVerdict> _links = [];
    // Our data links by the Interface_Id that is configured for the neighbour; made when a DATA_LINK does not name what we expect.
    private Dictionary<Identifier, DataLink>? _byRemoteId;

    /// <summary>Compares.</summary>
    /// <param name="teLink">Ours.</param>
    /// <param name="summary">The neighbour's; its TE_LINK is of a known C-Type.</param>
    public SummaryComparison(TeLink teLink, LinkSummaryMessage summary)
    {
        _teLink = teLink;
        WrongIds = CompareLinkIds(summary.TeLink!);
        foreach (var unknown in summary.UnknownDataLinks) Refuse(LinkSummaryErrors.UnknownDataLinkCType, unknown);

        var seen = new Dictionary<Identifier, DataLinkObject>();
        foreach (var theirs in summary.DataLinks) CompareDataLink(theirs, seen);
        foreach (var link in teLink.DataLinks)
            if (link.RemoteId is not null && !_links.ContainsKey(link)) Unlisted.Add(link);
    }

    /// <summary>Bits for the LinkSummaryNack about the data links; none: all that are listed agree.</summary>
    public LinkSummaryErrors Errors { get; private set; }

    /// <summary>DATA_LINKs for the LinkSummaryNack.</summary>
    public List<LmpObject> Answers { get; } = [];

    /// <summary>What differs in the Link_Ids, naming both sides' values; empty if nothing does.</summary>
    public string WrongIds { get; }

    /// <summary>What was found about our data links that are listed.</summary>
    public IReadOnlyDictionary<DataLink, LinkVerdict> Links => _links;

    /// <summary>Our data links that are not listed although we would list them.</summary>
    public List<DataLink> Unlisted { get; } = [];

    /// <summary>Listed data links that are not configured here, as the neighbour's Interface_Id->ours.</summary>
    public List<string> Strangers { get; } = [];

    private string Neighbor => _teLink.Neighbor.Name;

    private string CompareLinkIds(TeLinkObject theirs)
    {
        if (theirs.RemoteLinkId == _teLink.LocalId && (_teLink.RemoteId is null || _teLink.RemoteId == theirs.LocalLinkId)) return "";
        // A Nack cannot carry the TE_LINK it means: this bit tells that it is the TE_LINK.
        Errors |= LinkSummaryErrors.InvalidTeLink;
        if (theirs.LocalLinkId.Type != _teLink.LocalId.Type)
            return $"Link_Id {_teLink.LocalId} is {_teLink.LocalId.Type} here, {theirs.LocalLinkId.Type} at {Neighbor}";
        Errors |= LinkSummaryErrors.UnacceptableNonNegotiable;
        return theirs.RemoteLinkId != _teLink.LocalId
            ? $"Link_Id {theirs.LocalLinkId} of {Neighbor} is connected to {_teLink.LocalId} here, to {theirs.RemoteLinkId} at {Neighbor}"
            : $"connected to Link_Id {_teLink.RemoteId} of {Neighbor} here, to {theirs.LocalLinkId} at {Neighbor}";
    }

    private void CompareDataLink(DataLinkObject theirs, Dictionary<Identifier, DataLinkObject> seen)
    {
        if (!theirs.LocalInterfaceId.IsZero && !seen.TryAdd(theirs.LocalInterfaceId, theirs))
        {
            var first = seen[theirs.LocalInterfaceId];
            if (first == theirs) return;
            // §13.12: "This MUST be node-wide unique". Which of the two is meant cannot be told.
            var twice = LinkVerdict.Invalid(theirs, $"{Neighbor} lists its Interface_Id {theirs.LocalInterfaceId} more than once, with different contents");
            Refuse(twice.Errors, theirs);
            foreach (var o in (ReadOnlySpan<DataLinkObject>)[first, theirs])
                if (FindOurs(o) is { } doubtful) Note(doubtful, twice);
            return;
        }

        if (FindOurs(theirs) is not { } ours)
        {
            var isZero = theirs.LocalInterfaceId.IsZero || theirs.RemoteInterfaceId.IsZero;
            Refuse(isZero ? LinkSummaryErrors.InvalidDataLink : LinkSummaryErrors.UnacceptableNonNegotiable, theirs);
            Strangers.Add($"{theirs.LocalInterfaceId}->{theirs.RemoteInterfaceId}");
            return;
        }

        var verdict = LinkComparison.Compare(ours.Configuration, ours.RemoteId, theirs, Neighbor);
        if (!verdict.Agrees) Refuse(verdict.Errors, verdict.Answer!);
        Note(ours, verdict);
    }

    private void Refuse(LinkSummaryErrors errors, LmpObject answer)
    {
        Errors |= errors;
        Answers.Add(answer);
    }

    // Two DATA_LINKs may be about one link of ours: it agrees only if both do.
    private void Note(DataLink link, LinkVerdict verdict)
    {
        if (!_links.TryGetValue(link, out var before) || before.Agrees) _links[link] = verdict;
    }

    // The neighbour knows its own Interface_Id best: what we have connected to that is meant, even if it names another of ours. Where the form
    // does not fit ours, the number tells, so that the mistake is told of the right link.
    private DataLink? FindOurs(DataLinkObject theirs)
    {
        var named = _teLink.FindDataLink(theirs.RemoteInterfaceId);
        if (named is not null && named.RemoteId == theirs.LocalInterfaceId) return named;
        if (_byRemoteId is null)
        {
            _byRemoteId = [];
            foreach (var link in _teLink.DataLinks)
                if (link.RemoteId is { } id) _byRemoteId.TryAdd(id, link);
        }

        return _byRemoteId.GetValueOrDefault(theirs.LocalInterfaceId) ?? named ?? FindByNumber(theirs);
    }

    private DataLink? FindByNumber(DataLinkObject theirs)
    {
        foreach (var form in (ReadOnlySpan<IdentifierType>)[IdentifierType.Unnumbered, IdentifierType.IPv4, IdentifierType.IPv6])
            if (_teLink.FindDataLink(new Identifier(form, theirs.RemoteInterfaceId.Value)) is { } link) return link;
        return null;
    }
}
