namespace OpenLmp.Protocol;

/// <summary>
/// A node's deadlines, earliest first. Those of the current tick are in exact order, to the nanosecond; the others wait in a timing wheel,
/// where moving one further away, as each Hello does, costs next to nothing.
/// </summary>
internal sealed class DeadlineQueue
{
    private readonly DeadlineLane _exact = new();

    // Apart: those that may fire early are not in the order in which they may.
    private readonly DeadlineLane _patient = new();
    private long _order;

    /// <summary>The earliest deadline, or <see cref="Instant.Never"/>.</summary>
    public Instant Next => First?.At ?? Instant.Never;

    /// <summary>The earliest deadline with <see cref="Deadline.Slack"/>, or <see cref="Instant.Never"/>.</summary>
    public Instant NextPatient => _patient.First?.At ?? Instant.Never;

    private Deadline? First
    {
        get
        {
            var (exact, patient) = (_exact.First, _patient.First);
            return exact is null || (patient is not null && patient.IsBefore(exact)) ? patient : exact;
        }
    }

    /// <summary>Sets or moves a deadline.</summary>
    public void Set(Deadline deadline, Instant at)
    {
        var lane = deadline.Slack > TimeSpan.Zero ? _patient : _exact;
        if (deadline.Lane is { } old && old != lane) old.Remove(deadline);
        lane.Set(deadline, at, _order++);
    }

    /// <summary>
    /// Fires everything due at <paramref name="now"/>, in order of time; what is set meanwhile for <paramref name="now"/> or before, too. If
    /// anything was due, then also what is due within its <see cref="Deadline.Slack"/>: whoever is awake does what would wake him again soon; the
    /// first that is to wait makes the later ones wait. A deadline must not be set within its own slack while it fires.
    /// </summary>
    public void Advance(Instant now)
    {
        while (First is { } due && due.At <= now)
        {
            Fire(due, now);
            if (Next > now) AdvancePatient(now);
        }
    }

    /// <summary>Fires of those with <see cref="Deadline.Slack"/> what is due, or within it; the others wait however long they are due.</summary>
    public void AdvancePatient(Instant now)
    {
        while (_patient.First is { } soon && soon.At <= now + soon.Slack) Fire(soon, now);
    }

    private static void Fire(Deadline deadline, Instant now)
    {
        deadline.Cancel();
        deadline.Fire(now);
    }
}
