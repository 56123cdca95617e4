// RFC 4204 §4, §11.2, §11.3; RFC 4209 §2.3
namespace OpenLmp.Api;

/// <summary>A TE link (RFC 4204 §4).</summary>
/// <param name="Name">The TE link's name.</param>
/// <param name="Neighbor">The neighbour's name.</param>
/// <param name="LocalId">Our Link_Id.</param>
/// <param name="RemoteId">The neighbour's Link_Id; null until it is known.</param>
/// <param name="State">The state.</param>
/// <param name="FaultManagement">Whether both ends support fault management on it; before LinkSummary, whether we do.</param>
/// <param name="LinkVerification">Whether both ends support link verification on it; before LinkSummary, whether we do.</param>
/// <param name="AcceptsConnections">Whether new connections over it are accepted: only while it is Up, not in Degraded (RFC 4204 §3.2.4).</param>
/// <param name="UnreservedBandwidth">What routing may advertise as unreserved, bits per second; 0 where no connections are accepted.</param>
/// <param name="DataLinks">The names of its data links.</param>
/// <param name="Reason">Why the TE link is not up, and the next step to take; empty while it is.</param>
/// <param name="LastChange">When the state changed last, UTC.</param>
/// <param name="ConfiguredRemoteId">The neighbour's Link_Id as configured here; null where it is to be learned.</param>
public sealed record TeLinkInfo(
    string Name,
    string Neighbor,
    LinkIdentifier LocalId,
    LinkIdentifier? RemoteId,
    TeLinkState State,
    bool FaultManagement,
    bool LinkVerification,
    bool AcceptsConnections,
    double UnreservedBandwidth,
    IReadOnlyList<string> DataLinks,
    string Reason,
    DateTime LastChange,
    LinkIdentifier? ConfiguredRemoteId);

/// <summary>A data link of a TE link (RFC 4204 §11.3).</summary>
/// <param name="Name">The data link's name.</param>
/// <param name="TeLink">The name of the TE link it belongs to.</param>
/// <param name="Neighbor">The neighbour's name.</param>
/// <param name="LocalId">Our Interface_Id.</param>
/// <param name="RemoteId">The neighbour's Interface_Id; null until it is known.</param>
/// <param name="Interface">The network interface it is on (data plane linux); null if on none.</param>
/// <param name="Port">Whether it is a port; otherwise a component link or a sub-channel of one.</param>
/// <param name="ComponentLink">The component link it is a sub-channel of; null if of none.</param>
/// <param name="State">The common state of both sides; Test or PasvTest while one of them tests, Down if either is.</param>
/// <param name="ActiveState">The state of the transmitting side (RFC 4204 Figure 5).</param>
/// <param name="PassiveState">The state of the receiving side (RFC 4204 Figure 6).</param>
/// <param name="Allocated">Whether it is allocated to user traffic; a failure does not change this.</param>
/// <param name="Verified">Whether its last verification succeeded.</param>
/// <param name="Signal">What our data plane receives.</param>
/// <param name="RemoteSignal">What the neighbour last said it receives.</param>
/// <param name="SettledSignal">What our data plane receives, after hold-off and hold-on: what alarms and states are made from.</param>
/// <param name="SignalFailures">How often the signal got worse, since the start.</param>
/// <param name="Watched">Whether it is monitored; not after the neighbour deactivated it (RFC 4204 §6.5).</param>
/// <param name="ActiveThere">Whether the neighbour last said that it has it allocated.</param>
/// <param name="ContinuesOn">The data link that what comes in on it goes out on; null if none is known.</param>
/// <param name="ComesFrom">The data link that what goes out on it comes in on: the same one, unless it is cross-connected one way; null if none is known.</param>
/// <param name="Fault">The fault localized to it; null if none is.</param>
/// <param name="Capabilities">Interface switching capabilities with the bandwidths agreed; before that, as configured.</param>
/// <param name="Wavelength">The wavelength, significant between the two neighbours only; 0: not told.</param>
/// <param name="Srlg">Shared risk link groups. These and the next five: as the neighbour announces them on a WDM session (RFC 4209), else as configured.</param>
/// <param name="LinkGroups">Link Group IDs.</param>
/// <param name="Ber">Bit error rate estimate: 10 to the minus this; null: not told.</param>
/// <param name="SpanLength">Total span length, metres; null: not told.</param>
/// <param name="OpticalProtection">RFC 3471 §7 names, such as <c>dedicated-1plus1</c>; null: not told.</param>
/// <param name="AdministrativeGroup">Administrative group bits; null: not told.</param>
/// <param name="Channels">
/// Labels of its data channels (RFC 5818): a number where it has 4 bytes, otherwise text such as <c>hex:0a0b0c</c>; empty: one, whose label is the
/// local Interface_Id.
/// </param>
/// <param name="Traces">Its trace messages, as far as anybody has spoken of them (RFC 4207).</param>
/// <param name="Reason">Why the data link is not up, and the next step to take; empty while it is.</param>
/// <param name="LastChange">When the state changed last, UTC.</param>
/// <param name="ConfiguredRemoteId">The neighbour's Interface_Id as configured here; null where it is to be learned.</param>
/// <param name="FoundTransmit">The neighbour's Interface_Id where our Test messages arrived (RFC 4204 §5); null where none did.</param>
/// <param name="FoundReceive">The neighbour's Interface_Id whose Test messages arrived here; null where none did.</param>
/// <param name="Through">The data link to a line system that it begins with (RFC 4209 §2.2); null: it goes through none.</param>
/// <param name="LineSignal">What the line system last said that it sends on the link, or on the one in <paramref name="Through"/>.</param>
public sealed record DataLinkInfo(
    string Name,
    string TeLink,
    string Neighbor,
    LinkIdentifier LocalId,
    LinkIdentifier? RemoteId,
    string? Interface,
    bool Port,
    string? ComponentLink,
    DataLinkState State,
    DataLinkState ActiveState,
    DataLinkState PassiveState,
    bool Allocated,
    bool Verified,
    SignalState Signal,
    SignalState RemoteSignal,
    SignalState SettledSignal,
    int SignalFailures,
    bool Watched,
    bool ActiveThere,
    string? ContinuesOn,
    string? ComesFrom,
    FaultInfo? Fault,
    IReadOnlyList<CapabilityInfo> Capabilities,
    uint Wavelength,
    IReadOnlyList<uint> Srlg,
    IReadOnlyList<uint> LinkGroups,
    int? Ber,
    uint? SpanLength,
    IReadOnlyList<string>? OpticalProtection,
    uint? AdministrativeGroup,
    IReadOnlyList<LinkIdentifier> Channels,
    IReadOnlyList<TraceInfo> Traces,
    string Reason,
    DateTime LastChange,
    LinkIdentifier? ConfiguredRemoteId,
    LinkIdentifier? FoundTransmit,
    LinkIdentifier? FoundReceive,
    string? Through,
    SignalState LineSignal);

