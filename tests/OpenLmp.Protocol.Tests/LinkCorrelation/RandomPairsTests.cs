// RFC 4204 §4: whatever the configurations and whatever the network loses, the verdict is exactly what differs.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class RandomPairsTests
{
    [Theory]
    [InlineData(0, 150)]
    [InlineData(150, 150)]
    [InlineData(300, 150)]
    public void The_verdict_at_both_ends_is_exactly_the_planted_difference(int first, int count)
    {
        for (var seed = first; seed < first + count; seed++) Check(seed);
    }

    private static void Check(int seed)
    {
        var random = new Random(seed);
        var pair = new RandomPair(random);
        var (network, a, b) = Pair(pair.A, pair.B, (uint)random.NextInt64(uint.MaxValue), (uint)random.NextInt64(uint.MaxValue));
        var loss = random.Next(0, 40);
        network.Filter = d =>
        {
            // Config has no place in this: without Hello, a node whose ConfigAck was lost negotiates on for a while.
            if (d.Type is MessageType.LinkSummary or MessageType.LinkSummaryAck or MessageType.LinkSummaryNack && random.Next(100) < loss) return false;
            network.Delay = TimeSpan.FromMilliseconds(random.Next(1, 300));
            return true;
        };
        network.Run(TimeSpan.FromMinutes(3));
        AssertVerdict($"seed {seed}, {pair.What}", pair.AtA, pair.AtB, pair.Bad, a, b);
        AssertQuiet(network, seed);

        // Corrected at either end, it is as if it had never been.
        var correction = pair.Corrections[random.Next(pair.Corrections.Count)];
        (correction.Name == "a" ? a : b).Node.Reconfigure(network.Now, correction);
        network.Run(TimeSpan.FromMinutes(3));
        AssertVerdict($"seed {seed}, {pair.What}, corrected at {correction.Name}", "", "", [], a, b);
        AssertQuiet(network, seed);
    }

    // What is settled is not spoken of any more.
    private static void AssertQuiet(VirtualNetwork network, int seed)
    {
        var sent = network.Sent.Count;
        network.Run(TimeSpan.FromHours(1));
        Assert.True(network.Sent.Count == sent, $"seed {seed}: {network.Sent.Count - sent} messages in an hour");
    }

    private static void AssertVerdict(string what, string atA, string atB, IReadOnlyList<string> bad, VirtualNode a, VirtualNode b)
    {
        Assert.Equal($"{what}: {atA}", $"{what}: {string.Join("\n", a.RaisedAlarms())}");
        Assert.Equal($"{what}: {atB}", $"{what}: {string.Join("\n", b.RaisedAlarms())}");
        foreach (var link in a.Node.TeLinks.Concat(b.Node.TeLinks).SelectMany(t => t.DataLinks))
        {
            var expected = bad.Contains(link.Name) ? DataLinkState.Down : DataLinkState.UpFree;
            Assert.True(link.State == expected && link.Reason.Length > 0 == (expected == DataLinkState.Down), $"{what}: {link.Name} is {link.State} '{link.Reason}'");
        }

        foreach (var teLink in a.Node.TeLinks.Concat(b.Node.TeLinks))
            Assert.True(bad.Count > 0 || teLink.State == TeLinkState.Up, $"{what}: {teLink.Name} is {teLink.State} '{teLink.Reason}'");
        foreach (var (linkA, linkB) in a.Node.TeLinks.Zip(b.Node.TeLinks).Where(_ => bad.Count == 0).SelectMany(t => t.First.DataLinks.Zip(t.Second.DataLinks)))
            Assert.Equal($"{what}: {Agreed(linkA)}", $"{what}: {Agreed(linkB)}");
    }

    private static string Agreed(DataLink link) => $"{link.Name} {string.Join(" ", link.AgreedCapabilities.OrderBy(c => c.SwitchingType))}";
}
