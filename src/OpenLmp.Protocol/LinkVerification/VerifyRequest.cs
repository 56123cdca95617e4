// RFC 4204 §5, §12.5.3: what a neighbour's BeginVerify asks for, and whether it can have it.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What was made of a BeginVerify.</summary>
/// <param name="Errors">Bits for the BeginVerifyNack; none: it is accepted.</param>
/// <param name="TeLink">The TE link meant; null where it is not about one, or not known which.</param>
/// <param name="Links">The data links to listen on.</param>
/// <param name="Transport">The mechanism chosen.</param>
internal sealed record VerifyRequest(BeginVerifyErrors Errors, TeLink? TeLink, List<DataLink> Links, VerifyTransport Transport = VerifyTransport.None)
{
    /// <summary>How to listen: where any of the TE links can be looked at one data link at a time only, so are all.</summary>
    public VerificationConfiguration Configuration =>
        (Links.Find(l => l.TeLink.Configuration.Verification.OneAtATime) ?? Links.FirstOrDefault())?.TeLink.Configuration.Verification
        ?? VerificationConfiguration.Default;

    /// <summary>Judges a BeginVerify.</summary>
    public static VerifyRequest Judge(Neighbor neighbor, BeginVerifyMessage begin, INodeOutput dataPlane)
    {
        var isUnlimited = begin.LocalLinkId.IsZero;
        var teLink = isUnlimited ? null : Find(neighbor, begin);
        if (begin.BeginVerify is not { } terms) return new(BeginVerifyErrors.UnknownCType, teLink, []);
        // §12.5.1: the Link_Id of REMOTE_LINK_ID "MUST be non-zero if included".
        if ((!isUnlimited && teLink is null) || begin.RemoteLinkId is { IsZero: true }) return new(BeginVerifyErrors.LinkIdConfiguration, teLink, []);

        IEnumerable<TeLink> scope = isUnlimited ? neighbor.TeLinks : [teLink!];
        var free = scope.Where(t => t.Configuration.LinkVerification).SelectMany(t => t.DataLinks).ToList();
        var errors = scope.Any(t => t.Configuration.LinkVerification) ? BeginVerifyErrors.None : BeginVerifyErrors.NotSupported;
        // A second BeginVerify for data links in test has to wait.
        // So has one before we know which data links carry traffic (RFC 4204 §8).
        // Which of them it would test is not told: one whose fibre is in test by another name is enough (RFC 4209 §2.2).
        var isBusy = free.Exists(l => l.PassiveState == DataLinkState.PasvTest || l.TeLink.Resynchronization.Listens || (l.CanListen && l.IsKeptFromTest));
        // What is busy now decides with the others by what it could be tested: it may be free when the neighbour asks again.
        var transport = VerifyTerms.Choose(terms, free, dataPlane);
        free.RemoveAll(l => !l.CanListen);
        if (transport == VerifyTransport.None) errors |= BeginVerifyErrors.UnsupportedTransport;
        var links = Wanted(free, terms, isUnlimited);
        if (errors == BeginVerifyErrors.None && (isBusy || links.Count == 0)) errors = BeginVerifyErrors.Unwilling;
        return new(errors, teLink, links, transport);
    }

    private static List<DataLink> Wanted(List<DataLink> free, BeginVerifyObject terms, bool isUnlimited)
    {
        if (terms.Flags.HasFlag(BeginVerifyFlags.VerifyAllLinks)) return free;
        if (isUnlimited) return free.FindAll(l => l.IsUnassigned);
        // What is Down at the neighbour's end only may be any of those that are Up here.
        var notUp = free.FindAll(l => l.PassiveState == DataLinkState.Down);
        return notUp.Count >= terms.NumberOfDataLinks ? notUp : free;
    }

    // By ours where it names it, else by the neighbour's own id; a TE link whose other end is not configured takes the neighbour's word.
    private static TeLink? Find(Neighbor neighbor, BeginVerifyMessage begin)
    {
        if (begin.RemoteLinkId is { } ours)
            return neighbor.TeLinks.FirstOrDefault(t => t.LocalId == ours && (t.Configuration.RemoteId is null ? t.CanHaveRemoteId(begin.LocalLinkId) : t.RemoteId == begin.LocalLinkId));
        if (neighbor.FindTeLink(begin.LocalLinkId) is { } known) return known;
        return neighbor.TeLinks.Where(t => t.RemoteId is null && t.CanHaveRemoteId(begin.LocalLinkId)).Take(2).ToList() is [var only] ? only : null;
    }
}
