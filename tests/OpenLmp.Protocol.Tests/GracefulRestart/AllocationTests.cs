// RFC 4204 §8: who knows what is allocated, after each kind of restart at each end.
using static OpenLmp.Protocol.Tests.GracefulRestart.Restart;

namespace OpenLmp.Protocol.Tests.GracefulRestart;

public class AllocationTests
{
    public static TheoryData<Restart, Restart> Kinds()
    {
        var data = new TheoryData<Restart, Restart>();
        foreach (var a in Enum.GetValues<Restart>())
            foreach (var b in Enum.GetValues<Restart>()) data.Add(a, b);
        return data;
    }

    [Theory, MemberData(nameof(Kinds)), Requirement("4204-8-6"), Requirement("4204-8-7"), Requirement("4204-8-1")]
    public void What_the_end_that_knows_says_counts(Restart a, Restart b)
    {
        // One link allocated nowhere, at a only, at b only, at both; the failure shorter and longer than the dead interval.
        foreach (var milliseconds in (int[])[100, 3_000, 60_000])
        {
            var pair = new RestartingPair(Four(Configurations.A(), 101, 201), Four(Configurations.B(), 201, 101));
            Assert.Equal(CommandStatus.Ok, pair.A.Node.Allocate(pair.Network.Now, ["te1-2", "te1-4"]).Status);
            Assert.Equal(CommandStatus.Ok, pair.B.Node.Allocate(pair.Network.Now, ["te1-3", "te1-4"]).Status);
            bool[] atA = [false, true, false, true], atB = [false, false, true, true], none = [false, false, false, false];

            pair.Fail(a, b, milliseconds);
            pair.RunUntilUp();
            pair.Network.RunMs(60_000);

            var expected = (a, b) switch
            {
                (None, None) => (atA, atB),
                (Lost, Lost) => (none, none),
                // Who has state tells one that has none; who was not restarted tells one that was.
                (Lost, _) or (Kept, None) => (atB, atB),
                (_, Lost) or (None, Kept) => (atA, atA),
                // Nobody knows of the other's restart: the higher Node_Id speaks first.
                (Kept, Kept) => (atB, atB),
                _ => throw new InvalidOperationException(),
            };
            Assert.Equal(expected.Item1, RestartingPair.Allocations(pair.A));
            Assert.Equal(expected.Item2, RestartingPair.Allocations(pair.B));
            foreach (var (end, kind, before) in new[] { (0, a, atA), (1, b, atB) })
            {
                var node = pair[end];
                Assert.All(node.TeLink.DataLinks, l => Assert.Equal(l.Allocated ? DataLinkState.UpAlloc : DataLinkState.UpFree, l.State));
                // What was released at one end only during an outage, nobody but the operator can decide; RFC 5818 finds it.
                string[] stranded = (a, b) == (None, None) && milliseconds > 500 ? ["StatusMismatch te1-2", "StatusMismatch te1-3"] : [];
                Assert.Equal(stranded, node.Node.Alarms.All.Where(x => x.State != AlarmState.Cleared).Select(x => $"{x.Kind} {x.Object}").Order(StringComparer.Ordinal));
                if (kind == None) continue;
                // Each difference to what was retained is told, and nothing else.
                var own = kind == Kept ? before : none;
                var told = node.Events.OfType<AllocationChanged>().ToList();
                Assert.Equal(Enumerable.Range(0, 4).Where(i => own[i] != RestartingPair.Allocations(node)[i]).Select(i => $"te1-{i + 1}"), told.Select(e => e.DataLink.Name));
                Assert.All(told, e => Assert.Equal($"{node.Node.Neighbors.Single().Name} says so after the restart of this node", e.Reason));
                // What was taken over is retained in its turn.
                Assert.Equal(
                    node.TeLink.DataLinks.Where(l => l.Allocated).Select(l => l.Name),
                    node.StateFile.State.DataLinks.Where(l => l.Allocated).Select(l => l.Name).Order(StringComparer.Ordinal));
            }
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void It_counts_once(Restart a, Restart b)
    {
        if (a == None || b == Kept) return;
        var pair = new RestartingPair();
        pair.Fail(a, b, 3_000);
        pair.RunUntilUp();
        Assert.Equal(CommandStatus.Ok, pair.A.Node.Allocate(pair.Network.Now, ["te1-1"]).Status);
        // b says otherwise, in this LinkSummary and in those after the next losses of the control channel.
        pair.B.Node.Summarize(pair.Network.Now, "te1");
        pair.Network.RunMs(5_000);
        pair.Fail(None, None, 3_000);
        pair.RunUntilUp();
        pair.Network.RunMs(5_000);
        Assert.Equal([true, false], RestartingPair.Allocations(pair.A));
    }

    [Fact]
    public void What_the_operator_decides_after_the_restart_is_not_undone_by_what_the_neighbour_knew_before()
    {
        // The neighbour does not speak of the link by itself; its acknowledgement brings the link up.
        var partner = new LinkPartner(LinkConfigurations.NodeA(), start: false, options: new NodeOptions
        {
            FirstMessageId = 100,
            Retained = new RetainedState { DataLinks = [new RetainedDataLink("te1-2", Wire.Identifier.Unnumbered(102), Configurations.Id("10.0.0.2")) { Allocated = true }] },
        });
        partner.TransportUp();
        partner.RunMs(6_000);
        Assert.Empty(partner.Summaries);
        partner.RunMs(2_000);
        partner.Ack();
        Assert.Equal([DataLinkState.UpFree, DataLinkState.UpAlloc], partner.Links.Select(l => l.State));
        partner.Node.Allocate(partner.Now, ["te1-1"]);
        partner.Send(LinkConfigurations.SummaryOfB(7));
        // It is the only word about te1-2.
        Assert.Equal([true, false], partner.Links.Select(l => l.Allocated));
    }

    [Fact]
    public void Nothing_releases_an_allocation_that_one_end_always_knows_of()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var pair = new RestartingPair();
            pair.A.Node.Allocate(pair.Network.Now, ["te1-1"]);
            pair.B.Node.Allocate(pair.Network.Now, ["te1-1"]);
            pair.Network.Weather = new Weather(seed) { Loss = 0.2, Duplication = 0.1, MaxDelay = TimeSpan.FromMilliseconds(80) };
            for (var i = 0; i < 6; i++)
            {
                var kinds = new[] { (None, None), (Kept, None), (None, Kept), (Kept, Kept), (Lost, None), (None, Lost), (Lost, Kept), (Kept, Lost) };
                var (a, b) = kinds[random.Next(kinds.Length)];
                pair.Fail(a, b, random.Next(1, 4_000));
                // The next failure comes at any time, but only once one that has lost its state has it again, can the other lose its own.
                if (a == Lost || b == Lost) pair.Network.RunUntil(() => pair.A.TeLink.DataLinks[0].Allocated && pair.B.TeLink.DataLinks[0].Allocated, $"seed {seed}", 300);
                else pair.Network.RunMs(random.Next(6_000));
            }

            pair.Network.Weather = null;
            pair.Network.RunUntil(() => new[] { pair.A, pair.B }.All(n => n.TeLink.DataLinks[0].State == DataLinkState.UpAlloc), $"seed {seed}", 300);
            Assert.False(pair.A.TeLink.DataLinks[1].Allocated);
            Assert.False(pair.B.TeLink.DataLinks[1].Allocated);
        }
    }

    private static NodeConfiguration Four(NodeConfiguration node, uint local, uint remote) => node with
    {
        TeLinks = [node.TeLinks[0] with { DataLinks = [.. Enumerable.Range(0, 4).Select(i => Configurations.Link($"te1-{i + 1}", local + (uint)i, remote + (uint)i))] }],
    };
}
