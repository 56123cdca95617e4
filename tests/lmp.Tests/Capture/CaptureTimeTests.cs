using OpenLmp.Cli.Capture;

namespace OpenLmp.Cli.Tests.Capture;

public class CaptureTimeTests
{
    [Theory]
    [InlineData(0, 42ul, 42, 0ul, 0)]
    [InlineData(3, 42_007ul, 42, 7ul, 3)]
    [InlineData(6, 1_000_001ul, 1, 1ul, 6)]
    [InlineData(9, 1_000_000_001ul, 1, 1ul, 9)]
    [InlineData(12, 3_000_000_000_004ul, 3, 4ul, 12)]
    [InlineData(15, 3_000_000_000_004_999ul, 3, 4ul, 12)] // beyond picoseconds: cut
    [InlineData(19, 10_000_000_000_000_000_000ul, 1, 0ul, 12)]
    [InlineData(20, 10_000_000_000_000_000_000ul, 0, 100_000_000_000ul, 12)]
    [InlineData(31, 10_000_000_000_000_000_000ul, 0, 1ul, 12)]
    [InlineData(127, ulong.MaxValue, 0, 0ul, 12)]
    [InlineData(0x80, 42ul, 42, 0ul, 0)]
    [InlineData(0x81, 5ul, 2, 5ul, 1)]
    [InlineData(0xA0, 0x1_8000_0000ul, 1, 5_000_000_000ul, 10)] // 2^-32, as network cards count
    [InlineData(0xC0, ulong.MaxValue, 0, 999_999_999_999ul, 12)]
    [InlineData(0xFF, ulong.MaxValue, 0, 0ul, 12)]
    public void Converts_every_resolution(byte resolution, ulong ticks, long seconds, ulong fraction, byte digits) =>
        Assert.Equal(new CaptureTime(seconds, fraction, digits), new TimestampResolution(resolution).At(ticks, 0));

    [Theory]
    [InlineData(0, 0ul, 0u)]
    [InlineData(3, 7ul, 7_000u)]
    [InlineData(6, 999_999ul, 999_999u)]
    [InlineData(9, 999_999_999ul, 999_999u)]
    [InlineData(12, 1_999_999ul, 1u)]
    public void Rounds_down_to_microseconds(byte digits, ulong fraction, uint microseconds) =>
        Assert.Equal(microseconds, new CaptureTime(0, fraction, digits).Microseconds);

    [Fact]
    public void A_time_that_no_calendar_has_is_unknown_not_an_error()
    {
        Assert.False(TimestampResolution.Microseconds.At(0, long.MinValue).IsKnown);
        Assert.False(TimestampResolution.Microseconds.At(ulong.MaxValue, long.MaxValue).IsKnown);
        Assert.False(new TimestampResolution(0).At(ulong.MaxValue, 0).IsKnown);
        Assert.False(new TimestampResolution(0).At(253_402_300_800, 0).IsKnown);
        Assert.True(new TimestampResolution(0).At(253_402_300_799, 0).IsKnown);
        Assert.False(CaptureTime.Unknown.IsKnown);
    }
}
