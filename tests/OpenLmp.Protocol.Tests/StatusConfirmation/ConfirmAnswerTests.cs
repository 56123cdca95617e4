// RFC 5818 §5.1, §6: the side that answers.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.StatusConfirmation.Confirming;

namespace OpenLmp.Protocol.Tests.StatusConfirmation;

public class ConfirmAnswerTests
{
    [Fact]
    [Requirement("5818-6-5")]
    [Requirement("5818-6-7")]
    [Requirement("5818-5.1.2-1")]
    public void Answers_with_its_own_statuses_and_ids_and_the_labels_of_the_question()
    {
        var partner = Partner();
        partner.Allocate("te1-2");
        partner.Send(Question(77, Of(201, 101, DataChannelStatus.Free, 201), Of(202, 102, DataChannelStatus.InUse, 5, 6)));
        var ack = Assert.IsType<ConfirmDataChannelStatusAckMessage>(partner.Messages[^1]);
        Assert.Equal(77u, ack.MessageIdAck);
        Assert.Equal(
            [Of(101, 201, DataChannelStatus.Free, 201), Of(102, 202, DataChannelStatus.InUse, 5, 6) with { Flags = DataLinkFlags.Port | DataLinkFlags.Allocated }],
            ack.DataLinks);
        Assert.Empty(partner.RaisedAlarms);
    }

    [Fact]
    public void A_signal_that_is_not_believed_yet_is_not_told_as_failed_and_one_that_is_until_hold_on_is_over()
    {
        var partner = Partner(t => t with { Signal = new SignalConfiguration { HoldOff = TimeSpan.FromSeconds(1), HoldOn = TimeSpan.FromSeconds(5) } });
        foreach (var (signal, wait, failed) in (IEnumerable<(SignalState, int, bool)>)
            [(SignalState.Fail, 500, false), (SignalState.Fail, 600, true), (SignalState.Ok, 4_000, true), (SignalState.Ok, 2_000, false)])
        {
            partner.Node.ReportSignal(partner.Now, ["te1-1"], signal);
            partner.RunMs(wait);
            partner.Send(Question((uint)partner.Messages.Count + 77, Of(201, 101, DataChannelStatus.Free, 201)));
            var answer = partner.Messages.OfType<ConfirmDataChannelStatusAckMessage>().Last().DataLinks.First();
            Assert.Equal(failed, answer.Flags.HasFlag(DataLinkFlags.Failed));
            Assert.Equal(failed ? DataChannelStatus.InUse : DataChannelStatus.Free, answer.Subobjects.OfType<DataChannelStatusSubobject>().Single().Status);
        }
    }

    [Fact]
    public void A_label_keeps_its_length()
    {
        var partner = Partner();
        partner.Send(Question(77, Of(201, 101, DataChannelStatus.Free) with { Subobjects = [new DataChannelStatusSubobject(DataChannelStatus.Free, [1, 2, 3, 4, 5])] }));
        var ack = Assert.IsType<ConfirmDataChannelStatusAckMessage>(partner.Messages[^1]);
        Assert.Equal(new DataChannelStatusSubobject(DataChannelStatus.Free, [1, 2, 3, 4, 5]), Assert.Single(Assert.Single(ack.DataLinks).Subobjects));
        // 8 header, 8 MESSAGE_ID_ACK, 16 DATA_LINK, 9 subobject, 3 padding outside its Length.
        Assert.Equal(44, partner.Sent[^1].Bytes.Length);
        Assert.Equal(9, partner.Sent[^1].Bytes[33]);
    }

    [Fact]
    [Requirement("5818-6-6")]
    public void What_differs_is_told_with_both_values_and_cleared_by_the_next_question_that_agrees()
    {
        var partner = Partner();
        partner.Send(Question(77, Of(201, 101, DataChannelStatus.InUse, 201), Of(202, 102, DataChannelStatus.Free, 202)));
        Assert.Equal("te1-1: free here, in use at b: a stranded resource, no new connection can use it; "
            + "release it at b, or allocate it here (lmp data-link allocate te1-1)", partner.Mismatch("te1-1"));
        Assert.Null(partner.Mismatch("te1-2"));
        partner.Send(Question(78, Of(201, 101, DataChannelStatus.Free, 201)));
        Assert.Null(partner.Mismatch("te1-1"));
    }

