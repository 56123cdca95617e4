// RFC 4207 §4.1.4
// <TraceMismatch Message> ::= <Common Header> <MESSAGE_ID> <LOCAL_INTERFACE_ID> [<LOCAL_INTERFACE_ID> ...]
namespace OpenLmp.Wire;

/// <summary>TraceMismatch (type 24): data links receive another trace message than was asked for (RFC 4207 §4.1.4).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TraceMismatchMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TraceMismatchMessage(o), Slots.MessageId, Slots.LocalInterfaceId.Repeated());

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public TraceMismatchMessage(uint messageId, params ReadOnlySpan<Identifier> localInterfaceIds)
        : this([new MessageId(messageId), .. ToObjects(localInterfaceIds)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TraceMismatch;

    /// <summary>The sender's Interface_Ids of the data links concerned.</summary>
    public IEnumerable<Identifier> LocalInterfaceIds => Objects.OfType<LocalInterfaceId>().Select(o => o.InterfaceId);

    private static LocalInterfaceId[] ToObjects(ReadOnlySpan<Identifier> ids)
    {
        var objects = new LocalInterfaceId[ids.Length];
        for (var i = 0; i < ids.Length; i++) objects[i] = new LocalInterfaceId(ids[i]);
        return objects;
    }
}
