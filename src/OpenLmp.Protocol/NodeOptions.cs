namespace OpenLmp.Protocol;

/// <summary>What a node is told at its start beside its configuration.</summary>
public sealed record NodeOptions
{
    /// <summary>Seed of everything chosen at random; equal seeds and inputs give equal outputs.</summary>
    public ulong Seed { get; init; }

    /// <summary>The first Message_Id to use: above all used before (RFC 4204 §7). Without retained state, the wall clock in seconds.</summary>
    public uint FirstMessageId { get; init; } = 1;

    /// <summary>Whether the node has no state from before: it then sets the LMP Restart flag (RFC 4204 §8). A first start included.</summary>
    public bool StateLost { get; init; } = true;
}
