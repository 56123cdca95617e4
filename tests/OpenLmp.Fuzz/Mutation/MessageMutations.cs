// RFC 4204 §12-13
using System.Buffers.Binary;
using OpenLmp.Wire;

namespace OpenLmp.Fuzz;

/// <summary>Changes to LMP messages that know of the common header, of objects and of subobjects. Most leave a message that still frames.</summary>
internal static class MessageMutations
{
    /// <summary>Room for one message changed in every way.</summary>
    public const int MaxLength = 4096;

    /// <summary>Some changes; <paramref name="other"/> gives another message.</summary>
    public static void Mutate(Random random, Draft draft, Func<byte[]> other)
    {
        for (var n = 1 + random.Next(1 << random.Next(4)); n > 0; n--) Once(random, draft, other);
        if (draft.Length >= CommonHeader.Size && random.Next(10) > 0) BinaryPrimitives.WriteUInt16BigEndian(draft.Span[4..], (ushort)draft.Length);
    }

    private static void Once(Random random, Draft draft, Func<byte[]> other)
    {
        Span<(int At, int Length)> objects = stackalloc (int, int)[64];
        objects = objects[..Find(draft.Span, objects)];
        if (objects.Length == 0 || random.Next(12) == 0)
        {
            if (random.Next(2) == 0 && draft.Length >= CommonHeader.Size) Header(random, draft);
            else ByteMutations.Mutate(random, draft, other);
            return;
        }

        var (at, length) = objects[random.Next(objects.Length)];
        switch (random.Next(12))
        {
            case 0:
                Header(random, draft);
                break;
            case 1:
                draft[at + 1] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)random.Next(24);
                break;
            case 2:
                draft[at] = (byte)(random.Next(8) | (random.Next(4) == 0 ? 0x80 : 0));
                break;
            case 3:
                var changed = random.Next(3) switch { 0 => ByteMutations.Boundary(random), 1 => (uint)(length + random.Next(-8, 9)), _ => (uint)(draft.Length - at) };
                BinaryPrimitives.WriteUInt16BigEndian(draft.Span[(at + 2)..], (ushort)changed);
                break;
            case 4:
                draft.Remove(at, length);
                break;
            case 5:
                draft.Insert(random.Next(2) == 0 ? at : objects[random.Next(objects.Length)].At, draft.Span.Slice(at, length).ToArray());
                break;
            case 6:
                var moved = draft.Span.Slice(at, length).ToArray();
                draft.Remove(at, length);
                Span<(int At, int Length)> left = stackalloc (int, int)[64];
                left = left[..Find(draft.Span, left)];
                draft.Insert(left.Length == 0 ? draft.Length : left[random.Next(left.Length)].At, moved);
                break;
            case 7:
                InsertOf(random, draft, at, other());
                break;
            case 8:
                Splice(random, draft, at, other());
                break;
            case 9:
                Word(random, draft.Span, at, length);
                break;
            default:
                Subobjects(random, draft, at, length);
                break;
        }
    }

    /// <summary>Finds the objects of a message as far as they frame.</summary>
    public static int Find(ReadOnlySpan<byte> message, Span<(int At, int Length)> objects)
    {
        var count = 0;
        for (var at = CommonHeader.Size; count < objects.Length && at + ObjectHeader.Size <= message.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]);
            if (length < ObjectHeader.Size || length > message.Length - at) break;
            objects[count++] = (at, length);
            at += length;
        }

        return count;
    }

    private static void Header(Random random, Draft draft)
    {
        switch (random.Next(6))
        {
            case 0:
                draft[0] = (byte)random.Next(256);
                break;
            case 1:
                draft[2] = (byte)random.Next(8);
                break;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(draft.Span[4..], (ushort)ByteMutations.Boundary(random));
                break;
            default:
                draft[3] = (byte)random.Next(random.Next(4) == 0 ? 256 : 36);
                break;
        }
    }

    private static void InsertOf(Random random, Draft draft, int at, ReadOnlySpan<byte> message)
    {
        Span<(int At, int Length)> objects = stackalloc (int, int)[64];
        var count = Find(message, objects);
        if (count == 0) return;
        var (from, length) = objects[random.Next(count)];
        draft.Insert(at, message.Slice(from, length));
    }

    private static void Splice(Random random, Draft draft, int at, ReadOnlySpan<byte> message)
    {
        Span<(int At, int Length)> objects = stackalloc (int, int)[64];
        var count = Find(message, objects);
        if (count == 0) return;
        draft.Truncate(at);
        draft.Append(message[objects[random.Next(count)].At..]);
    }

    // A number in an object's body: one that is near a boundary, or one from elsewhere in the message.
    private static void Word(Random random, Span<byte> message, int at, int length)
    {
        if (length < 8) return;
        var word = message.Slice(at + 4 + (4 * random.Next((length - 4) / 4)), 4);
        var value = BinaryPrimitives.ReadUInt32BigEndian(word);
        BinaryPrimitives.WriteUInt32BigEndian(word, random.Next(4) switch
        {
            0 => value + (uint)random.Next(-2, 3),
            1 => BinaryPrimitives.ReadUInt32BigEndian(message[(4 * random.Next(message.Length / 4))..]),
            2 => value ^ (1u << random.Next(32)),
            _ => ByteMutations.Boundary(random),
        });
    }

    // DATA_LINK's subobjects, CHANNEL_STATUS' entries, TRACE's text: something in an object's body comes, goes or comes twice, and the Lengths follow.
    private static void Subobjects(Random random, Draft draft, int at, int length)
    {
        if (length < 8) return;
        var part = at + 4 + (4 * random.Next((length - 4) / 4));
        // A subobject has its length in its second byte.
        var size = Math.Min(draft[part + 1] is >= 4 and <= 64 and var told && random.Next(2) == 0 ? told : 4 * random.Next(1, 6), at + length - part);
        var grown = 0;
        switch (random.Next(4))
        {
            case 0:
                draft.Remove(part, size);
                grown = -size;
                break;
            case 1:
                draft.Insert(part, draft.Span.Slice(part, size).ToArray());
                grown = size;
                break;
            case 2:
                draft[part] = (byte)random.Next(12);
                if (random.Next(2) == 0) draft[part + 1] = (byte)(random.Next(2) == 0 ? 4 * random.Next(8) : random.Next(256));
                break;
            default:
                Span<byte> fresh = stackalloc byte[4 * random.Next(1, 5)];
                random.NextBytes(fresh);
                (fresh[0], fresh[1]) = ((byte)random.Next(12), (byte)fresh.Length);
                draft.Insert(part, fresh);
                grown = fresh.Length;
                break;
        }

        if (random.Next(6) > 0 && at + 4 <= draft.Length) BinaryPrimitives.WriteUInt16BigEndian(draft.Span[(at + 2)..], (ushort)(length + grown));
    }
}
