namespace OpenLmp.Protocol;

/// <summary>
/// How much may come in how fast: a token bucket as one number, the time until which what has come in so far lasts. What is refused changes
/// nothing: who looks at only what was let in computes the same.
/// </summary>
internal struct Allowance
{
    /// <summary>What comes at once may be as much as is let in within this time.</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromSeconds(2);

    private Instant _lastsUntil;

    /// <summary>Whether more may come in now.</summary>
    public readonly bool IsOpen(Instant now) => _lastsUntil - now < Burst;

    /// <summary>Something comes in.</summary>
    /// <param name="now">The time.</param>
    /// <param name="cost">How much it counts.</param>
    /// <param name="perSecond">How much may come in in a second; above 0.</param>
    public void Take(Instant now, int cost, int perSecond) =>
        _lastsUntil = (_lastsUntil > now ? _lastsUntil : now) + new TimeSpan(TimeSpan.TicksPerSecond * cost / perSecond);
}
