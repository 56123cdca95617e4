using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

public class HelloSectionTests
{
    [Theory]
    [InlineData("hello-interval: 100ms", 100, 10, 65535)]
    [InlineData("hello-interval: 0.1s", 100, 10, 65535)]
    [InlineData("hello-interval: \"100 ms\"", 100, 10, 65535)]
    [InlineData("hello-interval: 5ms", 5, 5, 65535)]
    [InlineData("hello-interval: {prefer: 100ms}", 100, 10, 65535)]
    [InlineData("hello-interval: {prefer: 100ms, min: 50ms}", 100, 50, 65535)]
    [InlineData("hello-interval: {prefer: 100ms, min: 50ms, max: 0.3s}", 100, 50, 300)]
    [InlineData("hello-interval: {prefer: 100ms, min: 100ms, max: 100ms}", 100, 100, 100)]
    public void Prefers_an_interval_and_accepts_a_range(string lines, ushort prefer, ushort min, ushort max)
    {
        var channel = Reading.Channel(lines);

        Assert.Equal(new IntervalRange(prefer, min, max), channel.HelloInterval);
        Assert.Equal(IntervalRange.DefaultHelloDead, channel.HelloDeadInterval);
    }

    [Theory]
    [InlineData("hello-dead-interval: 65.535s", 65535, 10, 65535)]
    [InlineData("hello-dead-interval: 1min", 60000, 10, 65535)]
    [InlineData("hello-dead-interval: {prefer: 1s, min: 900ms, max: 3s}", 1000, 900, 3000)]
    public void Prefers_a_dead_interval_and_accepts_a_range(string lines, ushort prefer, ushort min, ushort max) =>
        Assert.Equal(new IntervalRange(prefer, min, max), Reading.Channel(lines).HelloDeadInterval);

    [Theory]
    [InlineData("hello-interval: 0\nhello-dead-interval: 0")]
    [InlineData("hello-interval: 0ms\nhello-dead-interval: 0.0s")]
    [Requirement("4204-3.2.1-3")]
    [Requirement("4204-13.6-2")]
    public void Zero_and_zero_is_no_Hello(string lines)
    {
        var channel = Reading.Channel(lines);

        Assert.Equal(IntervalRange.Off, channel.HelloInterval);
        Assert.Equal(IntervalRange.Off, channel.HelloDeadInterval);
        Assert.True(channel.HelloInterval.IsOff && channel.HelloDeadInterval.IsOff);
    }

    [Theory]
    [InlineData("hello-interval: 0\nhello-dead-interval: ¶500ms",
        "hello-dead-interval: 500ms, but hello-interval is 0ms; write 0 for both, which means no Hello, or for neither (RFC 4204 §3.2.1)")]
    [InlineData("hello-interval: 150ms\nhello-dead-interval: ¶0",
        "hello-dead-interval: 0ms, but hello-interval is 150ms; write 0 for both, which means no Hello, or for neither (RFC 4204 §3.2.1)")]
    [InlineData("hello-dead-interval: ¶0",
        "hello-dead-interval: 0ms, but hello-interval is 150ms; write 0 for both, which means no Hello, or for neither (RFC 4204 §3.2.1)")]
    [InlineData("hello-interval: ¶0",
        "hello-interval: 0ms, but hello-dead-interval is 500ms unless said otherwise; write 0 for both, which means no Hello, or for neither (RFC 4204 §3.2.1)")]
    [InlineData("hello-interval: 0\nhello-dead-interval: ¶{prefer: 500ms}",
        "hello-dead-interval: 500ms, but hello-interval is 0ms; write 0 for both, which means no Hello, or for neither (RFC 4204 §3.2.1)")]
    [Requirement("4204-3.2.1-3")]
    [Requirement("4204-13.6-2")]
    public void Zero_alone_is_wrong(string lines, string error) => Reading.Bad(Texts.Channel(lines), error);

    [Theory]
    [InlineData("hello-interval: 500ms\nhello-dead-interval: ¶500ms",
        "hello-dead-interval: 500ms, but hello-interval is 500ms; hello-dead-interval has to be greater than hello-interval, and should be at least 3 times as much, 1500ms (RFC 4204 §3.2.1)")]
    [InlineData("hello-dead-interval: ¶100ms",
        "hello-dead-interval: 100ms, but hello-interval is 150ms; hello-dead-interval has to be greater than hello-interval, and should be at least 3 times as much, 450ms (RFC 4204 §3.2.1)")]
    [InlineData("hello-interval: ¶1s",
        "hello-interval: 1000ms, but hello-dead-interval is 500ms unless said otherwise; hello-dead-interval has to be greater than hello-interval, and should be at least 3 times as much, 3000ms (RFC 4204 §3.2.1)")]
    [InlineData("hello-interval: {prefer: 2s, min: 1s, max: 3s}\nhello-dead-interval: ¶{prefer: 1s, min: 1s, max: 2s}",
        "hello-dead-interval: 1000ms, but hello-interval is 2000ms; hello-dead-interval has to be greater than hello-interval, and should be at least 3 times as much, 6000ms (RFC 4204 §3.2.1)")]
    [InlineData("hello-interval: 60s\nhello-dead-interval: ¶1min",
        "hello-dead-interval: 60000ms, but hello-interval is 60000ms; hello-dead-interval has to be greater than hello-interval, and should be at least 3 times as much, 65535ms (RFC 4204 §3.2.1)")]
    [Requirement("4204-3.2.1-2")]
    [Requirement("4204-13.6-1")]
    public void The_dead_interval_is_greater(string lines, string error) => Reading.Bad(Texts.Channel(lines), error);

