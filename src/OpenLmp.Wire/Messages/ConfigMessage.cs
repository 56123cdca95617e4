// RFC 4204 §12.3.1, as updated by RFC 6898 §2.1
// <Config Message> ::= <Common Header> <LOCAL_CCID> <MESSAGE_ID> <LOCAL_NODE_ID> <CONFIG> [ <CONFIG> ... ]
namespace OpenLmp.Wire;

/// <summary>Config (type 1): proposes the parameters of a control channel (RFC 4204 §3.1, §12.3.1).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record ConfigMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new ConfigMessage(o),
        Slots.LocalCcid, Slots.MessageId, Slots.LocalNodeId, new Slot(ObjectClass.Config, Slot.Any, Required: true, Repeatable: true));

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public ConfigMessage(uint localCcid, uint messageId, NodeId localNodeId, params ReadOnlySpan<LmpObject> configs)
        : this([new LocalCcid(localCcid), new MessageId(messageId), new LocalNodeId(localNodeId), .. configs])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.Config;

    /// <summary>The sender's CC_Id.</summary>
    public uint LocalCcid => Get<LocalCcid>().CcId;

    /// <summary>The sender's Node_Id.</summary>
    public NodeId LocalNodeId => Get<LocalNodeId>().NodeId;

    /// <summary>All CONFIG objects, those of unknown C-Type included.</summary>
    public IEnumerable<LmpObject> Configs => Objects.Where(o => o.Class == ObjectClass.Config);
}