/// <summary>An interface switching capability (RFC 4204 §13.12.1.1).</summary>
/// <param name="SwitchingType">RFC 3471 switching type, such as <c>lsc</c>.</param>
/// <param name="Encoding">RFC 3471 encoding type, such as <c>lambda</c>.</param>
/// <param name="MinimumBandwidth">Bits per second.</param>
/// <param name="MaximumBandwidth">Bits per second; equal to the minimum where the rate is fixed.</param>
/// <param name="Bandwidth">The bandwidth for people: <c>10 Gbps</c> or <c>1 Gbps to 10 Gbps</c>.</param>
public sealed record CapabilityInfo(string SwitchingType, string Encoding, double MinimumBandwidth, double MaximumBandwidth, string Bandwidth);

/// <summary>The trace messages in one overhead byte of a SONET or SDH data link (RFC 4207 §4). Null: not known, or not asked for.</summary>
/// <param name="Type"><c>sonet-j0</c>, <c>sonet-j1</c>, <c>sonet-j2</c>, <c>sdh-j0</c>, <c>sdh-j1</c> or <c>sdh-j2</c>.</param>
/// <param name="Send">What is to be sent: by the operator's word, or the neighbour's InsertTrace.</param>
/// <param name="Expect">What is expected: by the operator, or else by the neighbour's TraceMonitor.</param>
/// <param name="Received">What the data plane receives; empty: none.</param>
/// <param name="RemoteReceived">What the neighbour said it receives; empty: none.</param>
/// <param name="Reason">What is not as it should be, in words; empty if nothing is.</param>
public sealed record TraceInfo(string Type, string? Send, string? Expect, string? Received, string? RemoteReceived, string Reason);

/// <summary>Which data link continues on which, for fault localization (RFC 4204 §6).</summary>
/// <param name="A">A data link's name.</param>
/// <param name="B">The name of the data link it continues on.</param>
/// <param name="OneWay">Whether only what comes in on the first goes out on the second, as in a unidirectional LSP; otherwise both ways.</param>
public sealed record CrossConnectInfo(string A, string B, bool OneWay);

/// <summary>A link verification procedure that this node began (RFC 4204 §5).</summary>
/// <param name="TeLink">The name of the TE link under verification; null: data links of all TE links with the neighbour.</param>
/// <param name="Neighbor">The neighbour's name.</param>
/// <param name="Phase"><c>Beginning</c>, <c>Testing</c> or <c>Ending</c>.</param>
/// <param name="DataLinks">How many data links are being verified.</param>
/// <param name="Undecided">How many of them have no result yet.</param>
/// <param name="Reason">How it stands, in words.</param>
public sealed record VerificationInfo(string? TeLink, string Neighbor, string Phase, int DataLinks, int Undecided, string Reason);
