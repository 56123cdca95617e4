// RFC 2741 §8: where a master agent listens.
using System.Net;
using System.Net.Sockets;

namespace OpenLmp.Snmp;

/// <summary>Where the master agent listens.</summary>
/// <param name="Path">The path of a Unix socket; null: TCP.</param>
/// <param name="Tcp">Address and port; null: a Unix socket.</param>
public sealed record AgentXEndpoint(string? Path, IPEndPoint? Tcp)
{
    /// <summary>The port of AgentX over TCP (RFC 2741 §8.1.1).</summary>
    public const ushort DefaultPort = 705;

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody listens there, or it is not permitted.</exception>
    public async Task<Stream> ConnectAsync(CancellationToken cancellation)
    {
        var socket = Tcp is null ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Tcp is null ? new UnixDomainSocketEndPoint(Path!) : Tcp, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>As net-snmp writes it: <c>unix:/var/agentx/master</c>, <c>tcp:127.0.0.1:705</c>.</summary>
    public override string ToString() => Tcp is null ? $"unix:{Path}" : $"tcp:{Tcp}";
}
