namespace OpenLmp.Protocol;

/// <summary>
/// A point in time at which something is to be done. Made once by its owner; set and moved in a <see cref="DeadlineQueue"/>, and cancelled, without
/// allocation.
/// </summary>
internal class Deadline(Action<Instant>? due = null)
{
    /// <summary>When; once it has fired, when it was due.</summary>
    public Instant At { get; set; }

    /// <summary>Breaks ties: what was set first is due first, so that equal inputs give equal outputs.</summary>
    public long Order { get; set; }

    /// <summary>How much earlier it may fire, if that saves a wake-up; see <see cref="DeadlineQueue.Advance"/>.</summary>
    public TimeSpan Slack { get; set; }

    /// <summary>Where it is set; null: it is not.</summary>
    public DeadlineLane? Lane { get; set; }

    /// <summary>Place in a <see cref="DeadlineHeap"/>; -1: in none.</summary>
    public int Index { get; set; } = -1;

    /// <summary>Place in a <see cref="TimingWheel"/>; -1: in none.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>The neighbours in the list of its slot.</summary>
    public Deadline? Next { get; set; }

    /// <summary>See <see cref="Next"/>.</summary>
    public Deadline? Previous { get; set; }

    public bool IsSet => Lane is not null;

    public bool IsBefore(Deadline other) => At < other.At || (At == other.At && Order < other.Order);

    /// <summary>Takes it back; nothing happens if it is not set.</summary>
    public void Cancel() => Lane?.Remove(this);

    public virtual void Fire(Instant now) => due!(now);
}
