using System.Net.Sockets;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Probe;

/// <summary>What became of a probe.</summary>
internal enum ProbeResult
{
    /// <summary>Something came back from that address and port.</summary>
    Answered,

    /// <summary>ICMP port unreachable: the host is there, LMP is not.</summary>
    Refused,

    /// <summary>Nothing came back.</summary>
    Silent,

    /// <summary>There is no way there.</summary>
    Unreachable,
}

/// <summary>A probe and what became of it.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Target">Who was probed.</param>
/// <param name="Sent">What was sent.</param>
internal sealed record ProbeOutcome(ProbeResult Result, NetworkEndpoint Target, ConfigMessage Sent)
{
    /// <summary>The Hello parameters proposed: those RFC 4204 §3.2.1 suggests.</summary>
    public static readonly HelloConfig Proposed = new(150, 500) { Negotiable = true };

    /// <summary>The source address; null where there was no way to send from any.</summary>
    public NetworkAddress? Local { get; init; }

    /// <summary>From sending to the answer, or to the refusal.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>The UDP payload that came back.</summary>
    public byte[]? Answer { get; init; }

    /// <summary>What the system said, where the target is unreachable.</summary>
    public SocketError Error { get; init; }

    /// <summary>How long was waited, where the target is silent.</summary>
    public TimeSpan Waited { get; init; }
}