    [Fact]
    public void Of_several_channels_those_that_differ_are_named()
    {
        var partner = Partner(t => t with { DataLinks = [t.DataLinks[0] with { Channels = [DataChannelLabel.Of(1), DataChannelLabel.Of(2), DataChannelLabel.Of(3)] }] });
        var question = Of(201, 101, DataChannelStatus.InUse, 1, 3);
        partner.Send(Question(77, question with { Subobjects = [.. question.Subobjects, .. Of(201, 101, DataChannelStatus.Free, 2).Subobjects] }));
        Assert.StartsWith("te1-1: data channels 1, 3: free here, in use at b", partner.Mismatch("te1-1"), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("5818-5.1.1-1")]
    public void An_older_question_about_the_TE_link_is_out_of_order()
    {
        var partner = Partner();
        partner.Send(Question(77, Of(201, 101, DataChannelStatus.Free, 201)));
        var sent = partner.Messages.Count;
        partner.Send(Question(76, Of(201, 101, DataChannelStatus.InUse, 201)));
        Assert.Equal(sent, partner.Messages.Count);
        Assert.Null(partner.Mismatch("te1-1"));
        Assert.Equal(1, partner.Node.Counters.Dropped(DropReason.OutOfOrder));

        // A retransmission is answered again; the order of LinkSummary is another.
        partner.Send(Question(77, Of(201, 101, DataChannelStatus.Free, 201)));
        Assert.Equal(sent + 1, partner.Messages.Count);
        partner.Send(LinkConfigurations.SummaryOfB(2));
        Assert.Equal(1, partner.Node.Counters.Dropped(DropReason.OutOfOrder));
    }

    [Fact]
    public void The_order_is_forgotten_with_the_adjacency()
    {
        var partner = Partner();
        partner.Send(Question(77, Of(201, 101, DataChannelStatus.Free, 201)));
        partner.TransportDown();
        partner.TransportUp();
        partner.Node.AgreeOnExtensions();
        partner.Send(Question(3, Of(201, 101, DataChannelStatus.Free, 201)));
        Assert.Equal(3u, Assert.IsType<ConfirmDataChannelStatusAckMessage>(partner.Messages[^1]).MessageIdAck);
    }

    [Fact]
    public void Each_TE_link_has_an_order_of_its_own()
    {
        var te2 = Configurations.Te("b", 3, 4, (103, 203)) with { Name = "te2" };
        var partner = Partner();
        partner.Reconfigure(LinkConfigurations.NodeA() with { TeLinks = [.. LinkConfigurations.NodeA().TeLinks, te2 with { DataLinks = [te2.DataLinks[0] with { Name = "te2-1" }] }] });
        partner.Send(Question(77, Of(201, 101, DataChannelStatus.Free, 201)));
        partner.Send(new ConfirmDataChannelStatusMessage(Identifier.Unnumbered(4), 10, Of(203, 103, DataChannelStatus.Free, 203)));
        Assert.Equal(10u, Assert.IsType<ConfirmDataChannelStatusAckMessage>(partner.Messages[^1]).MessageIdAck);
    }

    [Fact]
    [Requirement("5818-5.1.3-1")]
    [Requirement("5818-5.1.3-4")]
    [Requirement("5818-6-8")]
    public void Without_negotiation_the_answer_is_not_supported()
    {
        var partner = Partner();
        partner.Node.AgreeOnExtensions(LmpBehaviors.None);
        partner.Send(Question(77, Of(201, 101, DataChannelStatus.InUse, 201)));
        var nack = Assert.IsType<ConfirmDataChannelStatusNackMessage>(partner.Messages[^1]);
        Assert.Equal((77u, ConfirmDataChannelStatusErrors.NotSupported), (nack.MessageIdAck!.Value, nack.Errors));
        Assert.Equal(Identifier.Unnumbered(1), nack.LocalLinkId);
        Assert.Empty(partner.RaisedAlarms);
    }

    [Theory]
    [InlineData(9, 201, 101, true)] // a TE link that is not known
    [InlineData(2, 299, 199, true)] // data links that are not known
    [InlineData(2, 299, 101, true)] // a data link that is connected to another one
    [InlineData(2, 201, 101, false)] // no data channel
    [Requirement("5818-5.1.3-2")]
    [Requirement("5818-5.1.3-4")]
    [Requirement("5818-6-8")]
    public void What_cannot_be_confirmed_is_answered_Unwilling(uint teLink, uint local, uint remote, bool channel)
    {
        var partner = Partner();
        partner.Send(new ConfirmDataChannelStatusMessage(Identifier.Unnumbered(teLink), 77, Of(local, remote, DataChannelStatus.InUse, channel ? [1] : [])));
        var nack = Assert.IsType<ConfirmDataChannelStatusNackMessage>(partner.Messages[^1]);
        Assert.Equal((77u, ConfirmDataChannelStatusErrors.Unwilling), (nack.MessageIdAck!.Value, nack.Errors));
        Assert.Empty(partner.RaisedAlarms);
    }

    [Fact]
    public void What_is_known_is_answered_beside_what_is_not()
    {
        var partner = Partner();
        partner.Send(Question(77, Of(299, 199, DataChannelStatus.Free, 299), Of(202, 102, DataChannelStatus.Free, 202)));
        Assert.Equal([Of(102, 202, DataChannelStatus.Free, 202)], Assert.IsType<ConfirmDataChannelStatusAckMessage>(partner.Messages[^1]).DataLinks);
    }

    [Fact]
    public void The_largest_question_is_answered()
    {
        var partner = Partner();
        var labels = Enumerable.Range(0, 8183).Select(n => (uint)n).ToArray();
        partner.Send(Question(77, Of(201, 101, DataChannelStatus.Free, labels)));
        Assert.Equal(8183, Assert.Single(Assert.IsType<ConfirmDataChannelStatusAckMessage>(partner.Messages[^1]).DataLinks).Subobjects.Count);
    }
}
