using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Simulation;

/// <summary>A port of a node: one transmitter and one receiver, each with at most one fibre. Changed through its <see cref="OpticalPlane"/> only.</summary>
public sealed class OpticalPort
{
    internal OpticalPort(string node, string name) => (Node, Name) = (node, name);

    /// <summary>The node's name.</summary>
    public string Node { get; }

    /// <summary>The port's name, unique within the node.</summary>
    public string Name { get; }

    /// <summary>The fibre in the transmitter; null: nothing is plugged in.</summary>
    public Fibre? Outgoing { get; internal set; }

    /// <summary>The fibre in the receiver; null: nothing is plugged in.</summary>
    public Fibre? Incoming { get; internal set; }

    /// <summary>The port of the same node that this one is cross-connected with, both ways; null: light ends here and begins here.</summary>
    public OpticalPort? CrossConnect { get; internal set; }

    /// <summary>Whether the node lights the transmitter itself where nothing else does: no cross-connect, no test mode. On at first.</summary>
    public bool Laser { get; internal set; } = true;

    /// <summary>
    /// Whether the node lights the transmitter itself while the port that it is cross-connected with looks for Test messages: a line system's equipment
    /// does, and nobody downstream loses light because of a test upstream.
    /// </summary>
    public bool IsKeptLit { get; internal set; }

    /// <summary>Whether nothing leaves the port any more, its own light as little as what the cross-connect brings: a transponder's laser, an amplifier.</summary>
    public bool HasTransmitterFailed { get; internal set; }

    /// <summary>Whether the node feeds the transmitter from a test transmitter, instead of what the cross-connect brings (RFC 4204 §5).</summary>
    public bool TransmitsTest { get; internal set; }

    /// <summary>Whether the node listens at the receiver, and the light ends there instead of passing the cross-connect (RFC 4204 §5).</summary>
    public bool ReceivesTest { get; internal set; }

    /// <summary>The trace messages in the overhead of the light that the node's own transmitter sends (RFC 4207).</summary>
    internal Dictionary<TraceType, string> Traces { get; } = [];

    /// <summary>What arrives at the receiver: <see cref="SignalState.Ok"/>, <see cref="SignalState.Degrade"/> or <see cref="SignalState.Fail"/>.</summary>
    public SignalState Received { get; internal set; } = SignalState.Fail;

    /// <summary>Whether the light sent is the node's own, and not what it receives at another port.</summary>
    internal bool BeginsLight => TransmitsTest || CrossConnect is null;

    /// <summary>Whether the light received goes no further.</summary>
    internal bool EndsLight => ReceivesTest || CrossConnect is null;

    /// <summary><c>NODE:PORT</c>.</summary>
    public override string ToString() => $"{Node}:{Name}";
}
