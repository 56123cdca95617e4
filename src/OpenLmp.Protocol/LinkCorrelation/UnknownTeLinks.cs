// RFC 4204 §4
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>TE links that neighbours tell of and that are not configured here: an alarm each, for the neighbour may not have one.</summary>
internal sealed class UnknownTeLinks(AlarmTable alarms)
{
    // As many per neighbour as an operator can look at.
    private const int MaxPerNeighbor = 32;

    // By the neighbour's Link_Id: which of ours it names as the other end, and which TE link of ours that was, if any.
    private readonly Dictionary<Neighbor, Dictionary<Identifier, (Identifier Ours, string? Named)>> _claims = [];

    /// <summary>A LinkSummary came in that fits no TE link with that neighbour.</summary>
    /// <param name="now">The time.</param>
    /// <param name="neighbor">From whom.</param>
    /// <param name="theirs">Its TE_LINK.</param>
    /// <param name="named">The TE link of ours that has the Link_Id it names, if any.</param>
    public void Tell(Instant now, Neighbor neighbor, TeLinkObject theirs, TeLink? named)
    {
        if (!_claims.TryGetValue(neighbor, out var claims)) _claims.Add(neighbor, claims = []);
        if (!claims.ContainsKey(theirs.LocalLinkId) && claims.Count >= MaxPerNeighbor) return;
        claims[theirs.LocalLinkId] = (theirs.RemoteLinkId, named?.Name);
        var why = named is null ? "not configured here"
            : named.Neighbor != neighbor ? $"{named.Name} with {named.Neighbor.Name} here"
            : $"{named.Name} here, connected to Link_Id {named.RemoteId}";
        alarms.Raise(now, AlarmKind.TeLinkMismatch, Object(neighbor, theirs.LocalLinkId), AlarmSeverity.Minor,
            $"{neighbor.Name} tells of a TE link {theirs.LocalLinkId} whose other end is our Link_Id {theirs.RemoteLinkId}, which is {why}; correct one end");
    }

    /// <summary>The neighbour's TE link is known now.</summary>
    public void Forget(Instant now, Neighbor neighbor, Identifier theirs)
    {
        if (!_claims.TryGetValue(neighbor, out var claims) || !claims.Remove(theirs)) return;
        if (claims.Count == 0) _claims.Remove(neighbor);
        alarms.Clear(now, AlarmKind.TeLinkMismatch, Object(neighbor, theirs));
    }

    /// <summary>Nothing the neighbour said counts any more.</summary>
    public void Forget(Instant now, Neighbor neighbor)
    {
        if (!_claims.TryGetValue(neighbor, out var claims)) return;
        foreach (var theirs in claims.Keys.ToList()) Forget(now, neighbor, theirs);
    }

    /// <summary>After a reconfiguration: forgets the claims about TE links that are known now, or whose end at our side is another one now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="find">Finds a TE link of ours by its Link_Id.</param>
    public void Review(Instant now, Func<Identifier, TeLink?> find)
    {
        foreach (var (neighbor, claims) in _claims.ToList())
            foreach (var (theirs, (ours, named)) in claims.ToList())
                if (find(ours)?.Name != named || neighbor.TeLinks.Any(t => t.RemoteId == theirs)) Forget(now, neighbor, theirs);
    }

    private static string Object(Neighbor neighbor, Identifier theirs) => $"{neighbor.Name}/te-link {theirs}";
}
