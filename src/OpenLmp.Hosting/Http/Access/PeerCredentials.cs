using System.Net.Sockets;

namespace OpenLmp.Hosting.Http;

/// <summary>
/// Who is at the other end of a Unix socket, as the kernel noted when it connected (unix(7), SO_PEERCRED and SO_PEERGROUPS). The groups are those
/// that process has, not those a database gives its user: what the permissions of the socket's file are compared with, too.
/// </summary>
/// <param name="Process">Its process.</param>
/// <param name="User">Its effective user.</param>
/// <param name="Groups">Its effective group, and the supplementary ones.</param>
internal sealed record PeerCredentials(int Process, uint User, IReadOnlyList<uint> Groups)
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;
    private const int SoPeerGroups = 59;
    private const int MostGroups = 65_536; // NGROUPS_MAX

    /// <summary>Asks the kernel; null where it does not tell.</summary>
    public static unsafe PeerCredentials? Of(Socket socket)
    {
        var fd = (int)socket.Handle;
        var credentials = stackalloc uint[3]; // struct ucred: pid, uid, gid
        uint length = 3 * sizeof(uint);
        if (Libc.GetSockOpt(fd, SolSocket, SoPeerCred, credentials, &length) != 0 || length != 3 * sizeof(uint)) return null;
        return new PeerCredentials((int)credentials[0], credentials[1], [credentials[2], .. SupplementaryGroups(fd)]);
    }

    private static unsafe uint[] SupplementaryGroups(int fd)
    {
        for (var count = 64; count <= MostGroups; count *= 4)
        {
            var groups = new uint[count];
            var length = (uint)(count * sizeof(uint));
            fixed (uint* start = groups)
                if (Libc.GetSockOpt(fd, SolSocket, SoPeerGroups, start, &length) == 0) return groups[..(int)(length / sizeof(uint))];
            // ERANGE: there are more. What else goes wrong repeats itself, and ends.
        }

        return [];
    }
}
