// RFC 4207 §4.1: what we ask a neighbour for.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Trace.Tracing;

namespace OpenLmp.Protocol.Tests.Trace;

public class TraceAskTests
{
    [Fact]
    [Requirement("4207-4.1.1-1")]
    [Requirement("4207-4.1.1.1-1")]
    public void What_is_sent_the_neighbour_is_asked_to_monitor_for()
    {
        var partner = Partner();
        partner.Send("PARIS");
        Assert.Equal(["te1-1 SonetJ0 PARIS"], partner.TracesSet);
        var monitor = partner.Last<TraceMonitorMessage>();
        Assert.Equal([new MessageId(monitor.MessageId!.Value), new LocalInterfaceId(Id(101)), new TraceObject(J0, "PARIS")], monitor.Objects);
        // TRACE: header, type, length 5, PARIS, three zeros.
        Assert.Equal([0x01, 0x15, 0x00, 0x10, 0x00, 0x01, 0x00, 0x05, .. "PARIS"u8, 0x00, 0x00, 0x00], partner.Sent[^1].Bytes[^16..]);
        partner.Send(new TraceMonitorAckMessage(monitor.MessageId!.Value));
        partner.RunMs(600_000);
        Assert.Equal(1, partner.Count<TraceMonitorMessage>());
        Assert.Equal("", partner.Trace().Reason);
        Assert.Equal(TraceRequestOutcome.Done, Assert.Single(partner.Events.OfType<TraceRequestFinished>()).Outcome);
    }

    [Fact]
    [Requirement("4207-4.1.9-1")]
    public void What_is_expected_the_neighbour_is_asked_to_send()
    {
        var partner = Partner();
        partner.Expect("LYON");
        var insert = partner.Last<InsertTraceMessage>();
        Assert.Equal([new MessageId(insert.MessageId!.Value), new LocalInterfaceId(Id(101)), new TraceObject(J0, "LYON")], insert.Objects);
        partner.Receives("NICE");
        Assert.Equal("te1-1: SONET Section Trace (J0 Byte): 'NICE' is received, 'LYON' is expected; check where the fibre really ends", partner.Mismatch());
        // §4.1.9: "Once the InsertTraceAck message is received", not before.
        Assert.Equal(0, partner.Count<TraceMismatchMessage>());
        partner.Send(new InsertTraceAckMessage(insert.MessageId!.Value));
        partner.Receives("LYON");
        Assert.Null(partner.Mismatch());
        partner.Receives("METZ");
        Assert.Equal([Id(101)], partner.Last<TraceMismatchMessage>().LocalInterfaceIds);
        Assert.Empty(partner.TracesSet);
    }

    [Fact]
    [Requirement("4207-4.1.4-2")]
    [Requirement("4207-4.1.5-1")]
    [Requirement("4207-4.1.6-1")]
    [Requirement("4207-4.1.6-2")]
    public void A_mismatch_that_the_neighbour_reports_is_acknowledged_and_told_with_both_texts_until_it_is_over()
    {
        var partner = Partner();
        partner.Send("PARIS");
        partner.Send(new TraceMonitorAckMessage(partner.Messages[^1].MessageId!.Value));
        partner.Send(new TraceMismatchMessage(77, Id(201)));
        Assert.Equal([new MessageIdAck(77)], partner.Messages.OfType<TraceMismatchAckMessage>().Single().Objects);
        Assert.Equal("te1-1: SONET Section Trace (J0 Byte): b receives another one, 'PARIS' is sent; check where the fibre really ends", partner.Mismatch());
        var request = partner.Last<TraceReqMessage>();
        Assert.Equal([new MessageId(request.MessageId!.Value), new LocalInterfaceId(Id(101)), new TraceReqObject(J0)], request.Objects);
        Assert.Equal([0x00, 0x01, 0x00, 0x00], partner.Sent[^1].Bytes[^4..]);
        partner.Send(new TraceReportMessage(request.MessageId!.Value, new TraceObject(J0, "LYON")));
        Assert.Equal("te1-1: SONET Section Trace (J0 Byte): b receives 'LYON', 'PARIS' is sent; check where the fibre really ends", partner.Mismatch());

        // Nobody tells when it is over: it is asked again every minute.
        partner.RunMs(60_000);
        partner.Send(new TraceMonitorNackMessage(partner.Last<TraceMonitorMessage>().MessageId!.Value, TraceErrors.InvalidTraceMessage));
        partner.Send(new TraceReportMessage(partner.Last<TraceReqMessage>().MessageId!.Value, new TraceObject(J0, "NICE")));
        Assert.Contains("b receives 'NICE'", partner.Mismatch(), StringComparison.Ordinal);
        partner.RunMs(60_000);
        partner.Send(new TraceMonitorAckMessage(partner.Last<TraceMonitorMessage>().MessageId!.Value));
        Assert.Null(partner.Mismatch());
        partner.RunMs(600_000);
        Assert.Equal(3, partner.Count<TraceMonitorMessage>());
    }

