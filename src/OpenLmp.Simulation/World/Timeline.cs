namespace OpenLmp.Simulation;

/// <summary>Something that things happen to.</summary>
internal interface IHappening
{
    /// <summary>It is time.</summary>
    /// <param name="what">Which of the things that can happen; the owner's numbers.</param>
    /// <param name="with">What belongs to it; the owner's.</param>
    void Happen(int what, object? with);
}

/// <summary>
/// Virtual time: the one queue of all that is to happen, earliest first, and what was scheduled first first where times are equal. Nanoseconds since the
/// start of the run. A heap of values: at a few hundred Hellos a virtual second, this is the hot path.
/// </summary>
internal sealed class Timeline
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;
    public const long Minute = 60 * Second;

    private Entry[] _heap = new Entry[1024];
    private int _count;
    private long _order;

    /// <summary>The time.</summary>
    public long Now { get; private set; }

    /// <summary>How many things have happened.</summary>
    public long Happened { get; private set; }

    /// <summary>Set: nothing happens any more.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Has something happen at a time; now, if that is past.</summary>
    public void Schedule(long at, IHappening who, int what, object? with = null)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        var entry = new Entry(Math.Max(at, Now), _order++, who, what, with);
        var index = _count++;
        while (index > 0)
        {
            var parent = (index - 1) / 4;
            if (!entry.IsBefore(_heap[parent])) break;
            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = entry;
    }

    /// <summary>Lets everything happen up to a time, that included, and makes it that time.</summary>
    public void RunUntil(long until)
    {
        while (_count > 0 && _heap[0].At <= until && !IsStopped)
        {
            var entry = _heap[0];
            RemoveFirst();
            Now = entry.At;
            Happened++;
            entry.Who.Happen(entry.What, entry.With);
        }

        if (!IsStopped) Now = until;
    }

    private void RemoveFirst()
    {
        var last = _heap[--_count];
        _heap[_count] = default;
        if (_count == 0) return;
        var index = 0;
        while (true)
        {
            var first = (4 * index) + 1;
            if (first >= _count) break;
            var least = first;
            var end = Math.Min(first + 4, _count);
            for (var child = first + 1; child < end; child++)
                if (_heap[child].IsBefore(_heap[least])) least = child;
            if (!_heap[least].IsBefore(last)) break;
            _heap[index] = _heap[least];
            index = least;
        }

        _heap[index] = last;
    }

    private readonly record struct Entry(long At, long Order, IHappening Who, int What, object? With)
    {
        public bool IsBefore(in Entry other) => At < other.At || (At == other.At && Order < other.Order);
    }
}
