// RFC 4207 §4; RFC 4204 §8: traces that are configured, and those that survive a restart.
using OpenLmp.Protocol.Tests.GracefulRestart;
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;
using static OpenLmp.Protocol.Tests.Trace.Tracing;

namespace OpenLmp.Protocol.Tests.Trace;

public class TraceConfigurationTests
{
    private static NodeConfiguration Node(params TraceConfiguration[] traces)
    {
        var node = Sdh(NodeA());
        return node with { TeLinks = [.. node.TeLinks.Select(t => t with { DataLinks = [t.DataLinks[0] with { Traces = [.. traces] }, t.DataLinks[1]] })] };
    }

    private static LinkPartner Start(params TraceConfiguration[] traces)
    {
        var partner = new LinkPartner(Node(traces), start: false);
        partner.TransportUp();
        partner.Node.AgreeOnExtensions();
        partner.Node.BehaviorsSettled(partner.Now, partner.Node.Neighbors.Single());
        return partner;
    }

    [Fact]
    public void What_is_configured_is_sent_and_asked_for_from_the_start()
    {
        var partner = Start(new TraceConfiguration(J0, "PARIS", "LYON"), new TraceConfiguration(TraceType.SonetJ1, null, "NICE"));
        Assert.Equal(["te1-1 SonetJ0 PARIS"], partner.TracesSet);
        Assert.Equal("PARIS", partner.Messages.OfType<TraceMonitorMessage>().Single().Trace.Text);
        Assert.Equal(["LYON", "NICE"], partner.Messages.OfType<InsertTraceMessage>().Select(m => m.Trace.Text));
        partner.Receives("METZ");
        Assert.Contains("'METZ' is received, 'LYON' is expected", partner.Mismatch(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_configuration_changes_what_differs_and_nothing_else()
    {
        var partner = Start(new TraceConfiguration(J0, "PARIS", "LYON"));
        partner.Reconfigure(Node(new TraceConfiguration(J0, "PARIS", "NICE")));
        Assert.Equal(["te1-1 SonetJ0 PARIS"], partner.TracesSet);
        Assert.Equal("NICE", partner.Messages.OfType<InsertTraceMessage>().Last().Trace.Text);
        partner.Reconfigure(Node());
        Assert.Equal(["te1-1 SonetJ0 PARIS", "te1-1 SonetJ0 "], partner.TracesSet);
        Assert.Equal((null, null), (partner.Trace().Sent, partner.Trace().Expected));
    }

    [Fact]
    public void What_is_configured_stands_whatever_the_operator_or_the_neighbour_asks_for()
    {
        var partner = Start(new TraceConfiguration(J0, "PARIS", null));
        var refused = partner.Node.SendTrace(partner.Now, "te1-1", J0, "LYON");
        Assert.Equal((CommandStatus.Conflict, "te1-1: its configuration says to send 'PARIS'; change trace there, and reload it (SIGHUP)"), (refused.Status, refused.Text));
        Assert.Equal(CommandStatus.Conflict, partner.Node.SendTrace(partner.Now, "te1-1", J0, "").Status);
        Assert.Equal(CommandStatus.Ok, partner.Node.SendTrace(partner.Now, "te1-1", J0, "PARIS").Status);
        partner.Expect("LYON");
        partner.Send(new InsertTraceMessage(77, Id(201), new TraceObject(J0, "NICE")));
        Assert.Equal(TraceErrors.InvalidTraceMessage, partner.Messages.OfType<InsertTraceNackMessage>().Single().Errors);
        partner.Send(new InsertTraceMessage(78, Id(201), new TraceObject(J0, "PARIS")));
        Assert.Equal(78u, partner.Messages.OfType<InsertTraceAckMessage>().Single().MessageIdAck);
        Assert.Equal(("PARIS", "LYON"), (partner.Trace().Sent, partner.Trace().Expected));
    }

    [Fact]
    public void What_the_operator_asked_for_survives_a_restart_and_the_configuration_wins()
    {
        var pair = new RestartingPair(Sdh(Configurations.A()), Sdh(Configurations.B()));
        pair.A.Node.SendTrace(pair.Network.Now, "te1-1", J0, "PARIS");
        Assert.True(pair.A.Node.ExpectTrace(pair.Network.Now, "te1-1", J0, "LYON").ConfirmsRetained);
        pair.A.Node.SendTrace(pair.Network.Now, "te1-2", J0, "NICE");
        pair.A.Node.SendTrace(pair.Network.Now, "te1-2", J0, "");
        Assert.Equal([new RetainedTrace("te1-1", J0, "PARIS", "LYON")], pair.A.StateFile.State.Traces);
        Assert.Equal("trace te1-1 sonet-j0", pair.A.StateFile.Changes[0].Key);

        pair.Fail(Restart.Kept, Restart.None, 3_000);
        Assert.Equal(("PARIS", "LYON"), (pair.A.TeLink.DataLinks[0].Traces.Single().Sent, pair.A.TeLink.DataLinks[0].Traces.Single().Expected));
        Assert.Empty(pair.A.TeLink.DataLinks[1].Traces);
        Assert.Empty(pair.A.StateFile.Changes.OfType<TraceOrdered>());
        pair.RunUntilUp();

        // What a neighbour had inserted is for the neighbour to ask for again.
        Assert.DoesNotContain(pair.B.StateFile.Changes, c => c is TraceOrdered);

        var configured = Sdh(Configurations.A(teLink: t => t with { DataLinks = [t.DataLinks[0], t.DataLinks[1]] }));
        configured = configured with
        {
            TeLinks = [.. configured.TeLinks.Select(t => t with { DataLinks = [t.DataLinks[0] with { Traces = [new TraceConfiguration(J0, "METZ", null)] }, t.DataLinks[1]] })],
        };
        pair.Fail(Restart.Kept, Restart.None, 3_000, configured);
        Assert.Equal(("METZ", "LYON"), (pair.A.TeLink.DataLinks[0].Traces.Single().Sent, pair.A.TeLink.DataLinks[0].Traces.Single().Expected));
        Assert.Equal([new RetainedTrace("te1-1", J0, null, "LYON")], pair.A.StateFile.State.Traces);
        pair.RunUntilUp();

        pair.A.Node.Reconfigure(pair.Network.Now, pair.A.Node.Configuration with { TeLinks = [] });
        Assert.Empty(pair.A.StateFile.State.Traces);
        Assert.Contains(pair.A.Events.OfType<RetainedForgotten>(), e => e.Text == "no longer configured: its sonet-j0 trace is forgotten");
    }
}
