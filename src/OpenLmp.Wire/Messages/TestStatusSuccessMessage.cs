// RFC 4204 §12.5.7
// <TestStatusSuccess Message> ::= <Common Header> <LOCAL_LINK_ID> <MESSAGE_ID> <LOCAL_INTERFACE_ID> <REMOTE_INTERFACE_ID> <VERIFY_ID>
namespace OpenLmp.Wire;

/// <summary>TestStatusSuccess (type 11): a Test message arrived, and on which data link (RFC 4204 §5, §12.5.7).</summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record TestStatusSuccessMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new TestStatusSuccessMessage(o),
        Slots.LocalLinkId, Slots.MessageId, Slots.LocalInterfaceId, Slots.RemoteInterfaceId, Slots.VerifyId);

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public TestStatusSuccessMessage(Identifier localLinkId, uint messageId, Identifier localInterfaceId, Identifier remoteInterfaceId, uint verifyId)
        : this(
        [
            new LocalLinkId(localLinkId), new MessageId(messageId), new LocalInterfaceId(localInterfaceId), new RemoteInterfaceId(remoteInterfaceId), new VerifyId(verifyId),
        ])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.TestStatusSuccess;

    /// <summary>The sender's Link_Id.</summary>
    public Identifier LocalLinkId => Get<LocalLinkId>().LinkId;

    /// <summary>The sender's Interface_Id: where the Test message arrived.</summary>
    public Identifier LocalInterfaceId => Get<LocalInterfaceId>().InterfaceId;

    /// <summary>The receiver's Interface_Id: what the Test message said.</summary>
    public Identifier RemoteInterfaceId => Get<RemoteInterfaceId>().InterfaceId;

    /// <summary>The verification procedure.</summary>
    public uint VerifyId => Get<VerifyId>().Id;
}
