#pragma warning disable
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

public sealed partial class LmpNode
{
    public LmpNode(NodeConfiguration configuration, NodeOptions options, INodeOutput output, Instant now) { Configuration = configuration; }
    public NodeConfiguration Configuration { get; private set; }
    public NodeId NodeId => Configuration.NodeId;
    public string Name => Configuration.Name;
    public Instant NextDeadline => throw new NotSupportedException();
    public void Advance(Instant now) { }
    public void Receive(Instant now, in DatagramOrigin origin, ReadOnlySpan<byte> datagram) { }
    public void TransportUp(Instant now, ControlChannel channel) { }
    public void TransportDown(Instant now, ControlChannel channel, string why) { }
    public void Reconfigure(Instant now, NodeConfiguration configuration) { }
    public CommandResult ControlChannelUp(Instant now, string neighbor, uint id) => default;
    public CommandResult ControlChannelDown(Instant now, string neighbor, uint id) => default;
    public CommandResult Summarize(Instant now, string teLink) => default;
    public CommandResult Allocate(Instant now, IReadOnlyList<string> dataLinks) => default;
    public CommandResult Release(Instant now, IReadOnlyList<string> dataLinks) => default;
    public CommandResult ReportSignal(Instant now, IReadOnlyList<string> links, SignalState signal) => default;
    public IReadOnlyCollection<Neighbor> Neighbors => throw new NotSupportedException();
    public IReadOnlyCollection<TeLink> TeLinks => throw new NotSupportedException();
    public AlarmTable Alarms => throw new NotSupportedException();
    public NodeCounters Counters => throw new NotSupportedException();
}
