using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>Two real nodes and the fibres between them: several TE links at once, turns, losses, LinkSummary afterwards.</summary>
public class VerifyPairTests
{
    private readonly VirtualNetwork _network = new();

    private (VirtualNode A, VirtualNode B) Start(Func<TeLinkConfiguration, TeLinkConfiguration> a, Func<TeLinkConfiguration, TeLinkConfiguration> b, int teLinks = 1)
    {
        var (nodeA, nodeB) = (_network.Add(Several(A(NoHello), a, 100, 200), start: false), _network.Add(Several(B(NoHello), b, 200, 100), start: false));
        foreach (var node in (VirtualNode[])[nodeA, nodeB]) node.Node.ReportDataPlane(_network.Now, null);
        foreach (var link in nodeA.Node.TeLinks.SelectMany(t => t.DataLinks)) _network.Fibre(nodeA, link.Name, nodeB, link.Name);
        return (nodeA, nodeB);

        // te1, te2, ... with two data links each: te1-1 is 101-201, te2-1 is 111-211.
        NodeConfiguration Several(NodeConfiguration node, Func<TeLinkConfiguration, TeLinkConfiguration> change, uint here, uint there) => node with
        {
            TeLinks =
            [
                .. Enumerable.Range(1, teLinks).Select(i => change(node.TeLinks[0] with
                {
                    Name = $"te{i}", LocalId = Identifier.Unnumbered((here / 10) + (uint)i), RemoteId = Identifier.Unnumbered((there / 10) + (uint)i),
                    DataLinks = [.. Enumerable.Range(1, 2).Select(n => Link($"te{i}-{n}", here + (10 * (uint)(i - 1)) + (uint)n, there + (10 * (uint)(i - 1)) + (uint)n))],
                })),
            ],
        };
    }

    private void Run(VirtualNode a, VirtualNode b, int seconds = 30)
    {
        a.TransportUp();
        b.TransportUp();
        _network.Run(TimeSpan.FromSeconds(seconds));
    }

    private static TeLinkConfiguration Same(TeLinkConfiguration t) => t;

    private static TeLinkConfiguration Quiet(TeLinkConfiguration t) => t with { Verification = t.Verification with { OnEstablishment = false, Periodic = TimeSpan.Zero } };

    private static TeLinkConfiguration InTurns(TeLinkConfiguration t) => t with { Verification = t.Verification with { OneAtATime = true } };

    private static TeLinkConfiguration Unknown(TeLinkConfiguration t) => t with { RemoteId = null, DataLinks = [.. t.DataLinks.Select(l => l with { RemoteId = null })] };

    private static IEnumerable<DataLink> Links(VirtualNode node) => node.Node.TeLinks.SelectMany(t => t.DataLinks);

    private static void AllUpFree(params VirtualNode[] nodes) =>
        Assert.All(nodes.SelectMany(Links), l => Assert.True(l.State == DataLinkState.UpFree, $"{l.Name} {l.State}: {l.Reason}"));

    [Fact]
    public void Data_links_of_several_TE_links_are_verified_at_once_on_request()
    {
        var (a, b) = Start(Quiet, Quiet, teLinks: 3);
        Run(a, b);
        Assert.Equal(CommandStatus.Ok, a.Node.VerifyAll(_network.Now, "b").Status);
        var begin = (BeginVerifyMessage)a.SentOf(MessageType.BeginVerify).Single().Message!;
        Assert.Equal((true, null, 6u, true), (begin.LocalLinkId.IsZero, begin.RemoteLinkId, begin.BeginVerify!.NumberOfDataLinks, begin.BeginVerify.Flags.HasFlag(BeginVerifyFlags.VerifyAllLinks)));
        Assert.Contains("together with other TE links", a.Node.Verify(_network.Now, "te2").Text, StringComparison.Ordinal);
        Assert.Equal(VerificationPhase.Beginning, a.Node.Neighbors.Single().Verification);
        _network.Run(TimeSpan.FromSeconds(20));

        var ended = a.Events.OfType<VerificationFinished>().Single();
        Assert.Equal((VerificationOutcome.AllVerified, null, "b"), (ended.Outcome, ended.TeLink, ended.Object));
        Assert.All(Links(a), l => Assert.True(l.Verified));
        Assert.Null(((BeginVerifyAckMessage)b.SentOf(MessageType.BeginVerifyAck).Single().Message!).LocalLinkId);
        AllUpFree(a, b);
    }

