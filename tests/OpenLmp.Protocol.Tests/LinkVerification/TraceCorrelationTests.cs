// RFC 4207 §3.1: Test messages over the control channel, correlated with the trace that is received.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Correlating;
using static OpenLmp.Protocol.Tests.VerifySteps;

namespace OpenLmp.Protocol.Tests;

public class TraceCorrelationTests
{
    private const TraceType J0 = TraceType.SonetJ0;

    [Fact]
    public void Each_data_link_sends_a_trace_of_its_own_and_the_Test_message_says_which()
    {
        var a = Testing();
        Assert.Empty(a.Tests);
        var tests = a.Messages.OfType<TestMessage>().ToList();
        Assert.Equal([101u, 102u], tests.Select(t => (uint)t.LocalInterfaceId.Value));
        Assert.All(tests, t => Assert.Equal([typeof(LocalInterfaceId), typeof(VerifyId), typeof(TraceObject)], t.Objects.Select(o => o.GetType())));
        Assert.All(tests, t => Assert.Equal((TheirVerifyId, J0, 15), (t.VerifyId, t.Trace!.TraceType, t.Trace.Text.Length)));
        Assert.Equal(2, tests.Select(t => t.Trace!.Text).Distinct().Count());
        Assert.Equal([$"te1-1 SonetJ0 {tests[0].Trace!.Text}", $"te1-2 SonetJ0 {tests[1].Trace!.Text}"], a.TracesSet);
        // Again each VerifyInterval, until the neighbour has said where it arrives.
        a.RunMs(150);
        Assert.Equal(4, a.Count<TestMessage>());
        a.Succeed(101, 202);
        Assert.Equal("te1-1 SonetJ0 ", a.TracesSet[^1]);
        a.RunMs(150);
        Assert.Equal((5, 102u), (a.Count<TestMessage>(), (uint)a.Last<TestMessage>().LocalInterfaceId.Value));
        a.Succeed(102, 201);
        a.AckEnd();
        Assert.Contains("te1-1 and te1-2 are swapped", a.AlarmText(AlarmKind.Miswired, "te1-1"), StringComparison.Ordinal);
        Assert.Equal(4, a.TracesSet.Count);
        Assert.Equal(5, a.Node.Counters.Sent(MessageType.Test));
    }

