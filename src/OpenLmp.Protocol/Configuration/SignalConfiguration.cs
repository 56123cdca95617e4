namespace OpenLmp.Protocol;

/// <summary>How long a TE link waits before it believes a change of the signal on one of its data links (RFC 4204 §6.1).</summary>
public sealed record SignalConfiguration
{
    /// <summary>0 and 1 s.</summary>
    public static readonly SignalConfiguration Default = new();

    /// <summary>How long a signal has to be worse before that is believed; zero: at once.</summary>
    public TimeSpan HoldOff { get; init; } = TimeSpan.Zero;

    /// <summary>How long a signal has to be better before that is believed: a fibre that comes and goes counts as gone meanwhile.</summary>
    public TimeSpan HoldOn { get; init; } = TimeSpan.FromSeconds(1);
}
