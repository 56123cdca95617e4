// RFC 3471 §3.1.1 (encoding and switching types), §7 (link protection): GMPLS values that LMP objects carry.
namespace OpenLmp.Wire;

/// <summary>LSP Encoding Type (RFC 3471 §3.1.1). A received object may carry any other value.</summary>
public enum EncodingType : byte
{
#pragma warning disable CS1591 // The names are the RFC's.
    Packet = 1,
    Ethernet = 2,
    Pdh = 3,
    Sdh = 5,
    DigitalWrapper = 7,
    Lambda = 8,
    Fiber = 9,
    FiberChannel = 11,
#pragma warning restore CS1591
}

/// <summary>Switching Type (RFC 3471 §3.1.1). A received object may carry any other value.</summary>
public enum SwitchingType : byte
{
#pragma warning disable CS1591 // The names are the RFC's.
    Psc1 = 1,
    Psc2 = 2,
    Psc3 = 3,
    Psc4 = 4,
    L2sc = 51,
    Tdm = 100,
    Lsc = 150,
    Fsc = 200,
#pragma warning restore CS1591
}

/// <summary>Link Flags: link protection (RFC 3471 §7).</summary>
[Flags]
public enum LinkProtection : byte
{
#pragma warning disable CS1591 // The names are the RFC's.
    None = 0,
    ExtraTraffic = 0x01,
    Unprotected = 0x02,
    Shared = 0x04,
    Dedicated1To1 = 0x08,
    Dedicated1Plus1 = 0x10,
    Enhanced = 0x20,
#pragma warning restore CS1591
}

/// <summary>RFC 3471 names as they are written in configurations and shown by the tools.</summary>
public static class Rfc3471
{
    /// <summary>Encoding types and their names.</summary>
    public static IReadOnlyList<(EncodingType Value, string Name)> Encodings { get; } =
    [
        (EncodingType.Packet, "packet"), (EncodingType.Ethernet, "ethernet"), (EncodingType.Pdh, "pdh"), (EncodingType.Sdh, "sdh"),
        (EncodingType.DigitalWrapper, "digital-wrapper"), (EncodingType.Lambda, "lambda"), (EncodingType.Fiber, "fiber"),
        (EncodingType.FiberChannel, "fiber-channel"),
    ];

    /// <summary>Switching types and their names.</summary>
    public static IReadOnlyList<(SwitchingType Value, string Name)> SwitchingTypes { get; } =
    [
        (SwitchingType.Psc1, "psc-1"), (SwitchingType.Psc2, "psc-2"), (SwitchingType.Psc3, "psc-3"), (SwitchingType.Psc4, "psc-4"),
        (SwitchingType.L2sc, "l2sc"), (SwitchingType.Tdm, "tdm"), (SwitchingType.Lsc, "lsc"), (SwitchingType.Fsc, "fsc"),
    ];

    /// <summary>Protection types and their names.</summary>
    public static IReadOnlyList<(LinkProtection Value, string Name)> Protections { get; } =
    [
        (LinkProtection.ExtraTraffic, "extra-traffic"), (LinkProtection.Unprotected, "unprotected"), (LinkProtection.Shared, "shared"),
        (LinkProtection.Dedicated1To1, "dedicated-1to1"), (LinkProtection.Dedicated1Plus1, "dedicated-1plus1"), (LinkProtection.Enhanced, "enhanced"),
    ];

    /// <summary>The name of an encoding type, or its number.</summary>
    public static string Name(EncodingType value) => Encodings.FirstOrDefault(e => e.Value == value).Name ?? ((byte)value).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The name of a switching type, or its number.</summary>
    public static string Name(SwitchingType value) => SwitchingTypes.FirstOrDefault(e => e.Value == value).Name ?? ((byte)value).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The names of the protection types set.</summary>
    public static IEnumerable<string> Names(LinkProtection value) => Protections.Where(e => value.HasFlag(e.Value)).Select(e => e.Name);
}
