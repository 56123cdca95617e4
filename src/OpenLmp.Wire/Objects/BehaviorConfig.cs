// RFC 6898 §3
namespace OpenLmp.Wire;

/// <summary>Behaviours that BehaviorConfig negotiates (RFC 6898 §3.1): the bits of its first 32.</summary>
[Flags]
public enum LmpBehaviors : uint
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>C: data channel consistency check (RFC 5818).</summary>
    ConsistencyCheck = 0x20000000,

    /// <summary>D: DWDM (RFC 4209).</summary>
    Dwdm = 0x40000000,

    /// <summary>S: trace behaviour of SONET/SDH (RFC 4207).</summary>
    SonetSdhTrace = 0x80000000,
}

/// <summary>
/// BehaviorConfig (Class 6, C-Type 3) (RFC 6898 §3). Its MBZ bits are kept: a receiver has to see that there is a bit it does not know, and
/// a ConfigAck repeats the field as it was.
/// </summary>
/// <param name="Words">The flags field, 32 bits at a time: at least one.</param>
public sealed record BehaviorConfig(ValueList<uint> Words) : LmpObject
{
    private const LmpBehaviors DefinedFlags = LmpBehaviors.SonetSdhTrace | LmpBehaviors.Dwdm | LmpBehaviors.ConsistencyCheck;

    /// <summary>Makes the object as it is sent: negotiable (RFC 6898 §3.2), 32 bits long, MBZ bits zero.</summary>
    public BehaviorConfig(LmpBehaviors behaviors) : this([(uint)(behaviors & DefinedFlags)]) => Negotiable = true;

    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.Config;

    /// <inheritdoc/>
    public override byte CType => 3;

    /// <inheritdoc/>
    public override int BodyLength => 4 * Words.Count;

    /// <summary>The behaviours the sender supports.</summary>
    public LmpBehaviors Behaviors => Words.Count == 0 ? LmpBehaviors.None : (LmpBehaviors)Words[0] & DefinedFlags;

    /// <summary>Whether any MBZ bit is set, which RFC 6898 §3.2 makes unacceptable.</summary>
    public bool HasUnknownBits
    {
        get
        {
            for (var i = 0; i < Words.Count; i++)
                if ((Words[i] & ~(i == 0 ? (uint)DefinedFlags : 0)) != 0) return true;
            return false;
        }
    }

    internal static BehaviorConfig Read(ObjectHeader header, ref LmpReader body)
    {
        // At least one word: where there is none, the read fails and with it the object.
        var words = new uint[Math.Max(1, body.Remaining / 4)];
        for (var i = 0; i < words.Length; i++) words[i] = body.ReadUInt32();
        return new BehaviorConfig(ValueList.Wrap(words)) { Negotiable = header.Negotiable };
    }

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer)
    {
        foreach (var word in Words) writer.WriteUInt32(word);
    }

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields)
    {
        fields.Flag("sonetSdhTrace", Behaviors.HasFlag(LmpBehaviors.SonetSdhTrace), "S: trace behaviour of SONET/SDH, RFC 4207");
        fields.Flag("dwdm", Behaviors.HasFlag(LmpBehaviors.Dwdm), "D: DWDM behaviour, RFC 4209");
        fields.Flag("consistencyCheck", Behaviors.HasFlag(LmpBehaviors.ConsistencyCheck), "C: data channel consistency check, RFC 5818");
        if (HasUnknownBits) fields.Text("mbz", MbzInHexadecimal(), "bits that no RFC defines: not acceptable");
    }

    private string MbzInHexadecimal()
    {
        var bytes = new byte[BodyLength];
        var writer = new LmpWriter(bytes);
        WriteBody(ref writer);
        bytes[0] &= 0x1F;
        return Convert.ToHexStringLower(bytes);
    }
}
