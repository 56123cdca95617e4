// RFC 4204 §4, §12.6.3: a received DATA_LINK against what is configured here.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What comparing a received DATA_LINK with ours came to.</summary>
/// <param name="Errors">Bits for the LinkSummaryNack; none: the link agrees.</param>
/// <param name="Answer">What goes into the LinkSummaryNack; null if the link agrees.</param>
/// <param name="Agreed">The capabilities both ends accept, where the link agrees.</param>
/// <param name="Text">What differs, naming both sides' values; empty if nothing does.</param>
/// <param name="CanBeNegotiated">
/// Whether only values differ that the neighbour may change: what it sends may be less than it can do, because of what was agreed before.
/// </param>
/// <param name="IsMapping">Whether it is the Interface_Ids that differ.</param>
internal sealed record LinkVerdict(
    LinkSummaryErrors Errors, DataLinkObject? Answer, ValueList<SwitchingCapability> Agreed, string Text,
    bool CanBeNegotiated = false, bool IsMapping = false)
{
    public bool Agrees => Errors == LinkSummaryErrors.None;

    public static LinkVerdict Unacceptable(DataLinkObject received, string text) =>
        new(LinkSummaryErrors.UnacceptableNonNegotiable, received, default, text);

    public static LinkVerdict WrongMapping(DataLinkObject received, string text) => Unacceptable(received, text) with { IsMapping = true };

    public static LinkVerdict Invalid(DataLinkObject received, string text) => new(LinkSummaryErrors.InvalidDataLink, received, default, text);
}

/// <summary>Compares data link properties (RFC 4204 §4). Pure.</summary>
internal static class LinkComparison
{
    /// <summary>Compares a DATA_LINK of a received LinkSummary with the data link it is about.</summary>
    /// <param name="configuration">Ours.</param>
    /// <param name="remoteId">The neighbour's Interface_Id as we know it; null if not known yet.</param>
    /// <param name="received">The neighbour's view.</param>
    /// <param name="neighbor">The neighbour's name.</param>
    public static LinkVerdict Compare(DataLinkConfiguration configuration, Identifier? remoteId, DataLinkObject received, string neighbor)
    {
        var (theirs, ours) = (received.LocalInterfaceId, received.RemoteInterfaceId);
        if (theirs.IsZero || ours.IsZero)
        {
            var known = remoteId?.ToString() ?? "an unknown one";
            return LinkVerdict.Invalid(received, $"Interface_Ids {configuration.LocalId} and {known} here, {ours} and {theirs} at {neighbor}, where 0 is not allowed");
        }

        // On the wire both ids are of the form that the C-Type says: it can differ from the form in use here only.
        if (theirs.Type != configuration.LocalId.Type)
            return LinkVerdict.Invalid(received, $"Interface_Id {configuration.LocalId} is {configuration.LocalId.Type} here, {theirs.Type} at {neighbor}");
        if (remoteId is null)
            return LinkVerdict.WrongMapping(received, $"{neighbor} connects it to its Interface_Id {theirs}, remote-id is neither set nor verified here");
        if (remoteId != theirs)
            return LinkVerdict.WrongMapping(received, $"connected to Interface_Id {remoteId} of {neighbor} here, to {theirs} at {neighbor}");
        if (configuration.LocalId != ours)
            return LinkVerdict.WrongMapping(received, $"Interface_Id {theirs} of {neighbor} is connected to {configuration.LocalId} here, to {ours} at {neighbor}");

        if (IsTheSame(configuration, received)) return new LinkVerdict(LinkSummaryErrors.None, null, configuration.Capabilities, "");

        var differences = new List<string>();
        var wavelength = received.Subobjects.OfType<Wavelength>().FirstOrDefault()?.Value ?? 0;
        // Not told is not another value.
        if (wavelength != configuration.Wavelength && wavelength != 0 && configuration.Wavelength != 0)
            differences.Add($"wavelength {configuration.Wavelength} here, {wavelength} at {neighbor}");

        var capabilities = CapabilityComparison.Compare(configuration.Capabilities, Capabilities(received), neighbor);
        differences.AddRange(capabilities.Kinds);
        if (differences.Count == 0 && capabilities.Bandwidths.Count == 0)
            return new LinkVerdict(LinkSummaryErrors.None, null, capabilities.Acceptable, "");

        // Beside what cannot be negotiated, only such bandwidths are worth a word that cannot, either.
        var onlyBandwidths = differences.Count == 0;
        differences.AddRange(received.Negotiable && !onlyBandwidths ? capabilities.Disjoint : capabilities.Bandwidths);
        var verdict = LinkVerdict.Unacceptable(received, string.Join("; ", differences));
        if (!received.Negotiable || capabilities is not { Bandwidths.Count: > 0, Kinds.Count: 0 }) return verdict;

        // §12.6.3: "The DATA_LINK objects MUST include acceptable values for all negotiable parameters", copies of the others.
        return verdict with
        {
            Errors = LinkSummaryErrors.Renegotiate | (onlyBandwidths ? 0 : LinkSummaryErrors.UnacceptableNonNegotiable),
            Answer = received with
            {
                Subobjects = [.. received.Subobjects.Where(s => s is not InterfaceSwitchingType), .. ToSubobjects(capabilities.Acceptable)],
            },
            CanBeNegotiated = onlyBandwidths,
        };
    }

