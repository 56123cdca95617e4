// RFC 4204 §5, §12.5: node a sends Test messages, b is the test.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;
using static OpenLmp.Protocol.Tests.VerifySteps;

namespace OpenLmp.Protocol.Tests;

public class InitiatorTests
{
    [Fact]
    [Requirement("4204-5-6")]
    [Requirement("4204-5-7")]
    [Requirement("4204-12.5.1-2")]
    [Requirement("4204-13.8-1")]
    public void BeginVerify_names_the_TE_link_and_says_how_Test_messages_are_sent()
    {
        var a = Verifier(t => t with { Verification = t.Verification with { Interval = TimeSpan.FromMilliseconds(70) } });

        var begin = a.Last<BeginVerifyMessage>();
        Assert.Equal((Identifier.Unnumbered(1), Identifier.Unnumbered(2)), (begin.LocalLinkId, begin.RemoteLinkId!.Value));
        Assert.Equal(
            new BeginVerifyObject(BeginVerifyFlags.VerifyAllLinks | BeginVerifyFlags.Ports, 70, 2, EncodingType.Lambda, VerifyTransport.Payload, Gbps(10), 0), begin.BeginVerify);
    }

    [Fact]
    public void The_wavelength_is_told_where_whole_fibres_are_switched_and_mixed_links_offer_what_they_share()
    {
        var fsc = new SwitchingCapability(SwitchingType.Fsc, EncodingType.Fiber, Gbps(40), Gbps(40));
        var a = Verifier(t => t with { DataLinks = [.. t.DataLinks.Select(l => l with { Wavelength = 1550, Capabilities = [fsc] })] });
        Assert.Equal((1550u, EncodingType.Fiber, Gbps(40)), (a.Last<BeginVerifyMessage>().BeginVerify!.Wavelength, a.Last<BeginVerifyMessage>().BeginVerify!.Encoding, a.Last<BeginVerifyMessage>().BeginVerify!.TransmissionRate));

        a = Verifier(t => t with { DataLinks = [t.DataLinks[0] with { Wavelength = 1550, Port = false }, t.DataLinks[1] with { Capabilities = [Tdm(2.5, 2.5)] }] });
        a.Transports = VerifyTransport.Payload | VerifyTransport.J0Trace;
        a.RunMs(10_000);
        a.Node.Verify(a.Now, "te1");
        var terms = a.Last<BeginVerifyMessage>().BeginVerify!;
        Assert.Equal((0u, VerifyTransport.Payload, Gbps(2.5), BeginVerifyFlags.VerifyAllLinks), (terms.Wavelength, terms.Transports, terms.TransmissionRate, terms.Flags));
    }

    [Fact]
    [Requirement("4204-5-11")]
    [Requirement("4204-5-15")]
    [Requirement("4204-5-17")]
    [Requirement("4204-5-18")]
    [Requirement("4204-5-19")]
    [Requirement("4204-12.5.9-2")]
    public void A_result_of_each_data_link_is_acknowledged_and_the_end_is_told()
    {
        var a = Verifier();
        a.Accept();
        Assert.Equal([101u, 102], a.Tests.Select(t => (uint)t.Test.LocalInterfaceId.Value));
        Assert.All(a.Tests, t => Assert.Equal(TheirVerifyId, t.Test.VerifyId));

        a.Succeed(101, 201, messageId: 9001);
        Assert.Equal((9001u, TheirVerifyId), (a.Last<TestStatusAckMessage>().MessageIdAck!.Value, a.Last<TestStatusAckMessage>().VerifyId));
        Assert.Equal((DataLinkState.UpFree, true, 201u), (a.Links[0].ActiveState, a.Links[0].Verified, (uint)a.Links[0].FoundTransmit!.Value.InterfaceId.Value));
        Assert.Equal(0, a.Count<EndVerifyMessage>());

        a.Fail(messageId: 9002);
        Assert.Equal(9002u, a.Last<TestStatusAckMessage>().MessageIdAck!.Value);
        a.RunMs(1000);
        Assert.Equal((DataLinkState.Down, false), (a.Links[1].ActiveState, a.Links[1].Verified));
        Assert.Contains("no Test message of it arrived at b", a.AlarmText(AlarmKind.VerificationFailed, "te1-2"));
        Assert.Equal(TheirVerifyId, a.Last<EndVerifyMessage>().VerifyId);
        a.AckEnd();
        Assert.Equal((VerificationPhase.Idle, VerificationOutcome.SomeFailed), (a.TeLink.Verification, a.Events.OfType<VerificationFinished>().Single().Outcome));
    }

