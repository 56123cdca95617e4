using System.Text.Json.Serialization;
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Something that enters a node: a closed set, one for each of <see cref="LmpNode"/>'s doors. Compares as a value; the words name it in recordings.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(DeadlineInput), "advance")]
[JsonDerivedType(typeof(DatagramInput), "datagram")]
[JsonDerivedType(typeof(TestInput), "test")]
[JsonDerivedType(typeof(TransportUpInput), "transport-up")]
[JsonDerivedType(typeof(TransportDownInput), "transport-down")]
[JsonDerivedType(typeof(ReconfigureInput), "reconfigure")]
[JsonDerivedType(typeof(DataPlaneInput), "data-plane")]
[JsonDerivedType(typeof(StateFileInput), "state-file")]
[JsonDerivedType(typeof(SecurityInput), "security")]
[JsonDerivedType(typeof(ControlChannelUpCommand), "control-channel-up")]
[JsonDerivedType(typeof(ControlChannelDownCommand), "control-channel-down")]
[JsonDerivedType(typeof(SummarizeCommand), "summarize")]
[JsonDerivedType(typeof(VerifyCommand), "verify")]
[JsonDerivedType(typeof(VerifyAllCommand), "verify-all")]
[JsonDerivedType(typeof(AllocateCommand), "allocate")]
[JsonDerivedType(typeof(ReleaseCommand), "release")]
[JsonDerivedType(typeof(SignalCommand), "signal")]
[JsonDerivedType(typeof(CrossConnectCommand), "cross-connect")]
[JsonDerivedType(typeof(ConfirmCommand), "confirm")]
[JsonDerivedType(typeof(TraceCommand), "trace")]
public abstract record NodeInput
{
    /// <summary>Puts it into a node.</summary>
    public abstract void Enter(LmpNode node, Instant now);
}

/// <summary>Time has come to a deadline: <see cref="LmpNode.Advance"/>.</summary>
public sealed record DeadlineInput : NodeInput
{
    /// <inheritdoc/>
    public override void Enter(LmpNode node, Instant now) => node.Advance(now);
}

/// <summary>A datagram came in: <see cref="LmpNode.Receive"/>.</summary>
/// <param name="From">Its source.</param>
/// <param name="To">Its destination address.</param>
/// <param name="Bytes">Its payload.</param>
/// <param name="Slot">The transport it came in on.</param>
/// <param name="HopLimit">Its TTL or Hop Limit where that is not 255.</param>
public sealed record DatagramInput(NetworkEndpoint From, NetworkAddress To, ValueList<byte> Bytes, int Slot = 0, byte? HopLimit = null) : NodeInput
{
    /// <inheritdoc/>
    public override void Enter(LmpNode node, Instant now) => node.Receive(now, new DatagramOrigin(From, To, Slot, HopLimit ?? DatagramOrigin.Undiminished), Bytes.Span);
}

/// <summary>A Test message came in: <see cref="LmpNode.ReceiveTest"/>.</summary>
/// <param name="Link">The data link.</param>
/// <param name="Bytes">The message.</param>
public sealed record TestInput(string Link, ValueList<byte> Bytes) : NodeInput
{
    /// <inheritdoc/>
    public override void Enter(LmpNode node, Instant now)
    {
        if (node.FindDataLink(Link) is { } link) node.ReceiveTest(now, link, Bytes.Span);
    }
}

/// <summary>A transport is there: <see cref="LmpNode.TransportUp"/>.</summary>
/// <param name="Channel">The control channel's CC_Id.</param>
public sealed record TransportUpInput(uint Channel) : NodeInput
{
    /// <inheritdoc/>
    public override void Enter(LmpNode node, Instant now)
    {
        if (node.FindChannel(Channel) is { } channel) node.TransportUp(now, channel);
    }
}

/// <summary>A transport is not there: <see cref="LmpNode.TransportDown"/>.</summary>
/// <param name="Channel">The control channel's CC_Id.</param>
/// <param name="Why">In words.</param>
public sealed record TransportDownInput(uint Channel, string Why) : NodeInput
{
    /// <inheritdoc/>
    public override void Enter(LmpNode node, Instant now)
    {
        if (node.FindChannel(Channel) is { } channel) node.TransportDown(now, channel, Why);
    }
}

/// <summary>Another configuration: <see cref="LmpNode.Reconfigure"/>.</summary>
/// <param name="Configuration">The configuration.</param>
public sealed record ReconfigureInput(NodeConfiguration Configuration) : NodeInput
{
    /// <inheritdoc/>
    public override void Enter(LmpNode node, Instant now) => node.Reconfigure(now, Configuration);
}

/// <summary>What the data plane can do: <see cref="LmpNode.ReportDataPlane"/>.</summary>
/// <param name="Problem">Null: it can test.</param>
public sealed record DataPlaneInput(string? Problem = null) : NodeInput
{
    /// <inheritdoc/>
    public override void Enter(LmpNode node, Instant now) => node.ReportDataPlane(now, Problem);
}

/// <summary>Whether state is saved: <see cref="LmpNode.ReportStateFile"/>.</summary>
/// <param name="Problem">Null: it is.</param>
public sealed record StateFileInput(string? Problem = null) : NodeInput
{
    /// <inheritdoc/>
    public override void Enter(LmpNode node, Instant now) => node.ReportStateFile(now, Problem);
}

/// <summary>What protects a neighbour's messages is there, or is not: <see cref="LmpNode.ReportSecurity"/>.</summary>
/// <param name="Neighbor">The neighbour's name.</param>
/// <param name="Problem">Why not; null: it is there.</param>
public sealed record SecurityInput(string Neighbor, string? Problem = null) : NodeInput
{
    /// <inheritdoc/>
    public override void Enter(LmpNode node, Instant now) => node.ReportSecurity(now, Neighbor, Problem);
}
