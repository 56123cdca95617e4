using System.Numerics;

namespace OpenLmp.Protocol;

/// <summary>
/// Deadlines of the future, roughly ordered: setting, moving and cancelling one costs the same however many there are. A tick is about a
/// millisecond. Level 0 has a slot for each of the next 64 ticks, level 1 for each 64 of those, and so on; a slot is a list without order, whose
/// deadlines may meanwhile have been put off: none is earlier than its slot.
/// </summary>
internal sealed class TimingWheel
{
    private const int TickShift = 20; // 2^20 ns = 1.05 ms
    private const int LevelShift = 6;
    private const int SlotsOfLevel = 1 << LevelShift;

    // Enough for every instant there is: nothing is too far away.
    private const int Levels = (63 - TickShift + LevelShift - 1) / LevelShift;

    // The levels that are in use; most nodes have nothing to do next year.
    private readonly Deadline?[]?[] _slots = new Deadline?[Levels][];
    private readonly ulong[] _occupied = new ulong[Levels];
    private long _tick;

    /// <summary>Takes in a deadline, unless it is in the current tick or before.</summary>
    public bool TryAdd(Deadline deadline)
    {
        var tick = deadline.At.Nanoseconds >> TickShift;
        if (tick <= _tick) return false;
        // The highest digit in which it differs from the current tick says how rough its place may be.
        var level = BitOperations.Log2((ulong)(tick ^ _tick)) / LevelShift;
        var slot = (int)(tick >> (level * LevelShift)) & (SlotsOfLevel - 1);
        var slots = _slots[level] ??= new Deadline?[SlotsOfLevel];
        deadline.Slot = (level << LevelShift) | slot;
        deadline.Next = slots[slot];
        if (deadline.Next is { } next) next.Previous = deadline;
        slots[slot] = deadline;
        _occupied[level] |= 1UL << slot;
        return true;
    }

    /// <summary>Gives up a deadline that is in it.</summary>
    public void Remove(Deadline deadline)
    {
        var (level, slot) = (deadline.Slot >> LevelShift, deadline.Slot & (SlotsOfLevel - 1));
        if (deadline.Next is { } next) next.Previous = deadline.Previous;
        if (deadline.Previous is { } previous)
        {
            previous.Next = deadline.Next;
        }
        else
        {
            _slots[level]![slot] = deadline.Next;
            if (deadline.Next is null) _occupied[level] &= ~(1UL << slot);
        }

        Unlink(deadline);
    }

    /// <summary>Goes on to the next tick that has deadlines, and hands these over. Nothing happens if there is none.</summary>
    public void MoveNext(DeadlineHeap into)
    {
        while (into.First is null)
        {
            // All of a level comes before all of the next one, and in a level the slots are in order.
            var level = 0;
            while (_occupied[level] == 0)
                if (++level == Levels) return;
            var slot = BitOperations.TrailingZeroCount(_occupied[level]);
            var shift = level * LevelShift;
            _tick = (((_tick >> (shift + LevelShift)) << LevelShift) | (long)slot) << shift;
            _occupied[level] &= _occupied[level] - 1;
            var deadline = _slots[level]![slot];
            _slots[level]![slot] = null;
            while (deadline is not null)
            {
                var next = deadline.Next;
                Unlink(deadline);
                if (!TryAdd(deadline)) into.Add(deadline);
                deadline = next;
            }
        }
    }

    private static void Unlink(Deadline deadline)
    {
        deadline.Next = deadline.Previous = null;
        deadline.Slot = -1;
    }
}
