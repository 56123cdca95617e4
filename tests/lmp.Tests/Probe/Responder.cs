using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests.Probe;

/// <summary>A node of a test: answers every datagram on a loopback address as told, and keeps what it received.</summary>
internal sealed class Responder : IDisposable
{
    private readonly Socket _socket;
    private readonly BlockingCollection<byte[]> _received = [];
    private readonly Thread _thread;

    public Responder(IPAddress address, params Func<LmpMessage, byte[]>[] answers)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(address, 0));
        Endpoint = new NetworkEndpoint(NetworkAddress.From(address), (ushort)((IPEndPoint)_socket.LocalEndPoint!).Port);
        _thread = new Thread(() => Answer(answers)) { IsBackground = true };
        _thread.Start();
    }

    public NetworkEndpoint Endpoint { get; }

    /// <summary>The next datagram received, decoded.</summary>
    public LmpMessage Take()
    {
        Assert.True(_received.TryTake(out var datagram, TimeSpan.FromSeconds(30)), "nothing came");
        Assert.True(LmpMessage.TryDecode(datagram, out var message, out var error), error.ToString());
        return message;
    }

    /// <summary>A ConfigAck of node 10.0.0.2, control channel 7.</summary>
    public static byte[] Ack(LmpMessage message)
    {
        var config = Assert.IsType<ConfigMessage>(message);
        return new ConfigAckMessage(7, new NodeId(0x0A000002), config.LocalCcid, config.MessageId!.Value, config.LocalNodeId).Encode();
    }

    /// <summary>A ConfigNack of node 10.0.0.2 that proposes 1000 and 3000 ms.</summary>
    public static byte[] Nack(LmpMessage message)
    {
        var config = Assert.IsType<ConfigMessage>(message);
        var proposal = new HelloConfig(1000, 3000) { Negotiable = true };
        return new ConfigNackMessage(7, new NodeId(0x0A000002), config.LocalCcid, config.MessageId!.Value, config.LocalNodeId, proposal).Encode();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
        _received.Dispose();
    }

    private void Answer(Func<LmpMessage, byte[]>[] answers)
    {
        var buffer = new byte[2000];
        EndPoint from = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        try
        {
            while (true)
            {
                var length = _socket.ReceiveFrom(buffer, ref from);
                var datagram = buffer[..length];
                _received.Add(datagram);
                if (!LmpMessage.TryDecode(datagram, out var message, out _) || message is not ConfigMessage) continue;
                foreach (var answer in answers) _socket.SendTo(answer(message), from);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
