// RFC 4204 §4, §12.6.3: a received DATA_LINK against what is configured here.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What comparing a received DATA_LINK with ours came to.</summary>
/// <param name="Errors">Bits for the LinkSummaryNack; none: the link agrees.</param>
/// <param name="Answer">What goes into the LinkSummaryNack; null if the link agrees.</param>
/// <param name="Agreed">The capabilities both ends accept, where the link agrees.</param>
/// <param name="Text">What differs, naming both sides' values; empty if nothing does.</param>
/// <param name="CanBeNegotiated">Whether there are values that both ends could accept.</param>
internal readonly record struct LinkVerdict(
    LinkSummaryErrors Errors, DataLinkObject? Answer, ValueList<SwitchingCapability> Agreed, string Text, bool CanBeNegotiated = false)
{
    public bool Agrees => Errors == LinkSummaryErrors.None;
}

/// <summary>Compares data link properties (RFC 4204 §4). Pure.</summary>
internal static class LinkComparison
{
    /// <summary>Compares a DATA_LINK of a received LinkSummary with the data link it names.</summary>
    /// <param name="configuration">Ours.</param>
    /// <param name="remoteId">The neighbour's Interface_Id as we know it; null if not known yet.</param>
    /// <param name="received">The neighbour's view.</param>
    /// <param name="neighbor">The neighbour's name.</param>
    public static LinkVerdict Compare(DataLinkConfiguration configuration, Identifier? remoteId, DataLinkObject received, string neighbor)
    {
        if (received.LocalInterfaceId.Type != configuration.LocalId.Type)
        {
            return Invalid(received, $"Interface_Id {configuration.LocalId} is {configuration.LocalId.Type} here, {received.LocalInterfaceId.Type} at {neighbor}");
        }

        if (remoteId is null)
            return Unacceptable(received, $"{neighbor} says it is connected to its Interface_Id {received.LocalInterfaceId}, which is not verified here yet");
        if (remoteId != received.LocalInterfaceId)
            return Unacceptable(received, $"connected to Interface_Id {remoteId} of {neighbor} here, to {received.LocalInterfaceId} at {neighbor}");

        var differences = new List<string>();
        var wavelength = received.Subobjects.OfType<Wavelength>().FirstOrDefault()?.Value ?? 0;
        // Not told is not another value.
        if (wavelength != configuration.Wavelength && wavelength != 0 && configuration.Wavelength != 0)
            differences.Add($"wavelength {configuration.Wavelength} here, {wavelength} at {neighbor}");

        var agreed = CompareCapabilities(configuration, received, neighbor, differences, out var bandwidths, out var overlap);
        if (differences.Count > 0) return Unacceptable(received, string.Join("; ", differences.Concat(bandwidths)));
        if (bandwidths.Count == 0) return new LinkVerdict(LinkSummaryErrors.None, null, agreed, "");
        if (!received.Negotiable) return Unacceptable(received, string.Join("; ", bandwidths));

        // §12.6.3: "The DATA_LINK objects MUST include acceptable values for all negotiable parameters."
        var answer = received with { Subobjects = [.. received.Subobjects.Where(s => s is not InterfaceSwitchingType), .. ToSubobjects(agreed)] };
        return new LinkVerdict(LinkSummaryErrors.Renegotiate, answer, default, string.Join("; ", bandwidths), overlap);
    }

    /// <summary>
    /// Whether the values a LinkSummaryNack offers for a negotiable data link are acceptable: the same capabilities, each bandwidth within ours.
    /// </summary>
    public static bool Accepts(DataLinkConfiguration configuration, DataLinkObject offered, out ValueList<SwitchingCapability> agreed)
    {
        agreed = default;
        var theirs = Capabilities(offered);
        if (theirs.Count != configuration.Capabilities.Count) return false;
        foreach (var ours in configuration.Capabilities)
        {
            var match = theirs.FindIndex(t => IsSameKind(t, ours));
            if (match < 0 || !Contains(ours, theirs[match])) return false;
        }

        agreed = [.. theirs];
        return true;
    }

