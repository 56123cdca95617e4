// RFC 4204 §12.2
using System.Buffers.Binary;

namespace OpenLmp.Wire;

/// <summary>An object as <see cref="ObjectWalker"/> finds it: framed, its body not decoded.</summary>
/// <param name="offset">Where the object starts: bytes from the start of the message.</param>
/// <param name="header">Its header.</param>
/// <param name="body">What follows the header.</param>
public readonly ref struct WalkedObject(int offset, ObjectHeader header, ReadOnlySpan<byte> body)
{
    /// <summary>Where the object starts: bytes from the start of the message.</summary>
    public int Offset => offset;

    /// <summary>The object's header.</summary>
    public ObjectHeader Header => header;

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;
}

/// <summary>
/// Walks the objects of a message that may be malformed, without decoding their bodies and without allocating: to explain what is wrong
/// with it, and to find the Message_Id a Nack has to name. Stops at the first object that does not frame.
/// </summary>
/// <example><code>
/// var walker = new ObjectWalker(datagram);
/// while (walker.MoveNext()) Show(walker.Current);
/// if (walker.Error.Kind != DecodeErrorKind.None) Show(walker.Error);
/// </code></example>
public ref struct ObjectWalker
{
    private LmpReader _reader;

    /// <summary>Starts before the first object. What the common header says is not looked at: <see cref="CommonHeader.TryRead"/> does that.</summary>
    /// <param name="datagram">A whole UDP payload.</param>
    public ObjectWalker(ReadOnlySpan<byte> datagram)
    {
        var hasHeader = datagram.Length >= CommonHeader.Size;
        _reader = new LmpReader(hasHeader ? datagram[CommonHeader.Size..] : default, CommonHeader.Size);
        if (!hasHeader) _reader.Fail(DecodeErrorKind.TooShort, 0, (uint)datagram.Length);
    }

    /// <summary>The object found by the last <see cref="MoveNext"/> that returned true.</summary>
    public WalkedObject Current { get; private set; }

    /// <summary>Why the walk stopped, or an error of kind <see cref="DecodeErrorKind.None"/> at the end of the message.</summary>
    public readonly DecodeError Error => _reader.Error;

    /// <summary>Finds the next object.</summary>
    public bool MoveNext()
    {
        if (_reader.Remaining == 0) return false;
        var offset = _reader.Offset;
        var header = ObjectHeader.Read(ref _reader);
        if (_reader.Failed) return false;
        Current = new WalkedObject(offset, header, _reader.ReadBytes(header.Length - ObjectHeader.Size));
        return true;
    }

    /// <summary>For <c>foreach</c>, which does not get at <see cref="Error"/>.</summary>
    public readonly ObjectWalker GetEnumerator() => this;

    /// <summary>The Message_Id of the first MESSAGE_ID object, even if other objects are malformed (RFC 4204 §7).</summary>
    /// <param name="datagram">A whole UDP payload.</param>
    /// <param name="messageId">The Message_Id, if the result is true.</param>
    public static bool TryFindMessageId(ReadOnlySpan<byte> datagram, out uint messageId)
    {
        foreach (var o in new ObjectWalker(datagram))
        {
            if (o.Header.Class != ObjectClass.MessageId || o.Header.CType != 1 || o.Body.Length != 4) continue;
            var body = new LmpReader(o.Body);
            messageId = body.ReadUInt32();
            return true;
        }

        messageId = 0;
        return false;
    }

    /// <summary>How many objects frame.</summary>
    internal static int Count(ReadOnlySpan<byte> datagram)
    {
        // The lengths alone, framed as ObjectHeader.Read frames them: each object that decodes is read in full right after.
        var count = 0;
        for (var offset = CommonHeader.Size; datagram.Length - offset >= ObjectHeader.Size; count++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[(offset + 2)..]);
            if (length < ObjectHeader.Size || length > datagram.Length - offset) break;
            offset += length;
        }

        return count;
    }
}
