namespace OpenLmp.Protocol;

/// <summary>Deadlines in exact order, earliest first: a binary heap whose members know their place.</summary>
internal sealed class DeadlineHeap
{
    private Deadline[] _heap = new Deadline[16];
    private int _count;

    /// <summary>The earliest deadline; null if there is none.</summary>
    public Deadline? First => _count == 0 ? null : _heap[0];

    public void Add(Deadline deadline)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        Place(deadline, _count++);
        SiftUp(deadline);
    }

    public void Remove(Deadline deadline)
    {
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
            if (!deadline.IsBefore(parent)) break;
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
            if (child + 1 < _count && _heap[child + 1].IsBefore(_heap[child])) child++;
            if (!_heap[child].IsBefore(deadline)) break;
            Place(_heap[child], index);
            index = child;
        }

        Place(deadline, index);
    }
}
