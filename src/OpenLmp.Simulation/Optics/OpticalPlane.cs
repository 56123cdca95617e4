// RFC 4204 §5, §6.3, Figure 2; RFC 4207 §3.1: what the data plane of several nodes does with light.
using System.Diagnostics.CodeAnalysis;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Simulation;

/// <summary>
/// Ports, fibres and transparent cross-connects of many nodes, and what light arrives where. Knows no time: each change takes effect everywhere at
/// once, and what it changed at receivers is returned, in the direction of the light; who wants delays puts them in between. Not thread-safe. Every method
/// throws <see cref="ArgumentException"/> for a port or fibre of another plane.
/// <para>
/// Light begins at the laser of a port without cross-connect, or at a test transmitter, and passes every cross-connect on its way; so a loss of
/// light is seen at every receiver downstream, as in RFC 4204 Figure 2. A node that looks for Test messages on a port ends the light there.
/// </para>
/// </summary>
public sealed class OpticalPlane
{
    private readonly Dictionary<(string Node, string Name), OpticalPort> _ports = [];

    /// <summary>All ports.</summary>
    public IReadOnlyCollection<OpticalPort> Ports => _ports.Values;

    /// <summary>Adds a port: nothing is plugged in, its laser is on.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="name">The port's name, unique within the node.</param>
    /// <exception cref="ArgumentException">The node has such a port.</exception>
    public OpticalPort AddPort(string node, string name)
    {
        var port = new OpticalPort(node, name);
        if (!_ports.TryAdd((node, name), port)) throw new ArgumentException($"there is a port {port} already", nameof(name));
        return port;
    }

    /// <summary>The port of that name.</summary>
    public bool TryFind(string node, string name, [NotNullWhen(true)] out OpticalPort? port) => _ports.TryGetValue((node, name), out port);

    /// <summary>Lays a pair of fibres between two ports.</summary>
    /// <exception cref="InvalidOperationException">Something is plugged in already.</exception>
    public IReadOnlyList<SignalChange> Patch(OpticalPort a, OpticalPort b)
    {
        CheckOwn(a);
        CheckOwn(b);
        if (a == b) throw new InvalidOperationException($"{a} cannot be patched to itself");
        foreach (var port in (OpticalPort[])[a, b])
            if (port.Outgoing is not null || port.Incoming is not null) throw new InvalidOperationException($"something is plugged into {port} already");
        Lay(a, b);
        Lay(b, a);
        return Settle(a, b);
    }

    /// <summary>Lays one fibre, from a transmitter to a receiver.</summary>
    /// <exception cref="InvalidOperationException">Something is plugged in already.</exception>
    public IReadOnlyList<SignalChange> PatchOneWay(OpticalPort from, OpticalPort to)
    {
        CheckOwn(from);
        CheckOwn(to);
        if (from.Outgoing is not null) throw new InvalidOperationException($"something is plugged into the transmitter of {from} already");
        if (to.Incoming is not null) throw new InvalidOperationException($"something is plugged into the receiver of {to} already");
        Lay(from, to);
        return Settle(to);
    }

    /// <summary>Takes a fibre away.</summary>
    public IReadOnlyList<SignalChange> Remove(Fibre fibre)
    {
        CheckOwn(fibre);
        if (fibre.From.Outgoing != fibre) return [];
        (fibre.From.Outgoing, fibre.To.Incoming) = (null, null);
        return Settle(fibre.To);
    }

    /// <summary>Exchanges what is plugged into two ports, transmitters and receivers.</summary>
    public IReadOnlyList<SignalChange> Swap(OpticalPort a, OpticalPort b)
    {
        CheckOwn(a);
        CheckOwn(b);
        (a.Outgoing, b.Outgoing) = (b.Outgoing, a.Outgoing);
        (a.Incoming, b.Incoming) = (b.Incoming, a.Incoming);
        foreach (var port in (OpticalPort[])[a, b])
        {
            if (port.Outgoing is { } outgoing) outgoing.From = port;
            if (port.Incoming is { } incoming) incoming.To = port;
        }

        return Settle(a, b, a.Outgoing?.To, b.Outgoing?.To);
    }

    /// <summary>Cuts fibres, at the same instant: a cable.</summary>
    public IReadOnlyList<SignalChange> Cut(params ReadOnlySpan<Fibre> fibres) => SetCondition(fibres, FibreCondition.Cut);

