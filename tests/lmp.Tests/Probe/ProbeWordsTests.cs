using System.Net.Sockets;
using OpenLmp.Cli.Probe;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests.Probe;

/// <summary>What each outcome means and what to do next.</summary>
public class ProbeWordsTests
{
    private static readonly NodeId Ours = new(0x0A000001);
    private static readonly NodeId Theirs = new(0x0A000002);
    private static readonly ConfigMessage Sent = new(1, 17, Ours, ProbeOutcome.Proposed);

    [Fact]
    public void An_Ack_leads_to_a_configuration() => Expect(
        Answered(new ConfigAckMessage(7, Theirs, 1, 17, Ours)),
        "LMP runs there as node 10.0.0.2 and agrees to Hello every 150 ms, dead after 500 ms, on its control channel 7.",
        "configure it: node-id 10.0.0.2, remote 10.255.0.2. It was told that the channel goes down again.");

    [Fact]
    public void A_Nack_leads_to_its_values() => Expect(
        Answered(Nack(new HelloConfig(1000, 3000) { Negotiable = true })),
        "LMP runs there as node 10.0.0.2, but does not agree to Hello every 150 ms, dead after 500 ms: it proposes 1000 ms and 3000 ms.",
        "configure hello-interval: 1000ms and hello-dead-interval: 3000ms for this control channel.");

    [Fact]
    public void A_Nack_may_leave_no_choice() => Expect(
        Answered(Nack(new HelloConfig(1000, 3000))),
        "LMP runs there as node 10.0.0.2, but does not agree to Hello every 150 ms, dead after 500 ms: it proposes 1000 ms and 3000 ms, and nothing else.",
        "configure hello-interval: 1000ms and hello-dead-interval: 3000ms for this control channel.");

    [Fact]
    public void A_Nack_may_want_no_Hello() => Expect(
        Answered(Nack(new HelloConfig(0, 0))),
        "LMP runs there as node 10.0.0.2, but does not agree to Hello every 150 ms, dead after 500 ms: it proposes to send no Hello.",
        "configure hello-interval: 0 and hello-dead-interval: 0 for this control channel, or give it values there.");

    [Fact]
    public void A_Nack_may_propose_nothing()
    {
        const string finding = "LMP runs there as node 10.0.0.2, but does not agree to Hello every 150 ms, dead after 500 ms, and proposes nothing else.";
        Expect(Answered(Nack(ProbeOutcome.Proposed)), finding, "look at its log for why.");
        Expect(Answered(Nack(new LmpWdmConfig(true, false))), finding, "look at its log for why.");
    }

    [Fact]
    public void The_same_Node_Id_at_both_ends_is_told()
    {
        const string next = "the probe used the same Node_Id, 10.0.0.1: probe with another (--node-id), and give each node its own.";
        Assert.Equal(next, ProbeWords.Explain(Answered(new ConfigAckMessage(7, Ours, 1, 17, Ours))).Next);
        Assert.Equal(next, ProbeWords.Explain(Answered(new ConfigNackMessage(7, Ours, 1, 17, Ours, ProbeOutcome.Proposed))).Next);
    }

    [Fact]
    public void Another_message_is_named() => Expect(
        Answered(new HelloMessage(7, 1, 0)),
        "LMP runs there, but did not answer the Config: it sent Hello.",
        "probe again; should it say the same, look at its log for why.");

    [Fact]
    public void An_Ack_of_another_Config_is_no_agreement() => Assert.Equal(
        "LMP runs there, but did not answer the Config: it sent ConfigAck.",
        ProbeWords.Explain(Answered(new ConfigAckMessage(7, Theirs, 1, 16, Ours))).Finding);

    [Fact]
    public void Bytes_that_are_no_LMP_are_told() => Expect(
        Outcome(ProbeResult.Answered) with { Answer = [1, 2, 3] },
        "Something answers there, but not with LMP.",
        "find out which program has UDP port 701 there.");

    [Fact]
    public void Refusal_means_no_LMP() => Expect(
        Outcome(ProbeResult.Refused),
        "The host is there, but nothing listens on UDP port 701: no LMP.",
        "start LMP there; where it runs already, check that it listens on this address.");

    [Fact]
    public void Silence_has_two_causes_and_a_way_to_tell_them_apart() => Expect(
        Outcome(ProbeResult.Silent) with { Waited = TimeSpan.FromSeconds(3) },
        "Nothing came back within 3 s. Either something on the way drops UDP port 701, or LMP runs there and ignores nodes it is not configured for, as lmpd does.",
        "capture there (tcpdump udp port 701): if the Config arrives, configure Node_Id 10.0.0.1 at 10.255.0.1 as its neighbor; if not, look for a filter on the way.");

    [Theory]
    [InlineData(SocketError.NetworkUnreachable, "There is no route to that address.")]
    [InlineData(SocketError.HostUnreachable, "There is no such host on its link, or a filter on the way turns the packet back (ICMP unreachable).")]
    [InlineData(SocketError.AccessDenied, "A packet filter, or a route, forbids it: on this machine or on the way.")]
    [InlineData(SocketError.InvalidArgument, "There is no route to that address from 10.255.0.1.")]
    [InlineData(SocketError.NetworkDown, "The network interface towards that address is down.")]
    [InlineData(SocketError.NoBufferSpaceAvailable, "The packet cannot be sent: NoBufferSpaceAvailable.")]
    public void Unreachable_has_a_reason(SocketError error, string finding) =>
        Expect(Outcome(ProbeResult.Unreachable) with { Error = error }, finding, "check addresses and routes (ip route get 10.255.0.2).");

    [Fact]
    public void A_line_says_what_a_datagram_says()
    {
        Assert.Equal("Hello cc 7 tx 1 rcv 0", ProbeWords.InALine(new HelloMessage(7, 1, 0).Encode()));
        Assert.Equal("malformed: 3 bytes are too few for the 8-byte common header", ProbeWords.InALine([1, 2, 3]));
    }

    private static void Expect(ProbeOutcome outcome, string finding, string next) => Assert.Equal((finding, next), ProbeWords.Explain(outcome));

    private static ConfigNackMessage Nack(LmpObject proposal) => new(7, Theirs, 1, 17, Ours, proposal);

    private static ProbeOutcome Answered(LmpMessage message) => Outcome(ProbeResult.Answered) with { Answer = message.Encode() };

    private static ProbeOutcome Outcome(ProbeResult result)
    {
        Assert.True(NetworkEndpoint.TryParse("10.255.0.2", 701, out var target));
        Assert.True(NetworkAddress.TryParse("10.255.0.1", out var local));
        return new ProbeOutcome(result, target, Sent) { Local = local };
    }
}
