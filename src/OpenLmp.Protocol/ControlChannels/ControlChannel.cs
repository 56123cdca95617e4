// RFC 4204 §3
namespace OpenLmp.Protocol;

/// <summary>A control channel (RFC 4204 §3).</summary>
public sealed class ControlChannel
{
    internal ControlChannel(Neighbor neighbor, ControlChannelConfiguration configuration, Instant now)
    {
        Neighbor = neighbor;
        Configuration = configuration;
        LastChange = now;
    }

    /// <summary>The neighbour at the other end.</summary>
    public Neighbor Neighbor { get; }

    /// <summary>The configuration in force.</summary>
    public ControlChannelConfiguration Configuration { get; internal set; }

    /// <summary>Our CC_Id.</summary>
    public uint Id => Configuration.Id;

    /// <summary>The neighbour's CC_Id, once known.</summary>
    public uint? RemoteId { get; internal set; }

    /// <summary>The neighbour's address and port: configured, or learned; null while it is to be learned.</summary>
    public NetworkEndpoint? Remote { get; internal set; }

    /// <summary>Our address and port.</summary>
    public NetworkEndpoint Local => Configuration.Local;

    /// <summary>The state.</summary>
    public ControlChannelState State { get; internal set; }

    /// <summary>Whether the operator has taken the channel down.</summary>
    public bool AdminDown { get; internal set; }

    /// <summary>HelloInterval, milliseconds: as agreed; before that, as preferred.</summary>
    public ushort HelloInterval { get; internal set; }

    /// <summary>HelloDeadInterval, milliseconds: as agreed; before that, as preferred.</summary>
    public ushort HelloDeadInterval { get; internal set; }

    /// <summary>The sequence number of the Hellos sent; 0 before the first.</summary>
    public uint TxSeqNum { get; internal set; }

    /// <summary>The sequence number of the last valid Hello received; 0 before the first.</summary>
    public uint RcvSeqNum { get; internal set; }

    /// <summary>How often the channel has left Up other than by the operator's word.</summary>
    public int Flaps { get; internal set; }

    /// <summary>Why the channel is not up, and the next step to take; empty while it is.</summary>
    public string Reason { get; internal set; } = "";

    /// <summary>When the state changed last.</summary>
    public Instant LastChange { get; internal set; }

    /// <summary>The transport this channel uses: set by the host, never looked into by the node. Channels may share one.</summary>
    public int TransportSlot { get; set; }

    /// <summary>Neighbour and CC_Id, such as <c>oxc2/1</c>.</summary>
    public override string ToString() => $"{Neighbor.Name}/{Id}";
}