    /// <summary>
    /// Whether a DATA_LINK of a LinkSummaryNack offers other values than we sent, and they are acceptable: the same capabilities, each bandwidth
    /// within ours.
    /// </summary>
    /// <param name="configuration">Ours.</param>
    /// <param name="sent">The DATA_LINK of the LinkSummary that the Nack answers.</param>
    /// <param name="offered">The DATA_LINK of the Nack.</param>
    /// <param name="agreed">What to propose next, if the result is true.</param>
    public static bool Accepts(DataLinkConfiguration configuration, DataLinkObject sent, DataLinkObject offered, out ValueList<SwitchingCapability> agreed)
    {
        var theirs = Capabilities(offered);
        var comparison = CapabilityComparison.Compare(configuration.Capabilities, theirs, "");
        agreed = comparison.Acceptable;
        return theirs.Count > 0 && comparison is { Kinds.Count: 0, Bandwidths.Count: 0 } && !theirs.SequenceEqual(Capabilities(sent));
    }

    /// <summary>Why the neighbour refuses a DATA_LINK of ours, as well as its answer tells: offered bandwidths name themselves, copies do not.</summary>
    /// <param name="configuration">Ours.</param>
    /// <param name="answer">The DATA_LINK of the Nack.</param>
    /// <param name="errors">The bits of the Nack.</param>
    /// <param name="neighbor">The neighbour's name.</param>
    public static string Refusal(DataLinkConfiguration configuration, DataLinkObject answer, LinkSummaryErrors errors, string neighbor)
    {
        var comparison = CapabilityComparison.Compare(configuration.Capabilities, Capabilities(answer), neighbor);
        var isOffer = errors.HasFlag(LinkSummaryErrors.Renegotiate) && answer.Negotiable && comparison is { Kinds.Count: 0, Bandwidths.Count: > 0 };
        return isOffer ? string.Join("; ", comparison.Bandwidths) : $"{neighbor} refuses it: {LinkSummaryError.InWords(errors)}";
    }

    /// <summary>The capabilities a DATA_LINK tells.</summary>
    public static List<SwitchingCapability> Capabilities(DataLinkObject link)
    {
        var list = new List<SwitchingCapability>(1);
        foreach (var s in link.Subobjects)
            if (s is InterfaceSwitchingType c) list.Add(new SwitchingCapability(c.SwitchingType, c.Encoding, c.MinimumBandwidth, c.MaximumBandwidth));
        return list;
    }

    // Nearly always the two ends are configured alike: seen without a list, for a LinkSummary has a thousand of them.
    private static bool IsTheSame(DataLinkConfiguration configuration, DataLinkObject received)
    {
        var capabilities = 0;
        foreach (var s in received.Subobjects)
        {
            if (s is Wavelength w && w.Value != configuration.Wavelength) return false;
            if (s is not InterfaceSwitchingType c) continue;
            if (capabilities == configuration.Capabilities.Count) return false;
            var ours = configuration.Capabilities[capabilities++];
            if (c.SwitchingType != ours.SwitchingType || c.Encoding != ours.Encoding) return false;
            if (c.MinimumBandwidth != ours.MinimumBandwidth || c.MaximumBandwidth != ours.MaximumBandwidth) return false;
        }

        return capabilities == configuration.Capabilities.Count;
    }

    private static IEnumerable<DataLinkSubobject> ToSubobjects(ValueList<SwitchingCapability> capabilities) =>
        capabilities.Select(c => new InterfaceSwitchingType(c.SwitchingType, c.Encoding, c.MinimumBandwidth, c.MaximumBandwidth));
}
