namespace OpenLmp.Protocol;

/// <summary>Deadlines in order of time: those of the current tick in a heap, the others in a wheel.</summary>
internal sealed class DeadlineLane
{
    private readonly DeadlineHeap _near = new();
    private readonly TimingWheel _far = new();

    /// <summary>The earliest deadline; null if there is none.</summary>
    public Deadline? First
    {
        get
        {
            if (_near.First is null) _far.MoveNext(_near);
            return _near.First;
        }
    }

    /// <summary>Sets or moves a deadline.</summary>
    public void Set(Deadline deadline, Instant at, long order)
    {
        // One in the wheel that moves further away need not change its place: it does when the wheel comes to it.
        var stays = deadline.Slot >= 0 && at >= deadline.At;
        if (!stays && deadline.Lane is not null) Remove(deadline);
        (deadline.At, deadline.Order) = (at, order);
        if (stays) return;
        deadline.Lane = this;
        if (!_far.TryAdd(deadline)) _near.Add(deadline);
    }

    /// <summary>Takes back a deadline that is in it.</summary>
    public void Remove(Deadline deadline)
    {
        if (deadline.Slot >= 0) _far.Remove(deadline);
        else _near.Remove(deadline);
        deadline.Lane = null;
    }
}
