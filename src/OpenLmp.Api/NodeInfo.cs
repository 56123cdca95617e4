namespace OpenLmp.Api;

/// <summary>The node itself, and how it is doing at a glance.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="NodeId">The Node_Id.</param>
/// <param name="Version">The daemon's version.</param>
/// <param name="Started">When the daemon started, UTC.</param>
/// <param name="Neighbors">How many neighbours are configured, and how many are up.</param>
/// <param name="ControlChannels">How many control channels there are, and how many are up.</param>
/// <param name="TeLinks">How many TE links there are, and how many are Up.</param>
/// <param name="DataLinks">How many data links there are, and how many are Up/Free or Up/Alloc.</param>
/// <param name="Allocated">How many data links are allocated.</param>
/// <param name="Alarms">How many alarms are raised, suppressed ones not counted.</param>
/// <param name="Loop">How the daemon keeps up: to tell its own lateness from a neighbour's.</param>
/// <param name="Reason">What is not up, in words; empty while everything is.</param>
/// <param name="DataPlane">What carries the data links.</param>
public sealed record NodeInfo(
    string Name,
    string NodeId,
    string Version,
    DateTime Started,
    UpCount Neighbors,
    UpCount ControlChannels,
    UpCount TeLinks,
    UpCount DataLinks,
    int Allocated,
    int Alarms,
    LoopInfo Loop,
    string Reason,
    DataPlaneInfo DataPlane);

/// <summary>How the thread that runs the protocol keeps up, since the daemon started.</summary>
/// <param name="DatagramsReceived">Datagrams received.</param>
/// <param name="DatagramsSent">Datagrams sent.</param>
/// <param name="DatagramsUnsent">Datagrams that the network did not take: no route, no buffer.</param>
/// <param name="Faults">Internal errors survived; each is in the log.</param>
/// <param name="MeanLateness">How late timers fire on average, microseconds.</param>
/// <param name="WorstLateness">How late a timer fired at worst, microseconds.</param>
public sealed record LoopInfo(
    long DatagramsReceived, long DatagramsSent, long DatagramsUnsent, long Faults, double MeanLateness, double WorstLateness);

/// <summary>How many there are of something, and how many of them are up.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Up">How many are up.</param>
public sealed record UpCount(int Total, int Up);

/// <summary>A neighbour and the LMP adjacency with it (RFC 4204 §2).</summary>
/// <param name="Name">The neighbour's name.</param>
/// <param name="NodeId">The neighbour's Node_Id.</param>
/// <param name="State">Up while at least one control channel is.</param>
/// <param name="Wdm">What the neighbour is on a WDM session (RFC 4209): <c>none</c>, <c>ols</c> or <c>peer</c>.</param>
/// <param name="BehaviorSupport">Whether the neighbour takes part in behaviour negotiation (RFC 6898).</param>
/// <param name="Behaviors">
/// The behaviours in use with the neighbour: <c>trace</c> (RFC 4207), <c>dwdm</c> (RFC 4209), <c>consistency-check</c> (RFC 5818).
/// </param>
/// <param name="LegacyReason">How it showed that the neighbour does not take part; empty unless it is Legacy.</param>
/// <param name="ControlChannels">The control channels, as <c>oxc2/1</c>.</param>
/// <param name="TeLinks">The names of the TE links shared with the neighbour.</param>
/// <param name="Reason">Why the adjacency is not up; empty while it is.</param>
/// <param name="LastChange">When the adjacency went up or down last, UTC.</param>
/// <param name="Security">What protects the messages exchanged with the neighbour (RFC 4204 §15).</param>
public sealed record NeighborInfo(
    string Name,
    string NodeId,
    AdjacencyState State,
    string Wdm,
    BehaviorSupport BehaviorSupport,
    IReadOnlyList<string> Behaviors,
    string LegacyReason,
    IReadOnlyList<string> ControlChannels,
    IReadOnlyList<string> TeLinks,
    string Reason,
    DateTime LastChange,
    SecurityInfo Security);

/// <summary>What protects the messages exchanged with a neighbour (RFC 4204 §15). Where there are several tunnels, of the one that is worst off.</summary>
/// <param name="Mode"><c>none</c>: anyone on the path can forge them; or <c>ipsec</c>.</param>
/// <param name="State">The tunnel's state; null without one.</param>
/// <param name="Encryption">Algorithms and key lengths, as charon names them; empty while nothing protects.</param>
/// <param name="SpiIn">The SPI of what is received, eight hexadecimal digits; null where it is not known.</param>
/// <param name="SpiOut">The SPI of what is sent.</param>
/// <param name="Established">Since when these keys have been in use, UTC; null where it is not known.</param>
/// <param name="Rekeys">How often keys were replaced since the daemon started, in all tunnels.</param>
/// <param name="Tunnels">How many tunnels there are, and how many are up.</param>
/// <param name="Reason">Why it is not up, and what to do; empty while it is.</param>
public sealed record SecurityInfo(
    string Mode, TunnelState? State, string Encryption, string? SpiIn, string? SpiOut, DateTime? Established, int Rekeys, UpCount Tunnels, string Reason)
{
    /// <summary>Nothing protects them.</summary>
    public static SecurityInfo None { get; } = new("none", null, "", null, null, null, 0, new UpCount(0, 0), "");
}
