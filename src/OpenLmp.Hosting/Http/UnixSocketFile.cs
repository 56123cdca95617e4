using System.Net.Sockets;

namespace OpenLmp.Hosting.Http;

/// <summary>The API's Unix socket in the file system.</summary>
internal static class UnixSocketFile
{
    /// <summary>Makes the path free: removes the socket that a dead daemon has left behind; makes the directory where there is none.</summary>
    /// <exception cref="IOException">A living daemon answers there, or it is something else than a socket.</exception>
    public static void Prepare(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory) Directory.CreateDirectory(directory);
        if (!Path.Exists(path)) return;
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException e)
        {
            throw new IOException(IsSocket(path) ? e.Message : "there is something else than a socket; remove it or choose another path");
        }

        throw new IOException("another daemon answers there; stop it or choose another path");
    }

    /// <summary>Binds. Nobody can connect before group and mode are set: the socket does not listen yet.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="mode">The permissions of its file.</param>
    /// <param name="group">Whom its file belongs to, besides its owner; null: the daemon's group.</param>
    public static Socket Bind(UnixDomainSocketEndPoint endpoint, UnixFileMode mode, Placed? group)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endpoint);
            if (group is not null) Give(endpoint.ToString(), mode, group);
            else if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(endpoint.ToString(), mode);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Gives the file to a group, the daemon's own where none is named, and sets its permissions.</summary>
    public static void Give(string path, UnixFileMode mode, Placed? group)
    {
        var id = group is { Text: var name } ? Accounts.GroupOf(name) : Accounts.EffectiveGroup;
        if (id is { } owner && Accounts.GiveTo(owner, path) is not 0 and var error)
            throw new IOException($"it cannot be given to the group {group?.Text ?? "of lmpd"}, of which lmpd has to be a member, or root: {Libc.Describe(error)}");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    // .NET does not tell sockets from files, but cannot open a socket. Reading and writing, because opening a pipe only to read would wait for a writer.
    private static bool IsSocket(string path)
    {
        if ((File.GetAttributes(path) & (FileAttributes.Directory | FileAttributes.ReparsePoint)) != 0 || new FileInfo(path).Length > 0) return false;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
