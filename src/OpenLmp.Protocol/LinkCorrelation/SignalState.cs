namespace OpenLmp.Protocol;

/// <summary>What the data plane receives on a data link (RFC 4204 §13.13).</summary>
public enum SignalState : byte
{
    /// <summary>The data plane has not said; usable.</summary>
    Unknown,

    /// <summary>Signal Okay.</summary>
    Ok,

    /// <summary>Signal Degrade: the bit error rate is above its threshold.</summary>
    Degrade,

    /// <summary>Signal Fail: nothing usable is received.</summary>
    Fail,
}
