using System.Text.Json.Serialization;
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>An input that has an answer.</summary>
public abstract record NodeCommand : NodeInput
{
    /// <summary>Carries it out.</summary>
    public abstract CommandResult Execute(LmpNode node, Instant now);

    /// <inheritdoc/>
    public sealed override void Enter(LmpNode node, Instant now) => Execute(node, now);
}

/// <summary><see cref="LmpNode.ControlChannelUp"/></summary>
public sealed record ControlChannelUpCommand(string Neighbor, uint Channel) : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => node.ControlChannelUp(now, Neighbor, Channel);
}

/// <summary><see cref="LmpNode.ControlChannelDown"/></summary>
public sealed record ControlChannelDownCommand(string Neighbor, uint Channel) : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => node.ControlChannelDown(now, Neighbor, Channel);
}

/// <summary><see cref="LmpNode.Summarize"/></summary>
public sealed record SummarizeCommand(string TeLink) : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => node.Summarize(now, TeLink);
}

/// <summary><see cref="LmpNode.Verify"/></summary>
public sealed record VerifyCommand(string TeLink) : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => node.Verify(now, TeLink);
}

/// <summary><see cref="LmpNode.VerifyAll"/></summary>
public sealed record VerifyAllCommand(string Neighbor, bool Unassigned = false) : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => node.VerifyAll(now, Neighbor, Unassigned);
}

/// <summary><see cref="LmpNode.Allocate"/></summary>
public sealed record AllocateCommand(ValueList<string> DataLinks) : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => node.Allocate(now, DataLinks);
}

/// <summary><see cref="LmpNode.Release"/></summary>
public sealed record ReleaseCommand(ValueList<string> DataLinks) : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => node.Release(now, DataLinks);
}

/// <summary><see cref="LmpNode.ReportSignal"/></summary>
public sealed record SignalCommand(
    ValueList<string> Links, SignalState Signal, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Why = null) : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => node.ReportSignal(now, Links, Signal, Why);
}

/// <summary><see cref="LmpNode.AddCrossConnect"/>, or <see cref="LmpNode.RemoveCrossConnect"/>.</summary>
public sealed record CrossConnectCommand(
    string A, string B, bool Remove = false, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool OneWay = false) : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => Remove ? node.RemoveCrossConnect(now, A, B) : node.AddCrossConnect(now, A, B, OneWay);
}

/// <summary><see cref="LmpNode.Confirm"/></summary>
public sealed record ConfirmCommand(string TeLink) : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => node.Confirm(now, TeLink);
}

/// <summary>What is said about a trace message.</summary>
public enum TraceVerb
{
    /// <summary><see cref="LmpNode.ReportTrace"/></summary>
    Received,

    /// <summary><see cref="LmpNode.SendTrace"/></summary>
    Send,

    /// <summary><see cref="LmpNode.ExpectTrace"/></summary>
    Expect,

    /// <summary><see cref="LmpNode.AskTrace"/></summary>
    Ask,
}

/// <summary>One of the commands about trace messages (RFC 4207 §4).</summary>
public sealed record TraceCommand(TraceVerb Verb, string DataLink, TraceType Type, string Text = "") : NodeCommand
{
    /// <inheritdoc/>
    public override CommandResult Execute(LmpNode node, Instant now) => Verb switch
    {
        TraceVerb.Received => node.ReportTrace(now, DataLink, Type, Text),
        TraceVerb.Send => node.SendTrace(now, DataLink, Type, Text),
        TraceVerb.Expect => node.ExpectTrace(now, DataLink, Type, Text),
        _ => node.AskTrace(now, DataLink, Type),
    };
}
