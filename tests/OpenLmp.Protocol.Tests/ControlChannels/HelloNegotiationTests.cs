// RFC 4204 §3.1, §3.2.1, §13.6: which Hello parameters are acceptable, and what is offered instead.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class HelloNegotiationTests
{
    [Theory, Requirement("4204-3.2.1-2"), Requirement("4204-13.6-1")]
    [InlineData(150, 500, true)]
    [InlineData(100, 400, true)]
    [InlineData(200, 800, true)]
    [InlineData(99, 500, false)]
    [InlineData(201, 500, false)]
    [InlineData(150, 399, false)]
    [InlineData(150, 801, false)]
    [InlineData(0, 500, false)]
    [InlineData(150, 0, false)]
    [InlineData(0, 0, false)]
    [InlineData(ushort.MaxValue, ushort.MaxValue, false)]
    public void What_lies_in_both_ranges_is_acceptable(ushort hello, ushort dead, bool accepted) =>
        Assert.Equal(accepted, HelloNegotiation.Accepts(Ranges((100, 200), (400, 800)), new HelloConfig(hello, dead)));

    [Theory, Requirement("4204-3.2.1-2"), Requirement("4204-13.6-1")]
    [InlineData(500, 500)]
    [InlineData(500, 499)]
    [InlineData(500, 0)]
    [InlineData(0, 1)]
    public void HelloDeadInterval_has_to_be_greater_than_HelloInterval_even_where_every_value_is_acceptable(ushort hello, ushort dead)
    {
        var channel = Ranges((0, 65535), (0, 65535));
        Assert.False(HelloNegotiation.Accepts(channel, new HelloConfig(hello, dead)));
        Assert.NotEmpty(HelloNegotiation.Difference(channel, new HelloConfig(hello, dead), "b"));
    }

    [Theory, Requirement("4204-3.2.1-3"), Requirement("4204-13.6-2")]
    [InlineData(true, 0, 0, true)]
    [InlineData(true, 150, 500, false)]
    [InlineData(true, 0, 500, false)]
    [InlineData(true, 150, 0, false)]
    [InlineData(false, 0, 0, false)]
    [InlineData(false, 150, 500, true)]
    public void Hello_off_agrees_only_with_Hello_off(bool off, ushort hello, ushort dead, bool accepted)
    {
        var channel = Channel(1, "10.255.0.1", "10.255.0.2");
        if (off) channel = channel with { HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off };
        Assert.Equal(accepted, HelloNegotiation.Accepts(channel, new HelloConfig(hello, dead)));
        Assert.True(HelloNegotiation.Accepts(channel, HelloNegotiation.Preferred(channel)));
        if (!accepted) Assert.NotEmpty(HelloNegotiation.Difference(channel, new HelloConfig(hello, dead), "b"));
    }

    [Theory, Requirement("4204-12.3.3-4")]
    [InlineData(50, 500, 100, 500)]
    [InlineData(250, 500, 200, 500)]
    [InlineData(150, 300, 150, 400)]
    [InlineData(150, 900, 150, 800)]
    [InlineData(1000, 3000, 200, 800)]
    [InlineData(0, 500, 100, 500)]
    [InlineData(0, 0, 150, 500)]
    [InlineData(300, 200, 200, 400)]
    public void The_offer_is_the_nearest_acceptable_pair(ushort hello, ushort dead, ushort offeredHello, ushort offeredDead) =>
        Assert.Equal(new HelloConfig(offeredHello, offeredDead) { Negotiable = true }, HelloNegotiation.Nearest(Ranges((100, 200), (400, 800)), new HelloConfig(hello, dead)));

    [Fact, Requirement("4204-3.2.1-2")]
    public void An_unacceptable_pair_of_acceptable_values_is_answered_with_three_times_the_interval()
    {
        var channel = Ranges((10, 65535), (10, 65535));
        Assert.Equal(new HelloConfig(500, 1500) { Negotiable = true }, HelloNegotiation.Nearest(channel, new HelloConfig(500, 500)));
        Assert.Equal(new HelloConfig(30000, 65535) { Negotiable = true }, HelloNegotiation.Nearest(channel, new HelloConfig(30000, 20)));
        Assert.Equal(new HelloConfig(65534, 65535) { Negotiable = true }, HelloNegotiation.Nearest(channel, new HelloConfig(65535, 65535)));
    }

    [Fact, Requirement("4204-12.3.3-4")]
    public void Every_offer_is_acceptable_to_who_makes_it()
    {
        var random = new Random(4204);
        for (var i = 0; i < 20_000; i++)
        {
            var (hello, dead) = (Range(random), Range(random));
            // A configuration in which no pair is acceptable is refused before it gets here.
            if (Math.Max(dead.Max, (ushort)1) <= Math.Max(hello.Min, (ushort)1)) continue;
            var channel = Ranges((hello.Min, hello.Max), (dead.Min, dead.Max));
            if (!HelloNegotiation.Accepts(channel, HelloNegotiation.Preferred(channel))) continue;
            var proposed = new HelloConfig(Value(random), Value(random));
            var offer = HelloNegotiation.Nearest(channel, proposed);
            Assert.True(HelloNegotiation.Accepts(channel, offer), $"{channel.HelloInterval}, {channel.HelloDeadInterval}: {proposed} -> {offer}");
            if (HelloNegotiation.Accepts(channel, proposed))
                Assert.Equal((proposed.HelloInterval, proposed.HelloDeadInterval), (offer.HelloInterval, offer.HelloDeadInterval));
            else
                Assert.NotEmpty(HelloNegotiation.Difference(channel, proposed, "b"));
        }
    }

    [Theory]
    [InlineData(1100, 5000, "hello interval 900-1000 ms here, 1100 ms at b")]
    [InlineData(950, 100, "hello dead interval 3000-6000 ms here, 100 ms at b; b's hello dead interval of 100 ms is not above its hello interval of 950 ms")]
    [InlineData(0, 0, "hello interval 900-1000 ms here, Hello is off at b")]
    public void The_difference_is_told_in_words(ushort hello, ushort dead, string text) =>
        Assert.Equal(text, HelloNegotiation.Difference(Ranges((900, 1000), (3000, 6000)), new HelloConfig(hello, dead), "b"));

    [Fact]
    public void The_difference_with_Hello_off_here_is_told_in_words()
    {
        var channel = Channel(1, "10.255.0.1", "10.255.0.2") with { HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off };
        Assert.Equal("Hello is off here, b wants 150/500 ms", HelloNegotiation.Difference(channel, new HelloConfig(150, 500), "b"));
    }

    private static ControlChannelConfiguration Ranges((int Min, int Max) hello, (int Min, int Max) dead) => Channel(1, "10.255.0.1", "10.255.0.2") with
    {
        HelloInterval = new IntervalRange((ushort)Math.Clamp(150, hello.Min, hello.Max), (ushort)hello.Min, (ushort)hello.Max),
        HelloDeadInterval = new IntervalRange((ushort)Math.Clamp(500, dead.Min, dead.Max), (ushort)dead.Min, (ushort)dead.Max),
    };

    private static (ushort Min, ushort Max) Range(Random random)
    {
        var (a, b) = (Value(random), Value(random));
        return a < b ? (a, b) : (b, a);
    }

    // The edges as often as what lies between.
    private static ushort Value(Random random) => random.Next(6) switch
    {
        0 => 0,
        1 => 1,
        2 => ushort.MaxValue,
        _ => (ushort)random.Next(ushort.MaxValue),
    };
}
