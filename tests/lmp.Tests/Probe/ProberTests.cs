using System.Net;
using System.Net.Sockets;
using OpenLmp.Cli.Probe;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests.Probe;

public class ProberTests
{
    private static readonly NetworkAddress Loopback = NetworkAddress.From(IPAddress.Loopback);

    [Fact]
    public void Sends_the_RFCs_defaults_and_takes_its_leave_after_an_Ack()
    {
        using var node = new Responder(IPAddress.Loopback, Responder.Ack);
        var outcome = Run(node.Endpoint);
        Assert.Equal(ProbeResult.Answered, outcome.Result);
        Assert.Equal(Loopback, outcome.Local);
        Assert.NotNull(outcome.RoundTrip);

        var config = Assert.IsType<ConfigMessage>(node.Take());
        Assert.Equal((1u, new NodeId(0x7F000001)), (config.LocalCcid, config.LocalNodeId));
        Assert.Equal(new HelloConfig(150, 500) { Negotiable = true }, Assert.Single(config.Configs));
        Assert.Equal(outcome.Sent, config);

        var leave = Assert.IsType<HelloMessage>(node.Take());
        Assert.Equal(HeaderFlags.ControlChannelDown, leave.Flags);
        Assert.Equal((1u, new HelloObject(1, 0)), (leave.LocalCcid, leave.Hello));
    }

    [Fact]
    public void Reports_a_Nack()
    {
        using var node = new Responder(IPAddress.Loopback, Responder.Nack);
        var outcome = Run(node.Endpoint, nodeId: new NodeId(0x0A000009));
        Assert.Equal(ProbeResult.Answered, outcome.Result);
        Assert.True(LmpMessage.TryDecode(outcome.Answer, out var answer, out _));
        Assert.Equal(new NodeId(0x0A000009), Assert.IsType<ConfigNackMessage>(answer).RemoteNodeId);
    }

    [Fact]
    public void Probes_over_IPv6()
    {
        using var node = new Responder(IPAddress.IPv6Loopback, Responder.Ack);
        var outcome = Run(node.Endpoint);
        Assert.Equal(ProbeResult.Answered, outcome.Result);
        Assert.Equal(new NodeId(1), outcome.Sent.LocalNodeId);
    }

    [Fact]
    public void Waits_for_the_reply_behind_other_datagrams()
    {
        using var node = new Responder(IPAddress.Loopback, _ => new HelloMessage(9, 1, 0).Encode(), _ => [1, 2, 3], StaleAck, Responder.Ack);
        var outcome = Run(node.Endpoint);
        Assert.True(LmpMessage.TryDecode(outcome.Answer, out var answer, out _));
        Assert.Equal(outcome.Sent.MessageId, Assert.IsType<ConfigAckMessage>(answer).MessageIdAck);

        static byte[] StaleAck(LmpMessage message) => new ConfigAckMessage(7, new NodeId(2), 1, message.MessageId!.Value - 1, new NodeId(1)).Encode();
    }

    [Fact]
    public void Reports_the_first_other_datagram_where_no_reply_follows()
    {
        using var node = new Responder(IPAddress.Loopback, _ => new HelloMessage(9, 1, 0).Encode(), _ => [1, 2, 3]);
        var outcome = Run(node.Endpoint, TimeSpan.FromSeconds(3));
        Assert.Equal(ProbeResult.Answered, outcome.Result);
        Assert.Equal(new HelloMessage(9, 1, 0).Encode(), outcome.Answer);
    }

    [Fact]
    public void Nothing_listening_is_refused()
    {
        // Taken and given back: nobody else gets a port of the ephemeral range so soon again.
        ushort port;
        using (var node = new Responder(IPAddress.Loopback)) port = node.Endpoint.Port;
        var outcome = Run(new NetworkEndpoint(Loopback, port));
        Assert.Equal((ProbeResult.Refused, true), (outcome.Result, outcome.RoundTrip.HasValue));
        Assert.Null(outcome.Answer);
    }

    [Fact]
    public void No_answer_is_silence()
    {
        using var node = new Responder(IPAddress.Loopback);
        var outcome = Run(node.Endpoint, TimeSpan.FromMilliseconds(200));
        Assert.Equal(ProbeResult.Silent, outcome.Result);
        Assert.Null(outcome.RoundTrip);
        Assert.IsType<ConfigMessage>(node.Take());
    }

    [Fact]
    public void No_way_there_is_unreachable()
    {
        // Loopback reaches nobody else; the kernel refuses before anything is sent.
        Assert.True(NetworkEndpoint.TryParse("192.0.2.1", 701, out var elsewhere));
        var outcome = Run(elsewhere, local: Loopback);
        Assert.Equal(ProbeResult.Unreachable, outcome.Result);
        Assert.NotEqual(SocketError.Success, outcome.Error);
    }

    [Fact]
    public void A_source_address_of_another_machine_cannot_be_used()
    {
        Assert.True(NetworkAddress.TryParse("192.0.2.77", out var foreign));
        Assert.False(Prober.TryRun(new ProbeOptions(new NetworkEndpoint(Loopback, 701), TimeSpan.FromSeconds(1), Local: foreign), TextWriter.Null, out _));
    }

    [Fact]
    public void Warns_where_a_node_of_this_machine_uses_the_source_address()
    {
        using var node = new Responder(IPAddress.Parse("127.0.0.2"), Responder.Ack);
        using var own = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        own.Bind(new IPEndPoint(IPAddress.Loopback, node.Endpoint.Port));
        Assert.Contains("makes it renegotiate", Warning(Loopback), StringComparison.Ordinal);
        Assert.True(NetworkAddress.TryParse("127.0.0.3", out var free));
        Assert.Equal("", Warning(free));

        string Warning(NetworkAddress local)
        {
            using var warnings = new StringWriter();
            Assert.True(Prober.TryRun(new ProbeOptions(node.Endpoint, TimeSpan.FromSeconds(30), Local: local), warnings, out _));
            return warnings.ToString();
        }
    }

    private static ProbeOutcome Run(NetworkEndpoint target, TimeSpan? timeout = null, NodeId? nodeId = null, NetworkAddress? local = null)
    {
        using var warnings = new StringWriter();
        Assert.True(Prober.TryRun(new ProbeOptions(target, timeout ?? TimeSpan.FromSeconds(30), nodeId, local), warnings, out var outcome));
        Assert.Equal("", warnings.ToString());
        return outcome;
    }
}
