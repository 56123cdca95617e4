// RFC 4204 §3.2.2, §5.1: the RFC's own examples, step by step. What the nodes do here is recorded in Cases.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests.Conformance;

public class RfcExampleTests
{
    private readonly VirtualNetwork _network = new();

    [Fact]
    [Requirement("4204-3.2.2-1")]
    public void The_Hellos_of_section_3_2_2()
    {
        var a = _network.Add(A() with { TeLinks = [] }, new NodeOptions { FirstMessageId = 100, StateLost = false });
        var b = new ScriptedPeer(_network, a);
        b.Echo(b.HearOne<ConfigMessage>());

        // 1) After completing the configuration stage, Node A sends Hello messages to Node B with {TxSeqNum=1;RcvSeqNum=0}.
        AssertHello(1, 0);
        // 2) Node A receives a Hello from Node B with {1;1}. When the HelloInterval expires on Node A, it sends Hellos to Node B with {2;1}.
        _network.RunMs(20);
        b.SayHello(1, 1);
        Assert.Empty(b.Hear<HelloMessage>());
        _network.RunMs(130);
        AssertHello(2, 1);
        // 3) Node A receives a Hello from Node B with {2;2}. When the HelloInterval expires on Node A, it sends Hellos to Node B with {3;2}.
        _network.RunMs(20);
        b.SayHello(2, 2);
        Assert.Empty(b.Hear<HelloMessage>());
        _network.RunMs(130);
        AssertHello(3, 2);

        void AssertHello(uint tx, uint rcv)
        {
            var hello = b.HearOne<HelloMessage>();
            Assert.Equal((tx, rcv), (hello.Hello.TxSeqNum, hello.Hello.RcvSeqNum));
        }
    }

    [Fact]
    [Requirement("4204-5-1")]
    public void The_verification_of_section_5_1()
    {
        // Figure 1: the fibres of three free ports of A, 1, 3 and 4, end at ports 10, 11 and 14 of B; which where is to be discovered.
        var quiet = new IntervalRange();
        var one = new VerificationConfiguration { OneAtATime = true };
        var a = Add(A(Quiet, t => t with { Verification = one, DataLinks = [Link("p1", 1, null), Link("p3", 3, null), Link("p4", 4, null)] }));
        var b = Add(B(Quiet, t => t with { Verification = one with { OnEstablishment = false }, DataLinks = [Link("p10", 10, null), Link("p11", 11, null), Link("p14", 14, null)] }));
        foreach (var (port, end) in new[] { ("p1", "p10"), ("p3", "p11"), ("p4", "p14") }) _network.Fibre(a, port, b, end);
        foreach (var node in (VirtualNode[])[a, b])
        {
            node.Node.ReportDataPlane(_network.Now, null);
            node.TransportUp();
        }

        _network.RunUntil(() => a.TeLink.DataLinks.All(l => l.Verified), "verified");
        _network.RunMs(500);

        MessageType[] control = [.. _network.Sent.Select(d => d.Type).Where(t => t is >= MessageType.BeginVerify and <= MessageType.TestStatusAck)];
        Assert.Equal(
            [
                MessageType.BeginVerify, MessageType.BeginVerifyAck,
                MessageType.TestStatusSuccess, MessageType.TestStatusAck,
                MessageType.TestStatusSuccess, MessageType.TestStatusAck,
                MessageType.TestStatusSuccess, MessageType.TestStatusAck,
                MessageType.EndVerify, MessageType.EndVerifyAck,
            ],
            control);
        Assert.Equal(["10", "11", "14"], a.TeLink.DataLinks.Select(l => l.RemoteId.ToString()));
        Assert.Equal(["1", "3", "4"], b.TeLink.DataLinks.Select(l => l.RemoteId.ToString()));

        VirtualNode Add(NodeConfiguration configuration) => _network.Add(configuration, new NodeOptions { FirstMessageId = 100, StateLost = false }, start: false);

        ControlChannelConfiguration Quiet(ControlChannelConfiguration c) => c with { HelloInterval = quiet, HelloDeadInterval = quiet };
    }
}
