namespace OpenLmp.Simulation;

/// <summary>
/// A round: weather, in which disturbances come and go; a calm in which some fibres are still not as they should be, at the end of which exactly these
/// have to be found; and a calm after everything is repaired, at the end of which nothing may be left.
/// </summary>
internal static class Calendar
{
    public const long Weather = 5 * Timeline.Minute;

    /// <summary>When operators have everything verified, and when it is looked at what was found.</summary>
    public const long VerifyStanding = Weather + (100 * Timeline.Second);
    public const long CheckStanding = Weather + (200 * Timeline.Second);

    /// <summary>The same after the repair.</summary>
    public const long VerifyClean = CheckStanding + (40 * Timeline.Second);
    public const long CheckClean = CheckStanding + (160 * Timeline.Second);

    /// <summary>A round: eleven minutes.</summary>
    public const long Round = CheckClean;
}
