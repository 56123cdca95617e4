using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenLmp.Hosting;

/// <summary>
/// Where the node's thread sleeps: until a socket is ready, another thread wakes it, or a time-out in nanoseconds ends. The sockets are in an
/// epoll set, so that a wake-up costs what is ready and not what exists; the sleep itself is ppoll on that set, because epoll_wait knows only
/// milliseconds (and epoll_pwait2 not every kernel in use).
/// </summary>
internal sealed unsafe class Poller : IDisposable
{
    /// <summary>The tag that says that <see cref="Wake"/> was called.</summary>
    public const int WakeTag = 0;

    /// <summary>How many ready sockets are told at once.</summary>
    public const int MostReady = 256;

    // struct epoll_event is packed on x64 and only there.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int TagOffset = EventSize - 8;

    private readonly int _epoll;
    private readonly SafeFileHandle _wake;
    private readonly byte[] _events = new byte[MostReady * EventSize];
    private int _wakePending;

    public Poller()
    {
        _epoll = Libc.EpollCreate(Linux.EpollCloseOnExec);
        if (_epoll < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        var wake = Libc.EventFd(0, Linux.EventFdNonBlock | Linux.EventFdCloseOnExec);
        if (wake < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        // A handle that counts its users: another thread may be waking us while we close.
        _wake = new SafeFileHandle(wake, ownsHandle: true);
        Add(wake, WakeTag);
    }

    /// <summary>Watches a file descriptor for input.</summary>
    public void Add(int fd, int tag)
    {
        Span<byte> e = stackalloc byte[EventSize];
        BitConverter.TryWriteBytes(e, Linux.EpollIn);
        BitConverter.TryWriteBytes(e[TagOffset..], (long)tag);
        fixed (byte* pointer = e)
        {
            if (Libc.EpollCtl(_epoll, Linux.EpollCtlAdd, fd, pointer) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>No longer watches a file descriptor; before it is closed.</summary>
    public void Remove(int fd)
    {
        var e = stackalloc byte[16];
        _ = Libc.EpollCtl(_epoll, Linux.EpollCtlDelete, fd, e);
    }

    /// <summary>Sleeps until something is ready or the time is over.</summary>
    /// <param name="nanoseconds">How long at most; null: for ever.</param>
    public void Wait(long? nanoseconds)
    {
        var fd = new PollFd { Fd = _epoll, Events = Linux.PollIn };
        var time = default(TimeSpec);
        if (nanoseconds is { } limit) (time.Seconds, time.Nanoseconds) = Math.DivRem(Math.Max(limit, 0), 1_000_000_000);
        // Interrupted or failed: the turn finds nothing to do, and we are back.
        _ = Libc.PPoll(&fd, 1, nanoseconds is null ? null : &time, null);
    }

    /// <summary>Tells what is ready now.</summary>
    /// <param name="tags">Room for <see cref="MostReady"/> tags.</param>
    public int Ready(Span<int> tags)
    {
        int count;
        fixed (byte* events = _events) count = Libc.EpollWait(_epoll, events, MostReady, 0);
        for (var i = 0; i < count; i++)
            tags[i] = (int)BitConverter.ToInt64(_events.AsSpan((i * EventSize) + TagOffset));
        return Math.Max(count, 0);
    }

    /// <summary>Ends the sleep, or the next one. On any thread, at any time.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _wakePending, 1) != 0) return;
        ulong one = 1;
        try
        {
            _ = Libc.Write(_wake, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody sleeps here any more.
        }
    }

    /// <summary>Forgets that <see cref="Wake"/> was called; before looking for what it was called for.</summary>
    public void ClearWake()
    {
        ulong count;
        _ = Libc.Read(_wake, &count, sizeof(ulong));
        Volatile.Write(ref _wakePending, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wake.Dispose();
        _ = Libc.Close(_epoll);
    }
}
