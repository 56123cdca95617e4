// RFC 4204 §15.2
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>How the messages of one neighbour are protected by IPsec. Of secrets, only the names of their files.</summary>
public sealed record IpsecConfiguration
{
    /// <summary>Where charon listens when nothing else is said, as strongSwan's packages build it.</summary>
    public const string DefaultVici = "/run/charon.vici";

    /// <summary>The device where nothing else is said: what charon's kernel-libipsec makes.</summary>
    public const string DefaultDevice = "ipsec0";

    /// <summary>The neighbour's name.</summary>
    public required string Neighbor { get; init; }

    /// <summary>Charon's vici socket; null: the keys are set by hand, and nobody is asked about them.</summary>
    public string? Vici { get; init; } = DefaultVici;

    /// <summary>The device of the tunnel: of charon's kernel-libipsec, or an XFRM interface.</summary>
    public string Device { get; init; } = DefaultDevice;

    /// <summary>The XFRM interface's if_id; null where the device is none.</summary>
    public uint? InterfaceId { get; init; }

    /// <summary>The file of the pre-shared key; null: certificates.</summary>
    public string? PskFile { get; init; }

    /// <summary>The file of our certificate, PEM or DER.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The file of our private key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The file of the certificate of the authority that the neighbour's has to be signed by.</summary>
    public string? CaFile { get; init; }

    /// <summary>Our identity; null: our address (RFC 4204 §15.2).</summary>
    public string? LocalId { get; init; }

    /// <summary>The neighbour's identity; null: its address.</summary>
    public string? RemoteId { get; init; }

    /// <summary>Whether the selectors name the LMP port; otherwise all UDP is protected, as the RFC recommends.</summary>
    public bool SelectsPort { get; init; }

    /// <summary>Algorithms of IKE, in strongSwan's words; empty: strongSwan's own choice.</summary>
    public ValueList<string> IkeProposals { get; init; }

    /// <summary>Algorithms of ESP, in strongSwan's words; empty: strongSwan's own choice.</summary>
    public ValueList<string> EspProposals { get; init; }

    /// <summary>How long keys are used before they are replaced.</summary>
    public TimeSpan RekeyTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether ESP goes in UDP even where no NAT is on the way; charon's kernel-libipsec can do nothing else.</summary>
    public bool UdpEncapsulation { get; init; } = true;
}
