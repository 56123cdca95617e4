using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OpenLmp.Hosting.Tests;

/// <summary>Keeps the IPv4 packets with ESP in UDP (RFC 3948) that come in somewhere, to send them again as they were.</summary>
internal sealed class EspRecorder : IDisposable
{
    private const ushort Port = 4500;
    private const int Headers = 28;

    private readonly ConcurrentQueue<byte[]> _packets = [];
    private readonly Socket _socket;

    public EspRecorder(NetworkNamespace space)
    {
        Socket? socket = null;
        space.Do(() =>
        {
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        });
        _socket = socket!;
        _ = Task.Run(async () =>
        {
            var buffer = new byte[65_536];
            try
            {
                while (true)
                {
                    var length = await _socket.ReceiveAsync(buffer);
                    // Four zeros are IKE's, a single octet keeps NAT alive: the rest begins with an SPI.
                    if (length > Headers + 8 && BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(22)) == Port && BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(Headers)) != 0)
                    {
                        // Between namespaces UDP's checksum is not computed, and would be wrong on a second way: zero is none.
                        buffer.AsSpan(26, 2).Clear();
                        _packets.Enqueue(buffer[..length]);
                    }
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                // The test is over.
            }
        });
    }

    public IReadOnlyCollection<byte[]> Packets => _packets;

    /// <summary>Sends packets, their own headers and all, from somewhere.</summary>
    public static void Send(NetworkNamespace space, IPAddress to, IEnumerable<byte[]> packets) => space.Do(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Raw);
        foreach (var packet in packets) socket.SendTo(packet, new IPEndPoint(to, 0));
    });

    public void Dispose() => _socket.Dispose();
}
