using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>A line for each message; with <paramref name="verbose"/> every object and every field below it.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="verbose">Whether to show objects and fields.</param>
internal sealed class TextReport(Utf8Text output, bool verbose) : IReport
{
    private const int ObjectIndent = 8;

    private readonly LineStart _start = new(output);
    private readonly TextFieldSink _fields = new(output, ObjectIndent + 4);

    /// <inheritdoc/>
    public void Message(in LmpPacket packet, LmpMessage message)
    {
        _start.Write(packet);
        output.Text(" "u8).Text(TypeNames.Utf8(message.Type));
        Flags(output, message.Flags);
        Essentials.Write(output, message);
        output.EndLine();
        if (verbose) Details(packet, new CommonHeader(message.Flags, message.Type, (ushort)packet.Length), message.Objects);
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
        Details(packet, header, PartialMessage.ObjectsBefore(packet.Payload, error));
        output.Repeat(' ', ObjectIndent).Text("0x"u8).Hex(error.Offset).Text(" here: "u8).Text(error.ToString()).EndLine();
    }

    /// <inheritdoc/>
    public void Truncated(in LmpPacket packet)
    {
        _start.Write(packet);
        var header = Type(packet);
        output.Text(" truncated by the capture: "u8)
            .Number((ulong)packet.Payload.Length).Text(" of "u8).Number((ulong)packet.Length).Text(" bytes"u8).EndLine();
        if (verbose) Details(packet, header, PartialMessage.ObjectsUpTo(packet.Payload, packet.Payload.Length));
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

    private void Details(in LmpPacket packet, CommonHeader? header, ValueList<LmpObject> objects)
    {
        if (header is { } h)
        {
            output.Repeat(' ', ObjectIndent).Text("0x0000 common header: version 1, flags"u8);
            if (h.Flags == HeaderFlags.None) output.Text(" none"u8);
            Flags(output, h.Flags);
            output.Text(", type "u8).Number((ulong)h.Type).Text(" "u8).Text(TypeNames.Utf8(h.Type))
                .Text(", LMP Length "u8).Number(h.Length).EndLine();
        }

        // Walked alongside for offsets and lengths as they are on the wire, which need not be those we would send.
        var walker = new ObjectWalker(packet.Payload);
        foreach (var o in objects)
        {
            if (!walker.MoveNext()) break;
            output.Repeat(' ', ObjectIndent).Text("0x"u8).Hex(walker.Current.Offset).Text(" "u8).Text(o.Name)
                .Text(": Class "u8).Number((ulong)o.Class).Text(", C-Type "u8).Number(o.CType).Text(", Length "u8).Number(walker.Current.Header.Length)
                .Text(o.Negotiable ? ", negotiable"u8 : ""u8).EndLine();
            o.Describe(_fields);
        }
    }
}
