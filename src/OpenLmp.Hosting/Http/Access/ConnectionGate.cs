using System.Text;
using Microsoft.AspNetCore.Connections;

namespace OpenLmp.Hosting.Http;

/// <summary>Counts connections: nobody takes all of them, and root's on the Unix socket always get through.</summary>
/// <param name="limits">How many, as it is now.</param>
internal sealed class ConnectionGate(Func<ApiLimits> limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, int> _open = [];
    private int _total;

    /// <summary>Stands before what a connection carries.</summary>
    /// <param name="next">Carries it.</param>
    /// <param name="isTls">Whether a handshake comes first: then who is refused is not told why.</param>
    public ConnectionDelegate Before(ConnectionDelegate next, bool isTls) => async connection =>
    {
        var peer = ConnectionPeer.Of(connection);
        if (Enter(peer) is { } refusal)
        {
            if (!isTls) await RefuseAsync(connection, refusal).ConfigureAwait(false);
            return;
        }

        try
        {
            connection.Features.Set(peer);
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Leave(peer);
        }
    };

    private string? Enter(ConnectionPeer peer)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(peer.Key);
            if (!peer.IsPrivileged)
            {
                var (most, mostOfPeer) = (limits().Connections, limits().ConnectionsPerPeer);
                if (_total >= most) return $"{most} connections are open already; try again later";
                if (open >= mostOfPeer) return $"{mostOfPeer} connections from here are open already; close some";
                _total++;
            }

            _open[peer.Key] = open + 1;
            return null;
        }
    }

    private void Leave(ConnectionPeer peer)
    {
        lock (_lock)
        {
            if (!peer.IsPrivileged) _total--;
            var open = _open[peer.Key] - 1;
            if (open == 0) _open.Remove(peer.Key);
            else _open[peer.Key] = open;
        }
    }

    // Without a look at what is asked: that could take its time to come.
    private static async Task RefuseAsync(ConnectionContext connection, string refusal)
    {
        var body = $$"""{"error":"{{refusal}}"}""";
        var answer = $"HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
        await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(answer)).ConfigureAwait(false);
        await connection.Transport.Output.CompleteAsync().ConfigureAwait(false);
    }
}
