// RFC 7296 §1.3: what charon has negotiated, as vici's list-sas tells it.
using System.Globalization;

namespace OpenLmp.Hosting;

/// <summary>The pair of CHILD_SAs of one connection that is in use.</summary>
/// <param name="SpiIn">The SPI of what is received.</param>
/// <param name="SpiOut">The SPI of what is sent.</param>
/// <param name="Encryption">Algorithms and key lengths, such as <c>AES_GCM_16-128</c> or <c>NULL HMAC_SHA2_256_128</c>.</param>
/// <param name="Age">How long it has been in use.</param>
internal sealed record SecurityAssociation(uint SpiIn, uint SpiOut, string Encryption, TimeSpan Age)
{
    /// <summary>The newest one of an IKE_SA that carries traffic; null if there is none.</summary>
    /// <param name="ike">The IKE_SA: a section of a list-sa event.</param>
    public static SecurityAssociation? Of(ViciSection ike)
    {
        // An IKE_SA that is replaced or checked still has its children; one that is connecting or deleted has not.
        if (ike["state"] is not ("ESTABLISHED" or "REKEYING" or "REKEYED")) return null;
        SecurityAssociation? newest = null;
        foreach (var (_, child) in ike.Section("child-sas")?.Sections ?? [])
        {
            // §15.2: "IPsec ESP with trailer authentication in tunnel mode".
            if (child["state"] is not ("INSTALLED" or "REKEYING" or "REKEYED" or "UPDATING") || child["mode"] != "TUNNEL" || child["protocol"] != "ESP") continue;
            if (!TryHex(child["spi-in"], out var spiIn) || !TryHex(child["spi-out"], out var spiOut)) continue;
            _ = uint.TryParse(child["install-time"], CultureInfo.InvariantCulture, out var seconds);
            var found = new SecurityAssociation(spiIn, spiOut, Algorithms(child), TimeSpan.FromSeconds(seconds));
            if (newest is null || found.Age < newest.Age) newest = found;
        }

        return newest;
    }

    private static string Algorithms(ViciSection child)
    {
        var encryption = child["encr-keysize"] is { Length: > 0 } and not "0" ? $"{child["encr-alg"]}-{child["encr-keysize"]}" : child["encr-alg"];
        return $"{encryption} {child["integ-alg"]}".Trim();
    }

    private static bool TryHex(string? text, out uint value) => uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