    /// <summary>Makes fibres lossy, at the same instant.</summary>
    public IReadOnlyList<SignalChange> Degrade(params ReadOnlySpan<Fibre> fibres) => SetCondition(fibres, FibreCondition.Degraded);

    /// <summary>Makes fibres sound again, at the same instant.</summary>
    public IReadOnlyList<SignalChange> Repair(params ReadOnlySpan<Fibre> fibres) => SetCondition(fibres, FibreCondition.Sound);

    /// <summary>Cross-connects two ports of a node, both ways: what comes in at one goes out at the other.</summary>
    /// <exception cref="InvalidOperationException">They are not on one node, the same, or one is cross-connected already.</exception>
    public IReadOnlyList<SignalChange> CrossConnect(OpticalPort a, OpticalPort b)
    {
        CheckOwn(a);
        CheckOwn(b);
        if (a == b) throw new InvalidOperationException($"{a} cannot be cross-connected with itself");
        if (a.Node != b.Node) throw new InvalidOperationException($"{a} and {b} are ports of different nodes");
        foreach (var port in (OpticalPort[])[a, b])
            if (port.CrossConnect is { } other) throw new InvalidOperationException($"{port} is cross-connected with {other} already");
        (a.CrossConnect, b.CrossConnect) = (b, a);
        return Settle(a.Outgoing?.To, b.Outgoing?.To);
    }

    /// <summary>Takes away the cross-connect of a port, if there is one: both ports end and begin light again.</summary>
    public IReadOnlyList<SignalChange> RemoveCrossConnect(OpticalPort port)
    {
        CheckOwn(port);
        if (port.CrossConnect is not { } other) return [];
        (port.CrossConnect, other.CrossConnect) = (null, null);
        return Settle(port.Outgoing?.To, other.Outgoing?.To);
    }

    /// <summary>Switches a port's laser.</summary>
    public IReadOnlyList<SignalChange> SetLaser(OpticalPort port, bool on)
    {
        CheckOwn(port);
        port.Laser = on;
        return Settle(port.Outgoing?.To);
    }

    /// <summary>Transmitters fail at the same instant, or work again.</summary>
    public IReadOnlyList<SignalChange> SetTransmitters(bool work, params ReadOnlySpan<OpticalPort> ports)
    {
        foreach (var port in ports) CheckOwn(port);
        var receivers = new OpticalPort?[ports.Length];
        for (var i = 0; i < ports.Length; i++) (ports[i].HasTransmitterFailed, receivers[i]) = (!work, ports[i].Outgoing?.To);
        return Settle(receivers);
    }

    /// <summary>Sets whether a port is lit by its node while the light of its cross-connect ends in a test.</summary>
    public IReadOnlyList<SignalChange> KeepLit(OpticalPort port, bool lit)
    {
        CheckOwn(port);
        port.IsKeptLit = lit;
        return Settle(port.Outgoing?.To);
    }

    /// <summary>Takes a port into test mode or out of it (RFC 4204 §5).</summary>
    /// <param name="port">The port.</param>
    /// <param name="transmit">Whether the node sends Test messages from it: they need light of its own.</param>
    /// <param name="receive">Whether the node looks for Test messages at it: the light ends there.</param>
    public IReadOnlyList<SignalChange> SetTestMode(OpticalPort port, bool transmit, bool receive)
    {
        CheckOwn(port);
        (port.TransmitsTest, port.ReceivesTest) = (transmit, receive);
        return Settle(port.Outgoing?.To, port.CrossConnect?.Outgoing?.To);
    }

    /// <summary>
    /// Where a Test message that a node sends from a port arrives, in the payload or in a DCC: the port where its light ends, whatever anybody
    /// believes about the cabling.
    /// Null: nowhere; the fibre is cut or missing, or the port sends what its cross-connect brings and the node can add nothing.
    /// </summary>
    public OpticalPort? EndOfLight(OpticalPort from)
    {
        CheckOwn(from);
        if (!from.BeginsLight) return null;
        for (var at = from; at is not null;)
        {
            if (at.Outgoing is not { IsDark: false } fibre) return null;
            if (fibre.To.EndsLight) return fibre.To;
            at = fibre.To.CrossConnect;
            if (at is { TransmitsTest: true }) return null;
        }

        return null;
    }

