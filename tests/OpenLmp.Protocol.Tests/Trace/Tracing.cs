using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests.Trace;

/// <summary>A node with two SDH data links whose neighbour is the test, both agreed on trace monitoring.</summary>
internal static class Tracing
{
    public static readonly TraceType J0 = TraceType.SonetJ0;

    public static NodeConfiguration Sdh(NodeConfiguration node) => node with
    {
        TeLinks = [.. node.TeLinks.Select(t => t with { DataLinks = [.. t.DataLinks.Select(l => l with { Capabilities = [Tdm(10, 10)] })] })],
    };

    public static LinkPartner Partner()
    {
        var partner = new LinkPartner(Sdh(NodeA()));
        partner.Ack();
        partner.Node.AgreeOnExtensions();
        return partner;
    }

    public static void Send(this LinkPartner partner, string text, string link = "te1-1", TraceType type = TraceType.SonetJ0) =>
        Ok(partner.Node.SendTrace(partner.Now, link, type, text));

    public static void Expect(this LinkPartner partner, string text, string link = "te1-1", TraceType type = TraceType.SonetJ0) =>
        Ok(partner.Node.ExpectTrace(partner.Now, link, type, text));

    /// <summary>The data plane receives another trace; what is to be told of that is told at the end of the scheduling turn.</summary>
    public static void Receives(this LinkPartner partner, string text, string link = "te1-1", TraceType type = TraceType.SonetJ0)
    {
        Ok(partner.Node.ReportTrace(partner.Now, link, type, text));
        partner.RunMs(0);
    }

    public static T Last<T>(this LinkPartner partner)
        where T : LmpMessage => Assert.IsType<T>(partner.Messages[^1]);

    public static int Count<T>(this LinkPartner partner)
        where T : LmpMessage => partner.Messages.OfType<T>().Count();

    public static DataLinkTrace Trace(this LinkPartner partner, string link = "te1-1") => Assert.Single(partner.Links.Single(l => l.Name == link).Traces);

    public static string? Mismatch(this LinkPartner partner, string link = "te1-1") => partner.AlarmText(AlarmKind.TraceMismatch, link);

    public static Identifier Id(uint id) => Identifier.Unnumbered(id);

    private static void Ok(CommandResult result) => Assert.True(result.Status == CommandStatus.Ok, result.Text);
}
