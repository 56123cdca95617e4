// RFC 5818 §6: "compare the received data channel statuses at the remote end with the data channel statuses at the local end".
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What comparing the statuses of one data link's data channels at both ends came to. Pure.</summary>
/// <param name="Compared">How many data channels.</param>
/// <param name="Different">How many of them are in use at one end only.</param>
/// <param name="Difference">Both ends' values, in words; empty if nothing differs.</param>
internal sealed record StatusComparison(int Compared, int Different, string Difference)
{
    private const int MaxNamed = 10;

    /// <summary>Compares.</summary>
    /// <param name="link">Our data link, with its status of now.</param>
    /// <param name="asked">The labels in question.</param>
    /// <param name="theirs">What the neighbour says of the data link; empty: nothing.</param>
    public static StatusComparison Of(DataLink link, IReadOnlyCollection<DataChannelLabel> asked, IReadOnlyList<DataLinkObject> theirs)
    {
        var ours = ChannelStatuses.Status(link);
        var told = new Dictionary<DataChannelLabel, string>();
        foreach (var o in theirs)
            foreach (var status in o.Subobjects.OfType<DataChannelStatusSubobject>())
                told[new DataChannelLabel(status.DataChannelId)] = InWords(o.Flags, status.Status);

        // What the neighbour does not answer for is not known to be the same.
        var differing = new SortedDictionary<string, List<DataChannelLabel>>(StringComparer.Ordinal);
        var different = 0;
        foreach (var label in asked)
        {
            var their = told.GetValueOrDefault(label, "not known");
            if (their != "not known" && (their == "free") == (ours == DataLinkFlags.None)) continue;
            if (!differing.TryGetValue(their, out var labels)) differing.Add(their, labels = []);
            labels.Add(label);
            different++;
        }

        var here = InWords(ours, ours == DataLinkFlags.None ? DataChannelStatus.Free : DataChannelStatus.InUse);
        var parts = differing.Select(d => $"{Which(link, asked, d.Value)}{here} here, {d.Key} at {link.TeLink.Neighbor.Name}");
        return new StatusComparison(asked.Count, different, string.Join("; ", parts));
    }

    // The flags of the DATA_LINK tell why a channel cannot be used; an implementation that leaves them out tells only that it cannot.
    private static string InWords(DataLinkFlags flags, DataChannelStatus status) =>
        !status.HasFlag(DataChannelStatus.InUse) ? "free"
        : flags.HasFlag(DataLinkFlags.Allocated) ? "allocated"
        : flags.HasFlag(DataLinkFlags.Failed) ? "failed"
        : "in use";

    private static string Which(DataLink link, IReadOnlyCollection<DataChannelLabel> asked, List<DataChannelLabel> labels)
    {
        if (asked.Count == 1 && link.Configuration.Channels.Count == 0) return "";
        var more = labels.Count > MaxNamed ? $" and {labels.Count - MaxNamed} more" : "";
        return $"{(labels.Count == 1 ? "data channel" : "data channels")} {string.Join(", ", labels.Take(MaxNamed))}{more}: ";
    }
}
