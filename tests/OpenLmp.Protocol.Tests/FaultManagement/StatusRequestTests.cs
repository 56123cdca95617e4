// RFC 4204 §6.2, §12.7.3, §12.7.4, §13.14
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.StatusPartner;

namespace OpenLmp.Protocol.Tests;

public class StatusRequestTests
{
    private readonly StatusPartner _b = new();

    private ChannelStatusResponseMessage LastResponse => Assert.IsType<ChannelStatusResponseMessage>(_b.Node.Messages[^1]);

    [Fact]
    [Requirement("4204-12.7.3-1")]
    [Requirement("4204-12.7.4-1")]
    [Requirement("4204-12.7.4-2")]
    public void A_request_is_answered_with_both_directions_of_what_it_names()
    {
        _b.Signal(SignalState.Fail, "te1-1");
        Ask(77, 201);
        Assert.Equal((77u, 2), (LastResponse.MessageIdAck, LastResponse.Objects.Count));
        Assert.Equal([ObjectClass.MessageId, ObjectClass.ChannelStatus], LastResponse.Objects.Select(o => o.Class));
        Assert.Equal([Entry(101, false, ChannelCondition.SignalFail), Entry(101, false, ChannelCondition.SignalOkay, transmit: true)], LastResponse.ChannelStatuses.Single().Channels);
        // Never out of order, and as often as asked.
        Ask(5, 202, 202);
        Assert.Equal((5u, 2), (LastResponse.MessageIdAck, LastResponse.ChannelStatuses.Single().Channels.Count));
    }

    [Fact]
    public void A_request_that_names_none_is_about_all_of_the_TE_link()
    {
        _b.Node.Send(new ChannelStatusRequestMessage(Identifier.Unnumbered(2), 1));
        Assert.Equal([101u, 101u, 102u, 102u], LastResponse.ChannelStatuses.Single().Channels.Span.ToArray().Select(c => (uint)c.InterfaceId.Value));
    }

    [Fact]
    public void Nothing_can_be_said_of_what_is_not_known()
    {
        Ask(1, 999);
        _b.Node.Send(new ChannelStatusRequestMessage(Identifier.Unnumbered(9), 2));
        Assert.Empty(_b.Node.Messages);
        Assert.Equal(2, _b.Node.Node.Counters.Dropped(DropReason.UnknownLink));
        Ask(3, 999, 201);
        Assert.Equal(2, LastResponse.ChannelStatuses.Single().Channels.Count);
    }

    [Fact]
    [Requirement("4204-6.2-3")]
    [Requirement("4204-12.7.3-2")]
    public void A_word_that_does_not_come_is_asked_for_and_the_response_localizes()
    {
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        _b.Acknowledge();
        _b.RunMs(999);
        Assert.Empty(_b.Requests);
        _b.RunMs(1);
        var request = Assert.Single(_b.Requests);
        Assert.Equal([ObjectClass.LinkId, ObjectClass.MessageId, ObjectClass.ChannelStatusRequest], request.Objects.Select(o => o.Class));
        Assert.Equal([Identifier.Unnumbered(101)], Assert.Single(request.Requests).InterfaceIds);
        Respond(request, Entry(201, false, ChannelCondition.SignalOkay, transmit: true));
        _b.RunMs(10_000);
        Assert.NotNull(_b.Node.AlarmText(AlarmKind.FaultLocalized, "te1-1"));
        Assert.Single(_b.Requests);
    }

    [Fact]
    public void A_word_about_one_direction_that_overtakes_the_response_leaves_the_other_to_it()
    {
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(1000);
        var request = Assert.Single(_b.Requests);
        _b.Tell(1, Entry(201, false, ChannelCondition.SignalOkay, transmit: true));
        Respond(request, Entry(201, false, ChannelCondition.SignalFail), Entry(201, false, ChannelCondition.SignalFail, transmit: true));
        _b.RunMs(0);
        Assert.Equal(SignalState.Fail, _b.Link.RemoteSignal);
        // What it has to send, its own word told later than the response was made.
        Assert.Equal((true, true), (_b.Link.Fault?.Receive, _b.Link.Fault?.Transmit));
    }

