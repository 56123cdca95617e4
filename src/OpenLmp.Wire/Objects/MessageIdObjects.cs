// RFC 4204 §13.5
using System.Buffers.Binary;

namespace OpenLmp.Wire;

/// <summary>MESSAGE_ID (Class 5, C-Type 1) (RFC 4204 §7, §13.5).</summary>
/// <param name="Id">Monotonically increasing, wraps.</param>
public sealed record MessageId(uint Id) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.MessageId;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32(Id);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("messageId", Id, "wants an acknowledgement");

    /// <summary>Gives an encoded message another Message_Id: what else it says stays as it is. Allocates nothing.</summary>
    /// <param name="message">The message.</param>
    /// <param name="id">The new Message_Id.</param>
    /// <exception cref="ArgumentException">The message has none.</exception>
    public static void Renew(Span<byte> message, uint id)
    {
        var walker = new ObjectWalker(message);
        while (walker.MoveNext())
        {
            if (walker.Current.Header is not { Class: ObjectClass.MessageId, CType: 1 }) continue;
            BinaryPrimitives.WriteUInt32BigEndian(message[(walker.Current.Offset + ObjectHeader.Size)..], id);
            return;
        }

        throw new ArgumentException("a message without Message_Id", nameof(message));
    }
}

/// <summary>MESSAGE_ID_ACK (Class 5, C-Type 2) (RFC 4204 §7, §13.5).</summary>
/// <param name="Id">The Message_Id of the message answered.</param>
public sealed record MessageIdAck(uint Id) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.MessageId;

    /// <inheritdoc/>
    public override byte CType => 2;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32(Id);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("messageId", Id, "the message answered");
}
