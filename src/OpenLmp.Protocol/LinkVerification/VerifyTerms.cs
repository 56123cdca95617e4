// RFC 4204 §13.8, §13.9: what is offered in BEGIN_VERIFY, and what is chosen of it.
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
        var transports = Transports(links, dataPlane);
        // "The scope of this bit mask is restricted to each encoding type": where there are several, only what means the same in all of them.
        if (links.Any(l => l.Configuration.Capabilities[0].Encoding != capability.Encoding)) transports &= VerifyTransport.Payload;
        return new BeginVerifyObject(
            flags, (ushort)configuration.Interval.TotalMilliseconds, (uint)links.Count, capability.Encoding, transports,
            links.Min(l => l.Configuration.Capabilities[0].MaximumBandwidth), Wavelength(links));
    }

    /// <summary>One mechanism that the neighbour offers and that the data plane can receive by; none if there is none.</summary>
    public static VerifyTransport Choose(VerifyTransport offered, IReadOnlyList<DataLink> links, INodeOutput dataPlane)
    {
        var common = offered & Transports(links, dataPlane);
        // Payload means the same for every encoding; of others, §13.9 wants one bit.
        return common.HasFlag(VerifyTransport.Payload) ? VerifyTransport.Payload : (VerifyTransport)((ushort)common & -(ushort)common);
    }

    private static VerifyTransport Transports(IReadOnlyList<DataLink> links, INodeOutput dataPlane) =>
        links.Count == 0 ? VerifyTransport.Payload : links.Aggregate((VerifyTransport)ushort.MaxValue, (all, link) => all & dataPlane.GetTestTransports(link));

    // "If there is no ambiguity as to the wavelength over which the message will be sent, then this value SHOULD be set to 0": there is one
    // where whole fibres are switched.
    private static uint Wavelength(IReadOnlyList<DataLink> links)
    {
        var first = links[0].Configuration.Wavelength;
        return links.All(l => l.Configuration.Capabilities[0].SwitchingType == SwitchingType.Fsc && l.Configuration.Wavelength == first) ? first : 0;
    }
}
