using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Storage;

/// <summary>A disk that hangs or fails as a test wants it to.</summary>
internal sealed class FakeStateFile : IStateFile
{
    private readonly ManualResetEventSlim _open = new(true);
    private readonly Lock _lock = new();
    private readonly List<IReadOnlyList<RetainedChange>> _written = [];
    private int _attempts;

    /// <summary>Why writing fails; null: it does not.</summary>
    public string? Problem { get; set => Volatile.Write(ref field, value); }

    /// <summary>Whether writing takes for ever.</summary>
    public bool IsBlocked
    {
        get => !_open.IsSet;
        set
        {
            if (value) _open.Reset();
            else _open.Set();
        }
    }

    public int Attempts => Volatile.Read(ref _attempts);

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<RetainedChange> Everything { get; private set; } = [];

    public IReadOnlyList<IReadOnlyList<RetainedChange>> Written
    {
        get
        {
            lock (_lock) return [.. _written];
        }
    }

    public Task AttemptAsync(int number) => Eventually.TrueAsync(() => Attempts >= number, () => $"attempt {number}");

    public void Write(IReadOnlyCollection<RetainedChange> changes, IReadOnlyCollection<RetainedChange> everything)
    {
        Interlocked.Increment(ref _attempts);
        Assert.True(_open.Wait(TimeSpan.FromSeconds(120)), "blocked for ever");
        if (Problem is { } problem) throw new StateFileException(problem);
        lock (_lock) _written.Add([.. changes]);
        Everything = [.. everything];
    }

    public void Dispose() => IsDisposed = true;
}
