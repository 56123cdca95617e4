// RFC 4207 §3.1: two real nodes and the fibres between them.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

public class CorrelationPairTests
{
    private readonly VirtualNetwork _network = new();

    private (VirtualNode A, VirtualNode B) Start(VerifyTransport transport, bool swapped = false, string? trace = null, bool learn = false)
    {
        var (a, b) = (_network.Add(Node(Configurations.A()), start: false), _network.Add(Node(Configurations.B()), new NodeOptions { FirstMessageId = 5000 }, start: false));
        _network.Fibre(a, "te1-1", b, swapped ? "te1-2" : "te1-1");
        _network.Fibre(a, "te1-2", b, swapped ? "te1-1" : "te1-2");
        foreach (var node in (VirtualNode[])[a, b])
        {
            node.Transports = transport;
            node.Node.ReportDataPlane(_network.Now, null);
            node.TransportUp();
        }

        return (a, b);

        NodeConfiguration Node(NodeConfiguration node) => node with
        {
            TeLinks =
            [
                .. node.TeLinks.Select(t => t with
                {
                    DataLinks =
                    [
                        .. t.DataLinks.Select(l => l with
                        {
                            Capabilities = [Tdm(10, 10)], RemoteId = learn ? null : l.RemoteId,
                            Traces = trace is null ? [] : [new TraceConfiguration(TraceType.SonetJ0, trace, trace)],
                        }),
                    ],
                }),
            ],
        };
    }

    private static IEnumerable<DataLink> Links(params VirtualNode[] nodes) => nodes.SelectMany(n => n.TeLink.DataLinks);

    [Theory]
    [InlineData(VerifyTransport.J0Trace)]
    [InlineData(VerifyTransport.J1Trace)]
    [InlineData(VerifyTransport.J2Trace)]
    [InlineData(VerifyTransport.Dccs)]
    [InlineData(VerifyTransport.Dccl)]
    public void Mappings_are_learned_by_every_transport(VerifyTransport transport)
    {
        var (a, b) = Start(transport, learn: true);
        _network.Run(TimeSpan.FromSeconds(30));
        Assert.All(Links(a, b), l => Assert.Equal((DataLinkState.UpFree, true, transport, transport), (l.State, l.Verified, l.TestTransport, l.ListenTransport)));
        Assert.All(Links(a), l => Assert.Equal(l.LocalId.Value + 100, l.RemoteId!.Value.Value));
        Assert.Empty(a.RaisedAlarms().Concat(b.RaisedAlarms()));
    }

    [Fact]
    public void Swapped_fibres_are_the_same_alarm_as_with_Payload()
    {
        foreach (var transport in (VerifyTransport[])[VerifyTransport.Payload, VerifyTransport.J0Trace])
        {
            var pair = new CorrelationPairTests();
            var (a, b) = pair.Start(transport, swapped: true);
            pair._network.Run(TimeSpan.FromSeconds(30));
            foreach (var node in (VirtualNode[])[a, b])
                Assert.All(node.RaisedAlarms(), text => Assert.Contains("te1-1 and te1-2 are swapped", text, StringComparison.Ordinal));
            Assert.NotEmpty(a.RaisedAlarms());
        }
    }

    [Fact]
    public void Traces_that_are_expected_everywhere_are_back_after_the_test_and_nobody_has_seen_a_mismatch()
    {
        var (a, b) = Start(VerifyTransport.J0Trace, trace: "PARIS");
        _network.Run(TimeSpan.FromSeconds(60));
        Assert.All(Links(a, b), l => Assert.Equal((true, "PARIS", "PARIS"), (l.Verified, l.Traces.Single().Transmitted, l.Traces.Single().Received)));
        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.DoesNotContain(node.Events.OfType<AlarmChanged>(), e => e.Alarm.Kind == AlarmKind.TraceMismatch);
            Assert.Empty(node.SentOf(MessageType.TraceMismatch));
            Assert.Contains(node.Events.OfType<TraceReceived>(), e => e.To.StartsWith("LMP", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Lost_messages_and_a_cut_fibre_fail_what_they_have_to_and_nothing_else()
    {
        var (a, b) = Start(VerifyTransport.J0Trace);
        _network.Fibres.Remove((a, "te1-2"));
        var tests = 0;
        _network.Filter = d => d.Type != MessageType.Test || ++tests % 3 == 0;
        _network.Run(TimeSpan.FromSeconds(60));
        Assert.True(a.TeLink.DataLinks[0].Verified);
        Assert.False(a.TeLink.DataLinks[1].Verified);
        Assert.Contains("no Test message of it arrived at b", a.Alarm(AlarmKind.VerificationFailed, "te1-2")!.Text, StringComparison.Ordinal);
        Assert.Contains("no Test message of a arrived", b.Alarm(AlarmKind.VerificationFailed, "te1-2")!.Text, StringComparison.Ordinal);
    }
}
