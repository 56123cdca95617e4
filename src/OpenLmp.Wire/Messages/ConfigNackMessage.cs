// RFC 4204 §12.3.3, as updated by RFC 6898 §2.1
// <ConfigNack Message> ::= <Common Header> <LOCAL_CCID> <LOCAL_NODE_ID> <REMOTE_CCID> <MESSAGE_ID_ACK> <REMOTE_NODE_ID> <CONFIG> [ <CONFIG> ... ]
namespace OpenLmp.Wire;

/// <summary>ConfigNack (type 3): refuses parameters of a Config, and proposes others where they are negotiable (RFC 4204 §3.1, §12.3.3).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record ConfigNackMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new ConfigNackMessage(o),
        Slots.LocalCcid, Slots.LocalNodeId, Slots.RemoteCcid, Slots.MessageIdAck, Slots.RemoteNodeId,
        new Slot(ObjectClass.Config, Slot.Any, Required: true, Repeatable: true));

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public ConfigNackMessage(uint localCcid, NodeId localNodeId, uint remoteCcid, uint messageIdAck, NodeId remoteNodeId, params ReadOnlySpan<LmpObject> configs)
        : this([new LocalCcid(localCcid), new LocalNodeId(localNodeId), new RemoteCcid(remoteCcid), new MessageIdAck(messageIdAck), new RemoteNodeId(remoteNodeId), .. configs])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.ConfigNack;

    /// <summary>The sender's CC_Id.</summary>
    public uint LocalCcid => Get<LocalCcid>().CcId;

    /// <summary>The sender's Node_Id.</summary>
    public NodeId LocalNodeId => Get<LocalNodeId>().NodeId;

    /// <summary>The CC_Id of the Config refused.</summary>
    public uint RemoteCcid => Get<RemoteCcid>().CcId;

    /// <summary>The Node_Id of the Config refused.</summary>
    public NodeId RemoteNodeId => Get<RemoteNodeId>().NodeId;

    /// <summary>What is refused: copies of what is not negotiable, acceptable values for what is.</summary>
    public IEnumerable<LmpObject> Configs => Objects.Where(o => o.Class == ObjectClass.Config);
}
