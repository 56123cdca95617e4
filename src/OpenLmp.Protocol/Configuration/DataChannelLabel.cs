// RFC 5818 §5.2
using System.Buffers.Binary;
using System.Globalization;
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// A data channel's label: the Data Channel ID of RFC 5818 §5.2, 1 to <see cref="MaxLength"/> bytes whose meaning depends on the type of signal
/// (RFC 3471 §3.2, for SONET and SDH RFC 4606).
/// </summary>
/// <param name="Bytes">The label's bytes.</param>
public readonly record struct DataChannelLabel(ValueList<byte> Bytes)
{
    /// <summary>The longest label, in bytes.</summary>
    public const int MaxLength = DataChannelStatusSubobject.MaxIdLength;

    private const string Hex = "hex:";

    /// <summary>A label of 4 bytes, as most are: a port, a wavelength, a timeslot.</summary>
    public static DataChannelLabel Of(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new DataChannelLabel(ValueList.Create<byte>(bytes));
    }

    /// <summary>The label of a data link that is one data channel: its Interface_Id.</summary>
    public static DataChannelLabel Of(Identifier id)
    {
        Span<byte> bytes = stackalloc byte[id.Length];
        var writer = new LmpWriter(bytes);
        id.Write(ref writer);
        return new DataChannelLabel(ValueList.Create<byte>(bytes));
    }

    /// <summary>Parses a label of any length: <c>hex:0a0b0c</c>.</summary>
    public static bool TryParseHex(string text, out DataChannelLabel label)
    {
        ArgumentNullException.ThrowIfNull(text);
        label = default;
        if (!text.StartsWith(Hex, StringComparison.OrdinalIgnoreCase)) return false;
        var digits = text.AsSpan(Hex.Length);
        if (digits.Length is 0 or > 2 * MaxLength || digits.Length % 2 != 0) return false;
        var bytes = new byte[digits.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
            if (!byte.TryParse(digits.Slice(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i])) return false;
        label = new DataChannelLabel(ValueList.Create<byte>(bytes));
        return true;
    }

    /// <summary>The label as a number; null where it is not 4 bytes long.</summary>
    public uint? Number => Bytes.Count == 4 ? BinaryPrimitives.ReadUInt32BigEndian(Bytes.Span) : null;

    /// <summary>The label as it is written in configurations: <c>201</c>, or <c>hex:0a0b0c</c> where it is not 4 bytes long.</summary>
    public override string ToString() =>
        Number is { } number ? number.ToString(CultureInfo.InvariantCulture) : Hex + Convert.ToHexStringLower(Bytes.Span);
}
