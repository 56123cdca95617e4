// RFC 4204 §4: whatever the configurations and whatever the network loses, the verdict is exactly what differs.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class RandomPairsTests
{
    [Theory]
    [InlineData(0, 300)]
    [InlineData(300, 300)]
    [InlineData(600, 300)]
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
            Assert.True(Sorted(linkA).SequenceEqual(Sorted(linkB)), $"{what}: {linkA.Name}: {string.Join(" ", Sorted(linkA))} and {string.Join(" ", Sorted(linkB))}");
    }

    private static IEnumerable<SwitchingCapability> Sorted(DataLink link) => link.AgreedCapabilities.OrderBy(c => c.SwitchingType);

    /// <summary>Two configurations that agree, but for one difference, or none.</summary>
    private sealed class RandomPair
    {
        private static readonly string[] Differences =
            ["nothing", "bandwidth", "switching type", "encoding", "wavelength", "remote id", "swapped ids", "missing", "link id"];

        private readonly Random _random;

        public RandomPair(Random random)
        {
            _random = random;
            What = Differences[random.Next(Differences.Length)];
            var form = (IdentifierType)random.Next(3);
            var counts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 12)).ToList();
            var teLinks = counts.Select((count, te) => Both(te, count, form)).ToList();
            (GoodA, GoodB) = (NodeA([.. teLinks.Select(t => t.A)]), NodeB([.. teLinks.Select(t => t.B)]));
            (A, B) = (GoodA, GoodB);
            Corrections = [GoodA, GoodB];
            Plant(random.Next(counts.Count));
        }

        public string What { get; private set; }

        /// <summary>What sets the difference right, each by itself.</summary>
        public IReadOnlyList<NodeConfiguration> Corrections { get; private set; }

        public NodeConfiguration A { get; private set; }

        public NodeConfiguration B { get; private set; }

        public string AtA { get; private set; } = "";

        public string AtB { get; private set; } = "";

        public IReadOnlyList<string> Bad { get; private set; } = [];

        private NodeConfiguration GoodA { get; }

        private NodeConfiguration GoodB { get; }

        private static Identifier Make(IdentifierType form, int number) =>
            new(form, form switch { IdentifierType.Unnumbered => (UInt128)number, IdentifierType.IPv4 => (UInt128)(0xC0000000u + number), _ => new UInt128(0x20010db800000000, (ulong)number) });

        private (TeLinkConfiguration A, TeLinkConfiguration B) Both(int te, int count, IdentifierType form)
        {
            var (a, b) = (new List<DataLinkConfiguration>(), new List<DataLinkConfiguration>());
            for (var i = 0; i < count; i++)
            {
                var (idA, idB) = (Make(form, 1000 + (100 * te) + i), Make(form, 5000 + (100 * te) + i));
                var wavelength = (uint)_random.Next(0, 3) * 7;
                var (capabilitiesA, capabilitiesB) = Capabilities();
                var link = new DataLinkConfiguration { Name = $"te{te}-{i}", LocalId = idA, RemoteId = idB, Port = _random.Next(2) == 0, Wavelength = wavelength, Capabilities = [.. capabilitiesA] };
                a.Add(link);
                b.Add(link with { LocalId = idB, RemoteId = idA, Port = _random.Next(2) == 0, Capabilities = [.. capabilitiesB] });
            }

            var (linkIdA, linkIdB) = (Make(form, 10 + te), Make(form, 50 + te));
            var (learnA, learnB) = (_random.Next(4) == 0, _random.Next(4) == 0);
            var template = new TeLinkConfiguration { Name = $"te{te}", Neighbor = "b", LocalId = linkIdA, RemoteId = learnA && !learnB ? null : linkIdB, DataLinks = [.. a] };
            return (template, template with { Neighbor = "a", LocalId = linkIdB, RemoteId = learnB && !learnA ? null : linkIdA, DataLinks = [.. b] });
        }

        // Fixed rates, or ranges that have something in common; sometimes two capabilities, in any order.
        private (List<SwitchingCapability> A, List<SwitchingCapability> B) Capabilities()
        {
            var (a, b) = (new List<SwitchingCapability>(), new List<SwitchingCapability>());
            foreach (var type in (SwitchingType[])[SwitchingType.Lsc, SwitchingType.Tdm])
            {
                if (type == SwitchingType.Tdm && _random.Next(3) > 0) continue;
                var common = _random.Next(10, 20);
                a.Add(Range(type, common));
                b.Add(Range(type, common));
            }

            if (_random.Next(2) == 0) b.Reverse();
            return (a, b);
        }

        private SwitchingCapability Range(SwitchingType type, int common)
        {
            var isFixed = _random.Next(2) == 0;
            return new SwitchingCapability(type, EncodingType.Lambda, Gbps(isFixed ? common : _random.Next(1, common + 1)), Gbps(isFixed ? common : _random.Next(common, 41)));
        }

        private void Plant(int te)
        {
            var (teA, teB) = (GoodA.TeLinks[te], GoodB.TeLinks[te]);
            var index = _random.Next(teA.DataLinks.Count);
            var link = teA.DataLinks[index];
            var mirror = teB.DataLinks.Single(l => l.Name == link.Name);
            var atB = _random.Next(2) == 0;
            switch (What)
            {
                case "bandwidth":
                    Differ(link with { Capabilities = [Fixed(10)] }, mirror with { Capabilities = [Fixed(40)] }, "bandwidth 10 Gbps here, 40 Gbps at b", "bandwidth 40 Gbps here, 10 Gbps at a");
                    break;
                case "switching type":
                    Differ(link with { Capabilities = [Fixed(10)] }, mirror with { Capabilities = [Fixed(10) with { SwitchingType = SwitchingType.Fsc }] },
                        "switching type lsc here, fsc at b", "switching type fsc here, lsc at a");
                    break;
                case "encoding":
                    Differ(link with { Capabilities = [Fixed(10)] }, mirror with { Capabilities = [Fixed(10) with { Encoding = EncodingType.Fiber }] },
                        "encoding lambda here, fiber at b", "encoding fiber here, lambda at a");
                    break;
                case "wavelength":
                    Differ(link with { Wavelength = 1 }, mirror with { Wavelength = 2 }, "wavelength 1 here, 2 at b", "wavelength 2 here, 1 at a");
                    break;
                case "remote id":
                    var wrong = Make(link.LocalId.Type, 999);
                    if (atB)
                        Differ(link, mirror with { RemoteId = wrong }, $"Interface_Id {mirror.LocalId} of b is connected to {link.LocalId} here, to {wrong} at b", $"connected to Interface_Id {wrong} of a here, to {link.LocalId} at a");
                    else
                        Differ(link with { RemoteId = wrong }, mirror, $"connected to Interface_Id {wrong} of b here, to {mirror.LocalId} at b", $"Interface_Id {link.LocalId} of a is connected to {mirror.LocalId} here, to {wrong} at a");
                    Corrections = [atB ? GoodB : GoodA];
                    break;
                case "swapped ids" when teA.DataLinks.Count > 1:
                    var other = teA.DataLinks[(index + 1) % teA.DataLinks.Count];
                    A = Replace(A, te, link with { RemoteId = other.RemoteId }, other with { RemoteId = link.RemoteId });
                    AtA = Lines($"{link.Name}: Interface_Id {other.RemoteId} of b is connected to {link.LocalId} here, to {other.LocalId} at b", $"{other.Name}: Interface_Id {link.RemoteId} of b is connected to {other.LocalId} here, to {link.LocalId} at b");
                    AtB = Lines($"{link.Name}: Interface_Id {link.LocalId} of a is connected to {link.RemoteId} here, to {other.RemoteId} at a", $"{other.Name}: Interface_Id {other.LocalId} of a is connected to {other.RemoteId} here, to {link.RemoteId} at a");
                    (Bad, Corrections) = ([link.Name, other.Name], [GoodA]);
                    break;
                case "missing" when teA.DataLinks.Count > 1:
                    if (atB) B = Without(B, te, link.Name);
                    else A = Without(A, te, link.Name);
                    AtA = atB ? $"{link.Name}: configured here, not listed by b in its TE link {teB.LocalId}" : $"{teA.Name}: b lists data links that are not configured here (its Interface_Id->ours): {mirror.LocalId}->{link.LocalId}";
                    AtB = atB ? $"{teB.Name}: a lists data links that are not configured here (its Interface_Id->ours): {link.LocalId}->{mirror.LocalId}" : $"{link.Name}: configured here, not listed by a in its TE link {teA.LocalId}";
                    Bad = [link.Name];
                    Corrections = atB ? [GoodB, Without(A, te, link.Name)] : [GoodA, Without(B, te, link.Name)];
                    break;
                case "link id":
                    // Learning ends have nothing that could be wrong.
                    (A, B) = (With(A, te, t => t with { RemoteId = teB.LocalId }), With(B, te, t => t with { RemoteId = teA.LocalId }));
                    var id = Make(link.LocalId.Type, 99);
                    if (atB) B = With(B, te, t => t with { RemoteId = id });
                    else A = With(A, te, t => t with { RemoteId = id });
                    AtA = atB ? $"{teA.Name}: Link_Id {teB.LocalId} of b is connected to {teA.LocalId} here, to {id} at b" : $"{teA.Name}: connected to Link_Id {id} of b here, to {teB.LocalId} at b";
                    AtB = atB ? $"{teB.Name}: connected to Link_Id {id} of a here, to {teA.LocalId} at a" : $"{teB.Name}: Link_Id {teA.LocalId} of a is connected to {teB.LocalId} here, to {id} at a";
                    (Bad, Corrections) = ([.. teA.DataLinks.Select(l => l.Name)], [atB ? GoodB : GoodA]);
                    break;
                default:
                    What = "nothing";
                    break;
            }

            void Differ(DataLinkConfiguration a, DataLinkConfiguration b, string textA, string textB)
            {
                (A, B) = (Replace(A, te, a), Replace(B, te, b));
                Corrections = [Replace(A, te, a with { Capabilities = b.Capabilities, Wavelength = b.Wavelength }), Replace(B, te, b with { Capabilities = a.Capabilities, Wavelength = a.Wavelength })];
                (AtA, AtB, Bad) = ($"{a.Name}: {textA}", $"{b.Name}: {textB}", [a.Name]);
            }
        }

        private static SwitchingCapability Fixed(double gbps) => Lambda(gbps, gbps);

        private static string Lines(params string[] lines) => string.Join("\n", lines.Order(StringComparer.Ordinal));

        private static NodeConfiguration Replace(NodeConfiguration node, int te, params DataLinkConfiguration[] links) =>
            With(node, te, t => t with { DataLinks = [.. t.DataLinks.Select(l => links.FirstOrDefault(r => r.Name == l.Name) ?? l)] });

        private static NodeConfiguration Without(NodeConfiguration node, int te, string link) =>
            With(node, te, t => t with { DataLinks = [.. t.DataLinks.Where(l => l.Name != link)] });

        private static NodeConfiguration With(NodeConfiguration node, int te, Func<TeLinkConfiguration, TeLinkConfiguration> change) =>
            node with { TeLinks = [.. node.TeLinks.Select((t, i) => i == te ? change(t) : t)] };
    }
}
