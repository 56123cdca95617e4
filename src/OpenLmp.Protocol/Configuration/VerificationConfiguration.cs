using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Link verification parameters of a TE link (RFC 4204 §5).</summary>
public sealed record VerificationConfiguration
{
    /// <summary>150 ms, 1 s, 10 s, one hour, on establishment.</summary>
    public static readonly VerificationConfiguration Default = new();

    /// <summary>VerifyInterval: between Test messages on a data link; at most 65.535 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>VerifyDeadInterval: how long we, as the receiving side, wait for a Test message; at most 65.535 s.</summary>
    public TimeSpan DeadInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Rf: time to the next try after the neighbour was unwilling.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between verifications of the free data links; zero: never by itself.</summary>
    public TimeSpan Periodic { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether free data links are verified when the adjacency comes up, before the TE link is correlated.</summary>
    public bool OnEstablishment { get; init; } = true;

    /// <summary>
    /// The transport mechanisms to offer and to accept for Test messages, the preferred first; empty: whatever the data plane and the encoding type
    /// allow, Payload before those of RFC 4207 §3.1.
    /// </summary>
    public ValueList<VerifyTransport> Transports { get; init; }

    /// <summary>Whether the data plane can test, or listen on, one data link at a time only (RFC 4204 §5): then they take turns.</summary>
    public bool OneAtATime { get; init; }
}