    [Fact]
    public void A_neighbour_that_sees_another_one_at_once_says_so_by_its_Nack()
    {
        var partner = Partner();
        partner.Send("PARIS");
        partner.Send(new TraceMonitorNackMessage(partner.Messages[^1].MessageId!.Value, TraceErrors.InvalidTraceMessage));
        partner.Send(new TraceReportMessage(partner.Last<TraceReqMessage>().MessageId!.Value, new TraceObject(J0, "")));
        Assert.Equal("te1-1: SONET Section Trace (J0 Byte): b receives none, 'PARIS' is sent; check where the fibre really ends", partner.Mismatch());
        Assert.Equal([TraceRequestOutcome.Mismatch, TraceRequestOutcome.Mismatch], partner.Events.OfType<TraceRequestFinished>().Select(e => e.Outcome));
    }

    [Fact]
    public void Refusal_and_silence_are_told_and_no_mismatch()
    {
        var partner = Partner();
        partner.Send("PARIS");
        partner.Send(new TraceMonitorNackMessage(partner.Messages[^1].MessageId!.Value, TraceErrors.UnsupportedTraceType));
        Assert.Equal("b refuses TraceMonitor: Unsupported Trace Type", partner.Trace().Reason);
        partner.Expect("LYON");
        partner.RunMs(10_000);
        Assert.Equal(3, partner.Count<InsertTraceMessage>());
        Assert.Single(partner.Messages.OfType<InsertTraceMessage>().Select(m => m.MessageId).Distinct());
        Assert.Contains("3 InsertTrace messages unanswered by b", partner.Trace().Reason, StringComparison.Ordinal);
        partner.Expect("NICE");
        partner.Send(new InsertTraceNackMessage(partner.Messages[^1].MessageId!.Value, TraceErrors.InvalidTraceMessage));
        Assert.Contains("b refuses InsertTrace: Invalid Trace Message", partner.Trace().Reason, StringComparison.Ordinal);
        Assert.Equal([TraceRequestOutcome.Refused, TraceRequestOutcome.Unanswered, TraceRequestOutcome.Refused], partner.Events.OfType<TraceRequestFinished>().Select(e => e.Outcome));
        Assert.Null(partner.Mismatch());
    }

    [Fact]
    public void The_neighbour_tells_what_it_receives_when_it_is_asked()
    {
        var partner = Partner();
        Assert.Equal(CommandStatus.Ok, partner.Node.AskTrace(partner.Now, "te1-1", J0).Status);
        partner.Send(new TraceReportMessage(partner.Last<TraceReqMessage>().MessageId!.Value, new TraceObject(J0, "LYON")));
        Assert.Equal("LYON", partner.Trace().RemoteReceived);
        Assert.Equal("te1-1: SONET Section Trace (J0 Byte): b receives 'LYON'", partner.Events.OfType<TraceRequestFinished>().Single().Text);
        Assert.Null(partner.Mismatch());
        partner.Node.AskTrace(partner.Now, "te1-1", J0);
        partner.Send(new TraceReqNackMessage(partner.Last<TraceReqMessage>().MessageId!.Value, TraceErrors.InvalidTraceMessage));
        Assert.Equal(TraceRequestOutcome.Refused, partner.Events.OfType<TraceRequestFinished>().Last().Outcome);
    }

    [Fact]
    public void Answers_to_nothing_or_of_the_wrong_kind_change_nothing()
    {
        var partner = Partner();
        partner.Send("PARIS");
        var id = partner.Messages[^1].MessageId!.Value;
        partner.Send(new TraceMonitorAckMessage(id + 1));
        partner.Send(new InsertTraceAckMessage(id));
        partner.Send(new InsertTraceNackMessage(id, TraceErrors.UnsupportedTraceType));
        partner.Send(new TraceReportMessage(id, new TraceObject(J0, "LYON")));
        partner.Send(new TraceReqNackMessage(id, TraceErrors.UnsupportedTraceType));
        partner.Send(new TraceMismatchAckMessage(id));
        Assert.Equal(6, partner.Node.Counters.Dropped(DropReason.StaleAnswer));
        Assert.Empty(partner.Events.OfType<TraceRequestFinished>());
        partner.Send(new TraceMonitorAckMessage(id));
        partner.Send(new TraceMonitorNackMessage(id, TraceErrors.InvalidTraceMessage));
        Assert.Null(partner.Mismatch());
        Assert.Equal(7, partner.Node.Counters.Dropped(DropReason.StaleAnswer));
    }

