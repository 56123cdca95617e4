using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Http;

/// <summary>
/// The sockets of the API, listening before there is a server: no other daemon takes their places, and who connects meanwhile waits.
/// </summary>
internal sealed class ApiSockets : IDisposable
{
    // What Kestrel uses.
    private const int Backlog = 512;

    private Socket? _unix;
    private Socket? _tcp;

    /// <summary>Opens what is configured.</summary>
    /// <exception cref="DaemonStartException">A path or address cannot be used; says which and why.</exception>
    public ApiSockets(ApiConfiguration configuration)
    {
        try
        {
            if (configuration.SocketPath is { } path) _unix = Listen(path);
            if (configuration.Http is { } http) _tcp = Listen(http);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Hands over the socket of an endpoint; whoever asks closes it.</summary>
    public Socket Take(EndPoint endpoint)
    {
        ref var ours = ref endpoint is UnixDomainSocketEndPoint ? ref _unix : ref _tcp;
        return Interlocked.Exchange(ref ours, null) ?? throw new InvalidOperationException($"nothing listens at {endpoint}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _unix?.Dispose();
        _tcp?.Dispose();
    }

    private static Socket Listen(string path)
    {
        try
        {
            UnixSocketFile.Prepare(path);
            return Listen(UnixSocketFile.Bind(new UnixDomainSocketEndPoint(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or ArgumentException)
        {
            throw new DaemonStartException($"api socket {path}: {e.Message}");
        }
    }

    private static Socket Listen(in NetworkEndpoint http)
    {
        try
        {
            return Listen(SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(http.Address.ToIPAddress(), http.Port)));
        }
        catch (SocketException e)
        {
            throw new DaemonStartException($"api http {http}: {e.Message}");
        }
    }

    private static Socket Listen(Socket socket)
    {
        try
        {
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
