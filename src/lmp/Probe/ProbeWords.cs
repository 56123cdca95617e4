using System.Globalization;
using System.Net.Sockets;
using System.Text;
using OpenLmp.Cli.Decode;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Probe;

/// <summary>What a probe found, and what to do next, for people.</summary>
internal static class ProbeWords
{
    /// <summary>The name of the result.</summary>
    public static string Name(ProbeResult result) => result switch
    {
        ProbeResult.Answered => "answered",
        ProbeResult.Refused => "refused",
        ProbeResult.Silent => "silent",
        _ => "unreachable",
    };

    /// <summary>The finding and the next step.</summary>
    public static (string Finding, string Next) Explain(ProbeOutcome outcome) => outcome.Result switch
    {
        ProbeResult.Answered => ExplainAnswer(outcome),
        ProbeResult.Refused => (
            $"The host is there, but nothing listens on UDP port {outcome.Target.Port}: no LMP.",
            "start LMP there; where it runs already, check that it listens on this address."),
        ProbeResult.Silent => (
            $"Nothing came back within {Seconds(outcome.Waited)}. Either something on the way drops UDP port {outcome.Target.Port},"
            + " or LMP runs there and ignores nodes it is not configured for, as lmpd does.",
            $"capture there (tcpdump udp port {outcome.Target.Port}): if the Config arrives, configure Node_Id {outcome.Sent.LocalNodeId}{From(outcome)}"
            + " as its neighbor; if not, look for a filter on the way."),
        _ => (Reason(outcome), $"check addresses and routes (ip route get {outcome.Target.Address with { Scope = 0 }})."),
    };

    /// <summary>What a datagram says, in a line.</summary>
    public static string InALine(ReadOnlySpan<byte> datagram)
    {
        if (!LmpMessage.TryDecode(datagram, out var message, out var error)) return "malformed: " + error;
        var text = new Utf8Text();
        text.Text(message.Name);
        Essentials.Write(text, message);
        return Encoding.UTF8.GetString(text.Written);
    }

    private static (string Finding, string Next) ExplainAnswer(ProbeOutcome outcome)
    {
        if (!LmpMessage.TryDecode(outcome.Answer, out var message, out _))
            return ("Something answers there, but not with LMP.", $"find out which program has UDP port {outcome.Target.Port} there.");
        return message switch
        {
            ConfigAckMessage ack when Replies(ack, outcome) => (
                $"LMP runs there as node {ack.LocalNodeId} and agrees to Hello every {ProbeOutcome.Proposed.HelloInterval} ms, dead after"
                + $" {ProbeOutcome.Proposed.HelloDeadInterval} ms, on its control channel {ack.LocalCcid}.",
                SameNode(ack.LocalNodeId, outcome)
                    ?? $"configure it: node-id {ack.LocalNodeId}, remote {outcome.Target}. It was told that the channel goes down again."),
            ConfigNackMessage nack when Replies(nack, outcome) => ExplainNack(nack, outcome),
            _ => (
                $"LMP runs there, but did not answer the Config: it sent {message.Name}.",
                "probe again; should it say the same, look at its log for why."),
        };
    }

    private static (string Finding, string Next) ExplainNack(ConfigNackMessage nack, ProbeOutcome outcome)
    {
        var (interval, dead) = (ProbeOutcome.Proposed.HelloInterval, ProbeOutcome.Proposed.HelloDeadInterval);
        var finding = $"LMP runs there as node {nack.LocalNodeId}, but does not agree to Hello every {interval} ms, dead after {dead} ms";
        if (SameNode(nack.LocalNodeId, outcome) is { } same) return (finding + ".", same);
        if (nack.Find<HelloConfig>() is not { } hello || (hello.HelloInterval, hello.HelloDeadInterval) == (interval, dead))
            return (finding + ", and proposes nothing else.", "look at its log for why.");
        if (hello is { HelloInterval: 0, HelloDeadInterval: 0 })
        {
            return (
                finding + ": it proposes to send no Hello.",
                "configure hello-interval: 0 and hello-dead-interval: 0 for this control channel, or give it values there.");
        }

        return (
            finding + $": it proposes {hello.HelloInterval} ms and {hello.HelloDeadInterval} ms{(hello.Negotiable ? "" : ", and nothing else")}.",
            $"configure hello-interval: {hello.HelloInterval}ms and hello-dead-interval: {hello.HelloDeadInterval}ms for this control channel.");
    }

    private static bool Replies(LmpMessage message, ProbeOutcome outcome) => message.MessageIdAck == outcome.Sent.MessageId;

    private static string? SameNode(NodeId answered, ProbeOutcome outcome) => answered == outcome.Sent.LocalNodeId
        ? $"the probe used the same Node_Id, {answered}: probe with another (--node-id), and give each node its own."
        : null;

    private static string From(ProbeOutcome outcome) => outcome.Local is { } local ? $" at {local}" : "";

    private static string Reason(ProbeOutcome outcome) => outcome.Error switch
    {
        SocketError.NetworkUnreachable => "There is no route to that address.",
        SocketError.HostUnreachable => "There is no such host on its link, or a filter on the way turns the packet back (ICMP unreachable).",
        SocketError.AccessDenied => "A packet filter, or a route, forbids it: on this machine or on the way.",
        SocketError.InvalidArgument or SocketError.AddressNotAvailable =>
            $"There is no route to that address{(outcome.Local is { } local ? $" from {local}" : "")}.",
        SocketError.NetworkDown => "The network interface towards that address is down.",
        _ => $"The packet cannot be sent: {outcome.Error}.",
    };

    private static string Seconds(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1)
            ? time.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture) + " ms"
            : time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
