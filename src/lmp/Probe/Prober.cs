// RFC 4204 §3.1: the beginning of a parameter negotiation, and no more.
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Probe;

/// <summary>Sends one Config and waits for what comes back.</summary>
internal static class Prober
{
    private const uint CcId = 1;

    /// <summary>Probes.</summary>
    /// <param name="options">Whom and how.</param>
    /// <param name="warnings">Where to say what the probe may disturb.</param>
    /// <param name="outcome">What became of it, if the result is true.</param>
    /// <returns>False where the source address asked for is not one of this machine.</returns>
    public static bool TryRun(ProbeOptions options, TextWriter warnings, [NotNullWhen(true)] out ProbeOutcome? outcome)
    {
        outcome = new ProbeOutcome(ProbeResult.Silent, options.Target, Config(options.NodeId ?? DefaultNodeId(null)))
        {
            Local = options.Local,
            Waited = options.Timeout,
        };
        var isBound = options.Local is null;
        try
        {
            var target = new IPEndPoint(options.Target.Address.ToIPAddress(), options.Target.Port);
            using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            if (options.Local is { } address) socket.Bind(new IPEndPoint(address.ToIPAddress(), 0));
            isBound = true;
            ReportAllErrors(socket);
            // Connected, the socket takes datagrams from nobody else, and ICMP errors come back as errors of its calls.
            socket.Connect(target);
            var local = NetworkAddress.From(((IPEndPoint)socket.LocalEndPoint!).Address);
            outcome = outcome with { Local = local, Sent = Config(options.NodeId ?? DefaultNodeId(local)) };
            WarnOfOwnNode(local, options.Target, warnings);
            outcome = Exchange(socket, outcome);
        }
        catch (SocketException e)
        {
            outcome = isBound ? Failed(outcome, e.SocketErrorCode, TimeSpan.Zero) : null;
        }

        return outcome is not null;
    }

    // Linux keeps "host unreachable" and the like from a UDP socket that does not ask for them: to a conversation they are hiccups, to a probe
    // the answer.
    private static void ReportAllErrors(Socket socket)
    {
        if (!OperatingSystem.IsLinux()) return;
        const int solIP = 0, ipRecvErr = 11, solIPv6 = 41, ipv6RecvErr = 25;
        ReadOnlySpan<byte> on = [1, 1, 1, 1];
        if (socket.AddressFamily == AddressFamily.InterNetworkV6) socket.SetRawSocketOption(solIPv6, ipv6RecvErr, on);
        else socket.SetRawSocketOption(solIP, ipRecvErr, on);
    }

    // A node that has a control channel with this machine knows the other end by its address, and takes the probe's Config for a restart.
    private static void WarnOfOwnNode(NetworkAddress local, NetworkEndpoint target, TextWriter warnings)
    {
        if (local == target.Address || !IsInUse(local, target.Port)) return;
        warnings.WriteLine($"lmp probe: warning: UDP port {target.Port} is in use at {local} on this machine. If LMP has a control channel from there to"
            + $" {target.Address} that is up, this probe makes it renegotiate; --local with another address avoids that.");
    }

    private static bool IsInUse(NetworkAddress local, ushort port)
    {
        try
        {
            foreach (var listener in IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners())
            {
                if (listener.Port != port) continue;
                var address = NetworkAddress.From(listener.Address);
                if (address == local || address.IsAny) return true;
            }
        }
        catch (NetworkInformationException)
        {
            // Without /proc there is no telling, and no reason not to probe.
        }

        return false;
    }

    /// <summary>The Node_Id sent from a source address unless one is given.</summary>
    public static NodeId DefaultNodeId(NetworkAddress? local) => new(local is { IsIPv6: false } address ? (uint)address.Value : 1);

    private static ConfigMessage Config(NodeId nodeId)
    {
        // Message_Ids must not go back (RFC 4204 §7), and a probe remembers none: the clock does.
        var messageId = (uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new ConfigMessage(CcId, messageId, nodeId, ProbeOutcome.Proposed);
    }

    private static ProbeOutcome Exchange(Socket socket, ProbeOutcome outcome)
    {
        var buffer = new byte[CommonHeader.MaxMessageLength + 1];
        var config = outcome.Sent.Encode();
        var clock = Stopwatch.StartNew();
        socket.Send(config, 0, config.Length, SocketFlags.None, out var error);
        if (error != SocketError.Success) return Failed(outcome, error, clock.Elapsed);
        while (outcome.Waited - clock.Elapsed is var left && left > TimeSpan.Zero)
        {
            // 0 would wait for ever.
            socket.ReceiveTimeout = Math.Max(1, (int)left.TotalMilliseconds);
            var length = socket.Receive(buffer, 0, buffer.Length, SocketFlags.None, out error);
            var elapsed = clock.Elapsed;
            if (error == SocketError.TimedOut) break;
            // An answer that came before weighs more than an error after it.
            if (error != SocketError.Success) return outcome.Answer is null ? Failed(outcome, error, elapsed) : outcome;
            var answer = buffer.AsSpan(0, length);
            var isReply = LmpMessage.TryDecode(answer, out var message, out _)
                && message is ConfigAckMessage or ConfigNackMessage && message.MessageIdAck == outcome.Sent.MessageId;
            // Whatever else comes is worth telling if no reply follows it.
            if (isReply || outcome.Answer is null)
                outcome = outcome with { Result = ProbeResult.Answered, RoundTrip = elapsed, Answer = answer.ToArray() };
            if (!isReply) continue;
            if (message is ConfigAckMessage) TakeLeave(socket);
            break;
        }

        return outcome;
    }

    private static ProbeOutcome Failed(ProbeOutcome outcome, SocketError error, TimeSpan elapsed) => error == SocketError.ConnectionRefused
        ? outcome with { Result = ProbeResult.Refused, RoundTrip = elapsed }
        : outcome with { Result = ProbeResult.Unreachable, Error = error };

    // Having acknowledged, the other side waits for our Hello until it times out and raises an alarm; the ControlChannelDown flag tells it at
    // once that none will come (RFC 4204 §3.2.3).
    private static void TakeLeave(Socket socket)
    {
        Span<byte> bytes = stackalloc byte[Hello.EncodedLength];
        new Hello(HeaderFlags.ControlChannelDown, CcId, TxSeqNum: 1, RcvSeqNum: 0).Encode(bytes);
        // A courtesy: the answer is there, whatever becomes of this.
        socket.Send(bytes, SocketFlags.None, out _);
    }
}