    [Fact]
    public void A_word_that_comes_is_not_asked_for()
    {
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        _b.Acknowledge();
        _b.Tell(1, Entry(201, false, ChannelCondition.SignalFail, transmit: true));
        _b.RunMs(10_000);
        Assert.Empty(_b.Requests);
    }

    [Fact]
    public void A_neighbour_that_has_no_word_is_asked_once_and_one_that_is_silent_with_pauses()
    {
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        _b.Acknowledge();
        _b.RunMs(1000);
        Respond(_b.Requests[0], Entry(201, false, ChannelCondition.SignalOkay));
        _b.RunMs(20_000);
        Assert.Single(_b.Requests);

        _b.Signal(SignalState.Fail, "te1-2");
        _b.RunMs(0);
        _b.Acknowledge();
        _b.RunMs(1000 + 5500 - 1);
        Assert.Equal(4, _b.Requests.Count);
        Assert.Equal(2, _b.Requests.Select(r => r.MessageId).Distinct().Count());
        _b.RunMs(1);
        Assert.Equal(3, _b.Requests.Select(r => r.MessageId).Distinct().Count());
    }

    [Fact]
    public void A_response_that_nobody_asked_for_or_that_is_older_than_a_ChannelStatus_changes_nothing()
    {
        _b.Node.Send(new ChannelStatusResponseMessage(4, new ChannelStatusObject(IdentifierType.Unnumbered, [Entry(201, false, ChannelCondition.SignalFail)])));
        Assert.Equal((SignalState.Unknown, 1), (_b.Link.RemoteSignal, _b.Node.Node.Counters.Dropped(DropReason.StaleAnswer)));

        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        _b.Acknowledge();
        _b.RunMs(1000);
        _b.Tell(1, Entry(201, false, ChannelCondition.SignalDegrade));
        Respond(_b.Requests[0], Entry(201, false, ChannelCondition.SignalFail), Entry(202, false, ChannelCondition.SignalFail));
        Assert.Equal([SignalState.Degrade, SignalState.Fail], _b.Node.Links.Select(l => l.RemoteSignal));
    }

    [Fact]
    public void When_the_adjacency_comes_back_the_neighbour_is_told_and_asked()
    {
        _b.Node.Node.Allocate(_b.Node.Now, ["te1-2"]);
        _b.Signal(SignalState.Fail, "te1-1");
        _b.RunMs(0);
        _b.AcknowledgeAll();
        _b.Node.TransportDown();
        _b.RunMs(60_000);
        _b.Node.Messages.Clear();
        _b.Node.TransportUp();
        _b.RunMs(0);
        Assert.Equal(
            [Entry(101, false, ChannelCondition.SignalFail), Entry(102, true, ChannelCondition.SignalOkay)],
            Assert.Single(Assert.Single(_b.Statuses).ChannelStatuses).Channels.Span.ToArray().OrderBy(e => e.InterfaceId.Value));
        var request = Assert.Single(_b.Requests);
        Assert.Empty(request.Requests);
        Respond(request, Entry(0, false, ChannelCondition.SignalFail));
        Assert.Equal([SignalState.Fail, SignalState.Fail], _b.Node.Links.Select(l => l.RemoteSignal));
    }

    private void Ask(uint messageId, params uint[] ids) =>
        _b.Node.Send(new ChannelStatusRequestMessage(
            Identifier.Unnumbered(2), messageId, new ChannelStatusRequestObject(IdentifierType.Unnumbered, [.. ids.Select(Identifier.Unnumbered)])));

    private void Respond(ChannelStatusRequestMessage request, params ChannelStatusEntry[] entries) =>
        _b.Node.Send(new ChannelStatusResponseMessage(request.MessageId!.Value, new ChannelStatusObject(IdentifierType.Unnumbered, [.. entries])));
}
