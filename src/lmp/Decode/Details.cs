using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>Every object and every field of a message, below its line.</summary>
internal sealed class Details
{
    private const int Indent = 8;

    private readonly Utf8Text _output;
    private readonly TextFieldSink _fields;
    private readonly ChannelTexts _channels;
    private readonly DataLinkTexts _dataLinks = new();

    /// <summary>Writes to <paramref name="output"/>.</summary>
    public Details(Utf8Text output)
    {
        _output = output;
        _fields = new TextFieldSink(output, Indent + 4);
        _channels = new ChannelTexts(output, _fields);
    }

    /// <summary>Writes the header, if there is one, and the objects.</summary>
    public void Write(in LmpPacket packet, CommonHeader? header, ValueList<LmpObject> objects)
    {
        if (header is { } h) Header(h);
        // Walked alongside for offsets and lengths as they are on the wire, which need not be those we would send.
        var walker = new ObjectWalker(packet.Payload);
        foreach (var o in objects)
        {
            if (!walker.MoveNext()) break;
            var (offset, length) = (walker.Current.Offset, walker.Current.Header.Length);
            _output.Text("        0x"u8).Hex(offset);
            if (o is DataLinkObject link) DataLink(link, packet.Payload.Slice(offset, length));
            else Object(o, length);
        }
    }

    /// <summary>Writes those of a Hello, in the words in which its objects describe themselves.</summary>
    public void Write(in LmpPacket packet, in Hello hello)
    {
        var header = new CommonHeader(hello.Flags, MessageType.Hello, Wire.Hello.EncodedLength);
        if (hello.LocalCcid == 0 || hello.TxSeqNum <= 1 || hello.RcvSeqNum == 0)
        {
            // There is more to say about such numbers.
            Write(packet, header, [new LocalCcid(hello.LocalCcid), new HelloObject(hello.TxSeqNum, hello.RcvSeqNum)]);
            return;
        }

        Header(header);
        _output.Text("        0x0008 LOCAL_CCID: Class 1, C-Type 1, Length 8\n            ccId = "u8).Number(hello.LocalCcid)
            .Text(" (the sender's control channel)\n        0x0010 HELLO: Class 7, C-Type 1, Length 12\n            txSeqNum = "u8).Number(hello.TxSeqNum)
            .Text("\n            rcvSeqNum = "u8).Number(hello.RcvSeqNum).EndLine();
    }

    /// <summary>Writes where it is that the message is malformed.</summary>
    public void Here(DecodeError error) => _output.Text("        0x"u8).Hex(error.Offset).Text(" here: "u8).Text(error.ToString()).EndLine();

    private void Header(CommonHeader header)
    {
        _output.Text("        0x0000 common header: version 1, flags"u8);
        if (header.Flags == HeaderFlags.None) _output.Text(" none"u8);
        else TextReport.Flags(_output, header.Flags);
        _output.Text(", type "u8).Number((ulong)header.Type).Text(" "u8).Text(TypeNames.Utf8(header.Type)).Text(", LMP Length "u8).Number(header.Length).EndLine();
    }

    private void Object(LmpObject o, int length)
    {
        _output.Text(" "u8).Text(o.Name).Text(": Class "u8).Number((ulong)o.Class).Text(", C-Type "u8).Number(o.CType).Text(", Length "u8).Number((ulong)length)
            .Text(o.Negotiable ? ", negotiable\n"u8 : "\n"u8);
        if (o is ChannelStatusObject status) _channels.Write(status);
        else o.Describe(_fields);
    }

    private void DataLink(DataLinkObject link, ReadOnlySpan<byte> bytes)
    {
        if (_dataLinks.TryFind(link, bytes, out var text))
        {
            _output.Text(text);
            return;
        }

        var start = _output.Written.Length;
        Object(link, bytes.Length);
        _dataLinks.Keep(link, bytes, _output.Written[start..]);
    }
}
