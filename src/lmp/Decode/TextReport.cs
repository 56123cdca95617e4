using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>A line for each message; with <paramref name="verbose"/> every object and every field below it.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="verbose">Whether to show objects and fields.</param>
internal sealed class TextReport(Utf8Text output, bool verbose) : IReport
{
    private readonly LineStart _start = new(output);
    private readonly Details _details = new(output);

    /// <inheritdoc/>
    public void Message(in LmpPacket packet, LmpMessage message)
    {
        _start.Write(packet);
        output.Text(" "u8).Text(TypeNames.Utf8(message.Type));
        Flags(output, message.Flags);
        Essentials.Write(output, message);
        output.EndLine();
        if (verbose) _details.Write(packet, new CommonHeader(message.Flags, message.Type, (ushort)packet.Length), message.Objects);
    }

    /// <inheritdoc/>
    public void Hello(in LmpPacket packet, in Hello hello)
    {
        _start.Write(packet);
        output.Text(" Hello"u8);
        Flags(output, hello.Flags);
        output.Text(" cc "u8).Number(hello.LocalCcid).Text(" tx "u8).Number(hello.TxSeqNum).Text(" rcv "u8).Number(hello.RcvSeqNum).EndLine();
        if (verbose) _details.Write(packet, hello);
    }

    /// <inheritdoc/>
    public void Malformed(in LmpPacket packet, DecodeError error)
    {
        _start.Write(packet);
        var header = Type(packet);
        output.Text(" malformed: "u8).Text(error.ToString()).Text(" (offset "u8).Number((ulong)error.Offset).Text(", value "u8).Number(error.Value)
            .Text(", payload "u8).Number((ulong)packet.Length).Text(" bytes)"u8);
        output.EndLine();
        if (!verbose) return;
        _details.Write(packet, header, PartialMessage.ObjectsBefore(packet.Payload, error));
        _details.Here(error);
    }

    /// <inheritdoc/>
    public void Truncated(in LmpPacket packet)
    {
        _start.Write(packet);
        var header = Type(packet);
        output.Text(" truncated by the capture: "u8)
            .Number((ulong)packet.Payload.Length).Text(" of "u8).Number((ulong)packet.Length).Text(" bytes"u8).EndLine();
        if (verbose) _details.Write(packet, header, PartialMessage.ObjectsUpTo(packet.Payload, packet.Payload.Length));
    }

    /// <summary>Writes the flags that are set.</summary>
    public static void Flags(Utf8Text output, HeaderFlags flags)
    {
        if (flags.HasFlag(HeaderFlags.ControlChannelDown)) output.Text(" [ControlChannelDown]"u8);
        if (flags.HasFlag(HeaderFlags.LmpRestart)) output.Text(" [LmpRestart]"u8);
    }

    private CommonHeader? Type(in LmpPacket packet)
    {
        var header = PartialMessage.Header(packet.Payload);
        if (header is not { } h) return null;
        output.Text(" "u8).Text(TypeNames.Utf8(h.Type));
        Flags(output, h.Flags);
        return header;
    }
}
