using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>How far a round has come.</summary>
internal enum Calm
{
    /// <summary>Disturbances have stopped; what was done to fibres stands, and has been looked for.</summary>
    Standing,

    /// <summary>All is repaired.</summary>
    Clean,
}

/// <summary>Watches one property of a run. What it finds it tells by <see cref="World.Violate(string, SimulatedNode?, string)"/>.</summary>
internal abstract class Checker(World world)
{
    protected World World { get; } = world;

    /// <summary>The property's name, a word or two.</summary>
    public abstract string Name { get; }

    /// <summary>A process is about to start: nothing of it is there yet.</summary>
    public virtual void Starting(SimulatedNode node)
    {
    }

    /// <summary>A process has started.</summary>
    public virtual void Started(SimulatedNode node, bool withState)
    {
    }

    /// <summary>A process is about to end.</summary>
    public virtual void Crashing(SimulatedNode node, bool losesState)
    {
    }

    /// <summary>A node sends a datagram.</summary>
    public virtual void Sent(SimulatedNode node, ControlChannel channel, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>A node is about to receive a datagram.</summary>
    public virtual void Receiving(SimulatedNode node, Datagram datagram)
    {
    }

    /// <summary>A node tells of something.</summary>
    public virtual void Told(SimulatedNode node, NodeEvent e)
    {
    }

    /// <summary>A node has done with an input.</summary>
    public virtual void Handled(SimulatedNode node)
    {
    }

    /// <summary>The end of a calm: what had time to settle has settled.</summary>
    public virtual void Check(Calm calm)
    {
    }

    protected void Violate(SimulatedNode? node, string what) => World.Violate(Name, node, what);
}
