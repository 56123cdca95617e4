// RFC 4209 §2.3.1
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <content>Which of our link groups the neighbour knows the data link to be in.</content>
public sealed partial class DataLink
{
    // What our last LinkSummary said, and what the last one said that the neighbour has agreed to: it knows one of the two.
    private ValueList<uint> _groupsTold;
    private ValueList<uint> _groupsAgreed;

    /// <summary>The groups that the neighbour surely, or perhaps, takes the link to be in.</summary>
    internal IEnumerable<(uint Group, bool IsCertain)> GroupsThere
    {
        get
        {
            for (var i = 0; i < _groupsTold.Count; i++) yield return (_groupsTold[i], Contains(_groupsAgreed, _groupsTold[i]));
            for (var i = 0; i < _groupsAgreed.Count; i++)
                if (!Contains(_groupsTold, _groupsAgreed[i])) yield return (_groupsAgreed[i], false);
        }
    }

    /// <summary>The neighbour may have forgotten what it was told.</summary>
    internal void ForgetGroups() => _groupsAgreed = [];

    private void TellGroups() => _groupsTold = TeLink.Neighbor.IsWdm ? Configuration.LinkGroups : [];

    private void AgreeGroups() => _groupsAgreed = _groupsTold;

    private static bool Contains(ValueList<uint> groups, uint group) => groups.Span.Contains(group);
}
