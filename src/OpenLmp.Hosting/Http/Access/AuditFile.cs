using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting.Http;

/// <summary>
/// A file that lines are appended to by a thread of its own. Nobody waits for a disk that is slow or full: what cannot be written is counted, and each
/// line is another attempt.
/// </summary>
internal sealed class AuditFile : IDisposable
{
    /// <summary>Lines that may wait for the disk.</summary>
    public const int MostWaiting = 10_000;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly Func<string, Stream> _open;
    private readonly ILogger _logger;
    private readonly BlockingCollection<byte[]> _waiting = new(MostWaiting);
    private readonly Thread _thread;
    private long _lost;
    private volatile bool _reopen;
    // The thread's.
    private Stream? _file;
    private bool _failing;
    private bool _torn;

    /// <summary>Opens it, so that what is in the way is known at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="open">Opens it to append.</param>
    /// <param name="logger">Hears of trouble.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public AuditFile(string path, Func<string, Stream> open, ILogger logger)
    {
        (_path, _open, _logger) = (path, open, logger);
        _file = open(path);
        _thread = new Thread(Run) { Name = "lmp-audit", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where it is.</summary>
    public string Path => _path;

    /// <summary>Opens a file of its owner's alone; makes it if there is none.</summary>
    public static Stream Append(string path)
    {
        PrivateFile.Prepare(path);
        // Others may rotate it.
        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Appends a line, which ends with a line feed; does not wait.</summary>
    public void Write(byte[] line)
    {
        try
        {
            if (!_waiting.TryAdd(line)) Interlocked.Increment(ref _lost);
        }
        catch (InvalidOperationException)
        {
            // The daemon has stopped.
        }
    }

    /// <summary>Opens the file anew before the next line: it may have been moved away.</summary>
    public void Reopen() => _reopen = true;

    /// <summary>Writes what is left; not for ever.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        // The file is the thread's: where that hangs, it stays open until the process ends.
        if (!_thread.Join(Farewell)) return;
        _file?.Dispose();
        _waiting.Dispose();
    }

    private void Run()
    {
        foreach (var line in _waiting.GetConsumingEnumerable())
        {
            try
            {
                Append(line);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Interlocked.Increment(ref _lost);
                if (!_failing) _logger.AuditUnwritten(_path, e.Message);
                _failing = true;
                _file?.Dispose();
                _file = null;
            }
        }
    }

    private void Append(byte[] line)
    {
        if (_reopen)
        {
            _reopen = false;
            _file?.Dispose();
            _file = null;
        }

        _file ??= _open(_path);
        // A full disk may have taken half a line.
        if (_torn) _file.WriteByte((byte)'\n');
        _torn = true;
        _file.Write(line);
        _file.Flush();
        _torn = false;
        if (!_failing && Interlocked.Read(ref _lost) == 0) return;
        _failing = false;
        _logger.AuditWrittenAgain(_path, Interlocked.Exchange(ref _lost, 0));
    }
}
