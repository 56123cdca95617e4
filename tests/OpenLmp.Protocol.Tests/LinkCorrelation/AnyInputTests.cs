// RFC 4204 §4, §11.2-11.3: whatever comes in, what a node shows of its links holds together.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class AnyInputTests
{
    private static readonly string[] Names = ["te1-1", "te1-2", "te1-3", "te2-1"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void States_allocations_signals_reasons_and_alarms_fit_after_every_input(int seed)
    {
        var random = new Random(seed);
        var node = new LinkPartner(RandomConfiguration(random));
        uint id = 1000;
        for (var step = 0; step < 4000; step++)
        {
            switch (random.Next(14))
            {
                case 0:
                    node.Node.ReportSignal(node.Now, [Names[random.Next(4)]], (SignalState)random.Next(4));
                    break;
                case 1:
                    node.Node.Allocate(node.Now, [.. Names.Where(_ => random.Next(2) == 0)]);
                    break;
                case 2:
                    node.Node.Release(node.Now, [.. Names.Where(_ => random.Next(2) == 0)]);
                    break;
                case 3 when random.Next(4) == 0:
                    node.TransportDown();
                    break;
                case 4:
                    node.TransportUp();
                    break;
                case 5 when random.Next(4) == 0:
                    node.Reconfigure(RandomConfiguration(random));
                    break;
                case 6:
                    node.RunMs(random.Next(3000));
                    break;
                case 7 when node.LastSummary is not null:
                    node.Ack();
                    break;
                case 8 when node.LastSummary is not null:
                    node.Nack((LinkSummaryErrors)random.Next(64), [.. node.LastSummary.DataLinks.Where(_ => random.Next(2) == 0).Select(d => Change(random, d))]);
                    break;
                case 9:
                    node.Send(Mutate(random, RandomSummary(random, ref id).Encode()));
                    break;
                case 10:
                    node.Node.Summarize(node.Now, random.Next(2) == 0 ? "te1" : "te2");
                    break;
                default:
                    node.Send(RandomSummary(random, ref id));
                    break;
            }

            AssertSound(node, $"seed {seed}, step {step}");
        }

        Assert.True(node.Node.Alarms.All.Count < 200);
        Assert.Contains(node.Events, e => e is DataLinkStateChanged { To: DataLinkState.UpAlloc });
        Assert.Contains(node.Events, e => e is TeLinkStateChanged { To: TeLinkState.Degraded });
    }

    private static void AssertSound(LinkPartner node, string when)
    {
        foreach (var teLink in node.Node.TeLinks)
        {
            Assert.True(teLink.State == TeLinkState.Up == (teLink.Reason.Length == 0), $"{when}: {teLink.Name} {teLink.State} '{teLink.Reason}'");
            Assert.True(teLink.State == TeLinkState.Down == (teLink.DataLinks.Count == 0), $"{when}: {teLink.Name} {teLink.State} {teLink.DataLinks.Count}");
            Assert.True(teLink.Neighbor.IsUp ? teLink.State != TeLinkState.Degraded : teLink.State != TeLinkState.Up, $"{when}: {teLink.Name} {teLink.State}");
            foreach (var link in teLink.DataLinks)
            {
                var isUp = link.State is DataLinkState.UpFree or DataLinkState.UpAlloc;
                Assert.True(
                    link.ActiveState == link.PassiveState
                    && isUp == (link.Reason.Length == 0)
                    && (link.State != DataLinkState.UpAlloc || link.Allocated)
                    && (link.State != DataLinkState.UpFree || (!link.Allocated && link.Signal != SignalState.Fail && link.RemoteId is not null))
                    && (node.AlarmText(AlarmKind.SignalFail, link.Name) is not null) == (link.Signal == SignalState.Fail)
                    && (node.AlarmText(AlarmKind.DataLinkMismatch, link.Name) is null || link.State != DataLinkState.UpFree),
                    $"{when}: {link.Name} {link.ActiveState} {link.PassiveState} allocated {link.Allocated}, signal {link.Signal}, '{link.Reason}', "
                    + string.Join(", ", node.RaisedAlarms));
            }
        }
    }

    private static NodeConfiguration RandomConfiguration(Random random)
    {
        var te1 = Te("b", 1, 2) with
        {
            RemoteId = random.Next(5) == 0 ? null : Identifier.Unnumbered(random.Next(8) == 0 ? 9u : 2u),
            DataLinks = [.. Enumerable.Range(1, random.Next(4)).Select(i => RandomLink(random, $"te1-{i}", 100 + (uint)i, 200 + (uint)i))],
        };
        var te2 = Te("b", 3, 4) with { Name = "te2", DataLinks = [RandomLink(random, "te2-1", 301, 401)] };
        return random.Next(5) == 0 ? NodeA(te1) : NodeA(te1, te2);
    }

    private static DataLinkConfiguration RandomLink(Random random, string name, uint local, uint remote) =>
        Link(name, local, random.Next(8) == 0 ? null : remote) with
        {
            Capabilities = [random.Next(2) == 0 ? Lambda(10, 10) : Lambda(5, 20)],
            Wavelength = random.Next(5) == 0 ? 7u : 0,
        };

    private static LinkSummaryMessage RandomSummary(Random random, ref uint id)
    {
        id += (uint)random.Next(0, 3);
        var isTe1 = random.Next(3) > 0;
        var teLink = random.Next(8) == 0 ? TeLinkOfB((uint)random.Next(5), (uint)random.Next(5)) : isTe1 ? TeLinkOfB() : TeLinkOfB(4, 3);
        var links = isTe1 ? new List<DataLinkObject> { Listed(201, 101), Listed(202, 102), Listed(203, 103) } : [Listed(401, 301)];
        var told = links.Where(_ => random.Next(10) > 0).Append(links[0]).Select(d => random.Next(6) == 0 ? Change(random, d) : d);
        return new LinkSummaryMessage(random.Next(20) == 0 ? id - 10 : id, teLink, [.. told]);
    }

    private static DataLinkObject Change(Random random, DataLinkObject link) => random.Next(7) switch
    {
        0 => link with { LocalInterfaceId = Identifier.Unnumbered((uint)random.Next(200, 205)) },
        1 => link with { RemoteInterfaceId = Identifier.Unnumbered((uint)random.Next(100, 105)) },
        2 => link with { LocalInterfaceId = Identifier.Unnumbered(0) },
        3 => link with { Subobjects = [Ist(random.Next(1, 10), random.Next(10, 40))], Negotiable = random.Next(2) == 0 },
        4 => link with { Subobjects = [new Wavelength((uint)random.Next(9)), Ist(10)] },
        5 => link with { Subobjects = [] },
        _ => link,
    };

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        for (var i = random.Next(1, 4); i > 0; i--) bytes[random.Next(6, bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
