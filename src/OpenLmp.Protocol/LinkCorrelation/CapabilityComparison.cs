// RFC 4204 §4, §13.12.1.1: the interface switching capabilities of the two ends of a data link.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What comparing the capabilities of the two ends came to.</summary>
/// <param name="Acceptable">What we accept: where all agree, what both agree on; otherwise what to offer, in the order of ours.</param>
/// <param name="Kinds">Differences of switching type or encoding, in words.</param>
/// <param name="Bandwidths">Bandwidths of the neighbour that are not within ours, in words.</param>
/// <param name="Disjoint">Those of them that have nothing in common with ours.</param>
internal sealed record CapabilityComparison(ValueList<SwitchingCapability> Acceptable, List<string> Kinds, List<string> Bandwidths, List<string> Disjoint)
{
    /// <summary>Compares. A neighbour that tells no capabilities does not tell others.</summary>
    public static CapabilityComparison Compare(ValueList<SwitchingCapability> ours, List<SwitchingCapability> theirs, string neighbor)
    {
        var (kinds, bandwidths, disjoint) = (new List<string>(), new List<string>(), new List<string>());
        if (theirs.Count == 0) return new CapabilityComparison(ours, kinds, bandwidths, disjoint);

        var partners = Pair(ours, theirs, out var extra);
        if (ours.Count == 1 && partners[0] is null && extra is [var other]) DescribeKinds(ours[0], other);
        else DescribeMissing();

        var acceptable = new SwitchingCapability[ours.Count];
        for (var i = 0; i < ours.Count; i++)
        {
            acceptable[i] = ours[i];
            if (partners[i] is not { } partner) continue;
            // Values within our range are acceptable whether or not they are negotiable: they become the agreed ones.
            if (Contains(ours[i], partner))
            {
                acceptable[i] = partner;
                continue;
            }

            var of = ours.Count == 1 ? "" : $" of {Kind(ours[i])}";
            bandwidths.Add($"bandwidth{of} {Text(ours[i])} here, {Text(partner)} at {neighbor}");
            if (Overlapping(ours[i], partner) is { } common) acceptable[i] = common;
            else disjoint.Add(bandwidths[^1]);
        }

        return new CapabilityComparison([.. acceptable], kinds, bandwidths, disjoint);

        void DescribeKinds(SwitchingCapability mine, SwitchingCapability its)
        {
            if (its.SwitchingType != mine.SwitchingType)
                kinds.Add($"switching type {Rfc3471.Name(mine.SwitchingType)} here, {Rfc3471.Name(its.SwitchingType)} at {neighbor}");
            if (its.Encoding != mine.Encoding)
                kinds.Add($"encoding {Rfc3471.Name(mine.Encoding)} here, {Rfc3471.Name(its.Encoding)} at {neighbor}");
        }

        void DescribeMissing()
        {
            for (var i = 0; i < ours.Count; i++)
                if (partners[i] is null) kinds.Add($"capability {Kind(ours[i])} here, not at {neighbor}");
            foreach (var c in extra) kinds.Add($"capability {Kind(c)} at {neighbor}, not here");
        }
    }

    // Several capabilities may be of one kind: the best fits find each other first, whatever order the two ends list them in.
    private static SwitchingCapability?[] Pair(ValueList<SwitchingCapability> ours, List<SwitchingCapability> theirs, out List<SwitchingCapability> extra)
    {
        var partners = new SwitchingCapability?[ours.Count];
        extra = [.. theirs];
        foreach (var fits in (ReadOnlySpan<Func<SwitchingCapability, SwitchingCapability, bool>>)[Same, Contains, Overlaps, IsSameKind])
        {
            for (var i = 0; i < ours.Count && extra.Count > 0; i++)
            {
                if (partners[i] is not null) continue;
                var mine = ours[i];
                var index = extra.FindIndex(t => IsSameKind(mine, t) && fits(mine, t));
                if (index < 0) continue;
                partners[i] = extra[index];
                extra.RemoveAt(index);
            }
        }

        return partners;
    }

    private static bool Same(SwitchingCapability a, SwitchingCapability b) => a == b;

    private static bool IsSameKind(SwitchingCapability a, SwitchingCapability b) => a.SwitchingType == b.SwitchingType && a.Encoding == b.Encoding;

    private static bool Contains(SwitchingCapability outer, SwitchingCapability inner) =>
        inner.MinimumBandwidth <= inner.MaximumBandwidth
        && outer.MinimumBandwidth <= inner.MinimumBandwidth && inner.MaximumBandwidth <= outer.MaximumBandwidth;

    private static bool Overlaps(SwitchingCapability a, SwitchingCapability b) => Overlapping(a, b) is not null;

    private static SwitchingCapability? Overlapping(SwitchingCapability ours, SwitchingCapability other)
    {
        var (min, max) = (Math.Max(ours.MinimumBandwidth, other.MinimumBandwidth), Math.Min(ours.MaximumBandwidth, other.MaximumBandwidth));
        return min <= max ? ours with { MinimumBandwidth = min, MaximumBandwidth = max } : null;
    }

    private static string Kind(SwitchingCapability c) => $"{Rfc3471.Name(c.SwitchingType)} with {Rfc3471.Name(c.Encoding)} encoding";

    private static string Text(SwitchingCapability c) =>
        c.IsFixed ? Bandwidth.Format(c.MinimumBandwidth) : $"{Bandwidth.Format(c.MinimumBandwidth)} to {Bandwidth.Format(c.MaximumBandwidth)}";
}
