// RFC 4204 §4: what a neighbour lists, and what it answers, where the two do not fit.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class LinkAgreementTests
{
    [Fact]
    public void An_answer_that_the_neighbours_newer_view_has_overtaken_does_not_stick()
    {
        // b refuses te1-1; its refusal is on the way, and slow, when b is corrected and tells so.
        var node = new LinkPartner(NodeA());
        node.Send(SummaryOfB(5));
        node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastSummary.DataLinks.First());
        Assert.Equal(["te1-1: b refuses it: Unacceptable non-negotiable LINK_SUMMARY parameters"], node.RaisedAlarms);
        node.RunMs(2000);
        Assert.Equal(2, node.Summaries.Count());
        node.Ack();
        Assert.Empty(node.RaisedAlarms);
        Assert.Equal(DataLinkState.UpFree, node.Links[0].State);
    }

    [Fact]
    public void A_neighbour_that_refuses_what_it_lists_itself_is_asked_no_faster_than_the_pause_and_not_for_ever()
    {
        var node = new LinkPartner(NodeA());
        for (uint i = 1; i <= 100; i++)
        {
            node.Send(SummaryOfB(i));
            node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastSummary.DataLinks.First());
            node.RunMs(100);
        }

        Assert.InRange(node.Summaries.Count(), 5, 7);
        node.RunMs(2000);
        node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastSummary.DataLinks.First());
        var count = node.Summaries.Count();
        node.RunMs(3_600_000);
        Assert.Equal(count, node.Summaries.Count());
    }

    [Fact]
    public void A_refusal_ends_with_the_correction_that_explains_it()
    {
        foreach (var wrong in (DataLinkObject[][])[[Listed(201, 101, Ist(40)), Listed(202, 102)], [Listed(202, 102)]])
        {
            var node = new LinkPartner(NodeA());
            node.Send(SummaryOfB(1, wrong));
            node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastSummary.DataLinks.First());
            Assert.Equal([DataLinkState.Down, DataLinkState.UpFree], node.Links.Select(l => l.State));
            node.Send(SummaryOfB(2));
            Assert.Equal([DataLinkState.UpFree, DataLinkState.UpFree], node.Links.Select(l => l.State));
            Assert.Equal(["Raised", "Cleared"], node.AlarmsTold.Select(t => t.Split(' ')[0]));
        }
    }

    [Fact]
    public void A_neighbour_that_acknowledges_everything_does_not_hide_what_it_lists()
    {
        var node = new LinkPartner(NodeA());
        node.Ack();
        node.Send(SummaryOfB(1, Listed(201, 101, Ist(40)), Listed(202, 102)));
        node.Node.Summarize(node.Now, "te1");
        node.Ack();
        Assert.Equal(["te1-1: bandwidth 10 Gbps here, 40 Gbps at b"], node.RaisedAlarms);
        Assert.Equal([DataLinkState.Down, DataLinkState.UpFree], node.Links.Select(l => l.State));
    }

    [Fact]
    public void A_link_that_the_neighbour_does_not_list_is_judged_by_its_answer()
    {
        // Some list the data links of a TE link in several messages.
        var node = new LinkPartner(NodeA());
        node.Send(SummaryOfB(1, Listed(201, 101)));
        Assert.IsType<LinkSummaryAckMessage>(node.Messages.Last());
        Assert.Equal([DataLinkState.UpFree, DataLinkState.Down], node.Links.Select(l => l.State));
        Assert.Empty(node.RaisedAlarms);
        node.Ack();
        Assert.All(node.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));

        // No longer listed, it may be gone: asked again, and gone it is.
        node.RunMs(10_000);
        node.Send(SummaryOfB(2, Listed(202, 102)));
        node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, node.LastSummary.DataLinks.First());
        Assert.Equal(["te1-1: configured here, not listed by b in its TE link 2"], node.RaisedAlarms);
        Assert.Equal([DataLinkState.Down, DataLinkState.UpFree], node.Links.Select(l => l.State));
    }

    [Fact]
    public void A_refusal_that_names_no_data_link_agrees_to_none()
    {
        foreach (var (errors, text) in (ReadOnlySpan<(LinkSummaryErrors, string)>)
            [
                (LinkSummaryErrors.UnacceptableNonNegotiable, "te1: b refuses it: Unacceptable non-negotiable LINK_SUMMARY parameters"),
                (LinkSummaryErrors.InvalidDataLink, "te1: b refuses it: Invalid DATA_LINK object"),
                (LinkSummaryErrors.UnknownTeLinkCType, "te1: b refuses it: Unknown TE_LINK object C-Type"),
                (LinkSummaryErrors.InvalidTeLink, "te1: b knows no TE link 2 that is connected to our 1: Invalid TE_LINK object"),
                ((LinkSummaryErrors)0x40, "te1: b refuses it: reserved bits 0x40"),
                (LinkSummaryErrors.None, "te1: b refuses it: no error"),
            ])
        {
            var node = new LinkPartner(NodeA());
            node.Nack(errors);
            Assert.Equal([text], node.RaisedAlarms);
            Assert.All(node.Links, l => Assert.Equal(DataLinkState.Down, l.State));
            Assert.EndsWith("; correct one end", node.TeLink.Reason, StringComparison.Ordinal);
            Assert.Contains(node.TeLink.Reason, node.Links[0].Reason, StringComparison.Ordinal);
            node.Send(SummaryOfB(1));
            node.RunMs(2000);
            node.Ack();
            Assert.Empty(node.RaisedAlarms);
        }
    }

    [Fact]
    public void A_refusal_that_lists_none_of_our_data_links_agrees_to_none()
    {
        var node = new LinkPartner(NodeA());
        node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable, Listed(999, 998));
        Assert.All(node.Links, l => Assert.Equal(DataLinkState.Down, l.State));
        Assert.Equal(["te1: b refuses it: Unacceptable non-negotiable LINK_SUMMARY parameters"], node.RaisedAlarms);
    }

    [Fact]
    public void Data_links_of_a_te_link_that_is_refused_as_a_whole_leave_service_and_no_signal_brings_them_back()
    {
        foreach (var byWrongIds in (bool[])[false, true])
        {
            var node = new LinkPartner(NodeA());
            node.Ack();
            node.Send(SummaryOfB(1));
            node.Node.Allocate(node.Now, ["te1-1"]);
            if (byWrongIds)
            {
                node.Send(new LinkSummaryMessage(2, TeLinkOfB(9), Listed(201, 101), Listed(202, 102)));
            }
            else
            {
                node.Node.Summarize(node.Now, "te1");
                node.Nack(LinkSummaryErrors.UnacceptableNonNegotiable);
            }

            Assert.Equal([DataLinkState.UpAlloc, DataLinkState.Down], node.Links.Select(l => l.State));
            node.Node.ReportSignal(node.Now, ["te1-1", "te1-2"], SignalState.Fail);
            node.Node.ReportSignal(node.Now, ["te1-1", "te1-2"], SignalState.Ok);
            node.Node.Release(node.Now, ["te1-1"]);
            Assert.All(node.Links, l => Assert.Equal(DataLinkState.Down, l.State));
            Assert.All(node.Links, l => Assert.EndsWith("; correct one end", l.Reason, StringComparison.Ordinal));

            node.Send(SummaryOfB(3));
            Assert.All(node.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
            Assert.Empty(node.RaisedAlarms);
        }
    }

    [Fact]
    public void A_te_link_that_the_neighbour_no_longer_knows_has_only_that_to_tell()
    {
        var node = new LinkPartner(NodeA());
        node.Send(SummaryOfB(1, Listed(201, 101, Ist(40)), Listed(202, 102)));
        node.Ack();
        Assert.Equal(["te1-1: bandwidth 10 Gbps here, 40 Gbps at b"], node.RaisedAlarms);
        node.Node.Summarize(node.Now, "te1");
        node.Nack(LinkSummaryErrors.InvalidTeLink);
        Assert.Equal(["te1: b knows no TE link 2 that is connected to our 1: Invalid TE_LINK object"], node.RaisedAlarms);
        Assert.All(node.Links, l => Assert.Equal(DataLinkState.Down, l.State));
    }

    [Fact]
    public void What_was_compared_before_the_other_end_was_known_does_not_outlive_its_discovery()
    {
        var node = new LinkPartner(NodeA(Configurations.Link("te1-1", 101, null), Configurations.Link("te1-2", 102, 202)));
        node.Ack();
        node.Send(SummaryOfB(1));
        Assert.Equal(["te1-1: b connects it to its Interface_Id 201, remote-id is neither set nor verified here"], node.RaisedAlarms);

        var verify = new BeginVerifyObject(BeginVerifyFlags.VerifyAllLinks | BeginVerifyFlags.Ports, 100, 1, EncodingType.Lambda, VerifyTransport.Payload, Gbps(10), 0);
        node.Send(new BeginVerifyMessage(Identifier.Unnumbered(2), 2, Identifier.Unnumbered(1), verify));
        var verifyId = ((BeginVerifyAckMessage)node.Messages.Last()).Find<VerifyId>()!.Id;
        node.Node.ReceiveTest(node.Now, node.Links[0], new TestMessage(Identifier.Unnumbered(201), verifyId).Encode());
        node.Send(new EndVerifyMessage(3, verifyId));
        Assert.Equal(Identifier.Unnumbered(201), node.Links[0].RemoteId);
        Assert.Null(node.AlarmText(AlarmKind.DataLinkMismatch, "te1-1"));

        node.Node.Summarize(node.Now, "te1");
        node.Ack();
        Assert.True(node.Links[0].IsCorrelated);
    }
}
