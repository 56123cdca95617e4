// RFC 4204 §12.6.1: the LinkSummary of a TE link, from configuration and state.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Builds LinkSummary messages and their parts. Pure.</summary>
public static class LinkSummaryBuilder
{
    /// <summary>Bytes of the LinkSummary a TE link needs; above <see cref="CommonHeader.MaxMessageLength"/> it cannot be sent.</summary>
    /// <param name="teLink">The TE link.</param>
    /// <param name="wdm">Whether it is shared with the neighbour of a WDM session, which is told more (RFC 4209 §2.3).</param>
    public static int EncodedLength(TeLinkConfiguration teLink, bool wdm = false)
    {
        ArgumentNullException.ThrowIfNull(teLink);
        var length = CommonHeader.Size + new MessageId(0).Length + TeLink(teLink, teLink.LocalId).Length;
        foreach (var link in teLink.DataLinks)
            length += DataLink(link, link.LocalId, link.Capabilities, allocated: false, failed: false, negotiable: false, wdm).Length;
        return length;
    }

    /// <summary>The TE_LINK object (RFC 4204 §13.11).</summary>
    public static TeLinkObject TeLink(TeLinkConfiguration teLink, Identifier remoteId)
    {
        ArgumentNullException.ThrowIfNull(teLink);
        var flags = (teLink.FaultManagement ? TeLinkFlags.FaultManagement : 0) | (teLink.LinkVerification ? TeLinkFlags.LinkVerification : 0);
        return new TeLinkObject(flags, teLink.LocalId, remoteId);
    }

    /// <summary>
    /// The DATA_LINK object (RFC 4204 §13.12). Its N bit offers the bandwidth ranges for negotiation. On a WDM session it tells the link's
    /// properties of RFC 4209 §2.3, too.
    /// </summary>
    public static DataLinkObject DataLink(
        DataLinkConfiguration link, Identifier remoteId, ValueList<SwitchingCapability> capabilities, bool allocated, bool failed, bool negotiable,
        bool wdm = false)
    {
        ArgumentNullException.ThrowIfNull(link);
        var flags = (link.Port ? DataLinkFlags.Port : 0) | (allocated ? DataLinkFlags.Allocated : 0) | (failed ? DataLinkFlags.Failed : 0);
        var subobjects = new List<DataLinkSubobject>(capabilities.Count + 1);
        foreach (var c in capabilities)
            subobjects.Add(new InterfaceSwitchingType(c.SwitchingType, c.Encoding, c.MinimumBandwidth, c.MaximumBandwidth));
        if (link.Wavelength != 0) subobjects.Add(new Wavelength(link.Wavelength));
        if (wdm) subobjects.AddRange(WdmProperties.Of(link).ToSubobjects());
        return new DataLinkObject(flags, link.LocalId, remoteId, [.. subobjects]) { Negotiable = negotiable };
    }

    /// <summary>The LinkSummaryNack for a LinkSummary (RFC 4204 §12.6.3), with as many of the DATA_LINKs as it can carry.</summary>
    internal static LinkSummaryNackMessage Nack(uint messageId, LinkSummaryErrors errors, List<LmpObject> dataLinks)
    {
        // Over IPv6 a LinkSummary may be larger than what we send.
        var (room, count) = (CommonHeader.MaxMessageLength - new LinkSummaryNackMessage(messageId, errors).EncodedLength, 0);
        while (count < dataLinks.Count && (room -= dataLinks[count].Length) >= 0) count++;
        return new LinkSummaryNackMessage(messageId, errors, dataLinks.GetRange(0, count).ToArray());
    }
}
