namespace OpenLmp.Protocol;

/// <summary>Data channel status confirmation of a TE link (RFC 5818).</summary>
public sealed record StatusConfirmationConfiguration
{
    /// <summary>Never by itself at intervals; 10 minutes after the neighbour was unwilling; 10 s after an outage.</summary>
    public static readonly StatusConfirmationConfiguration Default = new();

    /// <summary>Time between confirmations; zero: none by itself. RFC 5818 §4 does not recommend it as a continuous monitor.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Time to the next try after the neighbour was unwilling (RFC 5818 §5.1.3), or after a difference was found.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Time from the return of an adjacency that was lost, or the restart of the neighbour, to a confirmation: by then link properties are
    /// correlated again. Several TE links of a neighbour follow each other within as much time again. Zero: none.
    /// </summary>
    public TimeSpan AfterOutage { get; init; } = TimeSpan.FromSeconds(10);
}
