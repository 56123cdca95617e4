using System.Collections.Concurrent;
using System.Net.Sockets;

namespace OpenLmp.Hosting;

/// <summary>
/// Sends entries to the journal by a thread of its own. While journald does not take them they wait, up to a bound; what is more is dropped, counted,
/// and told once the journal takes entries again.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    /// <summary>Where journald listens.</summary>
    public const string DefaultPath = "/run/systemd/journal/socket";

    private const int Capacity = 8192;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<byte[]> _entries;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly UnixDomainSocketEndPoint _address;
    private readonly Thread _thread;
    private Socket? _socket;
    private long _lost;
    private long _lostTold;

    private JournalWriter(UnixDomainSocketEndPoint address, Socket socket, int capacity)
    {
        (_address, _socket, _entries) = (address, socket, new BlockingCollection<byte[]>(capacity));
        _thread = new Thread(Run) { Name = "lmp-journal", IsBackground = true };
        _thread.Start();
    }

    /// <summary>How many entries were dropped.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Opens the way to the journal; null where there is none.</summary>
    /// <param name="path">Where journald listens.</param>
    /// <param name="capacity">How many entries may wait.</param>
    public static JournalWriter? TryOpen(string path, int capacity = Capacity)
    {
        var address = new UnixDomainSocketEndPoint(path);
        try
        {
            return new JournalWriter(address, Connect(address), capacity);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Takes an entry. Does not block.</summary>
    public void Write(byte[] entry)
    {
        try
        {
            if (_entries.TryAdd(entry)) return;
        }
        catch (InvalidOperationException)
        {
            // Stopped.
        }

        Interlocked.Increment(ref _lost);
    }

    /// <summary>Sends what waits, for as long as one would wait for it, and ends.</summary>
    public void Dispose()
    {
        _entries.CompleteAdding();
        if (!_thread.Join(LongestGoodbye)) _stopping.Set();
        // A send in the kernel ends by its own time-out.
        _thread.Join();
        _socket?.Dispose();
        _entries.Dispose();
        _stopping.Dispose();
    }

    private static Socket Connect(UnixDomainSocketEndPoint address)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = (int)Patience.TotalMilliseconds };
        try
        {
            socket.Connect(address);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Run()
    {
        foreach (var entry in _entries.GetConsumingEnumerable())
        {
            if (!Send(entry)) continue;
            var lost = Lost;
            if (lost == _lostTold) continue;
            var words = $"{lost - _lostTold} entries of the log were lost: the journal did not take them in time";
            if (Send(new JournalEntry().Add("MESSAGE", words).Add("PRIORITY", "4").Add("SYSLOG_IDENTIFIER", JournalLoggerProvider.Identifier).ToArray())) _lostTold = lost;
        }
    }

    // Until it is taken: it is those that come later for which there may be no room.
    private bool Send(byte[] entry)
    {
        while (!_stopping.IsSet)
        {
            try
            {
                _socket ??= Connect(_address);
                _socket.Send(entry);
                return true;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                // Its queue is full.
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.MessageSize)
            {
                break;
            }
            catch (SocketException)
            {
                _socket?.Dispose();
                _socket = null;
                _stopping.Wait(PauseAfterFailure);
            }
        }

        Interlocked.Increment(ref _lost);
        return false;
    }
}
