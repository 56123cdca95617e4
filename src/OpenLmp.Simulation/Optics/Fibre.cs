namespace OpenLmp.Simulation;

/// <summary>What state a fibre is in.</summary>
public enum FibreCondition
{
    /// <summary>Light arrives as it was sent.</summary>
    Sound,

    /// <summary>Light arrives, with more errors than the receiver's threshold allows: bent, dirty, aged.</summary>
    Degraded,

    /// <summary>No light arrives.</summary>
    Cut,
}

/// <summary>A fibre: carries light one way, from a transmitter to a receiver. What people call a link is two of them.</summary>
public sealed class Fibre
{
    internal Fibre(OpticalPort from, OpticalPort to) => (From, To) = (from, to);

    /// <summary>The port whose transmitter lights it.</summary>
    public OpticalPort From { get; internal set; }

    /// <summary>The port whose receiver it leads to.</summary>
    public OpticalPort To { get; internal set; }

    /// <summary>Its condition; a fibre that is moved to another port keeps it.</summary>
    public FibreCondition Condition { get; internal set; }

    /// <summary>Whether nothing comes out of it, whatever goes in.</summary>
    internal bool IsDark => Condition == FibreCondition.Cut || From.HasTransmitterFailed;

    /// <summary><c>NODE:PORT > NODE:PORT</c>.</summary>
    public override string ToString() => $"{From} > {To}";
}
