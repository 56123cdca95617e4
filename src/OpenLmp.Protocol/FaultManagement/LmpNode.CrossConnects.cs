namespace OpenLmp.Protocol;

/// <content>Which data link continues on which, for fault localization (RFC 4204 §6.2).</content>
public sealed partial class LmpNode
{
    /// <summary>The cross-connects, in the order of their names.</summary>
    public IEnumerable<CrossConnect> CrossConnects => _crossConnects.All;

    /// <summary>
    /// What comes in on one data link goes out on the other from now on: both ways, or from the first to the second only. What comes in on a data
    /// link goes out on one other at most, and what goes out comes from one at most.
    /// </summary>
    public CommandResult AddCrossConnect(Instant now, string a, string b, bool oneWay = false)
    {
        if (Observed(now, new CrossConnectCommand(a, b, OneWay: oneWay)) is { } answer) return answer;
        return TryFindDataLinks([a, b], out var links, out var missing) ? _crossConnects.Add(now, links[0], links[1], oneWay) : missing;
    }

    /// <summary>Removes a cross-connect; its ends may be named in any order. Of two, one each way, that from the first to the second.</summary>
    public CommandResult RemoveCrossConnect(Instant now, string a, string b)
    {
        if (Observed(now, new CrossConnectCommand(a, b, Remove: true)) is { } answer) return answer;
        return TryFindDataLinks([a, b], out var links, out var missing) ? _crossConnects.Remove(now, links[0], links[1]) : missing;
    }
}
