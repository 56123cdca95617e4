// sd_notify(3), systemd.service(5)
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>
/// What systemd is told by a service of <c>Type=notify</c>. Never blocks and never throws: a service manager that does not listen is no reason not to speak LMP.
/// Safe on any thread.
/// </summary>
public sealed class ServiceManager : IDisposable
{
    private static readonly byte[] AliveMessage = "WATCHDOG=1"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly UnixDomainSocketEndPoint _address;
    private Socket? _socket;
    private bool _disposed;

    /// <summary>Makes one that speaks to a socket.</summary>
    /// <param name="socket">Its path; with <c>@</c> in front, its name in the abstract namespace.</param>
    /// <param name="watchdog">After what time without a word from <see cref="Alive"/> the service is taken for stuck; null: never.</param>
    public ServiceManager(string socket, TimeSpan? watchdog)
    {
        ArgumentException.ThrowIfNullOrEmpty(socket);
        _address = new UnixDomainSocketEndPoint(socket[0] == '@' ? $"\0{socket[1..]}" : socket);
        Watchdog = watchdog;
    }

    /// <summary>After what time without a word from <see cref="Alive"/> the service is taken for stuck, and restarted; null: never.</summary>
    public TimeSpan? Watchdog { get; }

    /// <summary>The service manager that has started this process and wants to be told; null: there is none.</summary>
    public static ServiceManager? FromEnvironment() =>
        From(Environment.GetEnvironmentVariable, Environment.ProcessId);

    internal static ServiceManager? From(Func<string, string?> variable, int processId)
    {
        if (variable("NOTIFY_SOCKET") is not ['/' or '@', _, ..] socket) return null;
        // A watchdog of another process of the service is not ours to feed.
        var ours = variable("WATCHDOG_PID") is not { Length: > 0 } pid || pid == processId.ToString(CultureInfo.InvariantCulture);
        TimeSpan? watchdog = ours && long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds is > 0 and < long.MaxValue / 10
            ? TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : null;
        try
        {
            return new ServiceManager(socket, watchdog);
        }
        catch (ArgumentException)
        {
            // Longer than a socket's path can be.
            return null;
        }
    }

    /// <summary>The service has started, or has read its configuration again.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>The configuration is about to be read again; <see cref="Ready"/> follows.</summary>
    public void Reloading() => Send($"RELOADING=1\nMONOTONIC_USEC={NodeClock.Now.Nanoseconds / 1_000}");

    /// <summary>The service is about to stop.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>How the service is, for people: <c>systemctl status</c> shows it.</summary>
    /// <param name="words">One line.</param>
    public void Status(string words) => Send($"STATUS={words.ReplaceLineEndings(" ")}");

    /// <summary>What matters in the service is alive: every <see cref="Watchdog"/> at the latest. Allocates nothing.</summary>
    public void Alive() => Send(AliveMessage);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _socket?.Dispose();
        }
    }

    private void Send(string message) => Send(Encoding.UTF8.GetBytes(message));

    private void Send(byte[] message)
    {
        lock (_lock)
        {
            // Twice: a manager that has made its socket anew is not at the other end of the one that is open.
            for (var attempt = 0; attempt < 2 && !_disposed; attempt++)
            {
                try
                {
                    _socket ??= Connect();
                    _socket.Send(message);
                    return;
                }
                catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
                {
                    return;
                }
                catch (SocketException)
                {
                    _socket?.Dispose();
                    _socket = null;
                }
            }
        }
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(_address);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