    [Fact]
    public void A_late_success_after_a_failure_counts_until_the_end_is_acknowledged()
    {
        var a = Verifier();
        a.Accept();
        a.Succeed(101, 201, 9001);
        a.Fail(9002);
        a.RunMs(100);
        a.Succeed(102, 202, 9003);
        Assert.Equal((VerificationPhase.Ending, true), (a.TeLink.Verification, a.Links[1].Verified));

        a = Verifier();
        a.Accept();
        a.Fail(9001);
        a.RunMs(2000);
        Assert.Equal((VerificationPhase.Ending, 2), (a.TeLink.Verification, a.RaisedAlarms.Count));
        a.Succeed(101, 201, 9002);
        a.Succeed(102, 202, 9003);
        a.AckEnd();
        Assert.Empty(a.RaisedAlarms);
        Assert.Equal(VerificationOutcome.AllVerified, a.Events.OfType<VerificationFinished>().Single().Outcome);
    }

    [Fact]
    [Requirement("4204-12.5.1-4")]
    public void BeginVerify_is_sent_again_until_the_retry_limit_and_then_an_alarm_tells()
    {
        var a = Verifier();
        a.RunMs(60_000);
        var begins = a.Messages.OfType<BeginVerifyMessage>().ToList();
        Assert.Equal(3, begins.Count);
        Assert.Single(begins.Select(b => b.MessageId!.Value).Distinct());
        Assert.Contains("3 BeginVerify messages unanswered by b", a.AlarmText(AlarmKind.VerificationFailed, "te1"));
        Assert.Equal(VerificationOutcome.Unanswered, a.Events.OfType<VerificationFinished>().Single().Outcome);
        // It is correlated as it is configured.
        Assert.NotEmpty(a.Summaries);
    }

    [Fact]
    [Requirement("4204-12.5.3-6")]
    [Requirement("4204-13.15-1")]
    public void An_unwilling_neighbour_is_asked_again_after_Rf_and_that_it_still_is_is_no_news()
    {
        var a = Verifier();
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(i, a.Count<BeginVerifyMessage>());
            a.RefuseVerify(BeginVerifyErrors.Unwilling);
            a.RunMs(9_999);
            Assert.Equal(i, a.Count<BeginVerifyMessage>());
            a.RunMs(1);
        }

