// RFC 5818 §5.2
namespace OpenLmp.Wire;

/// <summary>Data Channel Status bits (RFC 5818 §5.2). A received subobject may carry any others.</summary>
[Flags]
public enum DataChannelStatus : ushort
{
    /// <summary>The channel is available/free.</summary>
    Free = 0,

    /// <summary>The channel is unavailable/in-use.</summary>
    InUse = 0x0001,
}

/// <summary>
/// Data Channel Status (DATA_LINK subobject 9) (RFC 5818 §5.2). The only subobject whose Length may be no multiple of 4: zeros up to the
/// next multiple then follow it, outside its Length.
/// </summary>
/// <param name="Status">All 16 bits as received.</param>
/// <param name="DataChannelId">The channel's label, in the context of the sender of ConfirmDataChannelStatus; at most <see cref="MaxIdLength"/> bytes.</param>
public sealed record DataChannelStatusSubobject(DataChannelStatus Status, ValueList<byte> DataChannelId) : DataLinkSubobject
{
    /// <summary>The longest Data Channel ID, in bytes, that fits the 8-bit Length.</summary>
    public const int MaxIdLength = 251;

    internal const byte SubobjectType = 9;

    /// <inheritdoc/>
    public override byte Type => SubobjectType;

    /// <inheritdoc/>
    public override string Name => "Data Channel Status";

    /// <inheritdoc/>
    public override int Length => 4 + DataChannelId.Count;

    internal static DataChannelStatusSubobject Read(ref LmpReader body)
    {
        var status = (DataChannelStatus)body.ReadUInt16();
        return new DataChannelStatusSubobject(status, ValueList.Create(body.ReadBytes(body.Remaining)));
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteUInt16((ushort)Status);
        writer.WriteBytes(DataChannelId.Span);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        var words = Status.HasFlag(DataChannelStatus.InUse) ? "the channel is unavailable/in-use" : "the channel is available/free";
        var reserved = Status & ~DataChannelStatus.InUse;
        fields.Number("dataChannelStatus", (ushort)Status, reserved == 0 ? words : $"{words}, reserved bits 0x{(ushort)reserved:x}");
        fields.Text("dataChannelId", Convert.ToHexStringLower(DataChannelId.Span), "the channel's label, as the asking node knows it");
    }
}