    [Theory]
    [InlineData("hello-dead-interval: ¶449ms",
        "hello-dead-interval: 449ms, but hello-interval is 150ms; hello-dead-interval should be at least 3 times hello-interval, 450ms, or one or two lost Hellos take the channel down (RFC 4204 §3.2.1)")]
    [InlineData("hello-interval: ¶200ms",
        "hello-interval: 200ms, but hello-dead-interval is 500ms unless said otherwise; hello-dead-interval should be at least 3 times hello-interval, 600ms, or one or two lost Hellos take the channel down (RFC 4204 §3.2.1)")]
    [Requirement("4204-3.2.1-2")]
    [Requirement("4204-13.6-1")]
    public void A_dead_interval_below_three_intervals_is_doubtful(string lines, string warning) => Reading.Doubtful(Texts.Channel(lines), warning);

    [Fact]
    [Requirement("4204-3.2.1-2")]
    public void Three_intervals_are_enough() => Reading.Doubtful(Texts.Channel("hello-dead-interval: 450ms"));

    [Theory]
    [InlineData("hello-interval: ¶150", "hello-interval: \"150\" has no unit; write 150ms or 150s")]
    [InlineData("hello-interval: ¶150us", "hello-interval: \"150us\" has no known unit; write ms, s, min or h, such as 150ms or 2s")]
    [InlineData("hello-interval: ¶150 MS", "hello-interval: \"150 MS\" has no known unit; write ms, s, min or h, such as 150ms or 2s")]
    [InlineData("hello-interval: ¶fast", "hello-interval: \"fast\" is not a duration; write a number and ms, s, min or h, such as 150ms or 2s")]
    [InlineData("hello-interval: ¶-1ms", "hello-interval: \"-1ms\" is not a duration; write a number and ms, s, min or h, such as 150ms or 2s")]
    [InlineData("hello-interval: ¶1.2.3s", "hello-interval: \"1.2.3s\" is not a duration; write a number and ms, s, min or h, such as 150ms or 2s")]
    [InlineData("hello-interval: ¶99999999999999999999999999999999s", "hello-interval: \"99999999999999999999999999999999s\" is not a duration; write a number and ms, s, min or h, such as 150ms or 2s")]
    [InlineData("hello-interval: ¶1.5ms", "hello-interval: \"1.5ms\" is not a whole number of milliseconds; write one, such as 150ms")]
    [InlineData("hello-dead-interval: ¶65536ms", "hello-dead-interval: \"65536ms\" is too long; the most is 65535ms (16 bits, RFC 4204 §13.6)")]
    [InlineData("hello-dead-interval: ¶1h", "hello-dead-interval: \"1h\" is too long; the most is 65535ms (16 bits, RFC 4204 §13.6)")]
    [InlineData("hello-interval: ¶[ 150ms ]", "hello-interval: a single value is expected here, not a list; put a value that begins with [ in quotes")]
    public void Durations_have_units(string lines, string error) => Reading.Bad(Texts.Channel(lines), error);

    [Theory]
    [InlineData("hello-interval: ¶{min: 10ms, max: 1s}", "hello-interval: prefer is missing; add it, such as prefer: 150ms")]
    [InlineData("hello-interval: {prefer: ¶0}", "prefer: 0 stands for no Hello, which has no range; write at least 1ms, or a plain 0 in place of the range")]
    [InlineData("hello-interval: {prefer: 150ms, min: ¶0}", "min: 0 stands for no Hello, which has no range; write at least 1ms, or a plain 0 in place of the range")]
    [InlineData("hello-interval: {prefer: 150ms, min: ¶2s, max: 1s}", "min: 2000ms is above max, 1000ms; swap them")]
    [InlineData("hello-interval: {prefer: ¶150ms, min: 200ms}", "prefer: 150ms is outside of 200ms to 65535ms, what this end accepts; write a value in between")]
    [InlineData("hello-interval: {prefer: ¶150ms, max: 100ms}", "prefer: 150ms is outside of 10ms to 100ms, what this end accepts; write a value in between")]
    [InlineData("hello-interval: {prefer: 150ms, max: ¶70s}", "max: \"70s\" is too long; the most is 65535ms (16 bits, RFC 4204 §13.6)")]
    [InlineData("hello-interval: {prefer: 150ms, ¶maximum: 1s}", "hello-interval: there is no key \"maximum\"; the keys here are prefer, min, max")]
    public void Ranges_are_in_order(string lines, string error) => Reading.Bad(Texts.Channel(lines), error);
}
