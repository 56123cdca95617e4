// RFC 4207 §4.1: what a neighbour asks for.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Trace.Tracing;

namespace OpenLmp.Protocol.Tests.Trace;

public class TraceAnswerTests
{
    [Fact]
    [Requirement("4207-4.1.1-2")]
    [Requirement("4207-4.1.2-1")]
    [Requirement("4207-4.1.2-2")]
    [Requirement("4207-4.1.4-1")]
    [Requirement("4207-4-1")]
    public void A_trace_monitored_on_request_is_acknowledged_and_its_mismatch_reported()
    {
        var partner = Partner();
        partner.Send(new TraceMonitorMessage(77, Id(201), new TraceObject(J0, "PARIS")));
        Assert.Equal([new MessageIdAck(77)], partner.Last<TraceMonitorAckMessage>().Objects);
        partner.Receives("PARIS");
        Assert.Equal(0, partner.Count<TraceMismatchMessage>());
        partner.Receives("LYON");
        Assert.Equal([Id(101)], partner.Last<TraceMismatchMessage>().LocalInterfaceIds);
        Assert.IsType<MessageId>(partner.Messages[^1].Objects[0]);
        Assert.Equal("te1-1: SONET Section Trace (J0 Byte): 'LYON' is received, 'PARIS' is expected; check where the fibre really ends", partner.Mismatch());
        partner.Send(new TraceMismatchAckMessage(partner.Messages[^1].MessageId!.Value));
        partner.RunMs(60_000);
        Assert.Equal(1, partner.Count<TraceMismatchMessage>());
        partner.Receives("PARIS");
        Assert.Null(partner.Mismatch());
        Assert.Equal(1, partner.Count<TraceMismatchMessage>());
    }

    [Fact]
    [Requirement("4207-4.1.3-1")]
    [Requirement("4207-4.1.3-2")]
    [Requirement("4207-4.1.3-4")]
    [Requirement("4207-4.1.3-5")]
    public void Monitoring_for_another_trace_than_is_seen_is_refused_and_not_reported_besides()
    {
        var partner = Partner();
        partner.Receives("LYON");
        partner.Send(new TraceMonitorMessage(77, Id(201), new TraceObject(J0, "PARIS")));
        Assert.Equal([new MessageIdAck(77), new TraceError(TraceErrors.InvalidTraceMessage)], partner.Last<TraceMonitorNackMessage>().Objects);
        partner.RunMs(60_000);
        Assert.Equal(0, partner.Count<TraceMismatchMessage>());
        // It goes on looking for it, and tells of what comes later.
        Assert.NotNull(partner.Mismatch());
        partner.Receives("PARIS");
        Assert.Null(partner.Mismatch());
        partner.Receives("NICE");
        Assert.Equal(1, partner.Count<TraceMismatchMessage>());
    }

    [Theory]
    [InlineData(7, 201, "PARIS", TraceErrors.UnsupportedTraceType)]
    [InlineData(0, 201, "PARIS", TraceErrors.UnsupportedTraceType)]
    [InlineData(1, 299, "PARIS", TraceErrors.InvalidTraceMessage)]
    [InlineData(1, 201, "", TraceErrors.InvalidTraceMessage)]
    [InlineData(1, 201, "PARIS\r\n", TraceErrors.InvalidTraceMessage)]
    [InlineData(1, 201, "123456789-123456789-123456789-123456789-123456789-123456789-123", TraceErrors.InvalidTraceMessage)]
    [InlineData(9, 201, "", TraceErrors.UnsupportedTraceType | TraceErrors.InvalidTraceMessage)]
    [Requirement("4207-4.1.3-3")]
    [Requirement("4207-4.1.8-1")]
    [Requirement("4207-4.1.8-2")]
    [Requirement("4207-4.1.8-3")]
    [Requirement("4207-4.1.11-1")]
    [Requirement("4207-4.1.11-2")]
    public void What_cannot_be_done_is_refused_with_every_reason(int type, uint link, string text, TraceErrors errors)
    {
        var partner = Partner();
        var trace = new TraceObject((TraceType)type, text);
        partner.Send(new TraceMonitorMessage(77, Id(link), trace));
        Assert.Equal([new MessageIdAck(77), new TraceError(errors)], partner.Last<TraceMonitorNackMessage>().Objects);
        partner.Send(new InsertTraceMessage(78, Id(link), trace));
        Assert.Equal([new MessageIdAck(78), new TraceError(errors)], partner.Last<InsertTraceNackMessage>().Objects);
        Assert.Empty(partner.TracesSet);
        Assert.All(partner.Links, l => Assert.Empty(l.Traces));
        if (text != "PARIS") return;
        partner.Send(new TraceReqMessage(79, Id(link), (TraceType)type));
        Assert.Equal([new MessageIdAck(79), new TraceError(errors)], partner.Last<TraceReqNackMessage>().Objects);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("123456789-12345")]
    [InlineData("123456789-123456789-123456789-123456789-123456789-123456789-12")]
    public void The_lengths_of_the_three_formats_are_usable_for_every_type(string text)
    {
        foreach (var type in Enum.GetValues<TraceType>())
        {
            var partner = Partner();
            partner.Send(new InsertTraceMessage(77, Id(201), new TraceObject(type, text)));
            Assert.Equal(77u, partner.Last<InsertTraceAckMessage>().MessageIdAck);
            Assert.Equal([$"te1-1 {type} {text}"], partner.TracesSet);
        }
    }

