// RFC 4204 §12
using System.Diagnostics.CodeAnalysis;

namespace OpenLmp.Wire;

/// <summary>
/// An LMP message as a value: type, flags and its objects in wire order, those not known included, so that it encodes to the bytes it was
/// decoded from (reserved fields excepted). The message's own type gives names to the objects its format defines.
/// </summary>
/// <param name="Objects">The objects in wire order.</param>
public abstract record LmpMessage(ValueList<LmpObject> Objects)
{
    /// <summary>The message type.</summary>
    public abstract MessageType Type { get; }

    /// <summary>The flags of the common header.</summary>
    public HeaderFlags Flags { get; init; }

    /// <summary>The RFC's name of the message type.</summary>
    public string Name => MessageTypeRegistry.Name(Type);

    /// <summary>The Message_Id of the MESSAGE_ID object, or null if there is none (RFC 4204 §7).</summary>
    public uint? MessageId => Find<MessageId>()?.Id;

    /// <summary>The Message_Id of the MESSAGE_ID_ACK object, or null if there is none (RFC 4204 §7).</summary>
    public uint? MessageIdAck => Find<MessageIdAck>()?.Id;

    /// <summary>Bytes on the wire; above <see cref="CommonHeader.MaxMessageLength"/> the message cannot be sent.</summary>
    public int EncodedLength
    {
        get
        {
            var length = CommonHeader.Size;
            foreach (var o in Objects) length += o.Length;
            return length;
        }
    }

    /// <summary>The first object of type <typeparamref name="T"/>, or null.</summary>
    public T? Find<T>() where T : LmpObject
    {
        foreach (var o in Objects)
            if (o is T found) return found;
        return null;
    }

    /// <summary>The first object of type <typeparamref name="T"/>, which the message's format requires.</summary>
    protected T Get<T>() where T : LmpObject => Find<T>() ?? throw new InvalidOperationException($"{Name} without {typeof(T).Name}");

    /// <summary>For collection expressions: the object, or nothing.</summary>
    private protected static ReadOnlySpan<LmpObject> Optional(LmpObject? o) => o is null ? default : new[] { o };

    /// <summary>Writes the message.</summary>
    public void Write(ref LmpWriter writer)
    {
        new CommonHeader(Flags, Type, (ushort)EncodedLength).Write(ref writer);
        foreach (var o in Objects) o.Write(ref writer);
    }

    /// <summary>The message's bytes.</summary>
    /// <exception cref="InvalidOperationException">It is longer than <see cref="CommonHeader.MaxMessageLength"/>.</exception>
    public byte[] Encode()
    {
        var length = EncodedLength;
        if (length > CommonHeader.MaxMessageLength) throw new InvalidOperationException($"{Name} of {length} bytes does not fit a UDP datagram");
        var bytes = new byte[length];
        var writer = new LmpWriter(bytes);
        Write(ref writer);
        return bytes;
    }

    /// <summary>Decodes a UDP payload.</summary>
    /// <param name="datagram">The whole payload; its length has to be the LMP Length.</param>
    /// <param name="message">The message, if the result is true; of type <see cref="UnknownMessage"/> where the type is not known.</param>
    /// <param name="error">What is wrong, if the result is false.</param>
    public static bool TryDecode(ReadOnlySpan<byte> datagram, [NotNullWhen(true)] out LmpMessage? message, out DecodeError error) =>
        MessageDecoder.TryDecode(datagram, out message, out error);
}

/// <summary>A message of a type that no RFC defines; ignored by the node, shown by the tools.</summary>
/// <param name="UnknownType">The message type.</param>
/// <param name="Objects">The objects in wire order.</param>
public sealed record UnknownMessage(MessageType UnknownType, ValueList<LmpObject> Objects) : LmpMessage(Objects)
{
    /// <inheritdoc/>
    public override MessageType Type => UnknownType;
}
