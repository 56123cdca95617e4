// RFC 791 §3.2; RFC 8200 §4.5; RFC 5722: overlapping fragments
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Capture;

/// <summary>What fragments of one packet have in common.</summary>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The receiver.</param>
/// <param name="Id">The Identification field.</param>
/// <param name="Protocol">The protocol of the payload; for IPv6 that of the fragmentable part.</param>
internal readonly record struct FragmentKey(NetworkAddress Source, NetworkAddress Destination, uint Id, byte Protocol);

/// <summary>
/// Puts IP fragments together, in memory that is bounded: the oldest packet is given up when too many are incomplete, and so is one whose
/// fragments overlap (RFC 5722 demands that for IPv6, and hosts do the same for IPv4: nobody overlaps fragments in good faith).
/// </summary>
internal sealed class FragmentReassembler
{
    /// <summary>How many packets may be incomplete at a time: 16 MiB at the most.</summary>
    public const int MaxPackets = 256;

    /// <summary>The largest payload an IP packet has.</summary>
    public const int MaxLength = 65_535;

    // Gaps in one packet. Fragments in order leave none; more than this is an attack on whoever reassembles.
    private const int MaxRanges = 512;

    // As Linux: an Identification comes round again, and an old half must not meet a new one.
    private const long LifetimeSeconds = 30;

    private readonly Dictionary<FragmentKey, Packet> _packets = [];
    private readonly Stack<Packet> _spare = [];
    private Packet? _completed;
    private long _sequence;

    /// <summary>Packets of which some fragments came and others did not.</summary>
    public long Incomplete { get; private set; }

    /// <summary>Adds a fragment.</summary>
    /// <param name="key">The packet it belongs to.</param>
    /// <param name="offset">Where its payload belongs.</param>
    /// <param name="more">Whether others follow behind it.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="time">When it was captured.</param>
    /// <param name="whole">The whole payload, valid until the next call, where this fragment was the last one missing.</param>
    /// <param name="fragments">How many fragments that took.</param>
    /// <returns>Whether the packet is complete.</returns>
    public bool TryComplete(
        FragmentKey key, int offset, bool more, ReadOnlySpan<byte> payload, CaptureTime time, out ReadOnlySpan<byte> whole, out int fragments)
    {
        whole = default;
        fragments = 0;
        if (_completed is not null) _spare.Push(_completed);
        _completed = null;

        var end = offset + payload.Length;
        if (payload.Length == 0 || end > MaxLength || (more && payload.Length % 8 != 0)) return false;
        var packet = Find(key, time);
        packet.Fragments++;
        if (!packet.Add(offset, end, more, payload))
        {
            GiveUp(key, packet);
            return false;
        }

        if (!packet.IsComplete) return false;
        _packets.Remove(key);
        Incomplete--;
        _completed = packet;
        whole = packet.Payload;
        fragments = packet.Fragments;
        return true;
    }

    private Packet Find(FragmentKey key, CaptureTime time)
    {
        if (_packets.TryGetValue(key, out var packet))
        {
            if (!time.IsKnown || Math.Abs(time.Seconds - packet.FirstSecond) <= LifetimeSeconds) return packet;
            GiveUp(key, packet);
        }
        else if (_packets.Count == MaxPackets)
        {
            var (oldest, given) = _packets.MinBy(p => p.Value.Sequence);
            GiveUp(oldest, given);
        }

        packet = _spare.TryPop(out var spare) ? spare : new Packet();
        packet.Reset(_sequence++, time.IsKnown ? time.Seconds : 0);
        _packets.Add(key, packet);
        Incomplete++;
        return packet;
    }

    private void GiveUp(FragmentKey key, Packet packet)
    {
        _packets.Remove(key);
        _spare.Push(packet);
    }

    /// <summary>A packet of which not all fragments have come.</summary>
    private sealed class Packet
    {
        private readonly List<(int Start, int End)> _ranges = [];
        private byte[] _bytes = [];
        private int _length;

        public long Sequence { get; private set; }

        public long FirstSecond { get; private set; }

        public int Fragments { get; set; }

        public bool IsComplete => _length >= 0 && _ranges is [(0, var end)] && end == _length;

        public ReadOnlySpan<byte> Payload => _bytes.AsSpan(0, _length);

        public void Reset(long sequence, long firstSecond)
        {
            _ranges.Clear();
            _length = -1;
            Fragments = 0;
            Sequence = sequence;
            FirstSecond = firstSecond;
        }

        /// <summary>Adds a fragment; false where it contradicts the others.</summary>
        public bool Add(int start, int end, bool more, ReadOnlySpan<byte> payload)
        {
            if (_length >= 0 && (end > _length || (!more && end != _length))) return false;
            if (!more && _ranges.Count > 0 && _ranges[^1].End > end) return false;
            if (!more) _length = end;

            var i = 0;
            while (i < _ranges.Count && _ranges[i].End < start) i++;
            // All ranges before i end before this fragment, with a gap.
            if (i < _ranges.Count && _ranges[i].Start <= start && _ranges[i].End >= end) return true; // Sent twice.
            var joinsPrevious = i < _ranges.Count && _ranges[i].End == start;
            var next = joinsPrevious ? i + 1 : i;
            if (next < _ranges.Count && _ranges[next].Start < end) return false; // Overlaps.
            var joinsNext = next < _ranges.Count && _ranges[next].Start == end;

            Store(start, end, payload);
            if (joinsPrevious && joinsNext)
            {
                _ranges[i] = (_ranges[i].Start, _ranges[next].End);
                _ranges.RemoveAt(next);
            }
            else if (joinsPrevious) _ranges[i] = (_ranges[i].Start, end);
            else if (joinsNext) _ranges[next] = (start, _ranges[next].End);
            else _ranges.Insert(i, (start, end));
            return _ranges.Count <= MaxRanges;
        }

        private void Store(int start, int end, ReadOnlySpan<byte> payload)
        {
            if (_bytes.Length < end) Array.Resize(ref _bytes, Math.Min(MaxLength, Math.Max(end, Math.Max(4096, 2 * _bytes.Length))));
            payload.CopyTo(_bytes.AsSpan(start));
        }
    }
}
