// RFC 4204 §7
namespace OpenLmp.Protocol;

/// <summary>Where a process's Message_Ids start, so that they are above all that the processes before it have used (RFC 4204 §7).</summary>
public static class MessageIdStart
{
    /// <summary>How many are reserved before the first is used.</summary>
    public const uint Reserved = MessageIdSource.Block;

    /// <summary>
    /// Where they start by the wall clock. It has to outrun what is used: 125 ids a second do, and still take 198 days until a node that was off so
    /// long would seem to go back.
    /// </summary>
    /// <param name="unixMilliseconds">Milliseconds since 1970.</param>
    public static uint FromWallClock(long unixMilliseconds) => unchecked((uint)(unixMilliseconds / 8));
}

/// <summary>
/// Our Message_Ids. One series for the whole node: it is monotonic within each control channel and each adjacency, as RFC 4204 §7 asks.
/// </summary>
/// <param name="first">The first.</param>
/// <param name="mark">The first that is not reserved: after a restart, ids start there. Null: they are not retained.</param>
/// <param name="reserve">Called with a new mark, long before the ids below the last one are used up: no message waits for it.</param>
internal sealed class MessageIdSource(uint first, uint? mark, Action<uint> reserve)
{
    /// <summary>How many are reserved at once: few, because a restart skips those that were not used, and a later one without state has only the clock.</summary>
    public const uint Block = 512;

    private uint _next = first;

    /// <summary>The first that is not reserved.</summary>
    public uint? Mark { get; private set; } = mark;

    public uint Next()
    {
        // Ids wrap: RFC 4204 §7 compares them by their signed difference.
        if (Mark is { } reserved && (int)(reserved - _next) <= Block / 2)
        {
            Mark = _next + Block;
            reserve(_next + Block);
        }

        return _next++;
    }
}

/// <summary>The largest Message_Id received from the neighbour in one scope: what is older is out of order (RFC 4204 §7).</summary>
internal struct MessageIdMemory
{
    private bool _any;

    /// <summary>The largest received.</summary>
    public uint Largest { get; private set; }

    /// <summary>Whether <paramref name="id"/> is less than the largest received, by RFC 4204 §7's signed comparison.</summary>
    public readonly bool IsOutOfOrder(uint id) => _any && (int)(Largest - id) > 0;

    /// <summary>Whether <paramref name="id"/> is the largest received: a retransmission or a duplicate.</summary>
    public readonly bool IsRepeated(uint id) => _any && Largest == id;

    public void Remember(uint id) => (_any, Largest) = (true, id);

    public void Forget() => _any = false;
}
