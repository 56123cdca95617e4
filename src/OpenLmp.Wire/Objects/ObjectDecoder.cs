// RFC 4204 §13; RFC 4207 §4; RFC 4209 §2; RFC 6898 §3
namespace OpenLmp.Wire;

/// <summary>From class and C-Type to the object: the one place that lists them.</summary>
internal static class ObjectDecoder
{
    /// <summary>Reads one object. On error <paramref name="reader"/> has failed and the result means nothing.</summary>
    public static LmpObject Read(ref LmpReader reader)
    {
        var offset = reader.Offset;
        var header = ObjectHeader.Read(ref reader);
        if (reader.Failed) return Unknown(header, default);

        var bodyLength = header.Length - ObjectHeader.Size;
        var body = reader.ReadPart(bodyLength);
        var result = ReadBody(header, ref body);
        if (body.Failed && body.Error.Class == 0)
        {
            // A field beyond the body's end: the object's Length is what is wrong.
            reader.Fail(DecodeErrorKind.ObjectLength, offset, header.Length, header.Class, header.CType);
        }
        else if (body.Failed)
        {
            reader.FailFrom(body);
        }
        else if (body.Remaining != 0)
        {
            reader.Fail(DecodeErrorKind.ObjectLength, offset, header.Length, header.Class, header.CType);
        }

        return result;
    }

    private static LmpObject ReadBody(ObjectHeader header, ref LmpReader body)
    {
        var n = header.Negotiable;
        return (header.Class, header.CType) switch
        {
            (ObjectClass.Ccid, 1) => new LocalCcid(body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.Ccid, 2) => new RemoteCcid(body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.NodeId, 1) => new LocalNodeId(new NodeId(body.ReadUInt32())) { Negotiable = n },
            (ObjectClass.NodeId, 2) => new RemoteNodeId(new NodeId(body.ReadUInt32())) { Negotiable = n },
            (ObjectClass.MessageId, 1) => new MessageId(body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.MessageId, 2) => new MessageIdAck(body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.Config, 1) => new HelloConfig(body.ReadUInt16(), body.ReadUInt16()) { Negotiable = n },
            (ObjectClass.Hello, 1) => new HelloObject(body.ReadUInt32(), body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.TeLink, >= 1 and <= 3) => TeLinkObject.Read(header, ref body),
            (ObjectClass.DataLink, >= 1 and <= 3) => DataLinkObject.Read(header, ref body),
            (ObjectClass.ErrorCode, 2) => new LinkSummaryError((LinkSummaryErrors)body.ReadUInt32()) { Negotiable = n },
            _ => Unknown(header, body.ReadBytes(body.Remaining)),
        };
    }

    private static UnknownObject Unknown(ObjectHeader header, ReadOnlySpan<byte> body) =>
        new(header.Class, header.CType, ValueList.Create(body)) { Negotiable = header.Negotiable };

    /// <summary>The identifier form of a C-Type of TE_LINK, DATA_LINK, CHANNEL_STATUS and CHANNEL_STATUS_REQUEST: 1 IPv4, 2 IPv6, 3 unnumbered.</summary>
    public static IdentifierType FormOf(byte cType) =>
        cType switch { 1 => IdentifierType.IPv4, 2 => IdentifierType.IPv6, _ => IdentifierType.Unnumbered };

    /// <summary>The inverse of <see cref="FormOf"/>.</summary>
    public static byte CTypeOf(IdentifierType form) =>
        form switch { IdentifierType.IPv4 => 1, IdentifierType.IPv6 => 2, _ => 3 };
}
