// RFC 5818 §6: the side that asks.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.StatusConfirmation.Confirming;

namespace OpenLmp.Protocol.Tests.StatusConfirmation;

public class ConfirmAskTests
{
    [Fact]
    [Requirement("5818-6-1")]
    [Requirement("5818-6-2")]
    [Requirement("5818-6-3")]
    [Requirement("5818-6-4")]
    [Requirement("5818-5.3-1")]
    [Requirement("5818-5.3-2")]
    public void Asks_for_every_data_channel_and_tells_its_own_status()
    {
        var partner = Partner();
        partner.Allocate("te1-2");
        partner.Confirm();
        var question = partner.LastQuestion();
        Assert.Equal(Identifier.Unnumbered(1), question.LocalLinkId);
        var links = question.DataLinks.ToList();
        Assert.Equal([(101u, 201u), (102u, 202u)], links.Select(l => ((uint)l.LocalInterfaceId.Value, (uint)l.RemoteInterfaceId.Value)));
        Assert.Equal([DataLinkFlags.Port, DataLinkFlags.Port | DataLinkFlags.Allocated], links.Select(l => l.Flags));
        Assert.Equal(new DataChannelStatusSubobject(DataChannelStatus.Free, [0, 0, 0, 101]), Assert.Single(links[0].Subobjects));
        Assert.Equal(new DataChannelStatusSubobject(DataChannelStatus.InUse, [0, 0, 0, 102]), Assert.Single(links[1].Subobjects));
    }

    [Fact]
    [Requirement("5818-5.2-1")]
    [Requirement("5818-5.3-3")]
    public void Labels_are_of_any_length_and_each_timeslot_has_its_own()
    {
        Assert.True(DataChannelLabel.TryParseHex("hex:0a0b0c", out var odd));
        Assert.True(DataChannelLabel.TryParseHex($"hex:{new string('f', 2 * DataChannelLabel.MaxLength)}", out var longest));
        var partner = Partner(t => t with { DataLinks = [t.DataLinks[0] with { Channels = [DataChannelLabel.Of(7), odd, longest] }] });
        partner.Confirm();
        var subobjects = Assert.Single(partner.LastQuestion().DataLinks).Subobjects;
        Assert.Equal([8, 7, 255], subobjects.Select(s => s.Length));
        Assert.Equal([8, 8, 256], subobjects.Select(s => s.PaddedLength));
        Assert.Equal(["7", "hex:0a0b0c", longest.ToString()], subobjects.OfType<DataChannelStatusSubobject>().Select(s => new DataChannelLabel(s.DataChannelId).ToString()));
        partner.AnswerLast(DataChannelStatus.Free, DataChannelStatus.InUse);
        Assert.Equal("te1-1: data channel hex:0a0b0c: free here, in use at b: a stranded resource, no new connection can use it; "
            + "release it at b, or allocate it here (lmp data-link allocate te1-1)", partner.Mismatch("te1-1"));
    }

    [Fact]
    [Requirement("5818-6-9")]
    public void Agreement_is_told_and_clears_what_stood()
    {
        var partner = Partner();
        partner.Confirm();
        partner.AnswerLast(DataChannelStatus.InUse);
        Assert.NotNull(partner.Mismatch("te1-1"));
        partner.Confirm();
        partner.AnswerLast();
        Assert.Equal((ConfirmationOutcome.Agreed, "te1: b agrees about 2 data channels"), (partner.Finished()!.Outcome, partner.Finished()!.Text));
        Assert.Empty(partner.RaisedAlarms);
    }

    [Fact]
    [Requirement("5818-6-9")]
    [Requirement("5818-6-10")]
    public void Resources_stranded_at_either_end_are_told_with_both_values()
    {
        var partner = Partner();
        partner.Allocate("te1-1");
        partner.Confirm();
        partner.AnswerLast(DataChannelStatus.Free, DataChannelStatus.InUse);
        Assert.Equal("te1-1: allocated here, free at b: a stranded resource, no new connection can use it; "
            + "release it here (lmp data-link release te1-1), or allocate it at b", partner.Mismatch("te1-1"));
        Assert.StartsWith("te1-2: free here, in use at b: a stranded resource", partner.Mismatch("te1-2"), StringComparison.Ordinal);
        Assert.Equal(ConfirmationOutcome.Mismatch, partner.Finished()!.Outcome);
        Assert.Equal("te1: 2 of 2 data channels differ: te1-1: allocated here, free at b; te1-2: free here, in use at b", partner.Finished()!.Text);
    }

