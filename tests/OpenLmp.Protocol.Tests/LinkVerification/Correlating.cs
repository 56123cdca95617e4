using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>Verification of SONET/SDH data links by trace correlation (RFC 4207 §3.1).</summary>
internal static class Correlating
{
    /// <summary>Nothing is verified by itself.</summary>
    public static readonly VerificationConfiguration Never = new() { OnEstablishment = false, Periodic = TimeSpan.Zero };

    /// <summary>Node a, whose data plane can test, agreed with its neighbour on everything; it verifies nothing by itself.</summary>
    public static LinkPartner Quiet(bool sdh = true, params VerifyTransport[] transports)
    {
        var partner = new LinkPartner(Node(NodeA(), sdh, transports), start: false);
        partner.Node.ReportDataPlane(partner.Now, null);
        partner.TransportUp();
        partner.Ack();
        partner.Node.AgreeOnExtensions();
        partner.Messages.Clear();
        return partner;
    }

    /// <summary>Node a, which has begun to verify by J0 trace correlation, with Verify_Id 7.</summary>
    public static LinkPartner Testing(params TraceConfiguration[] traces)
    {
        var partner = Quiet(transports: VerifyTransport.J0Trace);
        partner.Transports = VerifyTransport.J0Trace;
        if (traces.Length > 0)
        {
            partner.Reconfigure(partner.Node.Configuration with
            {
                TeLinks = [.. partner.Node.Configuration.TeLinks.Select(t => t with { DataLinks = [.. t.DataLinks.Select(l => l with { Traces = [.. traces] })] })],
            });
        }

        partner.Node.Verify(partner.Now, "te1");
        partner.Accept(transport: VerifyTransport.J0Trace);
        return partner;
    }

    /// <summary>Node a, which its neighbour verifies by J0 trace correlation.</summary>
    public static (LinkPartner Partner, uint VerifyId) Listening()
    {
        var partner = Quiet(transports: VerifyTransport.J0Trace);
        partner.Transports = VerifyTransport.J0Trace;
        partner.Send(VerifySteps.Ask(8000, transports: VerifyTransport.J0Trace, encoding: EncodingType.Sdh));
        return (partner, partner.Last<BeginVerifyAckMessage>().VerifyId);
    }

    public static NodeConfiguration Node(NodeConfiguration node, bool sdh, params VerifyTransport[] transports) => node with
    {
        TeLinks =
        [
            .. node.TeLinks.Select(t => t with
            {
                Verification = Never with { Transports = [.. transports] },
                DataLinks = sdh ? [.. t.DataLinks.Select(l => l with { Capabilities = [Tdm(10, 10)] })] : t.DataLinks,
            }),
        ],
    };

    /// <summary>b's Test message over the control channel.</summary>
    public static TestMessage Pattern(uint theirs, uint verifyId, string text, TraceType type = TraceType.SonetJ0) =>
        new(Identifier.Unnumbered(theirs), verifyId, new TraceObject(type, text));

    /// <summary>The data plane receives a trace.</summary>
    public static void Receives(this LinkPartner partner, int link, string text, TraceType type = TraceType.SonetJ0)
    {
        Assert.Equal(CommandStatus.Ok, partner.Node.ReportTrace(partner.Now, partner.Links[link].Name, type, text).Status);
        partner.RunMs(0);
    }

    /// <summary>Where the node told its neighbour that Test messages arrived, as (ours, theirs).</summary>
    public static IEnumerable<(uint Ours, uint Theirs)> Successes(this LinkPartner partner) => partner.Messages.OfType<TestStatusSuccessMessage>()
        .DistinctBy(m => m.MessageId).Select(m => ((uint)m.LocalInterfaceId.Value, (uint)m.RemoteInterfaceId.Value));
}
