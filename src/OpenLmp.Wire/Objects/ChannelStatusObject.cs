// RFC 4204 §13.13
namespace OpenLmp.Wire;

/// <summary>Channel_Status values, 30 bits (RFC 4204 §13.13). A received object may carry any other value.</summary>
public enum ChannelCondition : uint
{
    /// <summary>OK: the channel is operational.</summary>
    SignalOkay = 1,

    /// <summary>SD: a soft failure, the bit error rate exceeds a threshold.</summary>
    SignalDegrade = 2,

    /// <summary>SF: a hard failure, such as loss of signal, loss of frame or Line AIS.</summary>
    SignalFail = 3,
}

/// <summary>The Direction bit: which direction of the data channel is meant, as the sender sees it (RFC 4204 §13.13).</summary>
public enum ChannelDirection : byte
{
    /// <summary>Bit clear: what the sender receives.</summary>
    Receive = 0,

    /// <summary>Bit set: what the sender transmits.</summary>
    Transmit = 1,
}

/// <summary>The 32 bits that follow each id: Active bit, Direction bit, Channel_Status (RFC 4204 §13.13).</summary>
/// <param name="Active">The channel is allocated to user traffic and is to be monitored.</param>
/// <param name="Direction">The direction meant.</param>
/// <param name="Condition">Below 2^30.</param>
public readonly record struct ChannelState(bool Active, ChannelDirection Direction, ChannelCondition Condition)
{
    private const uint ActiveBit = 0x80000000;
    private const uint DirectionBit = 0x40000000;
    private const uint ConditionBits = 0x3FFFFFFF;

    internal static ChannelState Read(ref LmpReader body)
    {
        var bits = body.ReadUInt32();
        var direction = (bits & DirectionBit) != 0 ? ChannelDirection.Transmit : ChannelDirection.Receive;
        return new ChannelState((bits & ActiveBit) != 0, direction, (ChannelCondition)(bits & ConditionBits));
    }

    internal void Write(ref LmpWriter writer) =>
        writer.WriteUInt32((Active ? ActiveBit : 0) | (Direction == ChannelDirection.Transmit ? DirectionBit : 0) | ((uint)Condition & ConditionBits));

    internal void Describe(IFieldSink fields)
    {
        fields.Flag("active", Active, Active ? "allocated to user traffic" : "not allocated to user traffic");
        var transmit = Direction == ChannelDirection.Transmit;
        fields.Flag("transmit", transmit, transmit ? "what the sender transmits" : "what the sender receives");
        fields.Number("channelStatus", (uint)Condition, Condition switch
        {
            ChannelCondition.SignalOkay => "Signal Okay (OK)",
            ChannelCondition.SignalDegrade => "Signal Degrade (SD)",
            ChannelCondition.SignalFail => "Signal Fail (SF)",
            _ => "not defined",
        });
    }
}

/// <summary>The state of one data channel, or of the whole TE link where the id is zero (RFC 4204 §13.13).</summary>
/// <param name="InterfaceId">The sender's Interface_Id; zero: the entire TE link, and then there is no other.</param>
/// <param name="State">Its state.</param>
public readonly record struct ChannelStatusEntry(Identifier InterfaceId, ChannelState State);

/// <summary>
/// CHANNEL_STATUS (Class 13, C-Type 1 IPv4, 2 IPv6, 3 unnumbered) (RFC 4204 §13.13). Without any Interface_Id it says that the entire TE
/// link has failed (RFC 4204 §12.7.1).
/// </summary>
/// <param name="Form">The form of the ids, which gives the C-Type.</param>
/// <param name="Channels">The channels, ids of that form.</param>
public sealed record ChannelStatusObject(IdentifierType Form, ValueList<ChannelStatusEntry> Channels) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.ChannelStatus;

    /// <inheritdoc/>
    public override byte CType => ObjectDecoder.CTypeOf(Form);

    /// <inheritdoc/>
    public override int BodyLength => Channels.Count * EntryLength(Form);

    /// <summary>Whether it speaks of the entire TE link: one Interface_Id, zero, or none at all (which means that it has failed).</summary>
    public bool IsWholeTeLink => Channels.Count == 0 || (Channels.Count == 1 && Channels[0].InterfaceId.IsZero);

    /// <summary>Makes the object that tells the state of the entire TE link: one Interface_Id, and it is zero.</summary>
    public static ChannelStatusObject ForTeLink(IdentifierType form, ChannelState state) =>
        new(form, [new ChannelStatusEntry(new Identifier(form, 0), state)]);

    internal static ChannelStatusObject Read(ObjectHeader header, ref LmpReader body)
    {
        var form = ObjectDecoder.FormOf(header.CType);
        var channels = new ChannelStatusEntry[body.Remaining / EntryLength(form)];
        for (var i = 0; i < channels.Length; i++) channels[i] = new ChannelStatusEntry(Identifier.Read(form, ref body), ChannelState.Read(ref body));
        return new ChannelStatusObject(form, ValueList.Wrap(channels)) { Negotiable = header.Negotiable };
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        foreach (var channel in Channels)
        {
            channel.InterfaceId.Write(ref writer);
            channel.State.Write(ref writer);
        }
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        if (Channels.Count == 0) fields.Flag("wholeTeLink", true, "no Interface_Id: the entire TE link has failed");
        foreach (var channel in Channels)
        {
            fields.Begin("channels");
            fields.Id("interfaceId", channel.InterfaceId, channel.InterfaceId.IsZero ? "the entire TE link" : "the sender's data link");
            channel.State.Describe(fields);
            fields.End();
        }
    }

    private static int EntryLength(IdentifierType form) => Identifier.LengthOf(form) + 4;
}
