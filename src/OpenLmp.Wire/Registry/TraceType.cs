// RFC 4207 §4.1.1.1
using System.Globalization;

namespace OpenLmp.Wire;

/// <summary>Trace Type (RFC 4207 §4.1.1.1). A received object may carry any other value.</summary>
public enum TraceType : ushort
{
    /// <summary>SONET Section Trace (J0 Byte).</summary>
    SonetJ0 = 1,

    /// <summary>SONET Path Trace (J1 Byte).</summary>
    SonetJ1 = 2,

    /// <summary>SONET Path Trace (J2 Byte).</summary>
    SonetJ2 = 3,

    /// <summary>SDH Section Trace (J0 Byte).</summary>
    SdhJ0 = 4,

    /// <summary>SDH Path Trace (J1 Byte).</summary>
    SdhJ1 = 5,

    /// <summary>SDH Path Trace (J2 Byte).</summary>
    SdhJ2 = 6,
}

/// <summary>Names of trace types.</summary>
public static class TraceTypes
{
    /// <summary>Trace types, their names as the tools take and show them, and the RFC's words.</summary>
    public static IReadOnlyList<(TraceType Value, string Name, string InWords)> All { get; } =
    [
        (TraceType.SonetJ0, "sonet-j0", "SONET Section Trace (J0 Byte)"), (TraceType.SonetJ1, "sonet-j1", "SONET Path Trace (J1 Byte)"),
        (TraceType.SonetJ2, "sonet-j2", "SONET Path Trace (J2 Byte)"), (TraceType.SdhJ0, "sdh-j0", "SDH Section Trace (J0 Byte)"),
        (TraceType.SdhJ1, "sdh-j1", "SDH Path Trace (J1 Byte)"), (TraceType.SdhJ2, "sdh-j2", "SDH Path Trace (J2 Byte)"),
    ];

    /// <summary>The name of a trace type, or its number.</summary>
    public static string Name(TraceType value) => All.FirstOrDefault(t => t.Value == value).Name ?? ((ushort)value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The RFC's words for a trace type.</summary>
    public static string InWords(TraceType value) => All.FirstOrDefault(t => t.Value == value).InWords ?? "not defined";
}
