// RFC 4204 §4, §12.6.3: a received LinkSummary against the TE link it is about.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What comparing a LinkSummary with a TE link came to: the answer to send, and what differs, for people.</summary>
internal sealed class SummaryComparison
{
    private readonly INodeOutput _output;
    private readonly TeLink _teLink;
    private readonly Identifier _theirLinkId;
    // What was found about our data links that are listed; those listed with both ids as we have them; those that we would list, and the
    // neighbour does not; those that only it has.
    private readonly Dictionary<DataLink, LinkVerdict> _links;
    private readonly Dictionary<DataLink, DataLinkObject> _theirs;
    private readonly HashSet<DataLink> _exact;
    private readonly List<DataLink> _unlisted = [];
    private readonly List<DataLinkObject> _strangers = [];
    // Our data links by the Interface_Id that is configured for the neighbour; made when a DATA_LINK does not name what we expect.
    private Dictionary<Identifier, DataLink>? _byRemoteId;

    /// <summary>Compares.</summary>
    /// <param name="output">Is told that this may take long.</param>
    /// <param name="teLink">Ours.</param>
    /// <param name="summary">The neighbour's; its TE_LINK is of a known C-Type.</param>
    public SummaryComparison(INodeOutput output, TeLink teLink, LinkSummaryMessage summary)
    {
        _output = output;
        _teLink = teLink;
        var listed = summary.DataLinks.Count();
        (_links, _theirs, _exact) = (new(listed), new(listed), new(listed));
        _theirLinkId = summary.TeLink!.LocalLinkId;
        WrongIds = CompareLinkIds(summary.TeLink);
        foreach (var unknown in summary.UnknownDataLinks) Refuse(LinkSummaryErrors.UnknownDataLinkCType, unknown);

        foreach (var theirs in summary.DataLinks)
            if (FindExactly(theirs) is { } link) _exact.Add(link);
        var seen = new Dictionary<Identifier, DataLinkObject>(listed);
        foreach (var theirs in summary.DataLinks) CompareDataLink(theirs, seen);
        foreach (var link in teLink.DataLinks)
            if (link.RemoteId is not null && !_links.ContainsKey(link)) _unlisted.Add(link);
    }

    /// <summary>Bits for the LinkSummaryNack about the data links; none: all that are listed agree.</summary>
    public LinkSummaryErrors Errors { get; private set; }

    /// <summary>DATA_LINKs for the LinkSummaryNack.</summary>
    public List<LmpObject> Answers { get; } = [];

    /// <summary>What differs in the Link_Ids, naming both sides' values; empty if nothing does.</summary>
    public string WrongIds { get; }

    private string Neighbor => _teLink.Neighbor.Name;

    /// <summary>Makes what was found known to the TE link and its data links.</summary>
    public void Apply(Instant now)
    {
        _teLink.Compared(now, WrongIds, DescribeStrangers());
        foreach (var (link, verdict) in _links)
        {
            if (verdict.Agrees) link.AgreeHere(now, verdict.Agreed);
            else if (verdict.CanBeNegotiated) link.NegotiateHere(now, verdict.Text);
            else link.DisagreeHere(now, verdict.Text, verdict.IsMapping);
            _output.AtWork();
        }

        foreach (var link in _unlisted) link.NotListed(now, _theirLinkId);
        foreach (var link in _teLink.DataLinks)
        {
            link.HearProperties(_theirs.GetValueOrDefault(link));
            _output.AtWork();
        }
    }

    private string DescribeStrangers() => _strangers.Count == 0 ? ""
        : $"{Neighbor} lists data links that are not configured here (its Interface_Id->ours): "
            + string.Join(", ", _strangers.Take(5).Select(s => $"{s.LocalInterfaceId}->{s.RemoteInterfaceId}"))
            + (_strangers.Count > 5 ? $" and {_strangers.Count - 5} more" : "");

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
        _output.AtWork();
        if (!theirs.LocalInterfaceId.IsZero && !seen.TryAdd(theirs.LocalInterfaceId, theirs))
        {
            var first = seen[theirs.LocalInterfaceId];
            if (first == theirs) return;
            // §13.12: "This MUST be node-wide unique". Which of the two is meant cannot be told.
            var twice = LinkVerdict.Invalid(theirs, $"{Neighbor} lists its Interface_Id {theirs.LocalInterfaceId} more than once, with different contents");
            Refuse(twice.Errors, theirs);
            foreach (var o in (ReadOnlySpan<DataLinkObject>)[first, theirs])
                if ((FindExactly(o) ?? FindOurs(o)) is { } doubtful) _links[doubtful] = twice;
            return;
        }

        if (FindOurs(theirs) is not { } ours)
        {
            var isZero = theirs.LocalInterfaceId.IsZero || theirs.RemoteInterfaceId.IsZero;
            Refuse(isZero ? LinkSummaryErrors.InvalidDataLink : LinkSummaryErrors.UnacceptableNonNegotiable, theirs);
            _strangers.Add(theirs);
            return;
        }

        var verdict = LinkComparison.Compare(ours.Configuration, ours.RemoteId, theirs, Neighbor);
        if (!verdict.Agrees) Refuse(verdict.Errors, verdict.Answer!);
        _links[ours] = verdict;
        _theirs[ours] = theirs;
    }

    private void Refuse(LinkSummaryErrors errors, LmpObject answer)
    {
        Errors |= errors;
        Answers.Add(answer);
    }

    private DataLink? FindExactly(DataLinkObject theirs) =>
        _teLink.FindDataLink(theirs.RemoteInterfaceId) is { } named && named.RemoteId == theirs.LocalInterfaceId ? named : null;

    // Which of our links is meant even if an id is wrong; none that is listed rightly, too. The neighbour knows its own Interface_Id best: what
    // we have connected to that is meant, even if it names another of ours. Where the form does not fit ours, the number tells, so that the
    // mistake is told of the right link.
    private DataLink? FindOurs(DataLinkObject theirs)
    {
        if (FindExactly(theirs) is { } exact) return exact;
        if (_byRemoteId is null)
        {
            _byRemoteId = [];
            foreach (var link in _teLink.DataLinks)
                if (link.RemoteId is { } id) _byRemoteId.TryAdd(id, link);
        }

        var meant = _byRemoteId.GetValueOrDefault(theirs.LocalInterfaceId) ?? _teLink.FindDataLink(theirs.RemoteInterfaceId) ?? FindByNumber(theirs);
        return meant is null || _exact.Contains(meant) ? null : meant;
    }

    private DataLink? FindByNumber(DataLinkObject theirs)
    {
        foreach (var form in (ReadOnlySpan<IdentifierType>)[IdentifierType.Unnumbered, IdentifierType.IPv4, IdentifierType.IPv6])
            if (_teLink.FindDataLink(new Identifier(form, theirs.RemoteInterfaceId.Value)) is { } link) return link;
        return null;
    }
}
