// RFC 4204 §13.8, §13.9; RFC 4207 §3.1: what is offered in BEGIN_VERIFY, and what is chosen of it.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>The terms of a verification. Pure but for what the data plane says it can do.</summary>
internal static class VerifyTerms
{
    /// <summary>The BEGIN_VERIFY for these data links, at least one.</summary>
    public static BeginVerifyObject Offer(IReadOnlyList<DataLink> links, VerifyScope scope, VerificationConfiguration configuration, INodeOutput dataPlane)
    {
        var (first, capability) = (links[0].Configuration, links[0].Configuration.Capabilities[0]);
        var flags = (scope == VerifyScope.AllFree ? BeginVerifyFlags.VerifyAllLinks : 0) | (first.Port ? BeginVerifyFlags.Ports : 0);
        return new BeginVerifyObject(
            flags, (ushort)configuration.Interval.TotalMilliseconds, (uint)links.Count, capability.Encoding, Transports(links, dataPlane),
            links.Min(l => l.Configuration.Capabilities[0].MaximumBandwidth), Wavelength(links));
    }

    /// <summary>The mechanism we prefer of those that the neighbour offers and that the data plane can receive by; none if there is none.</summary>
    public static VerifyTransport Choose(BeginVerifyObject terms, IReadOnlyList<DataLink> links, INodeOutput dataPlane)
    {
        var common = terms.Transports & Transports(links, dataPlane) & Defined(terms.Encoding);
        var wanted = links.Count > 0 ? links[0].TeLink.Configuration.Verification.Transports : [];
        foreach (var transport in wanted.Count > 0 ? wanted : TestTransports.Preference)
            if (common.HasFlag(transport)) return transport;
        return VerifyTransport.None;
    }

    // What all of them can be tested by. "The scope of this bit mask is restricted to each encoding type": where there are several, only what
    // means the same in all of them is left.
    private static VerifyTransport Transports(IReadOnlyList<DataLink> links, INodeOutput dataPlane) =>
        links.Count == 0 ? VerifyTransport.Payload : links.Aggregate(VerifyTransport.Payload | TestTransports.SonetSdh, (all, link) => all & Of(link, dataPlane));

    // RFC 6898 §3.1: the mechanisms of RFC 4207 only with a neighbour that has said that it knows them.
    private static VerifyTransport Of(DataLink link, INodeOutput dataPlane)
    {
        var possible = Defined(link.Configuration.Capabilities[0].Encoding) & dataPlane.GetTestTransports(link);
        if (!link.TeLink.Neighbor.Traces) possible &= VerifyTransport.Payload;
        var wanted = link.TeLink.Configuration.Verification.Transports;
        return wanted.Count == 0 ? possible : possible & wanted.Aggregate((all, transport) => all | transport);
    }

    private static VerifyTransport Defined(EncodingType encoding) =>
        encoding == EncodingType.Sdh ? VerifyTransport.Payload | TestTransports.SonetSdh : VerifyTransport.Payload;

    // "If there is no ambiguity as to the wavelength over which the message will be sent, then this value SHOULD be set to 0": there is one
    // where whole fibres are switched.
    private static uint Wavelength(IReadOnlyList<DataLink> links)
    {
        var first = links[0].Configuration.Wavelength;
        return links.All(l => l.Configuration.Capabilities[0].SwitchingType == SwitchingType.Fsc && l.Configuration.Wavelength == first) ? first : 0;
    }
}
