// RFC 4204 §12.4
// <Hello Message> ::= <Common Header> <LOCAL_CCID> <HELLO>
namespace OpenLmp.Wire;

/// <summary>
/// Hello (type 4): the keep-alive of a control channel (RFC 4204 §3.2.2, §12.4). LOCAL_CCID may be missing: there are senders that leave it
/// out. Nodes use <see cref="Hello"/>, which does not allocate.
/// </summary>
/// <param name="Objects">The objects in wire order.</param>
public sealed record HelloMessage(ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    internal static readonly MessageFormat Format = new(o => new HelloMessage(o),
        Slots.LocalCcid.Optional(), new Slot(ObjectClass.Hello, [1], Required: true));

    /// <summary>Makes the message, its objects in the RFC's order.</summary>
    public HelloMessage(uint localCcid, uint txSeqNum, uint rcvSeqNum) : this([new LocalCcid(localCcid), new HelloObject(txSeqNum, rcvSeqNum)])
    {
    }

    /// <inheritdoc/>
    public override MessageType Type => MessageType.Hello;

    /// <summary>The sender's CC_Id, or null where it is missing.</summary>
    public uint? LocalCcid => Find<LocalCcid>()?.CcId;

    /// <summary>The sequence numbers.</summary>
    public HelloObject Hello => Get<HelloObject>();
}
