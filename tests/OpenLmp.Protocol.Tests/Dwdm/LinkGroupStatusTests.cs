// RFC 4209 §2.4.1: LINK_GROUP CHANNEL_STATUS, message by message.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class LinkGroupStatusTests
{
    private const uint All = LinkGroupId.AllDataLinks;

    private static readonly ChannelState Failed = new(false, ChannelDirection.Receive, ChannelCondition.SignalFail);

    // Node a; its neighbour b is the test. te1-k is 100 + k here, 1000 + k there.
    private static LinkPartner Partner(int links, WdmRole wdm, Func<int, uint[]> ours, Func<int, uint[]>? theirs = null, bool agrees = true)
    {
        var configuration = NodeA(t => t with
        {
            DataLinks = [.. Enumerable.Range(1, links).Select(k => Configurations.Link($"te1-{k}", 100u + (uint)k, 1000u + (uint)k) with { LinkGroups = [.. ours(k)] })],
        });
        var a = new LinkPartner(configuration with { Neighbors = [configuration.Neighbors[0] with { Wdm = wdm }] }) { AnswersStatus = false };
        a.Send(SummaryOfB(400, [.. a.Links.Select((l, i) => Listed(1001u + (uint)i, 101u + (uint)i, [Ist(10), .. (theirs?.Invoke(i + 1) ?? []).Select(g => new LinkGroupId(g))]))]));
        if (agrees) a.Ack();
        a.RunMs(0);
        a.Messages.Clear();
        a.Sent.Clear();
        return a;
    }

    private static IEnumerable<ChannelStatusMessage> Statuses(LinkPartner a) => a.Messages.OfType<ChannelStatusMessage>();

    private static string Groups(ChannelStatusMessage message) =>
        string.Join(" ", message.LinkGroupStatuses.SelectMany(s => s.Groups).Select(g => $"{g.LinkGroupId}:{(uint)g.State.Condition}"));

    private static IEnumerable<ulong> Ids(ChannelStatusMessage message) => message.ChannelStatuses.SelectMany(s => s.Channels).Select(c => (ulong)c.InterfaceId.Value).Order();

    private static void Fail(LinkPartner a, IEnumerable<int> links, SignalState signal = SignalState.Fail)
    {
        a.Node.ReportSignal(a.Now, [.. links.Select(k => $"te1-{k}")], signal);
        a.RunMs(0);
    }

    [Theory]
    [InlineData(80, "040d000cffffffff00000003")]
    [InlineData(10, "040d000c0000000700000003")]
    public void Eighty_data_links_that_fail_or_those_of_a_laser_are_one_message_with_one_group_byte_for_byte(int failed, string status)
    {
        var a = Partner(80, WdmRole.Peer, k => k <= 10 ? [7] : [8]);
        Fail(a, Enumerable.Range(1, failed));
        var bytes = Assert.Single(a.Sent).Bytes;
        var id = Assert.Single(Statuses(a)).MessageId!.Value;
        Assert.Equal($"10000011{36:x4}0000" + "0503000800000001" + $"01050008{id:x8}" + status, Convert.ToHexStringLower(bytes));
        a.Send(new ChannelStatusAckMessage(id));
        a.RunMs(10_000);
        Assert.Single(a.Sent, s => (MessageType)s.Bytes[3] == MessageType.ChannelStatus);
    }

    [Fact]
    public void The_largest_groups_go_first_and_what_is_in_none_follows_in_a_message_of_its_own()
    {
        // 7 is 1-6; 8 is 5-8, of which 7 and 8 are left; 9 is 1-2, all told by then; 10 is 9 and 20, which is all right; 11 is 9 alone.
        var a = Partner(20, WdmRole.Peer, k => [.. Of(k <= 6, 7), .. Of(k is >= 5 and <= 8, 8), .. Of(k <= 2, 9), .. Of(k is 9 or 20, 10), .. Of(k == 9, 11)]);
        Fail(a, Enumerable.Range(1, 10));
        var messages = Statuses(a).ToList();
        Assert.Equal(["7:3 8:3", ""], messages.Select(Groups));
        Assert.Equal([[], [109ul, 110ul]], messages.Select(Ids));

        static uint[] Of(bool isMember, uint group) => isMember ? [group] : [];
    }

    [Fact]
    public void Different_news_are_different_groups_and_a_group_without_common_news_is_none()
    {
        var a = Partner(9, WdmRole.Ols, k => [(uint)((k + 2) / 3)]);
        a.Node.ReportSignal(a.Now, ["te1-1", "te1-2", "te1-3", "te1-7"], SignalState.Fail);
        a.Node.ReportSignal(a.Now, ["te1-4", "te1-5", "te1-6", "te1-8"], SignalState.Degrade);
        a.RunMs(0);
        Assert.Equal("1:3 2:2", Groups(Statuses(a).First()));
        Assert.Equal([107ul, 108ul], Ids(Statuses(a).Last()));
    }

    [Fact]
    public void Whoever_is_in_both_messages_keeps_them_from_being_two()
    {
        var a = Partner(3, WdmRole.Peer, k => k <= 2 ? [7] : []);
        a.Send(new ChannelStatusMessage(Identifier.Unnumbered(2), 1, new ChannelStatusObject(IdentifierType.Unnumbered, [new ChannelStatusEntry(Identifier.Unnumbered(1001), Failed)])));
        Fail(a, [1, 2]);
        var message = Assert.Single(Statuses(a));
        Assert.Equal(("", 3), (Groups(message), message.ChannelStatuses.Single().Channels.Count));
    }

    [Fact]
    public void Groups_that_the_neighbour_has_not_agreed_to_are_not_used_but_the_whole_TE_link_is()
    {
        var a = Partner(4, WdmRole.Peer, k => k <= 2 ? [7] : [8], agrees: false);
        Fail(a, [1, 2]);
        Assert.Equal([101ul, 102ul], Ids(Assert.Single(Statuses(a))));
        Fail(a, [1, 2, 3, 4], SignalState.Degrade);
        Assert.Equal($"{All}:2", Groups(Statuses(a).Last()));
    }

    [Fact]
    public void Without_a_WDM_session_nothing_is_said_of_groups()
    {
        var a = Partner(4, WdmRole.None, k => k <= 2 ? [7] : [8]);
        Fail(a, [1, 2]);
        Assert.Equal([101ul, 102ul], Ids(Assert.Single(Statuses(a))));
    }

    [Fact]
    public void What_is_not_acknowledged_is_told_again_with_a_new_Message_Id()
    {
        var a = Partner(4, WdmRole.Peer, k => k <= 2 ? [7] : [8]);
        Fail(a, [1, 2]);
        var first = Statuses(a).First().MessageId;
        a.RunMs(6000);
        Assert.Equal(("7:3", false), (Groups(Statuses(a).Last()), Statuses(a).Last().MessageId == first));
    }

    [Fact]
    public void A_group_of_the_neighbours_is_each_of_the_data_links_it_has_named()
    {
        var a = Partner(4, WdmRole.Ols, _ => [5], k => k <= 3 ? [7, (uint)k] : []);
        Tell(a, 1, (7, Failed));
        Assert.Equal(["Fail", "Fail", "Fail", "Unknown"], a.Links.Select(l => $"{l.RemoteSignal}"));
        Assert.Contains(a.Messages, m => m is ChannelStatusAckMessage { MessageIdAck: 1 });
        Tell(a, 2, (2, Failed with { Condition = ChannelCondition.SignalDegrade }), (3, Failed with { Active = true, Condition = ChannelCondition.SignalOkay }));
        Assert.Equal(["Fail", "Degrade", "Ok", "Unknown"], a.Links.Select(l => $"{l.RemoteSignal}"));
        Assert.Equal([false, false, true, false], a.Links.Select(l => l.IsActiveThere));
        Tell(a, 3, (All, Failed with { Active = true }));
        Assert.All(a.Links, l => Assert.Equal((SignalState.Fail, true), (l.RemoteSignal, l.IsActiveThere)));
        Tell(a, 4, (7, Failed with { Direction = ChannelDirection.Transmit }));
        Assert.Equal(["Fail", "Fail", "Fail", "Unknown"], a.Links.Select(l => $"{l.LineSignal}"));
        // Older than what was said last: acknowledged no more (RFC 4204 §7).
        a.Messages.Clear();
        Tell(a, 2, (7, Failed with { Condition = ChannelCondition.SignalOkay }));
        Assert.Equal(SignalState.Fail, a.Links[0].RemoteSignal);
        Assert.Empty(a.Messages.OfType<ChannelStatusAckMessage>());
    }

    [Fact]
    public void Objects_of_both_kinds_in_one_message_are_understood_in_their_order()
    {
        var a = Partner(2, WdmRole.Ols, _ => [], _ => [7]);
        a.Send(new ChannelStatusMessage(
            Identifier.Unnumbered(2), 1,
            new LinkGroupChannelStatus([new LinkGroupStatusEntry(7, Failed)]),
            new ChannelStatusObject(IdentifierType.Unnumbered, [new ChannelStatusEntry(Identifier.Unnumbered(1002), Failed with { Condition = ChannelCondition.SignalOkay })])));
        Assert.Equal([SignalState.Fail, SignalState.Ok], a.Links.Select(l => l.RemoteSignal));
    }

    [Fact]
    public void A_group_that_is_not_known_is_ignored_counted_and_told()
    {
        var a = Partner(2, WdmRole.Ols, _ => [5], _ => [7]);
        Tell(a, 1, (5, Failed), (6, Failed), (7, Failed));
        Assert.All(a.Links, l => Assert.Equal(SignalState.Fail, l.RemoteSignal));
        Assert.Equal("te1: b says of link group 7 in one: no usable signal is received on 2", Assert.Single(a.Events.OfType<LinkGroupTold>()).Text);
        Tell(a, 2, (7, Failed));
        Assert.Single(a.Events.OfType<LinkGroupTold>());
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.UnknownLink));
        Assert.Equal(
            "te1: b tells the state of link group 5, 6, of which its LinkSummary names no data link; ignored", Assert.Single(a.Events.OfType<LinkGroupUnknown>()).Text);
        Assert.Contains(a.Messages, m => m is ChannelStatusAckMessage { MessageIdAck: 1 });
    }

    [Fact]
    public void Without_a_WDM_session_groups_are_acknowledged_counted_and_not_applied()
    {
        var a = Partner(2, WdmRole.None, _ => [], _ => [7]);
        Tell(a, 1, (7, Failed), (All, Failed));
        Assert.All(a.Links, l => Assert.Equal(SignalState.Unknown, l.RemoteSignal));
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.Unsupported));
        Assert.Contains(a.Messages, m => m is ChannelStatusAckMessage { MessageIdAck: 1 });
    }

    private static void Tell(LinkPartner a, uint messageId, params (uint Group, ChannelState State)[] groups) =>
        a.Send(new ChannelStatusMessage(Identifier.Unnumbered(2), messageId, new LinkGroupChannelStatus([.. groups.Select(g => new LinkGroupStatusEntry(g.Group, g.State))])));
}