        Assert.Equal(VerificationOutcome.Unwilling, a.Events.OfType<VerificationFinished>().Single().Outcome);
        Assert.Null(a.AlarmText(AlarmKind.VerificationFailed, "te1"));
    }

    [Theory]
    [InlineData(BeginVerifyErrors.NotSupported, false)]
    [InlineData(BeginVerifyErrors.UnsupportedTransport, true)]
    [InlineData(BeginVerifyErrors.LinkIdConfiguration, true)]
    [InlineData(BeginVerifyErrors.UnknownCType, true)]
    public void A_refusal_ends_it_and_is_an_alarm_unless_the_neighbour_just_does_not_support_it(BeginVerifyErrors errors, bool alarm)
    {
        var a = Verifier();
        a.RefuseVerify(errors);
        Assert.Equal(VerificationOutcome.Refused, a.Events.OfType<VerificationFinished>().Single().Outcome);
        Assert.Equal(alarm, a.AlarmText(AlarmKind.VerificationFailed, "te1") is not null);
        a.RunMs(60_000);
        Assert.Equal(1, a.Count<BeginVerifyMessage>());
        Assert.NotEmpty(a.Summaries);
    }

    [Theory]
    [InlineData(VerifyTransport.J0Trace)]
    [InlineData(VerifyTransport.None)]
    [InlineData(VerifyTransport.Payload | VerifyTransport.Dccl)]
    public void A_transport_that_was_not_offered_or_not_one_ends_it(VerifyTransport transport)
    {
        var a = Verifier();
        a.Accept(transport: transport);
        Assert.Empty(a.Tests);
        a.AckEnd();
        Assert.Equal(VerificationOutcome.Refused, a.Events.OfType<VerificationFinished>().Single().Outcome);
        Assert.Contains("chose a transport that was not offered", a.AlarmText(AlarmKind.VerificationFailed, "te1"));
        Assert.All(a.Links, l => Assert.Equal(DataLinkState.Down, l.State));
    }

    [Fact]
    [Requirement("4204-5-13")]
    public void A_TE_link_that_is_removed_ends_its_verification_with_EndVerify()
    {
        var a = Verifier();
        a.Accept();
        a.Reconfigure(a.Node.Configuration with { TeLinks = [] });
        Assert.Equal(TheirVerifyId, a.Last<EndVerifyMessage>().VerifyId);
        var sent = a.Tests.Count;
        a.RunMs(10_000);
        Assert.Equal(sent, a.Tests.Count);
    }

    [Fact]
    public void A_data_link_that_is_removed_or_allocated_meanwhile_is_left_out()
    {
        var a = Verifier();
        a.Accept();
        var te = a.Node.Configuration.TeLinks[0];
        a.Reconfigure(a.Node.Configuration with { TeLinks = [te with { DataLinks = [te.DataLinks[0]] }] });
        a.Tests.Clear();
        a.RunMs(200);
        Assert.All(a.Tests, t => Assert.Equal("te1-1", t.Link.Name));
        a.Succeed(101, 201);
        Assert.Equal(VerificationPhase.Ending, a.TeLink.Verification);
    }

    [Fact]
    [Requirement("4204-5-4")]
    [Requirement("4204-5-5")]
    public void Nothing_is_verified_without_a_control_channel_a_data_link_or_a_data_plane()
    {
        var a = new LinkPartner(NodeA(), start: false);
        Assert.Contains("no data plane", a.Node.Verify(a.Now, "te1").Text);
        Assert.Contains("no data plane", a.Node.VerifyAll(a.Now, "b").Text);
        a.Node.ReportDataPlane(a.Now, null);
        Assert.Contains("no control channel to b is up", a.Node.Verify(a.Now, "te1").Text);
        Assert.Contains("no control channel to b is up", a.Node.VerifyAll(a.Now, "b").Text);

        a = Verifier(t => t with { DataLinks = [] });
        Assert.Contains("it has no free data link", a.Node.Verify(a.Now, "te1").Text);
        Assert.Contains("it has no free data link", a.Node.VerifyAll(a.Now, "b").Text);

        a = Verifier(t => t with { LinkVerification = false });
        Assert.Contains("link-verification is off", a.Node.Verify(a.Now, "te1").Text);
        Assert.Contains("link-verification on", a.Node.VerifyAll(a.Now, "b").Text);
        Assert.Equal(CommandStatus.NotFound, a.Node.VerifyAll(a.Now, "c").Status);
        Assert.Equal(0, a.Count<BeginVerifyMessage>());

        a = Listener();
        a.Transports = VerifyTransport.None;
        Assert.Contains("no means to send Test messages", a.Node.Verify(a.Now, "te1").Text);
    }

    [Fact]
    [Requirement("4204-5-1")]
    public void Free_data_links_are_verified_periodically_allocated_ones_never()
    {
        var a = Verifier(t => t with { Verification = t.Verification with { OnEstablishment = false, Periodic = TimeSpan.FromMinutes(10) } });
        a.Ack();
        a.Node.Allocate(a.Now, ["te1-1"]);
        Assert.Equal(0, a.Count<BeginVerifyMessage>());
        a.RunMs(600_000);
        Assert.Equal(1u, a.Last<BeginVerifyMessage>().BeginVerify!.NumberOfDataLinks);
        a.Accept();
        a.Succeed(102, 202);
        a.AckEnd();
        Assert.All(a.Tests, t => Assert.Equal("te1-2", t.Link.Name));
        Assert.Single(a.Summaries);
        a.RunMs(600_000);
        Assert.Equal(2, a.Messages.OfType<BeginVerifyMessage>().Select(b => b.MessageId).Distinct().Count());
    }

    [Fact]
    public void What_nobody_asked_for_changes_nothing_but_counters()
    {
        var a = Verifier();
        a.Accept();
        a.Succeed(101, 201, 9001);
        var before = a.Picture();
        Same(() => a.Succeed(102, 202, 9002, verifyId: 8), DropReason.UnknownVerifyId);
        Same(() => a.Succeed(999, 202, 9003), DropReason.UnknownVerifyId);
        Same(() => a.Succeed(102, 0, 9004), DropReason.ZeroId);
        Same(() => a.Fail(9004, verifyId: 8), DropReason.UnknownVerifyId);
        Same(() => a.Accept(verifyId: 9), DropReason.StaleAnswer);
        Same(() => a.RefuseVerify(BeginVerifyErrors.NotSupported), DropReason.StaleAnswer);
        Same(() => a.Send(new EndVerifyAckMessage(1, TheirVerifyId)), DropReason.StaleAnswer);
        Same(() => a.Send(new TestStatusAckMessage(1, TheirVerifyId)), DropReason.StaleAnswer);
        Same(() => a.Test(0, 201, 4711), DropReason.UnknownVerifyId);

        // Twice: acknowledged again, for the acknowledgement may have been lost; nothing else.
        var sent = a.Sent.Count;
        a.Succeed(101, 201, 9001);
        Assert.Equal((sent + 1, 9001u), (a.Sent.Count, a.Last<TestStatusAckMessage>().MessageIdAck!.Value));
        Assert.Equal(before.Split('\n')[1..], a.Picture().Split('\n')[1..]);

        a.Succeed(102, 202, 9005);
        a.AckEnd();
        before = a.Picture();
        Same(() => a.Succeed(102, 202, 9005), DropReason.UnknownVerifyId);
        Same(() => a.AckEnd(), DropReason.StaleAnswer);
        Same(() => a.Fail(9006), DropReason.UnknownVerifyId);

        void Same(Action what, DropReason reason)
        {
            var dropped = a.Node.Counters.Dropped(reason);
            what();
            Assert.Equal(before, a.Picture());
            Assert.Equal(dropped + 1, a.Node.Counters.Dropped(reason));
        }
    }

    [Theory]
    [InlineData("192.0.2.2")]
    [InlineData("2001:db8::2")]
    public void Ids_of_another_form_than_ours_are_told_and_never_paired_with_ours_on_the_wire(string other)
    {
        Assert.True(Identifier.TryParse(other, out var theirs));
        var a = Verifier(t => t with { RemoteId = null, DataLinks = [.. t.DataLinks.Select(l => l with { RemoteId = null })] });
        a.Send(new BeginVerifyAckMessage(theirs, a.Last<BeginVerifyMessage>().MessageId!.Value, new BeginVerifyAckObject(1000, VerifyTransport.Payload), TheirVerifyId));
        a.Send(new TestStatusSuccessMessage(theirs, 9001, theirs, Identifier.Unnumbered(101), TheirVerifyId));
        Assert.Equal((null, null), (a.TeLink.RemoteId, a.Links[0].RemoteId));
        a.Succeed(102, 202, 9002);
        a.AckEnd();

        Assert.Equal($"te1-1: its far end is Interface_Id {theirs} of b, which is {theirs.Type}, 101 here is Unnumbered; give both ends Interface_Ids of one form",
            a.AlarmText(AlarmKind.Miswired, "te1-1"));
        Assert.Equal(DataLinkState.Down, a.Links[0].State);
        Assert.Equal(Identifier.Unnumbered(102), Assert.Single(a.LastSummary.DataLinks).LocalInterfaceId);
        a.Send(new BeginVerifyMessage(theirs, 9003, Identifier.Unnumbered(1), Ask().BeginVerify!));
        a.Send(new BeginVerifyMessage(theirs, 9004, null, Ask().BeginVerify!));
        Assert.Equal(2, a.Messages.OfType<BeginVerifyNackMessage>().Count(n => n.Errors == BeginVerifyErrors.LinkIdConfiguration));
        Assert.Equal(Identifier.Unnumbered(2), a.TeLink.RemoteId);
    }
}
