// RFC 4204 §13.14
namespace OpenLmp.Wire;

/// <summary>CHANNEL_STATUS_REQUEST (Class 14, C-Type 1 IPv4, 2 IPv6, 3 unnumbered) (RFC 4204 §13.14).</summary>
/// <param name="Form">The form of the ids, which gives the C-Type.</param>
/// <param name="InterfaceIds">The sender's Interface_Ids whose state is asked for, of that form.</param>
public sealed record ChannelStatusRequestObject(IdentifierType Form, ValueList<Identifier> InterfaceIds) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.ChannelStatusRequest;

    /// <inheritdoc/>
    public override byte CType => ObjectDecoder.CTypeOf(Form);

    /// <inheritdoc/>
    public override int BodyLength => InterfaceIds.Count * Identifier.LengthOf(Form);

    internal static ChannelStatusRequestObject Read(ObjectHeader header, ref LmpReader body)
    {
        var form = ObjectDecoder.FormOf(header.CType);
        var ids = new Identifier[body.Remaining / Identifier.LengthOf(form)];
        for (var i = 0; i < ids.Length; i++) ids[i] = Identifier.Read(form, ref body);
        return new ChannelStatusRequestObject(form, ValueList.Wrap(ids)) { Negotiable = header.Negotiable };
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        foreach (var id in InterfaceIds) id.Write(ref writer);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        foreach (var id in InterfaceIds)
        {
            fields.Begin("channels");
            fields.Id("interfaceId", id, id.IsZero ? "the entire TE link" : "the sender's data link");
            fields.End();
        }
    }
}
