namespace OpenLmp.Protocol;

/// <summary>A point in time at which something is to be done. Made once by its owner and set, moved and cancelled without allocation.</summary>
internal sealed class Deadline(Action<Instant> due)
{
    /// <summary>Place in the queue's heap; -1: not set.</summary>
    public int Index { get; set; } = -1;

    /// <summary>When; meaningless while not set.</summary>
    public Instant At { get; set; }

    /// <summary>Breaks ties: what was set first is due first, so that equal inputs give equal outputs.</summary>
    public long Order { get; set; }

    public bool IsSet => Index >= 0;

    public void Fire(Instant now) => due(now);
}

/// <summary>The node's deadlines, earliest first: a binary heap whose members know their place, so that moving one is cheap.</summary>
internal sealed class DeadlineQueue
{
    private Deadline[] _heap = new Deadline[64];
    private int _count;
    private long _order;

    /// <summary>The earliest deadline, or <see cref="Instant.Never"/>.</summary>
    public Instant Next => _count == 0 ? Instant.Never : _heap[0].At;

    /// <summary>Sets or moves a deadline.</summary>
    public void Set(Deadline deadline, Instant at)
    {
        deadline.At = at;
        deadline.Order = _order++;
        if (!deadline.IsSet)
        {
            if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
            Place(deadline, _count++);
            SiftUp(deadline);
            return;
        }

        SiftUp(deadline);
        SiftDown(deadline);
    }

    /// <summary>Takes a deadline back; nothing happens if it is not set.</summary>
    public void Cancel(Deadline deadline)
    {
        if (!deadline.IsSet) return;
        var last = _heap[--_count];
        _heap[_count] = null!;
        if (last != deadline)
        {
            Place(last, deadline.Index);
            SiftUp(last);
            SiftDown(last);
        }

        deadline.Index = -1;
    }

    /// <summary>Fires everything due at <paramref name="now"/>, in order of time; what is set meanwhile for <paramref name="now"/> or before, too.</summary>
    public void Advance(Instant now)
    {
        while (_count > 0 && _heap[0].At <= now)
        {
            var deadline = _heap[0];
            Cancel(deadline);
            deadline.Fire(now);
        }
    }

    private static bool Before(Deadline a, Deadline b) => a.At < b.At || (a.At == b.At && a.Order < b.Order);

    private void Place(Deadline deadline, int index)
    {
        _heap[index] = deadline;
        deadline.Index = index;
    }

    private void SiftUp(Deadline deadline)
    {
        var index = deadline.Index;
        while (index > 0)
        {
            var parent = _heap[(index - 1) / 2];
            if (!Before(deadline, parent)) break;
            Place(parent, index);
            index = (index - 1) / 2;
        }

        Place(deadline, index);
    }

    private void SiftDown(Deadline deadline)
    {
        var index = deadline.Index;
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= _count) break;
            if (child + 1 < _count && Before(_heap[child + 1], _heap[child])) child++;
            if (!Before(_heap[child], deadline)) break;
            Place(_heap[child], index);
            index = child;
        }

        Place(deadline, index);
    }
}
