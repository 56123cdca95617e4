using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests.StatusConfirmation;

/// <summary>A node whose neighbour is the test, both agreed on TE link te1 and on status confirmation.</summary>
internal static class Confirming
{
    public const string Allocated = "allocated here, free at b";

    public static LinkPartner Partner(Func<TeLinkConfiguration, TeLinkConfiguration>? change = null)
    {
        var partner = new LinkPartner(NodeA(change));
        partner.Ack();
        partner.Send(SummaryOfB(1));
        partner.Node.AgreeOnExtensions();
        return partner;
    }

    public static void Allocate(this LinkPartner partner, string link) =>
        Assert.Equal(CommandStatus.Ok, partner.Node.Allocate(partner.Now, [link]).Status);

    public static void Release(this LinkPartner partner, string link) =>
        Assert.Equal(CommandStatus.Ok, partner.Node.Release(partner.Now, [link]).Status);

    public static void Confirm(this LinkPartner partner)
    {
        var result = partner.Node.Confirm(partner.Now, "te1");
        Assert.True(result.Status == CommandStatus.Ok, result.Text);
    }

    public static ConfirmDataChannelStatusMessage LastQuestion(this LinkPartner partner) => partner.Messages.OfType<ConfirmDataChannelStatusMessage>().Last();

    public static int Questions(this LinkPartner partner) => partner.Messages.OfType<ConfirmDataChannelStatusMessage>().Count();

    /// <summary>Answers the last question, as a neighbour whose data channels have these statuses, in the order asked.</summary>
    public static void AnswerLast(this LinkPartner partner, params DataChannelStatus[] statuses) =>
        partner.Send(new ConfirmDataChannelStatusAckMessage(partner.LastQuestion().MessageId!.Value, Answers(partner.LastQuestion(), statuses)));

    /// <summary>b's DATA_LINKs for a question of a's: its own ids, the labels as asked; free where no status is given.</summary>
    public static DataLinkObject[] Answers(ConfirmDataChannelStatusMessage question, params DataChannelStatus[] statuses)
    {
        var next = 0;
        return [.. question.DataLinks.Select(d => new DataLinkObject(DataLinkFlags.Port, d.RemoteInterfaceId, d.LocalInterfaceId,
            [.. d.Subobjects.OfType<DataChannelStatusSubobject>().Select(s => s with { Status = next < statuses.Length ? statuses[next++] : DataChannelStatus.Free })]))];
    }

    /// <summary>A DATA_LINK of b's, its data channels with 4-byte labels.</summary>
    public static DataLinkObject Of(uint local, uint remote, DataChannelStatus status, params uint[] labels) =>
        new(DataLinkFlags.Port, Identifier.Unnumbered(local), Identifier.Unnumbered(remote),
            [.. labels.Select(l => new DataChannelStatusSubobject(status, DataChannelLabel.Of(l).Bytes))]);

    /// <summary>b's question about te1, whose Link_Id is 2 there.</summary>
    public static ConfirmDataChannelStatusMessage Question(uint messageId, params DataLinkObject[] links) => new(Identifier.Unnumbered(2), messageId, links);

    public static ConfirmationFinished? Finished(this LinkPartner partner) => partner.Events.OfType<ConfirmationFinished>().LastOrDefault();

    public static string? Mismatch(this LinkPartner partner, string link) => partner.AlarmText(AlarmKind.StatusMismatch, link);
}
