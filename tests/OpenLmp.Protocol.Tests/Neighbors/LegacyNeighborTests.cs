// RFC 6898 §1, §4: a neighbour of RFC 4204 alone, "message types from 1 to 20".
using OpenLmp.Protocol.Tests.StatusConfirmation;
using OpenLmp.Protocol.Tests.Trace;
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests.Neighbors;

public class LegacyNeighborTests
{
    private static readonly TraceObject Trace = new(TraceType.SonetJ0, "PARIS");

    /// <summary>Every message of an extension, and what is made of it: the answer, or why it is dropped.</summary>
    public static TheoryData<LmpMessage, LmpMessage?, DropReason?> Messages => new()
    {
        { new TraceMonitorMessage(77, Id(201), Trace), new TraceMonitorNackMessage(77, TraceErrors.UnsupportedTraceType), null },
        { new TraceMonitorAckMessage(77), null, DropReason.StaleAnswer },
        { new TraceMonitorNackMessage(77, TraceErrors.InvalidTraceMessage), null, DropReason.StaleAnswer },
        { new TraceMismatchMessage(77, Id(201)), null, DropReason.Unsupported },
        { new TraceMismatchAckMessage(77), null, DropReason.StaleAnswer },
        { new TraceReqMessage(77, Id(201), TraceType.SonetJ0), new TraceReqNackMessage(77, TraceErrors.UnsupportedTraceType), null },
        { new TraceReportMessage(77, Trace), null, DropReason.StaleAnswer },
        { new TraceReqNackMessage(77, TraceErrors.InvalidTraceMessage), null, DropReason.StaleAnswer },
        { new InsertTraceMessage(77, Id(201), Trace), new InsertTraceNackMessage(77, TraceErrors.UnsupportedTraceType), null },
        { new InsertTraceAckMessage(77), null, DropReason.StaleAnswer },
        { new InsertTraceNackMessage(77, TraceErrors.InvalidTraceMessage), null, DropReason.StaleAnswer },
        {
            Confirming.Question(77, Confirming.Of(201, 101, DataChannelStatus.InUse, 201)),
            new ConfirmDataChannelStatusNackMessage(Id(1), 77, ConfirmDataChannelStatusErrors.NotSupported), null
        },
        { new ConfirmDataChannelStatusAckMessage(77, [Confirming.Of(201, 101, DataChannelStatus.InUse, 201)]), null, DropReason.StaleAnswer },
        { new ConfirmDataChannelStatusNackMessage(null, 77, ConfirmDataChannelStatusErrors.Unwilling), null, DropReason.StaleAnswer },
    };

    [Fact]
    public void All_types_from_21_to_34_are_looked_at() =>
        Assert.Equal(Enumerable.Range(21, 14), Messages.Select(row => (int)((LmpMessage)row[0]).Type).Order());

    [Theory]
    [MemberData(nameof(Messages))]
    [Requirement("6898-1-1")]
    public void A_message_of_an_extension_that_was_not_negotiated_is_refused_and_changes_nothing(LmpMessage message, LmpMessage? answer, DropReason? reason)
    {
        var partner = Partner();
        partner.Node.ReportTrace(partner.Now, "te1-1", TraceType.SonetJ0, "LYON");
        partner.RunMs(0);
        partner.Messages.Clear();
        var before = (string.Join(',', partner.RaisedAlarms), partner.Events.Count);
        partner.Send(message);
        Assert.Equal(answer is null ? [] : new[] { answer }, partner.Messages);
        if (reason is { } why) Assert.Equal(1, partner.Node.Counters.Dropped(why));
        partner.RunMs(60_000);
        Assert.Equal(answer is null ? 0 : 1, partner.Messages.Count);
        Assert.Equal(before, (string.Join(',', partner.RaisedAlarms), partner.Events.Count));
        Assert.Empty(partner.TracesSet);
        Assert.Null(partner.Links[0].Traces.Single().Monitored);
    }

    [Fact]
    public void No_message_of_an_extension_is_sent_whatever_happens()
    {
        var partner = Partner(t => t with { Confirmation = new StatusConfirmationConfiguration { Interval = TimeSpan.FromMinutes(1) } });
        partner.Transports = VerifyTransport.Payload | TestTransports.SonetSdh;
        partner.Node.ReportDataPlane(partner.Now, null);
        partner.Send("PARIS");
        partner.Expect("LYON");
        partner.Receives("NICE");
        Assert.NotEqual(CommandStatus.Ok, partner.Node.AskTrace(partner.Now, "te1-1", TraceType.SonetJ0).Status);
        Assert.NotEqual(CommandStatus.Ok, partner.Node.Confirm(partner.Now, "te1").Status);
        partner.Node.Verify(partner.Now, "te1");
        partner.RunMs(600_000);
        partner.TransportDown();
        partner.TransportUp();
        partner.RunMs(600_000);
        Assert.DoesNotContain(partner.Messages, m => (byte)m.Type > 20);
        Assert.NotEmpty(partner.Messages.OfType<BeginVerifyMessage>());
        Assert.All(partner.Messages.OfType<BeginVerifyMessage>(), m => Assert.Equal(VerifyTransport.Payload, m.BeginVerify!.Transports));
    }

    // It acknowledges Config without a word on behaviours.
    private static LinkPartner Partner(Func<TeLinkConfiguration, TeLinkConfiguration>? change = null)
    {
        var partner = new LinkPartner(Tracing.Sdh(NodeA(change)));
        partner.Ack();
        Assert.Equal(BehaviorSupport.Legacy, partner.Node.Neighbors.Single().BehaviorSupport);
        return partner;
    }

    private static Identifier Id(uint id) => Identifier.Unnumbered(id);
}
