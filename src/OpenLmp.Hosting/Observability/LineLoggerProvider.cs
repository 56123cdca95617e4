using System.Text;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting;

/// <summary>
/// The log as lines of text, written by a thread of its own. While nobody takes them they wait, up to a bound; what is more is dropped, counted, and told
/// once there is room again.
/// </summary>
/// <remarks>
/// .NET's own provider for the console makes some kilobyte of garbage of each entry. When a thousand control channels fail at once, that alone is a
/// collection, which stops the node for longer than it takes it to see the next hundred of them fail.
/// </remarks>
internal sealed class LineLoggerProvider : ILoggerProvider
{
    private const int Capacity = 8192;

    // What is written at once.
    private const int MostCharacters = 16 * 1024;

    // What is kept of the room for those that wait.
    private const int MostKept = 256;

    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly LogLine _line;
    private readonly StreamWriter _writer;
    private readonly TimeProvider _time;
    private readonly int _capacity;
    private readonly Thread _thread;
    private Queue<LogEntry> _waiting = new();
    private long _lost;
    private long _lostTold;
    private bool _ended;

    /// <param name="line">How an entry looks.</param>
    /// <param name="stream">Where to write; not disposed.</param>
    /// <param name="time">The time of entries.</param>
    /// <param name="capacity">How many entries may wait.</param>
    public LineLoggerProvider(LogLine line, Stream stream, TimeProvider time, int capacity = Capacity)
    {
        (_line, _time, _capacity) = (line, time, capacity);
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 2 * MostCharacters, leaveOpen: true);
        _thread = new Thread(Run) { Name = "lmp-log", IsBackground = true };
        _thread.Start();
    }

    /// <summary>How many entries were dropped.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    /// <summary>Writes what waits, for as long as one would wait for it, and ends.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_ended) return;
            _ended = true;
        }

        _work.Release();
        // A write that nobody takes ends with the process.
        if (_thread.Join(LongestGoodbye)) _work.Dispose();
    }

    // Does not block: the lock is held for as long as it takes to add or take one list.
    private void Add(in LogEntry entry)
    {
        lock (_lock)
        {
            if (_ended) return;
            if (_waiting.Count >= _capacity)
            {
                Interlocked.Increment(ref _lost);
                return;
            }

            _waiting.Enqueue(entry);
            if (_waiting.Count == 1) _work.Release();
        }
    }

    private void Run()
    {
        var (entries, text) = (new Queue<LogEntry>(), new StringBuilder());
        while (true)
        {
            _work.Wait();
            bool ended;
            long lost;
            lock (_lock)
            {
                (entries, _waiting) = (_waiting, entries);
                (lost, _lostTold, ended) = (_lost - _lostTold, _lost, _ended);
            }

            while (entries.TryDequeue(out var entry))
            {
                _line.Write(text, entry);
                if (text.Length >= MostCharacters) Write(text);
            }

            if (entries.EnsureCapacity(0) > MostKept) entries = new Queue<LogEntry>();
            if (lost > 0) _line.Write(text, Loss(lost));
            Write(text);
            if (ended) return;
        }
    }

    private LogEntry Loss(long entries) => new(
        _time.GetLocalNow(), LogLevel.Warning, LogCategories.LoggerOf(LogCategories.Daemon), 0, $"{entries} entries of the log were lost: nobody took them in time", null);

    private void Write(StringBuilder text)
    {
        try
        {
            _writer.Write(text);
            _writer.Flush();
        }
        catch (IOException)
        {
            // A closed pipe, a full disk: there is nobody left to tell.
        }

        text.Clear();
    }

    private sealed class LineLogger(LineLoggerProvider log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Add(new LogEntry(log._time.GetLocalNow(), logLevel, category, eventId.Id, formatter(state, exception), exception));
        }
    }
}
