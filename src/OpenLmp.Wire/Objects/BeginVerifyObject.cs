// RFC 4204 §13.8
namespace OpenLmp.Wire;

/// <summary>Flags of BEGIN_VERIFY (RFC 4204 §13.8).</summary>
[Flags]
public enum BeginVerifyFlags : ushort
{
    /// <summary>No flag: new component links only.</summary>
    None = 0,

    /// <summary>Verify all Links: all unallocated links; otherwise only new ones that are to be added to the TE link.</summary>
    VerifyAllLinks = 0x0001,

    /// <summary>Data Link Type: set for ports, clear for component links.</summary>
    Ports = 0x0002,
}

/// <summary>BEGIN_VERIFY (Class 8, C-Type 1) (RFC 4204 §13.8): the terms of a verification.</summary>
/// <param name="Flags">The flags; reserved bits read as zero.</param>
/// <param name="VerifyInterval">Milliseconds between Test messages.</param>
/// <param name="NumberOfDataLinks">How many data links will be verified.</param>
/// <param name="Encoding">The encoding type of the data links.</param>
/// <param name="Transports">Every mechanism the sender can transmit Test messages with; the bits depend on <paramref name="Encoding"/>.</param>
/// <param name="TransmissionRate">Rate of the data links, bytes per second.</param>
/// <param name="Wavelength">The wavelength the Test messages are sent on; 0 where there is only one.</param>
public sealed record BeginVerifyObject(
    BeginVerifyFlags Flags,
    ushort VerifyInterval,
    uint NumberOfDataLinks,
    EncodingType Encoding,
    VerifyTransport Transports,
    float TransmissionRate,
    uint Wavelength) : LmpObject
{
    private const BeginVerifyFlags DefinedFlags = BeginVerifyFlags.VerifyAllLinks | BeginVerifyFlags.Ports;

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.BeginVerify;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 20;

    internal static BeginVerifyObject Read(ObjectHeader header, ref LmpReader body)
    {
        var flags = (BeginVerifyFlags)body.ReadUInt16() & DefinedFlags;
        var interval = body.ReadUInt16();
        var count = body.ReadUInt32();
        var encoding = (EncodingType)body.ReadByte();
        body.Skip(1);
        return new BeginVerifyObject(flags, interval, count, encoding, (VerifyTransport)body.ReadUInt16(), body.ReadSingle(), body.ReadUInt32())
        {
            Negotiable = header.Negotiable,
        };
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        writer.WriteUInt16((ushort)(Flags & DefinedFlags));
        writer.WriteUInt16(VerifyInterval);
        writer.WriteUInt32(NumberOfDataLinks);
        writer.WriteByte((byte)Encoding);
        writer.WriteZeros(1);
        writer.WriteUInt16((ushort)Transports);
        writer.WriteSingle(TransmissionRate);
        writer.WriteUInt32(Wavelength);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        var (all, ports) = (Flags.HasFlag(BeginVerifyFlags.VerifyAllLinks), Flags.HasFlag(BeginVerifyFlags.Ports));
        fields.Flag("verifyAllLinks", all, all ? "all unallocated links" : "only new links");
        fields.Flag("ports", ports, ports ? "the data links are ports" : "the data links are component links");
        fields.Number("verifyInterval", VerifyInterval, "ms between Test messages");
        fields.Number("numberOfDataLinks", NumberOfDataLinks, "data links to be verified");
        fields.Text("encoding", Rfc3471.Name(Encoding));
        fields.Number("verifyTransportMechanism", (ushort)Transports, VerifyTransports.InWords(Transports, Encoding));
        fields.Bandwidth("transmissionRate", TransmissionRate);
        fields.Number("wavelength", Wavelength, Wavelength == 0 ? "not ambiguous" : "significant to the sender only");
    }
}
