// RFC 4204 §13.8; RFC 4207 §3.1
namespace OpenLmp.Wire;

/// <summary>Verify Transport Mechanism bits (RFC 4204 §13.8). All but <see cref="Payload"/> belong to one encoding type.</summary>
[Flags]
public enum VerifyTransport : ushort
{
    /// <summary>No mechanism.</summary>
    None = 0,

    /// <summary>SONET/SDH: Test messages over the Section/RS DCC.</summary>
    Dccs = 0x0002,

    /// <summary>SONET/SDH: Test messages over the Line/MS DCC.</summary>
    Dccl = 0x0004,

    /// <summary>SONET/SDH: J0 Section trace correlation; Test messages over the control channel.</summary>
    J0Trace = 0x0008,

    /// <summary>SONET/SDH: J1 Path trace correlation; Test messages over the control channel.</summary>
    J1Trace = 0x0040,

    /// <summary>SONET/SDH: J2 Path trace correlation; Test messages over the control channel.</summary>
    J2Trace = 0x0080,

    /// <summary>Any encoding type: Test messages in the payload, as IP packets.</summary>
    Payload = 0x8000,
}

/// <summary>Names of verify transport mechanisms.</summary>
public static class VerifyTransports
{
    private static readonly (VerifyTransport Bit, string Name)[] SdhNames =
    [
        (VerifyTransport.Dccs, "DCCS"), (VerifyTransport.Dccl, "DCCL"), (VerifyTransport.J0Trace, "J0-trace"), (VerifyTransport.J1Trace, "J1-trace"),
        (VerifyTransport.J2Trace, "J2-trace"),
    ];

    /// <summary>The mechanisms, and their names as configurations and agents write them.</summary>
    public static IReadOnlyList<(VerifyTransport Value, string Name)> All { get; } =
    [
        (VerifyTransport.Payload, "payload"), (VerifyTransport.Dccs, "dccs"), (VerifyTransport.Dccl, "dccl"), (VerifyTransport.J0Trace, "j0-trace"),
        (VerifyTransport.J1Trace, "j1-trace"), (VerifyTransport.J2Trace, "j2-trace"),
    ];

    /// <summary>The name of one mechanism; null where it has none.</summary>
    public static string? Name(VerifyTransport transport) => All.FirstOrDefault(t => t.Value == transport).Name;

    /// <summary>The RFCs' names of the bits set, joined by commas; bits without a name in hexadecimal.</summary>
    /// <param name="transports">The bit mask.</param>
    /// <param name="encoding">The encoding type, which gives the bits their meaning; null where the message does not tell it.</param>
    public static string InWords(VerifyTransport transports, EncodingType? encoding)
    {
        if (transports == VerifyTransport.None) return "none";
        var words = new List<string>();
        if (transports.HasFlag(VerifyTransport.Payload)) words.Add("Payload");
        var rest = transports & ~VerifyTransport.Payload;
        if (encoding is null or EncodingType.Sdh)
        {
            foreach (var (bit, name) in SdhNames)
            {
                if (!rest.HasFlag(bit)) continue;
                words.Add(encoding is null ? name + " (if SONET/SDH)" : name);
                rest &= ~bit;
            }
        }

        if (rest != 0) words.Add($"0x{(ushort)rest:x4} (not defined)");
        return string.Join(", ", words);
    }
}