    // The result lists what we accept: with no difference, what both agree on; with bandwidth differences that can be negotiated, what to offer.
    private static ValueList<SwitchingCapability> CompareCapabilities(
        DataLinkConfiguration configuration, DataLinkObject received, string neighbor, List<string> differences, out List<string> bandwidths, out bool overlap)
    {
        (bandwidths, overlap) = ([], true);
        var acceptable = new List<SwitchingCapability>();
        var theirs = Capabilities(received);
        // Not told is not another value.
        if (theirs.Count == 0) return configuration.Capabilities;
        foreach (var ours in configuration.Capabilities)
        {
            var index = theirs.FindIndex(t => IsSameKind(t, ours));
            if (index < 0)
            {
                if (configuration.Capabilities.Count == 1 && theirs is [var only])
                {
                    if (only.SwitchingType != ours.SwitchingType)
                        differences.Add($"switching type {Rfc3471.Name(ours.SwitchingType)} here, {Rfc3471.Name(only.SwitchingType)} at {neighbor}");
                    if (only.Encoding != ours.Encoding)
                        differences.Add($"encoding {Rfc3471.Name(ours.Encoding)} here, {Rfc3471.Name(only.Encoding)} at {neighbor}");
                    theirs.Clear();
                }
                else
                {
                    differences.Add($"capability {Rfc3471.Name(ours.SwitchingType)} with {Rfc3471.Name(ours.Encoding)} encoding here, not at {neighbor}");
                }

                continue;
            }

            var other = theirs[index];
            theirs.RemoveAt(index);
            // Values within our range are acceptable whether or not they are negotiable: they become the agreed ones.
            if (Contains(ours, other))
            {
                acceptable.Add(other);
                continue;
            }

            bandwidths.Add($"bandwidth {Text(ours)} here, {Text(other)} at {neighbor}");
            var common = Overlap(ours, other);
            overlap &= common is not null;
            acceptable.Add(common ?? ours);
        }

        foreach (var extra in theirs)
            differences.Add($"capability {Rfc3471.Name(extra.SwitchingType)} with {Rfc3471.Name(extra.Encoding)} encoding at {neighbor}, not here");
        return [.. acceptable];
    }

    private static List<SwitchingCapability> Capabilities(DataLinkObject link)
    {
        var list = new List<SwitchingCapability>(1);
        foreach (var s in link.Subobjects)
            if (s is InterfaceSwitchingType c) list.Add(new SwitchingCapability(c.SwitchingType, c.Encoding, c.MinimumBandwidth, c.MaximumBandwidth));
        return list;
    }

    private static IEnumerable<DataLinkSubobject> ToSubobjects(ValueList<SwitchingCapability> capabilities) =>
        capabilities.Select(c => new InterfaceSwitchingType(c.SwitchingType, c.Encoding, c.MinimumBandwidth, c.MaximumBandwidth));

    private static bool IsSameKind(SwitchingCapability a, SwitchingCapability b) => a.SwitchingType == b.SwitchingType && a.Encoding == b.Encoding;

    private static bool Contains(SwitchingCapability outer, SwitchingCapability inner) =>
        inner.MinimumBandwidth <= inner.MaximumBandwidth && outer.MinimumBandwidth <= inner.MinimumBandwidth && inner.MaximumBandwidth <= outer.MaximumBandwidth;

    private static SwitchingCapability? Overlap(SwitchingCapability ours, SwitchingCapability other)
    {
        var (min, max) = (Math.Max(ours.MinimumBandwidth, other.MinimumBandwidth), Math.Min(ours.MaximumBandwidth, other.MaximumBandwidth));
        return min <= max ? ours with { MinimumBandwidth = min, MaximumBandwidth = max } : null;
    }

    private static string Text(SwitchingCapability c) =>
        c.IsFixed ? Bandwidth.Format(c.MinimumBandwidth) : $"{Bandwidth.Format(c.MinimumBandwidth)} to {Bandwidth.Format(c.MaximumBandwidth)}";

    private static LinkVerdict Unacceptable(DataLinkObject received, string text) =>
        new(LinkSummaryErrors.UnacceptableNonNegotiable, received, default, text);

    private static LinkVerdict Invalid(DataLinkObject received, string text) => new(LinkSummaryErrors.InvalidDataLink, received, default, text);
}
