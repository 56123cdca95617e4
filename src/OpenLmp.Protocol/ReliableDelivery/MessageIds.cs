// RFC 4204 §7
namespace OpenLmp.Protocol;

/// <summary>
/// Our Message_Ids. One series for the whole node: it is monotonic within each control channel and each adjacency, as RFC 4204 §7 asks.
/// </summary>
/// <param name="first">The first.</param>
/// <param name="mark">The first that is not reserved: after a restart, ids start there. Null: they are not retained.</param>
/// <param name="reserve">Called with a new mark, long before the ids below the last one are used up: no message waits for it.</param>
internal sealed class MessageIdSource(uint first, uint? mark, Action<uint> reserve)
{
    /// <summary>How many are reserved at once.</summary>
    public const uint Block = 4096;

    private uint _next = first;
    private uint? _mark = mark;

    public uint Next()
    {
        // Ids wrap: RFC 4204 §7 compares them by their signed difference.
        if (_mark is { } reserved && (int)(reserved - _next) <= Block / 2)
        {
            _mark = _next + Block;
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
