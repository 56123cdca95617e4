namespace OpenLmp.Simulation;

/// <summary>What is to be simulated. Equal options give equal runs.</summary>
public sealed record SimulationOptions
{
    /// <summary>The most nodes.</summary>
    public const int MostNodes = 1000;

    /// <summary>What everything is drawn from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many nodes, 2 to <see cref="MostNodes"/>.</summary>
    public int Nodes { get; init; } = 5;

    /// <summary>How long, virtual time; whole rounds, at least one.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Who is whose neighbour.</summary>
    public Topology Topology { get; init; }

    /// <summary>Only these disturbances, by their numbers, and only the rounds that have any; null: all.</summary>
    public IReadOnlySet<int>? Only { get; init; }
}

/// <summary>Something that must never be so, and was.</summary>
/// <param name="At">When, nanoseconds of virtual time.</param>
/// <param name="Checker">Which property it violates.</param>
/// <param name="Node">At which node; null: at none in particular.</param>
/// <param name="What">In words.</param>
/// <param name="Before">The last that happened there before, oldest first.</param>
public sealed record Violation(long At, string Checker, string? Node, string What, IReadOnlyList<string> Before);

/// <summary>What came of a run.</summary>
public sealed record SimulationResult
{
    /// <summary>What was simulated.</summary>
    public required SimulationOptions Options { get; init; }

    /// <summary>The first violation, which ended the run; null: none.</summary>
    public required Violation? Violation { get; init; }

    /// <summary>How long the run lasted, virtual time.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Sums up every datagram and every event: equal runs have equal ones.</summary>
    public required ulong Fingerprint { get; init; }

    /// <summary>How many rounds were begun.</summary>
    public required int Rounds { get; init; }

    /// <summary>How many control channels, TE links and data links there were.</summary>
    public required (int ControlChannels, int TeLinks, int DataLinks) Size { get; init; }

    /// <summary>How many datagrams nodes sent, and how many things happened in all.</summary>
    public required (long Datagrams, long Happenings) Counts { get; init; }

    /// <summary>The disturbances that had an effect, by kind.</summary>
    public required IReadOnlyDictionary<DisturbanceKind, int> Disturbances { get; init; }

    /// <summary>The numbers of the disturbances that had an effect, in order.</summary>
    public required IReadOnlyList<int> Planted { get; init; }
}