    /// <summary>The port whose own light a port receives, whatever anybody believes about the cabling; null: no light arrives.</summary>
    public OpticalPort? BeginningOfLight(OpticalPort receiver)
    {
        CheckOwn(receiver);
        return Upstream(receiver).Beginning;
    }

    /// <summary>Puts a trace message into the overhead of the light that a port's transmitter sends; empty: none any more.</summary>
    public void SetTrace(OpticalPort port, TraceType type, string text)
    {
        CheckOwn(port);
        ArgumentNullException.ThrowIfNull(text);
        port.Traces[type] = text;
    }

    /// <summary>The trace message that arrives at a receiver: what the transmitter put in where the light begins; empty: none, or no light.</summary>
    public string TraceAt(OpticalPort receiver, TraceType type) => BeginningOfLight(receiver)?.Traces.GetValueOrDefault(type) ?? "";

    private void CheckOwn(OpticalPort port)
    {
        ArgumentNullException.ThrowIfNull(port);
        if (_ports.GetValueOrDefault((port.Node, port.Name)) != port) throw new ArgumentException($"{port} is a port of another plane", nameof(port));
    }

    private void CheckOwn(Fibre fibre)
    {
        ArgumentNullException.ThrowIfNull(fibre);
        CheckOwn(fibre.From);
    }

    private static void Lay(OpticalPort from, OpticalPort to)
    {
        var fibre = new Fibre(from, to);
        (from.Outgoing, to.Incoming) = (fibre, fibre);
    }

    private List<SignalChange> SetCondition(ReadOnlySpan<Fibre> fibres, FibreCondition condition)
    {
        foreach (var fibre in fibres) CheckOwn(fibre);
        foreach (var fibre in fibres) fibre.Condition = condition;
        var receivers = new OpticalPort?[fibres.Length];
        for (var i = 0; i < fibres.Length; i++) receivers[i] = fibres[i].To.Incoming == fibres[i] ? fibres[i].To : null;
        return Settle(receivers);
    }

    // What changed is in front of these receivers: they and all downstream of them are looked at again. Only the structure is asked, never
    // what was received before, so several changes at once and in any order come to the same.
    private static List<SignalChange> Settle(params ReadOnlySpan<OpticalPort?> receivers)
    {
        var before = new Dictionary<OpticalPort, SignalState>();
        var order = new List<OpticalPort>();
        foreach (var first in receivers)
        {
            if (first is null) continue;
            var signal = Upstream(first).Signal;
            for (var at = first; at is not null;)
            {
                if (before.TryAdd(at, at.Received)) order.Add(at);
                at.Received = signal;
                // Where the light goes on, it goes on to the next receiver.
                if (at.EndsLight || at.CrossConnect is not { TransmitsTest: false, Outgoing: { } next }) break;
                signal = Through(next, signal);
                at = next.To == first ? null : next.To;
            }
        }

        var changes = new List<SignalChange>();
        foreach (var port in order)
            if (before[port] != port.Received) changes.Add(new SignalChange(port, before[port], port.Received));
        return changes;
    }

    // Upstream to where the light begins. A fibre and a cross-connect have one end each way, so a way upstream either ends or comes back to
    // where it began: a loop of cross-connects, in which no laser is.
    private static (SignalState Signal, OpticalPort? Beginning) Upstream(OpticalPort receiver)
    {
        var worst = SignalState.Ok;
        for (var at = receiver; at.Incoming is { IsDark: false } fibre;)
        {
            worst = Through(fibre, worst);
            var from = fibre.From;
            if (from.BeginsLight) return from.TransmitsTest || from.Laser ? (worst, from) : (SignalState.Fail, null);
            at = from.CrossConnect!;
            if (at.ReceivesTest && from.IsKeptLit) return (worst, from);
            if (at.ReceivesTest || at == receiver) break;
        }

        return (SignalState.Fail, null);
    }

    private static SignalState Through(Fibre fibre, SignalState signal) =>
        fibre.IsDark ? SignalState.Fail
        : fibre.Condition == FibreCondition.Degraded && signal == SignalState.Ok ? SignalState.Degrade
        : signal;
}
