using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>How far the writing of changes has come. Changes are numbered as they are posted.</summary>
/// <param name="Durable">Changes up to this one survive a restart.</param>
/// <param name="Failed">Writing has failed for changes up to this one, as far as they are not durable; it is tried again.</param>
/// <param name="Problem">Why writing fails; null while it does not.</param>
internal sealed record StateProgress(long Durable, long Failed, string? Problem);

/// <summary>
/// Writes what a node retains, on a thread of its own: the node never waits for a disk. What is posted while a write is under way goes into the
/// next one together.
/// </summary>
internal sealed class StateWriter : IDisposable
{
    // A last attempt when the daemon stops; a disk that hangs does not keep it from stopping.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly IStateFile _file;
    private readonly TimeSpan _retry;
    private readonly object _gate = new();
    private readonly Dictionary<string, RetainedChange> _everything = [];
    private readonly Thread _thread;
    // Guarded by the gate.
    private Dictionary<string, RetainedChange> _pending = [];
    private long _posted;
    private bool _isNew;
    private bool _stopping;
    private Action _wake = () => { };
    private StateProgress _progress;

    /// <summary>Makes a writer; its thread starts at once.</summary>
    /// <param name="file">Where to write.</param>
    /// <param name="known">What the file holds.</param>
    /// <param name="first">What is to be written before this returns, if it can be.</param>
    /// <param name="retry">How long to wait after a failure, unless something is posted.</param>
    /// <param name="number">The number of the last change that is in what the file holds.</param>
    public StateWriter(IStateFile file, RetainedState? known = null, RetainedChange? first = null, TimeSpan? retry = null, long number = 0)
    {
        (_file, _retry) = (file, retry ?? TimeSpan.FromSeconds(1));
        (_posted, _progress) = (number, new StateProgress(number, 0, null));
        foreach (var change in Changes(known ?? new RetainedState())) _everything[change.Key] = change;
        if (first is not null) Write(new Dictionary<string, RetainedChange> { [first.Key] = first }, 0);
        _thread = new Thread(Run) { Name = "lmp-state", IsBackground = true };
        _thread.Start();
    }

    /// <summary>How far it has come; on any thread.</summary>
    public StateProgress Progress => Volatile.Read(ref _progress);

    /// <summary>Calls <paramref name="wake"/>, on the writer's thread, whenever <see cref="Progress"/> has changed.</summary>
    public void Attach(Action wake)
    {
        lock (_gate) _wake = wake;
        wake();
    }

    /// <summary>Hands changes over; does not wait for anything.</summary>
    /// <param name="changes">The changes, in order.</param>
    /// <param name="number">The number of the last of them.</param>
    public void Post(IReadOnlyList<RetainedChange> changes, long number)
    {
        lock (_gate)
        {
            foreach (var change in changes) _pending[change.Key] = change;
            (_posted, _isNew) = (number, true);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Writes what is left, and closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            (_stopping, _wake) = (true, () => { });
            Monitor.Pulse(_gate);
        }

        // The file is the thread's: where that hangs, it stays open until the process ends.
        if (_thread.Join(Farewell)) _file.Dispose();
    }

    /// <summary>A state as the changes that lead to it.</summary>
    public static IReadOnlyList<RetainedChange> Changes(RetainedState state) =>
    [
        .. state.TeLinks.Select(t => new TeLinkRetained(t)),
        .. state.DataLinks.Select(d => new DataLinkRetained(d)),
        .. state.ControlChannelsDown.Select(c => new ControlChannelAdministered(c, Down: true)),
        .. state.Traces.Select(t => new TraceOrdered(t)),
        .. state.CrossConnects.Select(c => new CrossConnectChanged(c, Connected: true)),
    ];

    private void Run()
    {
        while (true)
        {
            Dictionary<string, RetainedChange> batch;
            long number;
            bool last;
            lock (_gate)
            {
                if (_pending.Count == 0 && !_stopping) Monitor.Wait(_gate);
                else if (!_isNew && !_stopping) Monitor.Wait(_gate, _retry);
                (batch, number, last) = (_pending, _posted, _stopping);
                (_pending, _isNew) = ([], false);
            }

            if (batch.Count > 0) Write(batch, number);
            if (last) return;
        }
    }

    private void Write(Dictionary<string, RetainedChange> batch, long number)
    {
        foreach (var (key, change) in batch) _everything[key] = change;
        StateProgress progress;
        Action wake;
        try
        {
            _file.Write(batch.Values, _everything.Values);
            progress = new StateProgress(number, Progress.Failed, null);
        }
        catch (Exception e)
        {
            // Whatever it is: this thread has to go on, and the operator to be told.
            progress = new StateProgress(Progress.Durable, number, e.Message);
            lock (_gate)
                foreach (var (key, change) in batch) _pending.TryAdd(key, change);
        }

        Volatile.Write(ref _progress, progress);
        lock (_gate) wake = _wake;
        wake();
    }
}
