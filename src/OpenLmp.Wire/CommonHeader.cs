// RFC 4204 §12.1
namespace OpenLmp.Wire;

/// <summary>Flags of the common header (RFC 4204 §12.1). Other bits are sent as zero and ignored on receipt.</summary>
[Flags]
public enum HeaderFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The sender takes the control channel down administratively (RFC 4204 §3.2.3).</summary>
    ControlChannelDown = 0x01,

    /// <summary>The sender restarted and lost its LMP control state (RFC 4204 §8).</summary>
    LmpRestart = 0x02,
}

/// <summary>The 8 bytes every LMP message starts with (RFC 4204 §12.1). Reserved bits are sent as zero and ignored on receipt.</summary>
/// <param name="Flags">The flags; reserved bits read as zero.</param>
/// <param name="Type">Message type; any value may be received.</param>
/// <param name="Length">LMP Length: bytes of the whole message, header included.</param>
public readonly record struct CommonHeader(HeaderFlags Flags, MessageType Type, ushort Length)
{
    /// <summary>The header's size in bytes.</summary>
    public const int Size = 8;

    /// <summary>The only protocol version.</summary>
    public const byte Version = 1;

    /// <summary>The flags RFC 4204 defines; the others are reserved.</summary>
    internal const HeaderFlags DefinedFlags = HeaderFlags.ControlChannelDown | HeaderFlags.LmpRestart;

    /// <summary>The largest message: what fits one UDP datagram over IPv4.</summary>
    public const int MaxMessageLength = 65507;

    /// <summary>Reads the header of a datagram and checks version and length.</summary>
    /// <param name="datagram">A whole UDP payload.</param>
    /// <param name="header">The header, if the result is true.</param>
    /// <param name="error">What is wrong, if the result is false.</param>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out CommonHeader header, out DecodeError error)
    {
        header = default;
        if (datagram.Length < Size)
        {
            error = new DecodeError(DecodeErrorKind.TooShort, 0, (uint)datagram.Length);
            return false;
        }

        var version = datagram[0] >> 4;
        if (version != Version)
        {
            error = new DecodeError(DecodeErrorKind.BadVersion, 0, (uint)version);
            return false;
        }

        var length = (ushort)((datagram[4] << 8) | datagram[5]);
        header = new CommonHeader((HeaderFlags)datagram[2] & DefinedFlags, (MessageType)datagram[3], length);
        if (length != datagram.Length)
        {
            error = new DecodeError(DecodeErrorKind.LengthMismatch, 4, length);
            return false;
        }

        error = default;
        return true;
    }

    /// <summary>Writes the header, reserved bits zero.</summary>
    public void Write(ref LmpWriter writer)
    {
        writer.WriteUInt16(Version << 12);
        writer.WriteByte((byte)(Flags & DefinedFlags));
        writer.WriteByte((byte)Type);
        writer.WriteUInt16(Length);
        writer.WriteUInt16(0);
    }
}