    [Fact]
    public void Patterns_of_other_nodes_procedures_and_data_links_are_others()
    {
        var patterns = new HashSet<string>();
        foreach (uint node in (uint[])[1, 2])
            foreach (uint verify in (uint[])[1, 2])
                foreach (var id in (string[])["1", "2", "0.0.0.1", "::1"])
                    Assert.True(patterns.Add(TracePattern.Of(new NodeId(node), LinkConfigurations.Parse(id), verify)));
        Assert.All(patterns, p => Assert.True(TraceText.IsUsable(p) && p.Length == 15 && p.StartsWith("LMP", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_sent_anyway_is_the_pattern_where_no_other_data_link_sends_it()
    {
        var a = Quiet(transports: VerifyTransport.J0Trace);
        a.Transports = VerifyTransport.J0Trace;
        a.Node.SendTrace(a.Now, "te1-1", TraceType.SdhJ0, "PARIS");
        a.Node.SendTrace(a.Now, "te1-2", TraceType.SdhJ0, "LYON");
        a.TracesSet.Clear();
        a.Node.Verify(a.Now, "te1");
        a.Accept(transport: VerifyTransport.J0Trace);
        Assert.Equal([(TraceType.SdhJ0, "PARIS"), (TraceType.SdhJ0, "LYON")], a.Messages.OfType<TestMessage>().Select(t => (t.Trace!.TraceType, t.Trace.Text)));
        a.RunMs(20_000);
        Assert.Empty(a.TracesSet);
    }

    [Fact]
    public void A_trace_that_several_data_links_send_gives_way_to_the_pattern_and_comes_back()
    {
        var a = Testing(new TraceConfiguration(J0, "PARIS", null));
        Assert.Equal(2, a.Messages.OfType<TestMessage>().Select(t => t.Trace!.Text).Distinct().Count());
        Assert.All(a.Messages.OfType<TestMessage>(), t => Assert.StartsWith("LMP", t.Trace!.Text, StringComparison.Ordinal));
        Assert.All(a.Links, l => Assert.Equal("PARIS", Assert.Single(l.Traces).Sent));
        // What the operator wants meanwhile is sent when the test is over.
        a.TracesSet.Clear();
        a.Reconfigure(a.Node.Configuration with
        {
            TeLinks = [a.Node.Configuration.TeLinks[0] with { DataLinks = [.. a.Node.Configuration.TeLinks[0].DataLinks.Select(l => l with { Traces = [new TraceConfiguration(J0, l.Name, null)] })] }],
        });
        Assert.Empty(a.TracesSet);
        a.Fail();
        a.RunMs(20_000);
        Assert.Equal(["te1-1 SonetJ0 te1-1", "te1-2 SonetJ0 te1-2"], a.TracesSet);
        Assert.All(a.Links, l => Assert.Equal(DataLinkState.Down, l.State));
    }

    [Fact]
    public void A_test_that_ends_otherwise_puts_the_trace_back_too()
    {
        foreach (var end in (Action<LinkPartner>[])[a => a.TransportDown(), a => a.Node.ReportDataPlane(a.Now, ""), a => a.Reconfigure(a.Node.Configuration with { TeLinks = [] })])
        {
            var a = Testing(new TraceConfiguration(J0, "PARIS", null));
            a.TracesSet.Clear();
            end(a);
            Assert.Equal(["te1-1 SonetJ0 PARIS", "te1-2 SonetJ0 PARIS"], a.TracesSet);
        }
    }

    [Fact]
    public void A_mismatch_that_the_neighbour_sees_because_of_the_pattern_is_none()
    {
        var a = Testing(new TraceConfiguration(J0, "PARIS", null));
        a.Send(new TraceMismatchMessage(77, Identifier.Unnumbered(201)));
        Assert.Equal(77u, a.Last<TraceMismatchAckMessage>().MessageIdAck);
        Assert.Null(a.AlarmText(AlarmKind.TraceMismatch, "te1-1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_data_link_that_receives_the_pattern_is_told_whichever_comes_first(bool traceFirst)
    {
        var (a, id) = Listening();
        if (traceFirst) a.Receives(0, "ONE");
        a.Send(Pattern(201, id, "ONE"));
        if (!traceFirst)
        {
            Assert.Equal(0, a.Count<TestStatusSuccessMessage>());
            a.Receives(0, "ONE");
        }

        Assert.Equal([(101u, 201u)], a.Successes());
        Assert.Equal((DataLinkState.UpFree, DataLinkState.PasvTest), (a.Links[0].PassiveState, a.Links[1].PassiveState));
        // SDH and SONET share the byte; the Test message is repeated until the neighbour knows.
        a.Send(Pattern(201, id, "ONE"));
        a.Receives(1, "TWO", TraceType.SdhJ0);
        a.Send(Pattern(202, id, "TWO"));
        Assert.Equal([(101u, 201u), (102u, 202u)], a.Successes());
        Assert.All(a.Links, l => Assert.Equal(l.RemoteId, l.FoundReceive!.Value.InterfaceId));
        Assert.Equal(3, a.Node.Counters.Received(MessageType.Test));
    }

    [Fact]
    public void Swapped_fibres_are_found()
    {
        var (a, id) = Listening();
        foreach (var (link, theirs, text) in ((int, uint, string)[])[(0, 202, "TWO"), (1, 201, "ONE")])
        {
            a.Send(Pattern(theirs, id, text));
            a.Receives(link, text);
        }

        Assert.Equal([(101u, 202u), (102u, 201u)], a.Successes());
        a.Send(new EndVerifyMessage(8100, id));
        Assert.Contains("te1-1 and te1-2 are swapped", a.AlarmText(AlarmKind.Miswired, "te1-1"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_never_comes_has_failed_at_VerifyDeadInterval()
    {
        var (a, id) = Listening();
        a.Send(Pattern(201, id, "ONE"));
        a.Send(Pattern(202, id, "TWO"));
        a.Receives(0, "ONE");
        a.Receives(1, "SOMETHING ELSE");
        a.RunMs(1_000);
        Assert.Equal(1, a.Count<TestStatusSuccessMessage>() - a.Count<TestStatusFailureMessage>());
        Assert.Equal((DataLinkState.UpFree, DataLinkState.Down), (a.Links[0].PassiveState, a.Links[1].PassiveState));
        Assert.Contains("te1-2: no Test message of b arrived within 1000 ms", a.AlarmText(AlarmKind.VerificationFailed, "te1-2"), StringComparison.Ordinal);
        // A success after it still counts.
        a.Receives(1, "TWO");
        Assert.Equal((102u, 202u), a.Successes().Last());
    }

    [Fact]
    public void One_text_on_all_data_links_confirms_a_mapping_that_is_known_and_finds_none()
    {
        var (a, id) = Listening();
        a.Receives(0, "NODE B");
        a.Receives(1, "NODE B");
        a.Send(Pattern(201, id, "NODE B"));
        a.Send(Pattern(299, id, "NODE B"));
        Assert.Equal([(101u, 201u)], a.Successes());
        a.Send(Pattern(202, id, "NODE B"));
        Assert.Equal([(101u, 201u), (102u, 202u)], a.Successes());
    }

    [Fact]
    public void A_data_link_in_use_or_without_signal_receives_no_test()
    {
        var (a, id) = Listening();
        a.Node.ReportSignal(a.Now, ["te1-1"], SignalState.Fail);
        a.Receives(0, "ONE");
        a.Send(Pattern(201, id, "ONE"));
        Assert.Empty(a.Successes());

        a = Quiet(transports: VerifyTransport.J0Trace);
        a.Transports = VerifyTransport.J0Trace;
        a.Node.Allocate(a.Now, ["te1-1"]);
        a.Send(Ask(8000, links: 1, transports: VerifyTransport.J0Trace, encoding: EncodingType.Sdh));
        a.Receives(0, "ONE");
        a.Send(Pattern(201, a.Last<BeginVerifyAckMessage>().VerifyId, "ONE"));
        Assert.Empty(a.Successes());
        Assert.Equal(DataLinkState.UpAlloc, a.Links[0].State);
    }

    [Fact]
    public void A_Test_message_over_the_control_channel_that_belongs_to_nothing_changes_nothing()
    {
        var (a, id) = Listening();
        a.Receives(0, "ONE");
        var before = a.Picture();
        a.Send(Pattern(201, id + 1, "ONE"));
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.UnknownVerifyId));
        a.Send(Pattern(0, id, "ONE"));
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.ZeroId));
        a.Send(new TestMessage(Identifier.Unnumbered(201), id));
        a.Send(Pattern(201, id, "ONE", TraceType.SonetJ1));
        Assert.Equal(2, a.Node.Counters.Dropped(DropReason.Unsupported));
        Assert.Equal(before, a.Picture());

        // Where the Test message itself was agreed on, a trace says nothing.
        a = Listener();
        a.Send(Ask(8000));
        a.Send(Pattern(201, a.Last<BeginVerifyAckMessage>().VerifyId, "ONE"));
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.Unsupported));
    }

    [Fact]
    public void A_test_pattern_is_no_mismatch_unless_it_stays()
    {
        var a = Quiet(transports: VerifyTransport.J0Trace);
        a.Transports = VerifyTransport.J0Trace;
        a.Send(new TraceMonitorMessage(70, Identifier.Unnumbered(201), new TraceObject(J0, "PARIS")));
        a.Receives(0, "PARIS");
        a.Send(Ask(8000, transports: VerifyTransport.J0Trace, encoding: EncodingType.Sdh));
        var id = a.Last<BeginVerifyAckMessage>().VerifyId;
        a.Receives(0, "ONE");
        a.Send(Pattern(201, id, "ONE"));
        a.Send(new EndVerifyMessage(8100, id));
        a.RunMs(9_000);
        Assert.Null(a.AlarmText(AlarmKind.TraceMismatch, "te1-1"));
        Assert.Equal(0, a.Count<TraceMismatchMessage>());
        a.RunMs(2_000);
        Assert.Contains("'ONE' is received, 'PARIS' is expected", a.AlarmText(AlarmKind.TraceMismatch, "te1-1"), StringComparison.Ordinal);
        Assert.NotEqual(0, a.Count<TraceMismatchMessage>());
    }

    [Fact]
    public void A_wrong_trace_that_was_no_test_pattern_is_a_mismatch_when_the_test_is_over()
    {
        var a = Quiet(transports: VerifyTransport.J0Trace);
        a.Transports = VerifyTransport.J0Trace;
        a.Send(new TraceMonitorMessage(70, Identifier.Unnumbered(201), new TraceObject(J0, "PARIS")));
        a.Send(Ask(8000, transports: VerifyTransport.J0Trace, encoding: EncodingType.Sdh));
        a.Receives(0, "NICE");
        Assert.Null(a.AlarmText(AlarmKind.TraceMismatch, "te1-1"));
        a.RunMs(1_000);
        Assert.NotNull(a.AlarmText(AlarmKind.TraceMismatch, "te1-1"));
        Assert.NotEqual(0, a.Count<TraceMismatchMessage>());
    }
}
