// RFC 4204 §12.4, without allocation: Hello is what a node sends and receives all day.
using System.Buffers.Binary;

namespace OpenLmp.Wire;

/// <summary>A Hello as a value type, for the path that must not allocate. Same bytes as <see cref="HelloMessage"/>.</summary>
/// <param name="Flags">The flags of the common header.</param>
/// <param name="LocalCcid">The sender's CC_Id; 0 where LOCAL_CCID is missing.</param>
/// <param name="TxSeqNum">The sender's sequence number.</param>
/// <param name="RcvSeqNum">The last sequence number the sender received.</param>
public readonly record struct Hello(HeaderFlags Flags, uint LocalCcid, uint TxSeqNum, uint RcvSeqNum)
{
    /// <summary>Bytes of an encoded Hello.</summary>
    public const int EncodedLength = CommonHeader.Size + 8 + 12;

    // What is the same in every Hello that we write, and nearly every one that arrives: Vers 1 and the type; LMP Length 28; LOCAL_CCID (C-Type 1,
    // Class 1, Length 8); HELLO (C-Type 1, Class 7, Length 12).
    private const uint VersionAndType = 0x10000000u | (uint)MessageType.Hello;
    private const uint LengthWord = EncodedLength << 16;
    private const uint CcidWord = 0x01010008;
    private const uint HelloWord = 0x0107000C;

    /// <summary>Decodes a datagram whose type is Hello; objects other than LOCAL_CCID and HELLO are passed over.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> datagram, out Hello hello, out DecodeError error)
    {
        error = default;
        return TryDecodeUsual(datagram, out hello) || TryDecodeAnyForm(datagram, out hello, out error);
    }

    /// <summary>Decodes a Hello that has the very bytes that <see cref="Encode"/> writes; others are not malformed for that.</summary>
    public static bool TryDecodeUsual(ReadOnlySpan<byte> datagram, out Hello hello)
    {
        if (datagram.Length == EncodedLength
            && BinaryPrimitives.ReadUInt32BigEndian(datagram) is var first
            && (first & ~((uint)CommonHeader.DefinedFlags << 8)) == VersionAndType
            && BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) == LengthWord
            && BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]) == CcidWord
            && BinaryPrimitives.ReadUInt32BigEndian(datagram[16..]) == HelloWord)
        {
            hello = new Hello(
                (HeaderFlags)datagram[2],
                BinaryPrimitives.ReadUInt32BigEndian(datagram[12..]),
                BinaryPrimitives.ReadUInt32BigEndian(datagram[20..]),
                BinaryPrimitives.ReadUInt32BigEndian(datagram[24..]));
            return true;
        }

        hello = default;
        return false;
    }

    private static bool TryDecodeAnyForm(ReadOnlySpan<byte> datagram, out Hello hello, out DecodeError error)
    {
        hello = default;
        if (!CommonHeader.TryRead(datagram, out var header, out error)) return false;

        var reader = new LmpReader(datagram[CommonHeader.Size..], CommonHeader.Size);
        uint ccid = 0, tx = 0, rcv = 0;
        var (hasCcid, hasHello) = (false, false);
        while (reader.Remaining > 0)
        {
            var offset = reader.Offset;
            var o = ObjectHeader.Read(ref reader);
            var body = reader.ReadPart(o.Length - ObjectHeader.Size);
            if (reader.Failed) break;
            switch (o.Class, o.CType)
            {
                case (ObjectClass.Ccid, 1):
                    var id = body.ReadUInt32();
                    if (!hasCcid) ccid = id;
                    hasCcid = true;
                    break;
                case (ObjectClass.Hello, 1):
                    var (t, r) = (body.ReadUInt32(), body.ReadUInt32());
                    if (!hasHello) (tx, rcv) = (t, r);
                    hasHello = true;
                    break;
                default:
                    continue;
            }

            if (body.Failed || body.Remaining != 0) reader.Fail(DecodeErrorKind.ObjectLength, offset, o.Length, o.Class, o.CType);
        }

        if (!reader.Failed && !hasHello) reader.Fail(DecodeErrorKind.MissingObject, datagram.Length, 0, ObjectClass.Hello, 1);
        if (reader.Failed)
        {
            error = reader.Error;
            return false;
        }

        hello = new Hello(header.Flags, ccid, tx, rcv);
        return true;
    }

    /// <summary>Writes the message into <paramref name="buffer"/>, which has to hold <see cref="EncodedLength"/> bytes.</summary>
    /// <returns>The bytes written.</returns>
    public int Encode(Span<byte> buffer)
    {
        // The last word first: a buffer that is too small is left as it was.
        BinaryPrimitives.WriteUInt32BigEndian(buffer[24..], RcvSeqNum);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[20..], TxSeqNum);
        BinaryPrimitives.WriteUInt32BigEndian(buffer, VersionAndType | ((uint)(Flags & CommonHeader.DefinedFlags) << 8));
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], LengthWord);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[8..], CcidWord);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[12..], LocalCcid);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[16..], HelloWord);
        return EncodedLength;
    }
}
