// RFC 4207 §4.1.1.1
using System.Text;

namespace OpenLmp.Wire;

/// <summary>
/// TRACE (Class 21, C-Type 1) (RFC 4207 §4.1.1.1): a trace message that is sent or expected in the overhead. Zeros up to the next multiple of
/// 4 follow it, inside the object but outside Trace Length; a sender that leaves them out is understood too.
/// </summary>
/// <param name="TraceType">Which overhead byte.</param>
/// <param name="Message">The trace message's bytes, without padding.</param>
public sealed record TraceObject(TraceType TraceType, ValueList<byte> Message) : LmpObject
{
    /// <summary>Makes the object of a text of ASCII characters.</summary>
    public TraceObject(TraceType traceType, string text) : this(traceType, ValueList.Create<byte>(Encoding.ASCII.GetBytes(text)))
    {
    }

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.Trace;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 4 + Message.Count + Padding;

    /// <summary>The trace message as text; bytes that are no printable ASCII, and the backslash, as <c>\x0d</c>.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(Message.Count);
            foreach (var b in Message)
            {
                if (b is >= 0x20 and < 0x7F and not (byte)'\\') text.Append((char)b);
                else text.Append($"\\x{b:x2}");
            }

            return text.ToString();
        }
    }

    private int Padding => -Message.Count & 3;

    internal static TraceObject Read(ObjectHeader header, int offset, ref LmpReader body)
    {
        var type = (TraceType)body.ReadUInt16();
        var length = body.ReadUInt16();
        if (length > body.Remaining) body.Fail(DecodeErrorKind.TraceLength, offset, length, header.Class, header.CType);
        var message = ValueList.Create(body.ReadBytes(length));
        if (body.Remaining <= 3) body.Skip(body.Remaining);
        return new TraceObject(type, message) { Negotiable = header.Negotiable };
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteUInt16((ushort)TraceType);
        writer.WriteUInt16((ushort)Message.Count);
        writer.WriteBytes(Message.Span);
        writer.WriteZeros(Padding);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        fields.Number("traceType", (ushort)TraceType, TraceTypes.InWords(TraceType));
        fields.Number("traceLength", (ulong)Message.Count, "bytes, padding not counted");
        fields.Text("traceMessage", Text);
    }
}

/// <summary>TRACE_REQ (Class 22, C-Type 1) (RFC 4207 §4.1.6): which trace message is asked for.</summary>
/// <param name="TraceType">Which overhead byte.</param>
public sealed record TraceReqObject(TraceType TraceType) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.TraceReq;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    internal static TraceReqObject Read(ObjectHeader header, ref LmpReader body)
    {
        var type = (TraceType)body.ReadUInt16();
        body.Skip(2);
        return new TraceReqObject(type) { Negotiable = header.Negotiable };
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteUInt16((ushort)TraceType);
        writer.WriteZeros(2);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Number("traceType", (ushort)TraceType, TraceTypes.InWords(TraceType));
}
