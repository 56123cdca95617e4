// RFC 4209 §2.4.1
namespace OpenLmp.Wire;

/// <summary>The state of the data links of one link group (RFC 4209 §2.4.1).</summary>
/// <param name="LinkGroupId">The sender's Link Group ID; <see cref="LinkGroupId.AllDataLinks"/>: all of the TE link.</param>
/// <param name="State">Their state.</param>
public readonly record struct LinkGroupStatusEntry(uint LinkGroupId, ChannelState State);

/// <summary>LINK_GROUP CHANNEL_STATUS (Class 13, C-Type 4) (RFC 4209 §2.4.1): one entry for all data links that fail together.</summary>
/// <param name="Groups">The link groups.</param>
public sealed record LinkGroupChannelStatus(ValueList<LinkGroupStatusEntry> Groups) : LmpObject
{
    private const int EntryLength = 8;

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.ChannelStatus;

    /// <inheritdoc/>
    public override byte CType => 4;

    /// <inheritdoc/>
    public override int BodyLength => Groups.Count * EntryLength;

    internal static LinkGroupChannelStatus Read(ObjectHeader header, ref LmpReader body)
    {
        var groups = new LinkGroupStatusEntry[body.Remaining / EntryLength];
        for (var i = 0; i < groups.Length; i++) groups[i] = new LinkGroupStatusEntry(body.ReadUInt32(), ChannelState.Read(ref body));
        return new LinkGroupChannelStatus(ValueList.Wrap(groups)) { Negotiable = header.Negotiable };
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        foreach (var group in Groups)
        {
            writer.WriteUInt32(group.LinkGroupId);
            group.State.Write(ref writer);
        }
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        foreach (var group in Groups)
        {
            fields.Begin("linkGroups");
            fields.Number("linkGroupId", group.LinkGroupId, LinkGroupId.InWords(group.LinkGroupId));
            group.State.Describe(fields);
            fields.End();
        }
    }
}
