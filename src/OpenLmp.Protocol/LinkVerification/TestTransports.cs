// RFC 4207 §3.1
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What the Verify Transport Mechanisms have in common and what sets them apart.</summary>
public static class TestTransports
{
    /// <summary>
    /// Trace correlation: the Test message goes over the control channel and names the trace message that is sent over the data link meanwhile.
    /// </summary>
    public const VerifyTransport Correlated = VerifyTransport.J0Trace | VerifyTransport.J1Trace | VerifyTransport.J2Trace;

    /// <summary>The mechanisms defined for the encoding type of SONET and SDH only; the same bits of other encoding types mean nothing.</summary>
    public const VerifyTransport SonetSdh = Correlated | VerifyTransport.Dccs | VerifyTransport.Dccl;

    /// <summary>The order of preference where the configuration has none: the Test message itself over the data link before a mere trace of it.</summary>
    internal static readonly ValueList<VerifyTransport> Preference = [.. VerifyTransports.All.Select(t => t.Value)];

    /// <summary>Whether a mechanism is trace correlation.</summary>
    public static bool IsCorrelated(this VerifyTransport transport) => (transport & Correlated) != 0;

    /// <summary>Whether a mechanism uses the overhead byte of a trace. SONET and SDH differ in the frame around a text, not in the byte.</summary>
    public static bool Uses(this VerifyTransport transport, TraceType type) => transport switch
    {
        VerifyTransport.J0Trace => type is TraceType.SonetJ0 or TraceType.SdhJ0,
        VerifyTransport.J1Trace => type is TraceType.SonetJ1 or TraceType.SdhJ1,
        VerifyTransport.J2Trace => type is TraceType.SonetJ2 or TraceType.SdhJ2,
        _ => false,
    };
}