    [Fact]
    public void The_flags_of_the_answer_tell_why_a_channel_cannot_be_used()
    {
        var partner = Partner();
        partner.Confirm();
        var answers = Answers(partner.LastQuestion(), DataChannelStatus.InUse, DataChannelStatus.InUse);
        partner.Send(new ConfirmDataChannelStatusAckMessage(partner.LastQuestion().MessageId!.Value,
            answers[0] with { Flags = DataLinkFlags.Allocated }, answers[1] with { Flags = DataLinkFlags.Failed }));
        Assert.Contains("free here, allocated at b", partner.Mismatch("te1-1"), StringComparison.Ordinal);
        Assert.Contains("free here, failed at b", partner.Mismatch("te1-2"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_resource_is_unavailable()
    {
        var partner = Partner();
        partner.Node.ReportSignal(partner.Now, ["te1-1"], SignalState.Fail);
        partner.Confirm();
        var link = partner.LastQuestion().DataLinks.First();
        Assert.Equal(DataLinkFlags.Port | DataLinkFlags.Failed, link.Flags);
        partner.AnswerLast();
        Assert.Equal("te1-1: failed here, free at b: no new connection can use it; see to the failure", partner.Mismatch("te1-1"));
        partner.Node.ReportSignal(partner.Now, ["te1-1"], SignalState.Ok);
        partner.AnswerLast();
        Assert.Null(partner.Mismatch("te1-1"));
    }

    [Fact]
    public void What_the_neighbour_does_not_answer_for_is_not_agreed()
    {
        var partner = Partner();
        partner.Confirm();
        partner.Send(new ConfirmDataChannelStatusAckMessage(partner.LastQuestion().MessageId!.Value, Of(202, 102, DataChannelStatus.Free, 102)));
        Assert.Contains("free here, not known at b", partner.Mismatch("te1-1"), StringComparison.Ordinal);
        Assert.Null(partner.Mismatch("te1-2"));
    }

    [Fact]
    public void Statuses_are_compared_as_they_are_when_the_answer_comes()
    {
        var partner = Partner();
        partner.Confirm();
        partner.Allocate("te1-1");
        partner.AnswerLast(DataChannelStatus.InUse);
        Assert.Equal(ConfirmationOutcome.Agreed, partner.Finished()!.Outcome);
    }

    [Fact]
    public void A_change_of_what_was_found_to_differ_is_confirmed_at_once()
    {
        var partner = Partner();
        partner.Allocate("te1-1");
        partner.Confirm();
        partner.AnswerLast();
        Assert.Equal(1, partner.Questions());
        partner.Release("te1-1");
        Assert.Equal(2, partner.Questions());
        partner.AnswerLast();
        Assert.Empty(partner.RaisedAlarms);
        partner.Allocate("te1-1");
        Assert.Equal(2, partner.Questions());
    }

    [Fact]
    public void As_long_as_a_difference_stands_it_is_looked_at_again()
    {
        var partner = Partner();
        partner.Confirm();
        partner.AnswerLast(DataChannelStatus.InUse);
        partner.RunMs(599_999);
        Assert.Equal(1, partner.Questions());
        partner.RunMs(1);
        Assert.Equal(2, partner.Questions());
        // Nothing that showed here ended it.
        partner.AnswerLast();
        Assert.Empty(partner.RaisedAlarms);
        partner.RunMs(3_600_000);
        Assert.Equal(2, partner.Questions());
    }

    [Fact]
    [Requirement("5818-6-11")]
    [Requirement("5818-6-12")]
    public void Silence_is_met_with_retransmission_and_then_an_alarm()
    {
        var partner = Partner();
        partner.Confirm();
        partner.RunMs(3499);
        Assert.Equal(3, partner.Questions());
        Assert.Single(partner.Messages.OfType<ConfirmDataChannelStatusMessage>().Select(m => m.MessageId).Distinct());
        Assert.Null(partner.Finished());
        partner.RunMs(1);
        Assert.Equal(ConfirmationOutcome.Unanswered, partner.Finished()!.Outcome);
        Assert.Equal("te1: 3 ConfirmDataChannelStatus messages unanswered by b although its control channel is up; look at b; it is asked again",
            partner.AlarmText(AlarmKind.ConfirmationUnanswered, "te1"));

        // An answer that comes too late is none.
        partner.AnswerLast(DataChannelStatus.InUse);
        Assert.Null(partner.Mismatch("te1-1"));

        // The silence may have been the network's: the alarm must not stand until somebody thinks of asking.
        partner.RunMs(9_999);
        Assert.Equal(3, partner.Questions());
        partner.RunMs(1);
        Assert.Equal(4, partner.Questions());
        partner.AnswerLast();
        Assert.Empty(partner.RaisedAlarms);
        partner.RunMs(3_600_000);
        Assert.Equal(4, partner.Questions());
    }

    [Fact]
    [Requirement("5818-5.1.3-3")]
    public void An_unwilling_neighbour_is_asked_again_after_ten_minutes()
    {
        var partner = Partner();
        partner.Confirm();
        partner.Send(new ConfirmDataChannelStatusNackMessage(Identifier.Unnumbered(2), partner.LastQuestion().MessageId!.Value, ConfirmDataChannelStatusErrors.Unwilling));
        Assert.Equal((ConfirmationOutcome.Unwilling, "te1: b refuses: Unwilling to Confirm; next try in 600 s"), (partner.Finished()!.Outcome, partner.Finished()!.Text));
        partner.RunMs(599_999);
        Assert.Equal(1, partner.Questions());
        partner.RunMs(1);
        Assert.Equal(2, partner.Questions());
        Assert.NotEqual(partner.Messages.OfType<ConfirmDataChannelStatusMessage>().First().MessageId, partner.LastQuestion().MessageId);
        Assert.Empty(partner.RaisedAlarms);
    }

    [Fact]
    public void A_refusal_ends_it()
    {
        var partner = Partner();
        partner.Confirm();
        partner.Send(new ConfirmDataChannelStatusNackMessage(null, partner.LastQuestion().MessageId!.Value, ConfirmDataChannelStatusErrors.NotSupported));
        Assert.Equal((ConfirmationOutcome.Refused, "te1: b refuses: Channel Status Confirmation Procedure not supported"), (partner.Finished()!.Outcome, partner.Finished()!.Text));
        partner.RunMs(3_600_000);
        Assert.Equal(1, partner.Questions());
    }

    [Fact]
    public void Answers_to_nothing_change_nothing()
    {
        var partner = Partner();
        partner.Confirm();
        var question = partner.LastQuestion();
        partner.Send(new ConfirmDataChannelStatusAckMessage(question.MessageId!.Value + 1, Answers(question, DataChannelStatus.InUse)));
        partner.Send(new ConfirmDataChannelStatusNackMessage(null, question.MessageId!.Value - 1, ConfirmDataChannelStatusErrors.NotSupported));
        Assert.Null(partner.Finished());
        partner.AnswerLast();
        partner.AnswerLast(DataChannelStatus.InUse);
        Assert.Single(partner.Events.OfType<ConfirmationFinished>());
        Assert.Empty(partner.RaisedAlarms);
        Assert.Equal(3, partner.Node.Counters.Dropped(DropReason.StaleAnswer));
    }

    [Fact]
    [Requirement("5818-5.1.1-1")]
    public void What_does_not_fit_one_message_is_asked_one_message_after_the_other()
    {
        const int Links = 1500;
        var labels = Enumerable.Range(1, 10).Select(n => DataChannelLabel.Of((uint)n)).ToArray();
        var partner = Partner(t => t with
        {
            DataLinks = [.. Enumerable.Range(0, Links).Select(i => t.DataLinks[0] with
            {
                Name = $"te1-{i}", LocalId = Identifier.Unnumbered(1000u + (uint)i), RemoteId = Identifier.Unnumbered(10_000u + (uint)i), Channels = [.. labels],
            })],
        });
        partner.Confirm();
        var seen = new List<uint>();
        while (partner.Finished() is null)
        {
            Assert.Equal(seen.Count == 0 ? 1 : partner.Questions(), partner.Questions());
            seen.AddRange(partner.LastQuestion().DataLinks.Select(d => (uint)d.LocalInterfaceId.Value));
            Assert.True(partner.LastQuestion().EncodedLength <= CommonHeader.MaxMessageLength);
            partner.AnswerLast(seen.Count == Links ? [DataChannelStatus.InUse] : []);
        }

        Assert.Equal(3, partner.Questions());
        Assert.Equal(Enumerable.Range(0, Links).Select(i => 1000u + (uint)i), seen);
        Assert.StartsWith("te1: 1 of 15000 data channels differs: ", partner.Finished()!.Text, StringComparison.Ordinal);
        var ids = partner.Messages.OfType<ConfirmDataChannelStatusMessage>().Select(m => m.MessageId!.Value).ToList();
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public void Periodic_confirmation_is_off_unless_configured()
    {
        var off = Partner();
        off.RunMs(24 * 3_600_000);
        Assert.Equal(0, off.Questions());

        var partner = Partner(t => t with { Confirmation = new StatusConfirmationConfiguration { Interval = TimeSpan.FromHours(1) } });
        partner.RunMs(3_600_000 - 1);
        Assert.Equal(0, partner.Questions());
        for (var hour = 1; hour <= 3; hour++)
        {
            partner.RunMs(1);
            Assert.Equal(hour, partner.Questions());
            partner.AnswerLast();
            partner.RunMs(3_600_000 - 1);
        }
    }

    [Fact]
    public void Without_negotiation_nothing_is_asked()
    {
        var partner = Partner(t => t with { Confirmation = new StatusConfirmationConfiguration { Interval = TimeSpan.FromHours(1) } });
        partner.Node.AgreeOnExtensions(LmpBehaviors.SonetSdhTrace);
        var result = partner.Node.Confirm(partner.Now, "te1");
        Assert.Equal(CommandStatus.Conflict, result.Status);
        Assert.Contains("b does not support data channel status confirmation", result.Text, StringComparison.Ordinal);
        partner.RunMs(2 * 3_600_000);
        Assert.Equal(0, partner.Questions());
    }

    [Fact]
    public void What_cannot_be_asked_is_told()
    {
        var partner = Partner();
        partner.Reconfigure(LinkConfigurations.NodeA(t => t with { DataLinks = [t.DataLinks[0] with { RemoteId = null }] }));
        Assert.Contains("remote-id", partner.Node.Confirm(partner.Now, "te1").Text, StringComparison.Ordinal);
        Assert.Equal(CommandStatus.NotFound, partner.Node.Confirm(partner.Now, "nosuch").Status);
        partner.TransportDown();
        Assert.Contains("no control channel to b is up", partner.Node.Confirm(partner.Now, "te1").Text, StringComparison.Ordinal);
        Assert.Equal(0, partner.Questions());
    }

    [Fact]
    public void Losing_the_adjacency_ends_it_and_its_return_begins_it_anew()
    {
        var partner = Partner();
        partner.RunMs(60_000);
        Assert.Equal(0, partner.Questions());
        partner.Confirm();
        partner.TransportDown();
        Assert.Equal(ConfirmationOutcome.Abandoned, partner.Finished()!.Outcome);
        partner.RunMs(60_000);
        Assert.Equal(1, partner.Questions());
        partner.TransportUp();
        partner.Ack();
        partner.Node.AgreeOnExtensions();
        partner.RunMs(9_999);
        Assert.Equal(1, partner.Questions());
        partner.RunMs(1);
        Assert.Equal(2, partner.Questions());
    }

    [Fact]
    public void A_reconfiguration_starts_over_with_the_data_links_of_then()
    {
        var partner = Partner();
        partner.Confirm();
        partner.Reconfigure(LinkConfigurations.NodeA(t => t with { DataLinks = [t.DataLinks[1]] }));
        Assert.Equal(102u, (uint)Assert.Single(partner.LastQuestion().DataLinks).LocalInterfaceId.Value);
        partner.AnswerLast();
        Assert.Equal("te1: b agrees about 1 data channel", partner.Finished()!.Text);
        partner.Confirm();
        partner.Reconfigure(LinkConfigurations.NodeA() with { TeLinks = [] });
        Assert.Equal(ConfirmationOutcome.Abandoned, partner.Finished()!.Outcome);
        partner.RunMs(3_600_000);
        Assert.Empty(partner.RaisedAlarms);
    }
}