    [Fact]
    public void Another_text_replaces_the_request_for_the_first()
    {
        var partner = Partner();
        partner.Send("PARIS");
        var first = partner.Last<TraceMonitorMessage>();
        partner.Send("LYON");
        Assert.Equal("LYON", partner.Last<TraceMonitorMessage>().Trace.Text);
        partner.Send(new TraceMonitorAckMessage(first.MessageId!.Value));
        partner.RunMs(500);
        Assert.Equal(["PARIS", "LYON", "LYON"], partner.Messages.OfType<TraceMonitorMessage>().Select(m => m.Trace.Text));
        // What the neighbour has inserted instead is what it is to look for.
        partner.Send(new InsertTraceMessage(77, Id(201), new TraceObject(J0, "NICE")));
        Assert.Equal("NICE", partner.Last<TraceMonitorMessage>().Trace.Text);
        partner.Send("");
        partner.RunMs(60_000);
        Assert.Equal("NICE", partner.Last<TraceMonitorMessage>().Trace.Text);
        Assert.Null(partner.Trace().Sent);
    }

    [Fact]
    public void Requests_are_made_again_when_the_adjacency_comes_back()
    {
        var partner = Partner();
        partner.TransportDown();
        Assert.Contains("b will be asked to monitor for it", partner.Node.SendTrace(partner.Now, "te1-1", J0, "PARIS").Text, StringComparison.Ordinal);
        partner.Expect("LYON");
        Assert.Equal(0, partner.Count<TraceMonitorMessage>() + partner.Count<InsertTraceMessage>());
        partner.TransportUp();
        partner.Node.AgreeOnExtensions();
        partner.Node.BehaviorsSettled(partner.Now, partner.Node.Neighbors.Single());
        Assert.Equal((1, 1), (partner.Count<TraceMonitorMessage>(), partner.Count<InsertTraceMessage>()));
        partner.TransportDown();
        partner.RunMs(60_000);
        Assert.Equal((1, 1), (partner.Count<TraceMonitorMessage>(), partner.Count<InsertTraceMessage>()));
    }

    [Fact]
    public void Without_negotiation_texts_are_for_this_end_alone()
    {
        var partner = Partner();
        partner.Node.AgreeOnExtensions(LmpBehaviors.ConsistencyCheck);
        Assert.Contains("b is not asked to monitor for it", partner.Node.SendTrace(partner.Now, "te1-1", J0, "PARIS").Text, StringComparison.Ordinal);
        partner.Expect("LYON");
        partner.Receives("NICE");
        Assert.Equal(["te1-1 SonetJ0 PARIS"], partner.TracesSet);
        Assert.NotNull(partner.Mismatch());
        Assert.Equal(CommandStatus.Conflict, partner.Node.AskTrace(partner.Now, "te1-1", J0).Status);
        partner.RunMs(60_000);
        Assert.DoesNotContain(partner.Messages, m => (byte)m.Type is >= 21 and <= 31);
    }

    [Fact]
    public void What_cannot_be_a_trace_message_is_told()
    {
        var partner = Partner();
        foreach (var text in (string[])[new string('x', 63), "é", "a\n"])
        {
            Assert.Contains("1 to 62 printable ASCII characters", partner.Node.SendTrace(partner.Now, "te1-1", J0, text).Text, StringComparison.Ordinal);
            Assert.Equal(CommandStatus.Conflict, partner.Node.ExpectTrace(partner.Now, "te1-1", J0, text).Status);
        }

        Assert.Equal(CommandStatus.NotFound, partner.Node.ReportTrace(partner.Now, "nosuch", J0, "x").Status);
        Assert.Equal(CommandStatus.Conflict, partner.Node.ReportTrace(partner.Now, "te1-1", J0, "€").Status);
        Assert.All(partner.Links, l => Assert.Empty(l.Traces));
    }

    [Fact]
    public void A_data_link_that_is_gone_asks_for_nothing()
    {
        var partner = Partner();
        partner.Expect("LYON");
        partner.Receives("NICE");
        Assert.NotNull(partner.Mismatch());
        partner.Reconfigure(LinkConfigurations.NodeA() with { TeLinks = [] });
        Assert.Null(partner.Mismatch());
        var sent = partner.Count<InsertTraceMessage>();
        partner.RunMs(60_000);
        Assert.Equal(sent, partner.Count<InsertTraceMessage>());
    }
}
