namespace OpenLmp.Simulation;

/// <summary>What may go wrong, or be done, outside the protocol.</summary>
public enum DisturbanceKind
{
    /// <summary>Datagrams between two nodes get lost.</summary>
    Loss,

    /// <summary>They are delayed, each differently: order changes.</summary>
    Delay,

    /// <summary>They arrive twice.</summary>
    Duplication,

    /// <summary>They arrive damaged.</summary>
    Corruption,

    /// <summary>None arrives.</summary>
    Partition,

    /// <summary>None arrives in one direction.</summary>
    OneWayPartition,

    /// <summary>A process is killed and started again; what was durable it still knows.</summary>
    Crash,

    /// <summary>As above, and all it knew is lost.</summary>
    CrashLosingState,

    /// <summary>A process does nothing for a while.</summary>
    Freeze,

    /// <summary>A node takes long for each input.</summary>
    SlowNode,

    /// <summary>What is written down becomes durable late.</summary>
    SlowDisk,

    /// <summary>An operator takes a control channel down, and later up again.</summary>
    ChannelDown,

    /// <summary>An operator changes Hello intervals, and later changes them back.</summary>
    HelloChange,

    /// <summary>An operator mistypes an id, and later corrects it.</summary>
    WrongId,

    /// <summary>An operator takes a free data link out of the configuration, and later puts it back.</summary>
    LinkRemoved,

    /// <summary>An operator takes a control channel out of the configuration, and later puts it back.</summary>
    ChannelRemoved,

    /// <summary>An operator has a TE link verified.</summary>
    Verify,

    /// <summary>An operator has a TE link correlated.</summary>
    Summarize,

    /// <summary>Operators put a light path over several nodes into service.</summary>
    Provision,

    /// <summary>Operators take a light path out of service.</summary>
    TearDown,

    /// <summary>A fibre, or both of a data link, are cut.</summary>
    Cut,

    /// <summary>All fibres of a TE link are cut.</summary>
    CableCut,

    /// <summary>A fibre becomes lossy.</summary>
    Degrade,

    /// <summary>A fibre comes and goes.</summary>
    Flap,

    /// <summary>A receiver sees light, and nothing that is in it.</summary>
    Silence,

    /// <summary>Somebody swaps the fibres of two data links.</summary>
    Swap,
}

/// <summary>One thing that is planned to go wrong.</summary>
/// <param name="Number">Its number: the round in thousands, and which of that round.</param>
/// <param name="At">When it begins, nanoseconds after the start of the round.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Kind">What it is; where, is drawn from its number when it begins.</param>
internal sealed record Disturbance(int Number, long At, long Until, DisturbanceKind Kind)
{
    public const int PerRound = 1000;

    public int Round => Number / PerRound;
}
