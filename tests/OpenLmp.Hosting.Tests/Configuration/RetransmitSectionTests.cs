using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

public class RetransmitSectionTests
{
    [Theory]
    [InlineData("{}", 500, 1, 3, 2000)]
    [InlineData("{interval: 1s}", 1000, 1, 3, 2000)]
    [InlineData("{delta: 0.5}", 500, 0.5, 3, 2000)]
    [InlineData("{delta: 0}", 500, 0, 3, 2000)]
    [InlineData("{limit: 1}", 500, 1, 1, 2000)]
    [InlineData("{pause: 5min}", 500, 1, 3, 300_000)]
    [InlineData("{pause: 0}", 500, 1, 3, 0)]
    [InlineData("{interval: 1.5ms, delta: 2, limit: 5, pause: 1h}", 1.5, 2, 5, 3_600_000)]
    public void Says_what_differs_from_the_RFCs_values(string text, double interval, double delta, int limit, double pause) =>
        Assert.Equal(new RetransmitConfiguration(TimeSpan.FromMilliseconds(interval), delta, limit, TimeSpan.FromMilliseconds(pause)),
            Reading.Channel($"retransmit: {text}").Retransmit);

    [Theory]
    [InlineData("¶500ms", "retransmit: keys with values are expected here, not a single value; the keys here are interval, delta, limit, pause")]
    [InlineData("{interval: ¶0}", "interval: \"0\" is too short; write at least 1ms")]
    [InlineData("{interval: ¶0.5ms}", "interval: \"0.5ms\" is too short; write at least 1ms")]
    [InlineData("{interval: ¶500}", "interval: \"500\" has no unit; write 500ms or 500s")]
    [InlineData("{interval: ¶25h}", "interval: \"25h\" is too long; the most is 24h")]
    [InlineData("{delta: ¶-1}", "delta: \"-1\" is not a number from 0 to 100; with 1 each interval is twice the one before")]
    [InlineData("{delta: ¶101}", "delta: \"101\" is not a number from 0 to 100; with 1 each interval is twice the one before")]
    [InlineData("{delta: ¶nan}", "delta: \"nan\" is not a number from 0 to 100; with 1 each interval is twice the one before")]
    [InlineData("{limit: ¶0}", "limit: \"0\" is not a number from 1 to 1000; it counts the transmissions, the first included")]
    [InlineData("{limit: ¶1001}", "limit: \"1001\" is not a number from 1 to 1000; it counts the transmissions, the first included")]
    [InlineData("{limit: ¶3.5}", "limit: \"3.5\" is not a number from 1 to 1000; it counts the transmissions, the first included")]
    [InlineData("{pause: ¶forever}", "pause: \"forever\" is not a duration; write a number and ms, s, min or h, such as 150ms or 2s")]
    [InlineData("¶{limit: 30}", "retransmit: with these values a message is given up only after more than 24h; lower limit, delta or interval")]
    [InlineData("{¶retries: 3}", "retransmit: there is no key \"retries\"; the keys here are interval, delta, limit, pause")]
    public void Ends_some_time(string text, string error) => Reading.Bad(Texts.Channel($"retransmit: {text}"), error);
}
