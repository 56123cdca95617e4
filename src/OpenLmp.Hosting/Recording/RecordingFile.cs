using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;
using OpenLmp.Recording;

namespace OpenLmp.Hosting;

/// <summary>
/// The file of <c>lmpd --record</c>. The node's thread puts lines into a buffer and hands it over at the end of each turn; a thread of its own writes
/// it. A disk that is too slow or full ends the recording, loudly: no Hello waits for it.
/// </summary>
internal sealed class RecordingFile : IDisposable
{
    /// <summary>Bytes that may wait for the disk: many minutes of a busy node.</summary>
    public const long MostWaiting = 64L << 20;

    // A last attempt when the daemon stops; a disk that hangs does not keep it from stopping.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Stream _file;
    private readonly object _gate = new();
    private readonly Thread _thread;
    // The node's thread's.
    private readonly ArrayBufferWriter<byte> _buffer = new(64 << 10);
    private readonly Utf8JsonWriter _json;
    private NodeRecorder? _recorder;
    // Guarded by the gate.
    private Queue<byte[]> _waiting = new();
    private long _waitingBytes;
    private bool _stopping;
    private string? _problem;

    /// <summary>Writes to <paramref name="file"/>, which is this object's from now on.</summary>
    public RecordingFile(string path, Stream file, ILogger logger, TimeProvider time)
    {
        (_path, _file, _logger, _time) = (path, file, logger, time);
        _json = new Utf8JsonWriter(_buffer, RecordingJson.WriterOptions);
        _thread = new Thread(Run) { Name = "lmp-record", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Begins a recording; one that is there already is kept aside, it may be that of a crash.</summary>
    /// <exception cref="DaemonStartException">The file cannot be made.</exception>
    public static RecordingFile Create(string path, ILogger logger, TimeProvider time)
    {
        try
        {
            if (File.Exists(path))
            {
                // Not that of a daemon that runs.
                PrivateFile.OpenExclusively(path).Dispose();
                var aside = PrivateFile.KeepAside(path, File.GetLastWriteTimeUtc(path));
                logger.RecordingKeptAside(path, aside);
            }

            return new RecordingFile(path, PrivateFile.OpenExclusively(path, FileShare.Read), logger, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DaemonStartException($"--record {path}: {e.Message}");
        }
    }

    /// <summary>Makes a node that is recorded from its first moment. This and what follows is for the node's thread.</summary>
    public LmpNode Start(NodeConfiguration configuration, NodeOptions options, INodeOutput output, Instant now)
    {
        var start = new RecordingStart
        {
            Recording = RecordingStart.CurrentVersion,
            By = $"lmpd {DaemonVersion.Text}",
            Time = _time.GetUtcNow(),
            Clock = now.Nanoseconds,
            Node = configuration,
            Options = options,
        };
        (var node, _recorder) = NodeRecorder.Start(start, output, Write);
        _logger.Recording(_path);
        return node;
    }

    /// <summary>The node failed at its last input.</summary>
    public void Failed(Exception e) => _recorder?.Failed(e);

    /// <summary>Hands over what has been recorded; does not wait for anything.</summary>
    public void HandOver()
    {
        if (_buffer.WrittenCount == 0) return;
        string? problem;
        lock (_gate)
        {
            if (_problem is null && _waitingBytes + _buffer.WrittenCount > MostWaiting) _problem = $"the disk is too slow: {_waitingBytes >> 20} MiB wait for it";
            if (_problem is null)
            {
                _waiting.Enqueue(_buffer.WrittenSpan.ToArray());
                _waitingBytes += _buffer.WrittenCount;
                Monitor.Pulse(_gate);
            }

            problem = _problem;
        }

        _buffer.ResetWrittenCount();
        if (problem is null) return;
        _recorder?.Stop();
        _logger.RecordingEnded(_path, problem);
    }

    /// <summary>The node stops.</summary>
    public void End(Instant now)
    {
        _recorder?.End(now, "lmpd stopped");
        HandOver();
    }

    /// <summary>Writes what is left, and closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        // The file is the thread's: where that hangs, it stays open until the process ends.
        if (_thread.Join(Farewell)) _file.Dispose();
        _json.Dispose();
    }

    private void Write(RecordedLine line)
    {
        RecordingJson.Write(_json, line);
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
    }

    private void Run()
    {
        while (true)
        {
            Queue<byte[]> batch;
            lock (_gate)
            {
                while (_waiting.Count == 0 && !_stopping) Monitor.Wait(_gate);
                if (_waiting.Count == 0) return;
                (batch, _waiting) = (_waiting, new Queue<byte[]>());
            }

            try
            {
                while (batch.TryDequeue(out var bytes))
                {
                    _file.Write(bytes);
                    lock (_gate) _waitingBytes -= bytes.Length;
                }

                _file.Flush();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The node's thread finds it at its next turn, and ends the recording.
                lock (_gate) _problem ??= e.Message;
                return;
            }
        }
    }
}