    [Fact]
    public void A_data_link_of_another_encoding_has_no_traces()
    {
        var partner = new LinkPartner(LinkConfigurations.NodeA());
        partner.Node.AgreeOnExtensions();
        partner.Send(new TraceMonitorMessage(77, Id(201), new TraceObject(J0, "PARIS")));
        Assert.Equal(TraceErrors.UnsupportedTraceType, partner.Last<TraceMonitorNackMessage>().Errors);
        partner.Send(new TraceReqMessage(78, Id(201), J0));
        Assert.Equal(TraceErrors.UnsupportedTraceType, partner.Last<TraceReqNackMessage>().Errors);
        Assert.Contains("encoding: sdh", partner.Node.SendTrace(partner.Now, "te1-1", J0, "PARIS").Text, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("4207-4.1.7-1")]
    [Requirement("4207-4.1.7-2")]
    public void What_is_received_is_reported_on_request_whatever_its_bytes()
    {
        var partner = Partner();
        partner.Send(new TraceReqMessage(77, Id(201), J0));
        Assert.Equal(TraceErrors.InvalidTraceMessage, partner.Last<TraceReqNackMessage>().Errors);
        foreach (var text in (string[])["PARIS", "", "a\\b\r\n\xFF"])
        {
            partner.Receives(text);
            partner.Send(new TraceReqMessage(78, Id(201), J0));
            var report = partner.Last<TraceReportMessage>();
            Assert.Equal(78u, report.MessageIdAck);
            Assert.Equal((J0, text), (report.Trace.TraceType, TraceText.FromWire(report.Trace)));
        }

        partner.Send(new TraceReqMessage(79, Id(201), TraceType.SonetJ1));
        Assert.Equal(TraceErrors.InvalidTraceMessage, partner.Last<TraceReqNackMessage>().Errors);
    }

    [Fact]
    [Requirement("4207-4.1.9-2")]
    [Requirement("4207-4.1.10-1")]
    public void A_trace_is_inserted_on_request_once()
    {
        var partner = Partner();
        for (var i = 0; i < 3; i++) partner.Send(new InsertTraceMessage(77, Id(201), new TraceObject(J0, "PARIS")));
        Assert.Equal(["te1-1 SonetJ0 PARIS"], partner.TracesSet);
        Assert.Equal(3, partner.Count<InsertTraceAckMessage>());
        Assert.All(partner.Messages.OfType<InsertTraceAckMessage>(), a => Assert.Equal(77u, a.MessageIdAck));
        Assert.Equal("PARIS", partner.Trace().Sent);
    }

    [Fact]
    public void A_request_that_the_network_kept_is_answered_and_does_not_bring_back_what_is_past()
    {
        var partner = Partner();
        partner.Send(new InsertTraceMessage(77, Id(201), new TraceObject(J0, "LYON")));
        partner.Send(new TraceMonitorMessage(78, Id(201), new TraceObject(J0, "LYON")));
        partner.Send(new InsertTraceMessage(79, Id(201), new TraceObject(J0, "PARIS")));
        partner.Send(new TraceMonitorMessage(80, Id(201), new TraceObject(J0, "PARIS")));
        partner.Send(new InsertTraceMessage(77, Id(201), new TraceObject(J0, "LYON")));
        Assert.Equal(77u, partner.Last<InsertTraceAckMessage>().MessageIdAck);
        partner.Send(new TraceMonitorMessage(78, Id(201), new TraceObject(J0, "LYON")));
        Assert.Equal(78u, partner.Last<TraceMonitorAckMessage>().MessageIdAck);
        Assert.Equal(("PARIS", "PARIS"), (partner.Trace().Sent, partner.Trace().Monitored));

        // Another adjacency, other Message_Ids.
        partner.TransportDown();
        partner.TransportUp();
        partner.Node.AgreeOnExtensions();
        partner.Send(new InsertTraceMessage(1, Id(201), new TraceObject(J0, "NICE")));
        Assert.Equal("NICE", partner.Trace().Sent);
    }

    [Fact]
    public void Mismatches_of_one_turn_share_a_message_which_is_repeated_until_it_is_acknowledged()
    {
        var partner = Partner();
        partner.Send(new TraceMonitorMessage(77, Id(201), new TraceObject(J0, "PARIS")));
        partner.Send(new TraceMonitorMessage(78, Id(202), new TraceObject(J0, "PARIS")));
        partner.Node.ReportTrace(partner.Now, "te1-1", J0, "LYON");
        partner.Node.ReportTrace(partner.Now, "te1-2", J0, "NICE");
        partner.RunMs(600);
        Assert.Equal(2, partner.Count<TraceMismatchMessage>());
        Assert.All(partner.Messages.OfType<TraceMismatchMessage>(), m => Assert.Equal([Id(101), Id(102)], m.LocalInterfaceIds));
        // What comes meanwhile goes with the next.
        partner.Receives("METZ");
        Assert.Equal(2, partner.Count<TraceMismatchMessage>());
        partner.Send(new TraceMismatchAckMessage(partner.Last<TraceMismatchMessage>().MessageId!.Value));
        Assert.Equal([Id(101)], partner.Last<TraceMismatchMessage>().LocalInterfaceIds);
        partner.RunMs(60_000);
        Assert.Equal(5, partner.Count<TraceMismatchMessage>());
        Assert.Contains(partner.Events.OfType<TraceRequestFinished>(), e => e.Outcome == TraceRequestOutcome.Unanswered && e.Request == MessageType.TraceMismatch);
    }

    [Fact]
    public void Without_negotiation_requests_are_refused_and_nothing_is_done()
    {
        var partner = Partner();
        partner.Node.AgreeOnExtensions(LmpBehaviors.ConsistencyCheck);
        partner.Receives("PARIS");
        partner.Send(new TraceMonitorMessage(77, Id(201), new TraceObject(J0, "PARIS")));
        Assert.Equal((77u, TraceErrors.UnsupportedTraceType), (partner.Last<TraceMonitorNackMessage>().MessageIdAck!.Value, partner.Last<TraceMonitorNackMessage>().Errors));
        partner.Send(new InsertTraceMessage(78, Id(201), new TraceObject(J0, "PARIS")));
        Assert.Equal(TraceErrors.UnsupportedTraceType, partner.Last<InsertTraceNackMessage>().Errors);
        partner.Send(new TraceReqMessage(79, Id(201), J0));
        Assert.Equal(TraceErrors.UnsupportedTraceType, partner.Last<TraceReqNackMessage>().Errors);
        var sent = partner.Messages.Count;
        partner.Send(new TraceMismatchMessage(80, Id(201)));
        Assert.Equal(sent, partner.Messages.Count);
        Assert.Equal(1, partner.Node.Counters.Dropped(DropReason.Unsupported));
        Assert.Empty(partner.TracesSet);
        Assert.Null(partner.Trace().Monitored);
        Assert.Null(partner.Mismatch());
    }

    [Fact]
    public void A_neighbour_that_asked_for_a_text_and_receives_another_one_is_believed_until_it_receives_that()
    {
        var partner = Partner();
        partner.Send(new InsertTraceMessage(78, Id(201), new TraceObject(J0, "PARIS")));
        partner.Send(new TraceMismatchMessage(79, [Id(201)]));
        partner.Send(new TraceReportMessage(partner.Last<TraceReqMessage>().MessageId!.Value, new TraceObject(J0, "LYON")));
        Assert.Equal("te1-1: SONET Section Trace (J0 Byte): b receives 'LYON', 'PARIS' is sent; check where the fibre really ends", partner.Mismatch());

        partner.RunMs(60_000);
        partner.Send(new TraceReportMessage(partner.Messages.OfType<TraceReqMessage>().Last().MessageId!.Value, new TraceObject(J0, "PARIS")));
        Assert.Null(partner.Mismatch());
    }
}
