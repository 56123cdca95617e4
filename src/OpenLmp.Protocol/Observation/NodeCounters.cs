namespace OpenLmp.Protocol;

/// <summary>Messages counted per type, drops per reason. Never reset; read on the node's thread.</summary>
public sealed class NodeCounters : MessageCounters
{
    private readonly long[] _dropped = new long[Enum.GetValues<DropReason>().Length];

    /// <summary>Datagrams that changed nothing.</summary>
    public long Dropped(DropReason reason) => _dropped[(int)reason];

    internal void CountDropped(DropReason reason) => _dropped[(int)reason]++;
}
