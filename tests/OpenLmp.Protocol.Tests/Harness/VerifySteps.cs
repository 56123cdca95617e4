using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>What neighbour b says to node a about the verification of te1 (1-2), data links 101-201 and 102-202.</summary>
public static class VerifySteps
{
    /// <summary>b's Verify_Id where a test does not say another one.</summary>
    public const uint TheirVerifyId = 7;

    /// <summary>Node a with a data plane that can test, just up: it has sent BeginVerify, unless its configuration says otherwise.</summary>
    public static LinkPartner Verifier(Func<TeLinkConfiguration, TeLinkConfiguration>? change = null) => Verifier(NodeA(change));

    public static LinkPartner Verifier(NodeConfiguration configuration)
    {
        var partner = new LinkPartner(configuration, start: false);
        partner.Node.ReportDataPlane(partner.Now, null);
        partner.TransportUp();
        return partner;
    }

    /// <summary>Node a, which verifies nothing by itself and has a LinkSummary agreed.</summary>
    public static LinkPartner Listener(Func<TeLinkConfiguration, TeLinkConfiguration>? change = null)
    {
        var partner = Verifier(t => (change ?? (x => x))(t with { Verification = t.Verification with { OnEstablishment = false, Periodic = TimeSpan.Zero } }));
        if (partner.Summaries.Any()) partner.Ack();
        partner.Messages.Clear();
        return partner;
    }

    public static T Last<T>(this LinkPartner partner) where T : LmpMessage => partner.Messages.OfType<T>().Last();

    public static int Count<T>(this LinkPartner partner) where T : LmpMessage => partner.Messages.OfType<T>().Count();

    /// <summary>b accepts the last BeginVerify.</summary>
    public static void Accept(this LinkPartner partner, uint verifyId = TheirVerifyId, ushort deadInterval = 1000, VerifyTransport transport = VerifyTransport.Payload, uint? linkId = 2) =>
        partner.Send(new BeginVerifyAckMessage(
            linkId is { } id ? Identifier.Unnumbered(id) : null, partner.Last<BeginVerifyMessage>().MessageId!.Value, new BeginVerifyAckObject(deadInterval, transport), verifyId));

    /// <summary>b refuses the last BeginVerify.</summary>
    public static void RefuseVerify(this LinkPartner partner, BeginVerifyErrors errors) =>
        partner.Send(new BeginVerifyNackMessage(null, partner.Last<BeginVerifyMessage>().MessageId!.Value, errors));

    /// <summary>b tells that the Test message of our <paramref name="ours"/> arrived at its <paramref name="theirs"/>.</summary>
    public static void Succeed(this LinkPartner partner, uint ours, uint theirs, uint messageId = 9000, uint verifyId = TheirVerifyId, uint linkId = 2) =>
        partner.Send(new TestStatusSuccessMessage(Identifier.Unnumbered(linkId), messageId, Identifier.Unnumbered(theirs), Identifier.Unnumbered(ours), verifyId));

    public static void Fail(this LinkPartner partner, uint messageId = 9500, uint verifyId = TheirVerifyId) => partner.Send(new TestStatusFailureMessage(messageId, verifyId));

    /// <summary>b acknowledges the last EndVerify.</summary>
    public static void AckEnd(this LinkPartner partner) =>
        partner.Send(new EndVerifyAckMessage(partner.Last<EndVerifyMessage>().MessageId!.Value, partner.Last<EndVerifyMessage>().VerifyId));

    /// <summary>b's BeginVerify.</summary>
    public static BeginVerifyMessage Ask(
        uint messageId = 8000, BeginVerifyFlags flags = BeginVerifyFlags.VerifyAllLinks, uint links = 2, uint local = 2, uint? remote = 1,
        VerifyTransport transports = VerifyTransport.Payload, EncodingType encoding = EncodingType.Lambda, ushort interval = 150) =>
        new(Identifier.Unnumbered(local), messageId, remote is { } r ? Identifier.Unnumbered(r) : null,
            new BeginVerifyObject(flags, interval, links, encoding, transports, 1.25e9f, 0));

    /// <summary>A Test message of b's comes in on a data link.</summary>
    public static void Test(this LinkPartner partner, int link, uint theirs, uint verifyId) =>
        partner.Node.ReceiveTest(partner.Now, partner.Links[link], new TestMessage(Identifier.Unnumbered(theirs), verifyId).Encode());

    /// <summary>b acknowledges the last TestStatus.</summary>
    public static void AckStatus(this LinkPartner partner)
    {
        var status = partner.Messages.FindLast(m => m is TestStatusSuccessMessage or TestStatusFailureMessage)!;
        partner.Send(new TestStatusAckMessage(status.MessageId!.Value, status.Find<VerifyId>()!.Id));
    }

    /// <summary>Everything of a node but its counters.</summary>
    public static string Picture(this LinkPartner partner) => string.Join('\n',
        [
            $"sent {partner.Sent.Count}, tests {partner.Tests.Count}, events {partner.Events.Count}, next {partner.Node.NextDeadline}",
            .. partner.Node.TeLinks.Select(t => $"{t.Name} {t.State} {t.RemoteId} {t.Verification} {t.VerificationProgress}"),
            .. partner.Node.TeLinks.SelectMany(t => t.DataLinks).Select(l => $"{l.Name} {l.ActiveState} {l.PassiveState} {l.RemoteId} {l.Verified} {l.FoundTransmit} {l.FoundReceive}"),
            .. partner.RaisedAlarms,
        ]);
}
