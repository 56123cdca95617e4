namespace OpenLmp.Api;

/// <summary>The nouns of the API: <c>/v1/WORD</c> and <c>lmp show WORD</c>.</summary>
public static class Words
{
    /// <summary>The node itself.</summary>
    public const string Node = "node";

    /// <summary>Neighbours.</summary>
    public const string Neighbors = "neighbors";

    /// <summary>Control channels.</summary>
    public const string ControlChannels = "control-channels";

    /// <summary>TE links.</summary>
    public const string TeLinks = "te-links";

    /// <summary>Data links.</summary>
    public const string DataLinks = "data-links";

    /// <summary>Cross-connects.</summary>
    public const string CrossConnects = "cross-connects";

    /// <summary>Link verification procedures.</summary>
    public const string Verifications = "verifications";

    /// <summary>Alarms.</summary>
    public const string Alarms = "alarms";

    /// <summary>What happened.</summary>
    public const string Events = "events";

    /// <summary>Message and drop counters.</summary>
    public const string Counters = "counters";

    /// <summary>The data plane and its agent; no noun of <c>lmp show</c>, whose <c>node</c> tells of it.</summary>
    public const string DataPlane = "data-plane";

    /// <summary>What the daemon logs; no noun of <c>lmp show</c>, but a verb of its own.</summary>
    public const string Log = "log";

    /// <summary>The configuration in force; <c>lmp config</c> shows and changes it.</summary>
    public const string Configuration = "configuration";

    /// <summary>All that <c>lmp show</c> knows.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Node, Neighbors, ControlChannels, TeLinks, DataLinks, CrossConnects, Verifications, Alarms, Events, Counters];
}
