// RFC 4204 §13.12
namespace OpenLmp.Wire;

/// <summary>Flags of DATA_LINK (RFC 4204 §13.12). Other bits are sent as zero and ignored on receipt.</summary>
[Flags]
public enum DataLinkFlags : byte
{
    /// <summary>No flag: a free, working component link.</summary>
    None = 0,

    /// <summary>Interface Type: set for a port, clear for a component link.</summary>
    Port = 0x01,

    /// <summary>Allocated Link: in use for user traffic.</summary>
    Allocated = 0x02,

    /// <summary>Failed Link: failed and not suitable for user traffic.</summary>
    Failed = 0x04,
}

/// <summary>DATA_LINK (Class 12, C-Type 1 IPv4, 2 IPv6, 3 unnumbered) (RFC 4204 §13.12). Zero ids decode: LinkSummary answers them.</summary>
/// <param name="Flags">The flags; reserved bits read as zero.</param>
/// <param name="LocalInterfaceId">The sender's Interface_Id.</param>
/// <param name="RemoteInterfaceId">The receiver's Interface_Id, of the same form.</param>
/// <param name="Subobjects">Properties of the data link.</param>
public sealed record DataLinkObject(DataLinkFlags Flags, Identifier LocalInterfaceId, Identifier RemoteInterfaceId, ValueList<DataLinkSubobject> Subobjects)
    : LmpObject
{
    private const DataLinkFlags DefinedFlags = DataLinkFlags.Port | DataLinkFlags.Allocated | DataLinkFlags.Failed;

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.DataLink;

    /// <inheritdoc/>
    public override byte CType => ObjectDecoder.CTypeOf(LocalInterfaceId.Type);

    /// <inheritdoc/>
    public override int BodyLength
    {
        get
        {
            var length = 4 + LocalInterfaceId.Length + RemoteInterfaceId.Length;
            foreach (var subobject in Subobjects) length += subobject.PaddedLength;
            return length;
        }
    }

    internal static DataLinkObject Read(ObjectHeader header, ref LmpReader body)
    {
        var form = ObjectDecoder.FormOf(header.CType);
        var flags = (DataLinkFlags)body.ReadByte() & DefinedFlags;
        body.Skip(3);
        var local = Identifier.Read(form, ref body);
        var remote = Identifier.Read(form, ref body);
        return new DataLinkObject(flags, local, remote, DataLinkSubobject.ReadAll(header, ref body)) { Negotiable = header.Negotiable };
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteByte((byte)(Flags & DefinedFlags));
        writer.WriteZeros(3);
        LocalInterfaceId.Write(ref writer);
        RemoteInterfaceId.Write(ref writer);
        foreach (var subobject in Subobjects) subobject.Write(ref writer);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        fields.Flag("port", Flags.HasFlag(DataLinkFlags.Port), Flags.HasFlag(DataLinkFlags.Port) ? "a port" : "a component link");
        fields.Flag("allocated", Flags.HasFlag(DataLinkFlags.Allocated), Flags.HasFlag(DataLinkFlags.Allocated) ? "carries user traffic" : "free");
        fields.Flag("failed", Flags.HasFlag(DataLinkFlags.Failed), Flags.HasFlag(DataLinkFlags.Failed) ? "not suitable for user traffic" : "not failed");
        fields.Id("localInterfaceId", LocalInterfaceId, LocalInterfaceId.IsZero ? "0 is not allowed" : "the sender's Interface_Id");
        fields.Id("remoteInterfaceId", RemoteInterfaceId, RemoteInterfaceId.IsZero ? "0 is not allowed" : "the receiver's Interface_Id");
        foreach (var subobject in Subobjects)
        {
            fields.Begin("subobjects");
            fields.Number("subobjectType", subobject.Type, subobject.Name);
            subobject.Describe(fields);
            fields.End();
        }
    }
}