    [Fact]
    public void TE_links_that_neither_end_can_name_are_found_by_their_data_links()
    {
        var (a, b) = Start(Unknown, Unknown, teLinks: 3);
        Run(a, b, 60);
        AllUpFree(a, b);
        Assert.All(a.Node.TeLinks, t => Assert.Equal((TeLinkState.Up, t.LocalId.Value + 10), (t.State, t.RemoteId!.Value.Value)));
        Assert.All(Links(a), l => Assert.Equal(l.LocalId.Value + 100, l.RemoteId!.Value.Value));
        var flags = a.SentOf(MessageType.BeginVerify).Select(d => (BeginVerifyMessage)d.Message!).Where(m => m.LocalLinkId.IsZero).Select(m => m.BeginVerify!.Flags);
        Assert.All(flags, f => Assert.False(f.HasFlag(BeginVerifyFlags.VerifyAllLinks)));
        Assert.NotEmpty(flags);
        Assert.Empty(a.RaisedAlarms());
        Assert.Empty(b.RaisedAlarms());
    }

    [Fact]
    public void Those_not_assigned_are_verified_on_request_and_no_others()
    {
        var (a, b) = Start(t => Quiet(t.Name == "te2" ? Unknown(t) : t), t => Quiet(t.Name == "te2" ? Unknown(t) : t), teLinks: 2);
        Run(a, b);
        Assert.Equal(CommandStatus.Ok, a.Node.VerifyAll(_network.Now, "b", unassigned: true).Status);
        _network.Run(TimeSpan.FromSeconds(20));
        Assert.Equal([false, false, true, true], Links(a).Select(l => l.Verified));
        AllUpFree(a, b);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [Requirement("4204-5-3")]
    public void Data_links_can_take_turns_at_either_end_or_both(bool atA, bool atB)
    {
        var (a, b) = Start(t => atA ? InTurns(t) : t, t => atB ? InTurns(t) : t, teLinks: 2);
        var most = new Dictionary<VirtualNode, int> { [a] = 0, [b] = 0 };
        foreach (var node in most.Keys.ToList())
        {
            node.Told = _ => most[node] = Math.Max(most[node], node.Node.TeLinks.Max(t => Math.Max(
                t.DataLinks.Count(l => l.ActiveState == DataLinkState.Test), t.DataLinks.Count(l => l.PassiveState == DataLinkState.PasvTest))));
        }

        Run(a, b);
        AllUpFree(a, b);
        Assert.All(Links(a).Concat(Links(b)), l => Assert.True(l.Verified));
        Assert.Equal((atA ? 1 : 2, atB ? 1 : 2), (most[a], most[b]));
        Assert.Empty(a.RaisedAlarms());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_cut_fibre_does_not_stop_the_turns_of_the_others(bool atA, bool atB)
    {
        static TeLinkConfiguration Five(TeLinkConfiguration t) => t with
        {
            DataLinks = [.. Enumerable.Range(1, 5).Select(n => t.DataLinks[0] with
        {
            Name = $"te1-{n}", LocalId = Identifier.Unnumbered((uint)t.DataLinks[0].LocalId.Value + (uint)n - 1), RemoteId = Identifier.Unnumbered((uint)t.DataLinks[0].RemoteId!.Value.Value + (uint)n - 1),
        })]
        };
        var (a, b) = Start(t => atA ? InTurns(Five(t)) : Five(t), t => atB ? InTurns(Five(t)) : Five(t));
        _network.Fibres.Remove((a, "te1-2"));
        _network.Fibres.Remove((b, "te1-2"));
        Run(a, b, 60);
        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.Equal([true, false, true, true, true], Links(node).Select(l => l.State == DataLinkState.UpFree));
            Assert.Equal("te1-2", Assert.Single(node.Node.Alarms.All, x => x.State == AlarmState.Raised).Object);
        }
    }

    public static TheoryData<MessageType, int> Losses
    {
        get
        {
            var data = new TheoryData<MessageType, int>();
            foreach (var type in (MessageType[])[MessageType.BeginVerify, MessageType.BeginVerifyAck, MessageType.EndVerify, MessageType.EndVerifyAck, MessageType.TestStatusSuccess, MessageType.TestStatusAck])
                for (var n = 1; n <= 2; n++) data.Add(type, n);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Any_message_may_be_lost_as_often_as_it_is_repeated(MessageType type, int losses)
    {
        foreach (var inTurns in (bool[])[false, true])
        {
            var test = new VerifyPairTests();
            var (a, b) = test.Start(t => inTurns ? InTurns(t) : t, t => inTurns ? InTurns(t) : t);
            // The first copies of each message of that type, told by everything but the flags.
            var seen = new Dictionary<string, int>();
            test._network.Filter = d => d.Type != type || (seen[Convert.ToHexString(d.Bytes)] = seen.GetValueOrDefault(Convert.ToHexString(d.Bytes)) + 1) > losses;
            test.Run(a, b);
            AllUpFree(a, b);
            Assert.All(Links(a).Concat(Links(b)), l => Assert.True(l.Verified, $"{l.Name} in turns: {inTurns}"));
            Assert.Empty(a.RaisedAlarms());
            Assert.Empty(b.RaisedAlarms());
        }
    }

    [Theory]
    [InlineData(MessageType.BeginVerifyNack)]
    [InlineData(MessageType.TestStatusFailure)]
    public void A_negative_answer_may_be_lost_too(MessageType type)
    {
        var (a, b) = Start(Same, t => type == MessageType.BeginVerifyNack ? t with { LinkVerification = false } : t);
        if (type == MessageType.TestStatusFailure) _network.Fibres.Remove((a, "te1-2"));
        var lost = 0;
        _network.Filter = d => d.Type != type || ++lost > 2;
        Run(a, b);
        Assert.True(lost > 2);
        Assert.Equal(VerificationPhase.Idle, a.TeLink.Verification);
        Assert.Equal(type == MessageType.TestStatusFailure ? [DataLinkState.UpFree, DataLinkState.Down] : [DataLinkState.UpFree, DataLinkState.UpFree], Links(a).Select(l => l.State));
    }

    [Fact]
    public void Losing_all_control_channels_in_the_middle_ends_it_at_both_ends_without_a_verdict()
    {
        foreach (var inTurns in (bool[])[false, true])
        {
            var test = new VerifyPairTests();
            var (a, b) = test.Start(t => inTurns ? InTurns(t) : t, t => inTurns ? InTurns(t) : t);
            test._network.Fibres.Clear();
            a.TransportUp();
            b.TransportUp();
            test._network.RunUntil(() => a.TeLink.Verification == VerificationPhase.Testing && b.TeLink.Verification == VerificationPhase.Testing, "both test");
            foreach (var node in (VirtualNode[])[a, b]) node.Node.TransportDown(test._network.Now, node.Channel, "the interface is down");
            foreach (var node in (VirtualNode[])[a, b])
            {
                Assert.Equal(VerificationPhase.Idle, node.TeLink.Verification);
                Assert.All(node.TestModes.Values, m => Assert.Equal((false, false), m));
                Assert.All(Links(node), l => Assert.Equal(DataLinkState.Down, l.State));
                Assert.DoesNotContain(node.Node.Alarms.All, x => x.Kind == AlarmKind.VerificationFailed);
            }
        }
    }

    [Fact]
    public void LinkSummary_waits_for_the_end_of_the_verification_at_both_ends()
    {
        var (a, b) = Start(Same, Quiet);
        _network.Fibres.Clear();
        a.TransportUp();
        b.TransportUp();
        _network.RunUntil(() => a.TeLink.Verification == VerificationPhase.Testing, "testing");
        foreach (var node in (VirtualNode[])[a, b]) node.Node.Summarize(_network.Now, "te1");
        var until = _network.Sent.Count;
        _network.RunUntil(() => a.TeLink.Verification == VerificationPhase.Ending, "the end");
        var meanwhile = _network.Sent.Skip(until).Where(d => d.Type is MessageType.LinkSummary && a.Open[0].Local == d.Source);
        Assert.Empty(meanwhile);
        _network.Run(TimeSpan.FromSeconds(20));
        Assert.Equal((TeLinkState.Up, TeLinkState.Up), (a.TeLink.State, b.TeLink.State));
        Assert.Contains(a.Events, e => e is LinkSummaryFinished { Outcome: LinkSummaryOutcome.Acknowledged });
        Assert.Contains(b.Events, e => e is LinkSummaryFinished { Outcome: LinkSummaryOutcome.Acknowledged });
    }

    [Fact]
    public void A_LinkSummary_that_comes_during_a_test_is_answered_after_it()
    {
        var a = VerifySteps.Verifier();
        a.Accept();
        a.Send(SummaryOfB(6000));
        a.Send(SummaryOfB(6000));
        a.Succeed(101, 201, 9001);
        Assert.Equal(0, a.Count<LinkSummaryAckMessage>());
        a.Succeed(102, 202, 9002);
        a.AckEnd();
        Assert.Equal(6000u, Assert.Single(a.Messages.OfType<LinkSummaryAckMessage>()).MessageIdAck);
        Assert.Single(a.Summaries);
    }

    [Fact]
    public void An_unanswered_LinkSummary_is_sent_anew_after_a_verification_that_the_neighbour_begins()
    {
        var a = VerifySteps.Listener();
        a.Node.Summarize(a.Now, "te1");
        a.Send(VerifySteps.Ask());
        var id = a.Last<BeginVerifyAckMessage>().VerifyId;
        a.RunMs(900);
        Assert.Single(a.Summaries);
        Assert.Equal("LinkSummary waits for the end of the verification", a.TeLink.Exchange.Reason);
        a.Test(0, 201, id);
        a.Test(1, 202, id);
        Assert.Equal(2, a.Summaries.Select(s => s.MessageId).Distinct().Count());
        a.Ack();
        Assert.Equal(LinkSummaryOutcome.Acknowledged, a.Events.OfType<LinkSummaryFinished>().Last().Outcome);
    }
}
