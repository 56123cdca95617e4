// RFC 4209 §2.3
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// What a LinkSummary tells of a data link on a WDM session beside RFC 4204's properties: as a rule, what an optical line system announces of the
/// link and the span behind it. Nothing of it is compared or negotiated.
/// </summary>
public sealed record WdmProperties
{
    /// <summary>Shared risk link groups (RFC 4209 §2.3.2).</summary>
    public ValueList<uint> Srlg { get; init; }

    /// <summary>Link Group IDs, in the space of who tells them (RFC 4209 §2.3.1).</summary>
    public ValueList<uint> LinkGroups { get; init; }

    /// <summary>Bit error rate estimate: 10 to the minus this (RFC 4209 §2.3.3); null: not told.</summary>
    public byte? Ber { get; init; }

    /// <summary>Total span length, metres (RFC 4209 §2.3.5); null: not told.</summary>
    public uint? SpanLength { get; init; }

    /// <summary>Optical protection (RFC 4209 §2.3.4, RFC 3471 §7); null: not told.</summary>
    public LinkProtection? OpticalProtection { get; init; }

    /// <summary>Administrative group or color (RFC 4209 §2.3.6); null: not told.</summary>
    public uint? AdministrativeGroup { get; init; }

    /// <summary>What is configured for a data link.</summary>
    public static WdmProperties Of(DataLinkConfiguration link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new WdmProperties
        {
            Srlg = link.Srlg,
            LinkGroups = link.LinkGroups,
            Ber = link.Ber,
            SpanLength = link.SpanLength,
            OpticalProtection = link.OpticalProtection,
            AdministrativeGroup = link.AdministrativeGroup,
        };
    }

    /// <summary>What a DATA_LINK tells. Of a property that there can be only one of, the first subobject counts.</summary>
    public static WdmProperties Of(DataLinkObject link)
    {
        ArgumentNullException.ThrowIfNull(link);
        var subobjects = link.Subobjects;
        return new WdmProperties
        {
            Srlg = [.. subobjects.OfType<Srlg>().SelectMany(s => s.Values)],
            LinkGroups = [.. subobjects.OfType<LinkGroupId>().Select(g => g.Id)],
            Ber = First<BerEstimate>()?.Exponent,
            SpanLength = First<TotalSpanLength>()?.Metres,
            OpticalProtection = First<OpticalProtection>()?.LinkFlags,
            AdministrativeGroup = First<AdministrativeGroup>()?.Groups,
        };

        T? First<T>() where T : DataLinkSubobject => subobjects.OfType<T>().FirstOrDefault();
    }

    /// <summary>These, and of what they do not tell the others.</summary>
    public WdmProperties Or(WdmProperties others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new WdmProperties
        {
            Srlg = Srlg.Count > 0 ? Srlg : others.Srlg,
            LinkGroups = LinkGroups.Count > 0 ? LinkGroups : others.LinkGroups,
            Ber = Ber ?? others.Ber,
            SpanLength = SpanLength ?? others.SpanLength,
            OpticalProtection = OpticalProtection ?? others.OpticalProtection,
            AdministrativeGroup = AdministrativeGroup ?? others.AdministrativeGroup,
        };
    }

    /// <summary>The subobjects of a DATA_LINK, in the order of their types.</summary>
    public IReadOnlyList<DataLinkSubobject> ToSubobjects()
    {
        var subobjects = new List<DataLinkSubobject>();
        foreach (var group in LinkGroups) subobjects.Add(new LinkGroupId(group));
        // Length has 8 bits (RFC 4209 §2.3): more groups than that need another subobject.
        foreach (var part in Srlg.Chunk(Wire.Srlg.MaxValues)) subobjects.Add(new Srlg([.. part]));
        if (Ber is { } ber) subobjects.Add(new BerEstimate(ber));
        if (OpticalProtection is { } protection) subobjects.Add(new OpticalProtection(protection));
        if (SpanLength is { } metres) subobjects.Add(new TotalSpanLength(metres));
        if (AdministrativeGroup is { } groups) subobjects.Add(new AdministrativeGroup(groups));
        return subobjects;
    }
}
