namespace OpenLmp.Protocol;

/// <summary>What a node is told at its start beside its configuration.</summary>
public sealed record NodeOptions
{
    /// <summary>Seed of everything chosen at random; equal seeds and inputs give equal outputs.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// The first Message_Id to use: above all used before (RFC 4204 §7), which is what <see cref="MessageIdsReserved"/> is for. Without retained
    /// state, <see cref="MessageIdStart.FromWallClock"/>.
    /// </summary>
    public uint FirstMessageId { get; init; } = 1;

    /// <summary>
    /// The Message_Ids from <see cref="FirstMessageId"/> to below this are reserved already: <see cref="MessageIdsReserved"/> tells when more are
    /// needed. Null: nobody retains them.
    /// </summary>
    public uint? MessageIdMark { get; init; }

    /// <summary>What was retained from before the restart; null: the node's state is lost, or there never was any.</summary>
    public RetainedState? Retained { get; init; }

    /// <summary>
    /// Whether the node has no state from before: it then sets the LMP Restart flag (RFC 4204 §8). A first start included: the node cannot know.
    /// Never with <see cref="Retained"/>. False without it: the node has just not been restarted, as some tests want it.
    /// </summary>
    public bool StateLost { get => field && Retained is null; init; } = true;

    /// <summary>Why state that should have been there is lost, in words: an alarm until it is taken from the neighbours. Null: nothing is wrong.</summary>
    public string? StateLostBecause { get; init; }
}
