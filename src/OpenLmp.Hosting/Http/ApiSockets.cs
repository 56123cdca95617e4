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

    // In the order in which they are asked for: two may both want any free port.
    private readonly List<(EndPoint Place, Socket Socket)> _sockets = [];

    /// <summary>Opens what is configured.</summary>
    /// <exception cref="DaemonStartException">A path or address cannot be used; says which and why.</exception>
    public ApiSockets(ApiConfiguration configuration)
    {
        try
        {
            if (configuration.SocketPath is { } path) _sockets.Add((new UnixDomainSocketEndPoint(path), Listen(path, configuration)));
            if (configuration.Http is { } http) _sockets.Add((EndPointOf(http), Listen(http, "http")));
            if (configuration.Https is { } https) _sockets.Add((EndPointOf(https), Listen(https, "https")));
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
        var index = _sockets.FindIndex(s => s.Place.Equals(endpoint));
        if (index < 0) throw new InvalidOperationException($"nothing listens at {endpoint}");
        var socket = _sockets[index].Socket;
        _sockets.RemoveAt(index);
        return socket;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, socket) in _sockets) socket.Dispose();
        _sockets.Clear();
    }

    /// <summary>As the framework writes it.</summary>
    public static IPEndPoint EndPointOf(in NetworkEndpoint endpoint) => new(endpoint.Address.ToIPAddress(), endpoint.Port);

    private static Socket Listen(string path, ApiConfiguration configuration)
    {
        try
        {
            UnixSocketFile.Prepare(path);
            // One group can own the file. With two, that of the readers: who may change can be in both.
            return Listen(UnixSocketFile.Bind(new UnixDomainSocketEndPoint(path), configuration.SocketMode, configuration.ReadGroup ?? configuration.AdminGroup));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or ArgumentException)
        {
            throw new DaemonStartException($"api socket {path}: {e.Message}");
        }
    }

    private static Socket Listen(in NetworkEndpoint endpoint, string key)
    {
        try
        {
            return Listen(SocketTransportOptions.CreateDefaultBoundListenSocket(EndPointOf(endpoint)));
        }
        catch (SocketException e)
        {
            throw new DaemonStartException($"api {key} {endpoint}: {e.Message}");
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
