using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Simulation;

/// <summary>What is wrong with a path for a while. Times in nanoseconds, shares from 0 to 1.</summary>
internal sealed record PathTrouble
{
    public double Loss { get; init; }

    public double Duplication { get; init; }

    public double Corruption { get; init; }

    public long Delay { get; init; }

    /// <summary>Up to this much more delay, another for each datagram: those that were sent later may arrive earlier.</summary>
    public long Jitter { get; init; }
}

/// <summary>The way of datagrams from one address to another, one direction of it.</summary>
internal sealed class NetworkPath
{
    private readonly Chance _chance;
    private readonly long _distance;
    private readonly List<PathTrouble> _troubles = [];
    private PathTrouble _trouble = new();

    public NetworkPath(ulong seed, int slot, int fromNode, NetworkEndpoint from, int toNode, NetworkEndpoint to)
    {
        (Slot, FromNode, From, ToNode, To) = (slot, fromNode, from, toNode, to);
        _chance = new Chance(seed, "path", (long)(ulong)from.Address.Value);
        _distance = _chance.Between(100_000, 5 * Timeline.Millisecond);
    }

    /// <summary>Its number: what nodes know as the transport's slot at the sending end.</summary>
    public int Slot { get; }

    public int FromNode { get; }

    public NetworkEndpoint From { get; }

    public int ToNode { get; }

    public NetworkEndpoint To { get; }

    /// <summary>The other direction.</summary>
    public NetworkPath Back { get; set; } = null!;

    public bool IsFair => _troubles.Count == 0;

    public void Begin(PathTrouble trouble)
    {
        _troubles.Add(trouble);
        Sum();
    }

    public void End(PathTrouble trouble)
    {
        // By reference: two troubles that are alike are still two.
        var index = _troubles.FindIndex(t => ReferenceEquals(t, trouble));
        if (index >= 0) _troubles.RemoveAt(index);
        Sum();
    }

    /// <summary>Takes a datagram; it is handed on as often, when and as the path lets it through.</summary>
    /// <param name="now">The time.</param>
    /// <param name="bytes">The payload.</param>
    /// <param name="deliver">Told when what arrives.</param>
    public void Carry(long now, ReadOnlySpan<byte> bytes, Action<long, Datagram> deliver)
    {
        var at = now + _distance;
        if (_troubles.Count == 0)
        {
            deliver(at, new Datagram(this, bytes.ToArray()));
            return;
        }

        at += _trouble.Delay;
        for (var copies = _chance.Happens(_trouble.Duplication) ? 2 : 1; copies > 0; copies--)
        {
            if (_chance.Happens(_trouble.Loss)) continue;
            var arrives = at + (_trouble.Jitter > 0 ? _chance.Between(0, _trouble.Jitter) : 0);
            var copy = bytes.ToArray();
            if (_chance.Happens(_trouble.Corruption) && Corrupt(copy) is var corrupt)
            {
                if (corrupt is null) continue;
                copy = corrupt;
            }

            deliver(arrives, new Datagram(this, copy));
        }
    }

    // UDP's checksum stops what still reads as a message: LMP has none of its own, and would have to believe it. So it does a LinkSummary that does not
    // read, which RFC 4204 §12.6.3 has refused rather than ignored. What gets through are other broken datagrams.
    private byte[]? Corrupt(byte[] bytes)
    {
        if (_chance.Happens(0.5)) bytes = bytes[.._chance.Below(bytes.Length)];
        else for (var flips = 1 + _chance.Below(8); flips > 0; flips--) bytes[_chance.Below(bytes.Length)] ^= (byte)(1 << _chance.Below(8));
        if (bytes.Length > 3 && bytes[3] == (byte)MessageType.LinkSummary) return null;
        return LmpMessage.TryDecode(bytes, out _, out _) ? null : bytes;
    }

    private void Sum() => _trouble = new PathTrouble
    {
        Loss = 1 - _troubles.Aggregate(1.0, (arrives, t) => arrives * (1 - t.Loss)),
        Duplication = _troubles.Aggregate(0.0, (most, t) => Math.Max(most, t.Duplication)),
        Corruption = _troubles.Aggregate(0.0, (most, t) => Math.Max(most, t.Corruption)),
        Delay = _troubles.Sum(t => t.Delay),
        Jitter = _troubles.Sum(t => t.Jitter),
    };
}
