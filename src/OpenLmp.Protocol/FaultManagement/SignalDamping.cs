// RFC 4204 §6.1: fault detection. What the data plane says, and what is made of it.
namespace OpenLmp.Protocol;

/// <summary>
/// A signal with hold-off and hold-on times, so that one that comes and goes is one failure that flaps rather than many failures. Pure: the
/// owner calls <see cref="Settle"/> when <see cref="SettlesAt"/> has come.
/// </summary>
internal struct SignalDamping
{
    public SignalDamping()
    {
    }

    /// <summary>What the data plane said last.</summary>
    public SignalState Current { get; private set; }

    /// <summary>What is believed.</summary>
    public SignalState Settled { get; private set; }

    /// <summary>When <see cref="Current"/> is to be believed; <see cref="Instant.Never"/>: nothing to wait for.</summary>
    public Instant SettlesAt { get; private set; } = Instant.Never;

    /// <summary>How often the signal got worse since it was steadily good.</summary>
    public int Failures { get; private set; }

    /// <summary>How often the signal got worse in all.</summary>
    public int TotalFailures { get; private set; }

    /// <summary>Whether the signal comes and goes.</summary>
    public readonly bool IsFlapping => Failures > 1;

    /// <summary>The worse of what was said and what is believed: whether light is there for somebody else to receive (RFC 4204 §6.2).</summary>
    public readonly SignalState Worst => Current.Rank() > Settled.Rank() ? Current : Settled;

    /// <summary>The data plane says something.</summary>
    public void Report(Instant now, SignalState signal, SignalConfiguration times)
    {
        var (before, settled) = (Current.Rank(), Settled.Rank());
        Current = signal;
        var rank = signal.Rank();
        if (rank > before) (Failures, TotalFailures) = (Failures + 1, TotalFailures + 1);
        if (rank == settled)
        {
            Settled = signal;
            // Back to where it was: good has to last before the next failure counts as the first again.
            if (rank != before) SettlesAt = rank == 0 ? now + times.HoldOn : Instant.Never;
        }
        else if (rank > settled)
        {
            if (before <= settled) SettlesAt = now + times.HoldOff;
        }
        else if (rank != before)
        {
            SettlesAt = now + times.HoldOn;
        }

        if (SettlesAt <= now) Settle();
    }

    /// <summary>What was said last is believed now.</summary>
    public void Settle()
    {
        Settled = Current;
        SettlesAt = Instant.Never;
        if (!Settled.IsBad()) Failures = 0;
    }
}
