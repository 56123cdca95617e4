// RFC 4204 §13; RFC 4207 §4; RFC 4209 §2; RFC 5818 §5.1.3; RFC 6898 §3
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
        var result = ReadBody(header, offset, ref body);
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

    private static LmpObject ReadBody(ObjectHeader header, int offset, ref LmpReader body)
    {
        var n = header.Negotiable;
        return (header.Class, header.CType) switch
        {
            (ObjectClass.Ccid, 1) => new LocalCcid(body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.Ccid, 2) => new RemoteCcid(body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.NodeId, 1) => new LocalNodeId(new NodeId(body.ReadUInt32())) { Negotiable = n },
            (ObjectClass.NodeId, 2) => new RemoteNodeId(new NodeId(body.ReadUInt32())) { Negotiable = n },
            (ObjectClass.LinkId, 1 or 3 or 5) => new LocalLinkId(Identifier.Read(IdFormOf(header.CType), ref body)) { Negotiable = n },
            (ObjectClass.LinkId, 2 or 4 or 6) => new RemoteLinkId(Identifier.Read(IdFormOf(header.CType), ref body)) { Negotiable = n },
            (ObjectClass.InterfaceId, 1 or 3 or 5) => new LocalInterfaceId(Identifier.Read(IdFormOf(header.CType), ref body)) { Negotiable = n },
            (ObjectClass.InterfaceId, 2 or 4 or 6) => new RemoteInterfaceId(Identifier.Read(IdFormOf(header.CType), ref body)) { Negotiable = n },
            (ObjectClass.MessageId, 1) => new MessageId(body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.MessageId, 2) => new MessageIdAck(body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.Config, 1) => new HelloConfig(body.ReadUInt16(), body.ReadUInt16()) { Negotiable = n },
            (ObjectClass.Config, 2) => LmpWdmConfig.Read(header, ref body),
            (ObjectClass.Config, 3) => BehaviorConfig.Read(header, ref body),
            (ObjectClass.Hello, 1) => new HelloObject(body.ReadUInt32(), body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.BeginVerify, 1) => BeginVerifyObject.Read(header, ref body),
            (ObjectClass.BeginVerifyAck, 1) => new BeginVerifyAckObject(body.ReadUInt16(), (VerifyTransport)body.ReadUInt16()) { Negotiable = n },
            (ObjectClass.VerifyId, 1) => new VerifyId(body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.TeLink, >= 1 and <= 3) => TeLinkObject.Read(header, ref body),
            (ObjectClass.DataLink, >= 1 and <= 3) => DataLinkObject.Read(header, ref body),
            (ObjectClass.ChannelStatus, >= 1 and <= 3) => ChannelStatusObject.Read(header, ref body),
            (ObjectClass.ChannelStatus, 4) => LinkGroupChannelStatus.Read(header, ref body),
            (ObjectClass.ChannelStatusRequest, >= 1 and <= 3) => ChannelStatusRequestObject.Read(header, ref body),
            (ObjectClass.ErrorCode, 1) => new BeginVerifyError((BeginVerifyErrors)body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.ErrorCode, 2) => new LinkSummaryError((LinkSummaryErrors)body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.ErrorCode, 3) => new TraceError((TraceErrors)body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.ErrorCode, 4) => new ConfirmDataChannelStatusError((ConfirmDataChannelStatusErrors)body.ReadUInt32()) { Negotiable = n },
            (ObjectClass.Trace, 1) => TraceObject.Read(header, offset, ref body),
            (ObjectClass.TraceReq, 1) => TraceReqObject.Read(header, ref body),
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

    /// <summary>C-Type of LOCAL_LINK_ID and LOCAL_INTERFACE_ID: 1 IPv4, 3 IPv6, 5 unnumbered.</summary>
    public static byte LocalCTypeOf(IdentifierType form) =>
        form switch { IdentifierType.IPv4 => 1, IdentifierType.IPv6 => 3, _ => 5 };

    /// <summary>C-Type of REMOTE_LINK_ID and REMOTE_INTERFACE_ID: 2 IPv4, 4 IPv6, 6 unnumbered.</summary>
    public static byte RemoteCTypeOf(IdentifierType form) => (byte)(LocalCTypeOf(form) + 1);

    private static IdentifierType IdFormOf(byte cType) =>
        cType switch { 1 or 2 => IdentifierType.IPv4, 3 or 4 => IdentifierType.IPv6, _ => IdentifierType.Unnumbered };
}
