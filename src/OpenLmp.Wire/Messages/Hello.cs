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

    /// <summary>Decodes a datagram whose type is Hello; objects other than LOCAL_CCID and HELLO are passed over.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> datagram, out Hello hello, out DecodeError error)
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
        // The fixed words: Vers 1; LMP Length 28; LOCAL_CCID (C-Type 1, Class 1, Length 8); HELLO (C-Type 1, Class 7, Length 12).
        // The last word first: a buffer that is too small is left as it was.
        BinaryPrimitives.WriteUInt32BigEndian(buffer[24..], RcvSeqNum);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[20..], TxSeqNum);
        BinaryPrimitives.WriteUInt32BigEndian(buffer, 0x10000000u | ((uint)(Flags & CommonHeader.DefinedFlags) << 8) | (uint)MessageType.Hello);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], EncodedLength << 16);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[8..], 0x01010008);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[12..], LocalCcid);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[16..], 0x0107000C);
        return EncodedLength;
    }
}
