using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenLmp.Hosting;

/// <summary>
/// Where the node's thread sleeps: until a socket is ready, another thread wakes it, or a time-out in nanoseconds ends. The sockets are in an
/// epoll set, so that a wake-up costs what is ready and not what exists. epoll_wait knows only milliseconds; epoll_pwait2 knows nanoseconds, but
/// not every kernel in use knows epoll_pwait2: there the sleep is ppoll on the set.
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
    private bool _sleepsInSet = true;

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

    /// <summary>Sleeps until something is ready or the time is over, and tells what is ready.</summary>
    /// <param name="nanoseconds">How long at most; null: for ever.</param>
    /// <param name="tags">Room for <see cref="MostReady"/> tags.</param>
    /// <returns>How many there are; 0 also where the sleep was interrupted.</returns>
    public int Wait(long? nanoseconds, Span<int> tags)
    {
        var time = default(TimeSpec);
        if (nanoseconds is { } limit) (time.Seconds, time.Nanoseconds) = Math.DivRem(Math.Max(limit, 0), 1_000_000_000);
        if (_sleepsInSet)
        {
            try
            {
                int count;
                fixed (byte* events = _events) count = Libc.EpollPWait2(_epoll, events, MostReady, nanoseconds is null ? null : &time, null);
                if (count >= 0 || Marshal.GetLastPInvokeError() != Linux.ENOSYS) return Tell(count, tags);
            }
            catch (EntryPointNotFoundException)
            {
                // An older C library.
            }

            _sleepsInSet = false;
        }

        var fd = new PollFd { Fd = _epoll, Events = Linux.PollIn };
        _ = Libc.PPoll(&fd, 1, nanoseconds is null ? null : &time, null);
        return Ready(tags);
    }

    /// <summary>Tells what is ready now.</summary>
    /// <param name="tags">Room for <see cref="MostReady"/> tags.</param>
    public int Ready(Span<int> tags)
    {
        fixed (byte* events = _events) return Tell(Libc.EpollWait(_epoll, events, MostReady, 0), tags);
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

    private int Tell(int count, Span<int> tags)
    {
        for (var i = 0; i < count; i++)
            tags[i] = (int)BitConverter.ToInt64(_events.AsSpan((i * EventSize) + TagOffset));
        return Math.Max(count, 0);
    }
}
