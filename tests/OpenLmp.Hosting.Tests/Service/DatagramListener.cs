using System.Net.Sockets;
using System.Text;

namespace OpenLmp.Hosting.Tests;

/// <summary>A datagram socket in the place of systemd's or the journal's.</summary>
internal sealed class DatagramListener : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lmpd-service-");
    private readonly byte[] _buffer = new byte[256 * 1024];
    private Socket _socket;

    /// <summary>Opens it.</summary>
    /// <param name="isAbstract">Whether it has no file.</param>
    public DatagramListener(bool isAbstract = false)
    {
        Name = isAbstract ? $"@{_directory.Name}" : Path.Combine(_directory.FullName, "socket");
        _socket = Open();
    }

    /// <summary>Its path; with @ in front, its name in the abstract namespace.</summary>
    public string Name { get; }

    /// <summary>The next datagram.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        return _buffer[..await _socket.ReceiveAsync(_buffer, limit.Token)];
    }

    /// <summary>The next datagram as text.</summary>
    public async Task<string> ReadAsync() => Encoding.UTF8.GetString(await ReceiveAsync());

    /// <summary>Reads up to a datagram.</summary>
    public async Task<string> ReadUntilAsync(Predicate<string> wanted)
    {
        var (read, end) = (new List<string>(), DateTime.UtcNow + Patience);
        do
        {
            read.Add(await ReadAsync());
            if (wanted(read[^1])) return read[^1];
        }
        while (DateTime.UtcNow < end);

        throw new TimeoutException($"none of these is it: {string.Join(" | ", read)}");
    }

    /// <summary>Another socket in the same place, as after a restart of who listens.</summary>
    public void Reopen()
    {
        _socket.Dispose();
        File.Delete(Name);
        _socket = Open();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _directory.Delete(recursive: true);
    }

    private Socket Open()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Name[0] == '@' ? $"\0{Name[1..]}" : Name));
        return socket;
    }
}
