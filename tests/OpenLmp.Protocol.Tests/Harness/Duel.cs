using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>
/// One real node ("a", 10.0.0.1, channel b/1) against a scripted neighbour ("b", CC_Id 11). The neighbour's Node_Id is the higher one, so
/// that it wins contentions, unless <c>weaker</c> is asked for.
/// </summary>
public sealed class Duel
{
    public Duel(
        ControlChannelRole role = ControlChannelRole.Active, Func<ControlChannelConfiguration, ControlChannelConfiguration>? channel = null,
        bool weaker = false, bool start = true, NodeOptions? options = null, bool links = false,
        Func<NeighborConfiguration, NeighborConfiguration>? neighbor = null)
    {
        var peerId = weaker ? "9.9.9.9" : "10.0.0.2";
        Configuration = A(c => (channel?.Invoke(c) ?? c) with { Role = role });
        Configuration = Configuration with
        {
            Neighbors = [(neighbor?.Invoke(Configuration.Neighbors[0]) ?? Configuration.Neighbors[0]) with { NodeId = Id(peerId) }],
            TeLinks = links ? Configuration.TeLinks : [],
        };
        Node = Network.Add(Configuration, options ?? new NodeOptions { FirstMessageId = 100, StateLost = false }, start: false);
        Peer = new ScriptedPeer(Network, Node, peerId);
        Channel = Node.Channel;
        if (start) Node.TransportUp();
    }

    public VirtualNetwork Network { get; } = new();

    public NodeConfiguration Configuration { get; private set; }

    public VirtualNode Node { get; }

    public LmpNode Lmp => Node.Node;

    public ScriptedPeer Peer { get; }

    public ControlChannel Channel { get; }

    public ControlChannelState State => Channel.State;

    public Neighbor Neighbor => Channel.Neighbor;

    public Instant Now => Network.Now;

    /// <summary>A duel in which the node's channel has come to a state by the shortest way.</summary>
    public static Duel In(
        ControlChannelState state, ControlChannelRole role = ControlChannelRole.Active,
        Func<ControlChannelConfiguration, ControlChannelConfiguration>? channel = null, bool weaker = false, NodeOptions? options = null, bool links = false)
    {
        var duel = new Duel(role, channel, weaker, start: state != ControlChannelState.Down, options, links);
        if (state == ControlChannelState.ConfRcv && role == ControlChannelRole.Active) duel.Peer.SayConfig(1, 2);
        if (state is ControlChannelState.Active or ControlChannelState.Up or ControlChannelState.GoingDown) duel.Agree();
        if (state is ControlChannelState.Up or ControlChannelState.GoingDown) duel.Peer.SayHello(1, 1);
        if (state == ControlChannelState.GoingDown) duel.Lmp.ControlChannelDown(duel.Now, "b", 1);
        Assert.Equal(state, duel.State);
        duel.Peer.Hear();
        duel.Node.Events.Clear();
        return duel;
    }

    /// <summary>Config and ConfigAck, whoever starts.</summary>
    public void Agree()
    {
        if (Channel.State == ControlChannelState.ConfSnd) Peer.Acknowledge(Peer.Hear<ConfigMessage>()[^1]);
        else Peer.SayConfig(Channel.Configuration.HelloInterval.Prefer, Channel.Configuration.HelloDeadInterval.Prefer);
    }

    public void Reconfigure(Func<ControlChannelConfiguration, ControlChannelConfiguration> channel)
    {
        var neighbor = Configuration.Neighbors[0];
        Configuration = Configuration with { Neighbors = [neighbor with { ControlChannels = [channel(neighbor.ControlChannels[0])] }] };
        Lmp.Reconfigure(Now, Configuration);
    }

    public void ReconfigureNeighbor(Func<NeighborConfiguration, NeighborConfiguration> neighbor)
    {
        Configuration = Configuration with { Neighbors = [neighbor(Configuration.Neighbors[0])] };
        Lmp.Reconfigure(Now, Configuration);
    }

    public void RunMs(int milliseconds) => Network.RunMs(milliseconds);

    public int Dropped(DropReason reason) => (int)Lmp.Counters.Dropped(reason);

    public Alarm? Alarm(AlarmKind kind) => Node.Alarm(kind, "b/1");

    /// <summary>The state changes told so far, as <c>Down>ConfSnd</c>.</summary>
    public IEnumerable<string> Changes => Node.Events.OfType<ControlChannelStateChanged>().Select(e => $"{e.From}>{e.To}");
}
