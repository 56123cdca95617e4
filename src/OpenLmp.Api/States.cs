// RFC 4204 §11: the states of the FSMs, under the RFC's names.
using System.Text.Json.Serialization;

namespace OpenLmp.Api;

/// <summary>Whether something is in service.</summary>
[JsonConverter(typeof(NamedEnumConverter<AdjacencyState>))]
public enum AdjacencyState
{
    /// <summary>No control channel to the neighbour is up.</summary>
    Down,

    /// <summary>At least one control channel to the neighbour is up.</summary>
    Up,
}

/// <summary>Whether a neighbour takes part in behaviour negotiation (RFC 6898).</summary>
[JsonConverter(typeof(NamedEnumConverter<BehaviorSupport>))]
public enum BehaviorSupport
{
    /// <summary>Not known yet.</summary>
    Unknown,

    /// <summary>It takes part.</summary>
    Negotiated,

    /// <summary>It does not; only RFC 4204 is used with it.</summary>
    Legacy,
}

/// <summary>What the operator wants.</summary>
[JsonConverter(typeof(NamedEnumConverter<AdminState>))]
public enum AdminState
{
    /// <summary>Taken down by the operator; stays down until the operator says otherwise.</summary>
    [JsonStringEnumMemberName("down")]
    Down,

    /// <summary>In service.</summary>
    [JsonStringEnumMemberName("up")]
    Up,
}

/// <summary>Which side starts the negotiation (RFC 4204 §3.2.1).</summary>
[JsonConverter(typeof(NamedEnumConverter<ControlChannelRole>))]
public enum ControlChannelRole
{
    /// <summary>Sends Config.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>Waits for the neighbour's Config.</summary>
    [JsonStringEnumMemberName("passive")]
    Passive,
}

/// <summary>States of a control channel (RFC 4204 §11.1.1).</summary>
[JsonConverter(typeof(NamedEnumConverter<ControlChannelState>))]
public enum ControlChannelState
{
    /// <summary>No attempt is being made to bring the channel up.</summary>
    Down,

    /// <summary>Sending Config, expecting ConfigAck or ConfigNack.</summary>
    ConfSnd,

    /// <summary>Waiting for acceptable parameters from the neighbour.</summary>
    ConfRcv,

    /// <summary>Parameters agreed, waiting for a valid Hello.</summary>
    Active,

    /// <summary>Operational.</summary>
    Up,

    /// <summary>Being taken down by the operator.</summary>
    GoingDown,
}

/// <summary>States of a TE link (RFC 4204 §11.2.1).</summary>
[JsonConverter(typeof(NamedEnumConverter<TeLinkState>))]
public enum TeLinkState
{
    /// <summary>There are no data links in the TE link.</summary>
    Down,

    /// <summary>The configuration is not yet agreed with the neighbour.</summary>
    Init,

    /// <summary>Normal operation.</summary>
    Up,

    /// <summary>All control channels are down; data links stay as they are.</summary>
    Degraded,
}

/// <summary>States of a data link (RFC 4204 §11.3.1).</summary>
[JsonConverter(typeof(NamedEnumConverter<DataLinkState>))]
public enum DataLinkState
{
    /// <summary>Not in service.</summary>
    Down,

    /// <summary>Test messages are being sent through it.</summary>
    Test,

    /// <summary>It is being checked for incoming Test messages.</summary>
    PasvTest,

    /// <summary>Up/Free: in service, not allocated.</summary>
    UpFree,

    /// <summary>Up/Alloc: allocated for data traffic.</summary>
    UpAlloc,
}

/// <summary>What is received on a data link (RFC 4204 §13.13).</summary>
[JsonConverter(typeof(NamedEnumConverter<SignalState>))]
public enum SignalState
{
    /// <summary>Nobody has said; usable.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>Signal Okay.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Signal Degrade: the bit error rate is above its threshold.</summary>
    [JsonStringEnumMemberName("degrade")]
    Degrade,

    /// <summary>Signal Fail: nothing usable is received.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}

/// <summary>How bad an alarm is (ITU-T X.733).</summary>
[JsonConverter(typeof(NamedEnumConverter<AlarmSeverity>))]
public enum AlarmSeverity
{
    /// <summary>Worth knowing.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Something is not protected or not agreed, traffic is not affected.</summary>
    [JsonStringEnumMemberName("minor")]
    Minor,

    /// <summary>A link or channel cannot be used.</summary>
    [JsonStringEnumMemberName("major")]
    Major,

    /// <summary>Traffic is affected.</summary>
    [JsonStringEnumMemberName("critical")]
    Critical,
}

/// <summary>Where an alarm stands.</summary>
[JsonConverter(typeof(NamedEnumConverter<AlarmState>))]
public enum AlarmState
{
    /// <summary>The condition holds.</summary>
    [JsonStringEnumMemberName("raised")]
    Raised,

    /// <summary>The condition holds, but another alarm is its cause.</summary>
    [JsonStringEnumMemberName("suppressed")]
    Suppressed,

    /// <summary>The condition is over.</summary>
    [JsonStringEnumMemberName("cleared")]
    Cleared,
}

/// <summary>States of an IPsec tunnel.</summary>
[JsonConverter(typeof(NamedEnumConverter<TunnelState>))]
public enum TunnelState
{
    /// <summary>The first attempt to set it up is under way.</summary>
    [JsonStringEnumMemberName("starting")]
    Starting,

    /// <summary>It protects what is sent through it.</summary>
    [JsonStringEnumMemberName("up")]
    Up,

    /// <summary>It is not there, although it should be.</summary>
    [JsonStringEnumMemberName("down")]
    Down,
}
