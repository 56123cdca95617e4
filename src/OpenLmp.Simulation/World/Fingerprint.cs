using System.Buffers.Binary;

namespace OpenLmp.Simulation;

/// <summary>
/// Sums up everything that happened in a run, so that two runs can be compared: equal seeds have to give equal fingerprints. Not cryptographic, and
/// independent of process and culture, unlike the framework's hash codes.
/// </summary>
internal sealed class Fingerprint
{
    private const ulong Prime = 0x9FB21C651E98DF25;

    public ulong Value { get; private set; } = 0xCBF29CE484222325;

    public static ulong Mix(ulong state, ulong word)
    {
        state = (state ^ word) * Prime;
        return state ^ (state >> 29);
    }

    public static ulong Mix(ulong state, string text)
    {
        foreach (var c in text) state = Mix(state, c);
        return Mix(state, (ulong)text.Length);
    }

    public void Add(ulong word) => Value = Mix(Value, word);

    public void Add(string text) => Value = Mix(Value, text);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var state = Mix(Value, (ulong)bytes.Length);
        for (; bytes.Length >= 8; bytes = bytes[8..]) state = Mix(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes) state = Mix(state, b);
        Value = state;
    }
}
