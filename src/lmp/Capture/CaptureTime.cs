// draft-ietf-opsawg-pcapng §4.2 (if_tsresol)
namespace OpenLmp.Cli.Capture;

/// <summary>When a packet was captured, in the resolution of the capture.</summary>
/// <param name="Seconds">Since 1970-01-01 UTC.</param>
/// <param name="Fraction">Of a second, in units of 10 to the minus <paramref name="Digits"/>.</param>
/// <param name="Digits">Decimal digits of the fraction, 0-12.</param>
internal readonly record struct CaptureTime(long Seconds, ulong Fraction, byte Digits)
{
    private const long FirstSecondOfYear1 = -62_135_596_800;
    private const long LastSecondOfYear9999 = 253_402_300_799;

    /// <summary>The time of packets whose block has none.</summary>
    public static readonly CaptureTime Unknown = new(long.MinValue, 0, 0);

    /// <summary>Whether there is a time that a calendar can show.</summary>
    public bool IsKnown => Seconds is >= FirstSecondOfYear1 and <= LastSecondOfYear9999;

    /// <summary>The fraction of the second in microseconds, rounded down.</summary>
    public uint Microseconds => Digits switch
    {
        6 => (uint)Fraction,
        > 6 => (uint)(Fraction / TimestampResolution.PowerOf10(Digits - 6)),
        _ => (uint)(Fraction * TimestampResolution.PowerOf10(6 - Digits)),
    };
}

/// <summary>The unit of a capture's timestamps: a power of ten or of two of a second.</summary>
/// <param name="IfTsResol">As in pcapng: the negative exponent, of ten, or of two where the top bit is set.</param>
internal readonly record struct TimestampResolution(byte IfTsResol)
{
    /// <summary>The default.</summary>
    public static readonly TimestampResolution Microseconds = new(6);

    /// <summary>What pcap files with the other magic number have.</summary>
    public static readonly TimestampResolution Nanoseconds = new(9);

    // No clock says more than picoseconds, and 10^12 times a fraction still fits easily.
    private const int MaxDigits = 12;

    private static readonly ulong[] Powers = Enumerable.Range(0, 20).Select(n => Enumerable.Repeat(10UL, n).Aggregate(1UL, (a, b) => a * b)).ToArray();

    /// <summary>10 to the <paramref name="exponent"/>, 0-19.</summary>
    public static ulong PowerOf10(int exponent) => Powers[exponent];

    /// <summary>The time of a timestamp.</summary>
    /// <param name="ticks">Units since 1970.</param>
    /// <param name="offset">Seconds to add.</param>
    public CaptureTime At(ulong ticks, long offset)
    {
        var exponent = IfTsResol & 0x7F;
        var (seconds, fraction, digits) = IfTsResol < 0x80 ? Decimal(ticks, exponent) : Binary(ticks, exponent);
        if (seconds > long.MaxValue) return CaptureTime.Unknown;
        var sum = (Int128)seconds + offset;
        return sum > long.MaxValue || sum < long.MinValue ? CaptureTime.Unknown : new CaptureTime((long)sum, fraction, digits);
    }

    private static (ulong Seconds, ulong Fraction, byte Digits) Decimal(ulong ticks, int exponent) => exponent switch
    {
        <= MaxDigits => (ticks / Powers[exponent], ticks % Powers[exponent], (byte)exponent),
        <= 19 => (ticks / Powers[exponent], ticks % Powers[exponent] / Powers[exponent - MaxDigits], MaxDigits),
        // 64 bits of such units are less than two seconds.
        <= 19 + MaxDigits => (0, ticks / Powers[exponent - MaxDigits], MaxDigits),
        _ => (0, 0, MaxDigits),
    };

    private static (ulong Seconds, ulong Fraction, byte Digits) Binary(ulong ticks, int exponent)
    {
        // As many decimal digits as tell neighbouring values apart: log10(2) = 0.30103.
        var digits = (byte)Math.Min(MaxDigits, Math.Ceiling(exponent * 0.30103));
        var seconds = exponent < 64 ? ticks >> exponent : 0;
        var rest = exponent < 64 ? ticks - (seconds << exponent) : ticks;
        return (seconds, (ulong)(((UInt128)rest * Powers[digits]) >> exponent), digits);
    }
}
