using System.Buffers.Binary;

namespace OpenLmp.Fuzz;

/// <summary>Changes to bytes of any kind.</summary>
internal static class ByteMutations
{
    private static readonly uint[] Boundaries =
        [0, 1, 2, 3, 4, 5, 7, 8, 12, 16, 20, 127, 128, 255, 256, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    /// <summary>A number near which code goes wrong.</summary>
    public static uint Boundary(Random random) => Boundaries[random.Next(Boundaries.Length)];

    /// <summary>One change.</summary>
    public static void Mutate(Random random, Draft draft, Func<byte[]> other)
    {
        if (draft.Length == 0)
        {
            draft.Append(other());
            return;
        }

        var at = random.Next(draft.Length);
        switch (random.Next(9))
        {
            case 0:
                draft[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                draft[at] = (byte)random.Next(256);
                break;
            case 2:
                draft[at] += (byte)random.Next(-8, 9);
                break;
            case 3:
                PutNumber(random, draft.Span[at..]);
                break;
            case 4:
                draft.Remove(at, Amount(random, draft.Length - at));
                break;
            case 5:
                Span<byte> copy = stackalloc byte[Math.Min(256, Amount(random, draft.Length - at))];
                draft.Span.Slice(at, copy.Length).CopyTo(copy);
                draft.Insert(random.Next(draft.Length + 1), copy);
                break;
            case 6:
                var from = other();
                var start = random.Next(from.Length + 1);
                draft.Insert(at, from.AsSpan(start, Amount(random, from.Length - start)));
                break;
            case 7:
                var tail = other();
                draft.Truncate(at);
                draft.Append(tail.AsSpan(Math.Min(at, tail.Length)));
                break;
            default:
                draft.Truncate(at);
                break;
        }
    }

    // Mostly little, sometimes all there is.
    private static int Amount(Random random, int most) => Math.Min(most, random.Next(8) == 0 ? most : 1 + random.Next(1 << random.Next(1, 8)));

    private static void PutNumber(Random random, Span<byte> at)
    {
        var number = Boundary(random);
        switch (random.Next(4))
        {
            case 0 when at.Length >= 4:
                BinaryPrimitives.WriteUInt32BigEndian(at, number);
                break;
            case 1 when at.Length >= 4:
                BinaryPrimitives.WriteUInt32LittleEndian(at, number);
                break;
            case 2 when at.Length >= 2:
                BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)number);
                break;
            default:
                if (at.Length >= 2) BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)number);
                break;
        }
    }
}
