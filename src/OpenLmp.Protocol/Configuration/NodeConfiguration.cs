using System.Text.Json.Serialization;
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Everything a node's protocol needs to know, validated: names resolve, ids are unique and non-zero, ranges are in order.</summary>
public sealed record NodeConfiguration
{
    /// <summary>The Node_Id (RFC 4204 §1.1).</summary>
    public required NodeId NodeId { get; init; }

    /// <summary>The node's name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The neighbours, names and Node_Ids unique.</summary>
    public ValueList<NeighborConfiguration> Neighbors { get; init; }

    /// <summary>The TE links, names and local Link_Ids unique.</summary>
    public ValueList<TeLinkConfiguration> TeLinks { get; init; }

    /// <summary>How many messages are looked at; null: <see cref="LimitsConfiguration.Default"/>.</summary>
    public LimitsConfiguration? Limits { get; init; }
}

/// <summary>What the neighbour is to us on a WDM session (RFC 4209 §2.1).</summary>
public enum WdmRole
{
    /// <summary>No WDM session.</summary>
    None,

    /// <summary>The neighbour is an optical line system.</summary>
    Ols,

    /// <summary>We are the optical line system, the neighbour is its client.</summary>
    Peer,
}

/// <summary>What protects the messages exchanged with a neighbour (RFC 4204 §15).</summary>
public enum NeighborSecurity
{
    /// <summary>Nothing: anyone on the path can forge them.</summary>
    None,

    /// <summary>IPsec: the host sends and takes messages through a tunnel only.</summary>
    Ipsec,
}

/// <summary>A neighbour and the control channels to it (RFC 4204 §2, §3).</summary>
public sealed record NeighborConfiguration
{
    /// <summary>The neighbour's name, unique within the node.</summary>
    public required string Name { get; init; }

    /// <summary>The neighbour's Node_Id.</summary>
    public required NodeId NodeId { get; init; }

    /// <summary>Whether and how the session is a WDM session (RFC 4209).</summary>
    public WdmRole Wdm { get; init; }

    /// <summary>
    /// Whether behaviours are negotiated with the neighbour (RFC 6898). Off, this node is one of RFC 4204 to it: its Configs carry no BehaviorConfig, one that is
    /// received is refused as unknown (§4 a), and no extension that needs agreement is used.
    /// </summary>
    public bool BehaviorNegotiation { get; init; } = true;

    /// <summary>
    /// Whether a datagram from the neighbour counts only with TTL or Hop Limit 255, which none has that came over a router (RFC 5082, the
    /// generalized TTL security mechanism). Datagrams are always sent so.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Gtsm { get; init; }

    /// <summary>What protects the messages. The host sees to it; the node says of which neighbour it drops what came without.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // Recordings of neighbours without are as they were.
    public NeighborSecurity Security { get; init; }

    /// <summary>The control channels, at least one for an adjacency.</summary>
    public ValueList<ControlChannelConfiguration> ControlChannels { get; init; }
}

/// <summary>Who starts the parameter negotiation (RFC 4204 §11.1.2, events 1a and 1b).</summary>
public enum ControlChannelRole
{
    /// <summary>Sends Config.</summary>
    Active,

    /// <summary>Waits for the neighbour's Config.</summary>
    Passive,
}

/// <summary>A control channel (RFC 4204 §3).</summary>
public sealed record ControlChannelConfiguration
{
    /// <summary>Our CC_Id: non-zero, unique within the node.</summary>
    public required uint Id { get; init; }

    /// <summary>Our address and port.</summary>
    public required NetworkEndpoint Local { get; init; }

    /// <summary>
    /// The neighbour's address and port; or 224.0.0.1 / ff02::1, then Config is multicast and the address learned from the answer (RFC 4204 §9).
    /// </summary>
    public required NetworkEndpoint Remote { get; init; }

    /// <summary>The neighbour's CC_Id, where several channels between the same two addresses have to be paired by hand; otherwise null: learned.</summary>
    public uint? RemoteId { get; init; }

    /// <summary>Who starts.</summary>
    public ControlChannelRole Role { get; init; } = ControlChannelRole.Active;

    /// <summary>The network interface the channel is bound to, or null. Its loss is evCCDn.</summary>
    public string? Interface { get; init; }

    /// <summary>HelloInterval: what to propose, what to accept.</summary>
    public IntervalRange HelloInterval { get; init; } = IntervalRange.DefaultHello;

    /// <summary>HelloDeadInterval: what to propose, what to accept.</summary>
    public IntervalRange HelloDeadInterval { get; init; } = IntervalRange.DefaultHelloDead;

    /// <summary>Retransmission of messages sent over this channel (RFC 4204 §10).</summary>
    public RetransmitConfiguration Retransmit { get; init; } = RetransmitConfiguration.Default;

    /// <summary>Whether Config is multicast and the neighbour's address is learned.</summary>
    public bool IsMulticast => Remote.Address.IsMulticast;
}

/// <summary>A Hello parameter: the value to propose and the range to accept, in milliseconds (RFC 4204 §3.2.1). All zero: Hello is off.</summary>
/// <param name="Prefer">What Config proposes; within the range.</param>
/// <param name="Min">The least to accept.</param>
/// <param name="Max">The most to accept.</param>
public readonly record struct IntervalRange(ushort Prefer, ushort Min, ushort Max)
{
    /// <summary>The suggested HelloInterval, 150 ms, and the range a plain value accepts.</summary>
    public static readonly IntervalRange DefaultHello = Around(150);

    /// <summary>The suggested HelloDeadInterval, 500 ms, and the range a plain value accepts.</summary>
    public static readonly IntervalRange DefaultHelloDead = Around(500);

    /// <summary>Hello off.</summary>
    public static readonly IntervalRange Off;

    /// <summary>Whether Hello is off.</summary>
    public bool IsOff => Max == 0;

    /// <summary>Whether only one value is accepted.</summary>
    public bool IsExact => Min == Max;

    /// <summary>A plain value: preferred, and 10-65535 ms accepted.</summary>
    public static IntervalRange Around(ushort prefer) => new(prefer, Math.Min((ushort)10, prefer), ushort.MaxValue);

    /// <summary>One value and no other.</summary>
    public static IntervalRange Exactly(ushort value) => new(value, value, value);

    /// <summary>Whether <paramref name="value"/> is acceptable.</summary>
    public bool Contains(ushort value) => value >= Min && value <= Max;

    /// <summary>As it is told to people: <c>150 ms</c> or <c>900-1000 ms</c>.</summary>
    public override string ToString() => IsOff ? "off" : IsExact ? $"{Prefer} ms" : $"{Min}-{Max} ms";
}

/// <summary>Retransmission parameters (RFC 4204 §10).</summary>
/// <param name="Interval">Ri: time to the first retransmission.</param>
/// <param name="Delta">The ratio of two successive intervals is 1 + Delta.</param>
/// <param name="Limit">Rl: transmissions in all, at least 1.</param>
/// <param name="Pause">Time after giving up before starting over.</param>
public sealed record RetransmitConfiguration(TimeSpan Interval, double Delta, int Limit, TimeSpan Pause)
{
    /// <summary>The RFC's values: 500 ms, 1, 3; and a pause of 2 s.</summary>
    public static readonly RetransmitConfiguration Default = new(TimeSpan.FromMilliseconds(500), 1, 3, TimeSpan.FromSeconds(2));
}
