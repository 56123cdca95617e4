namespace OpenLmp.Fuzz;

/// <summary>Bytes that are being changed.</summary>
/// <param name="capacity">More is cut off.</param>
internal sealed class Draft(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public Span<byte> Span => _bytes.AsSpan(0, Length);

    public ref byte this[int index] => ref Span[index];

    public void Load(ReadOnlySpan<byte> bytes)
    {
        Length = Math.Min(bytes.Length, capacity);
        bytes[..Length].CopyTo(_bytes);
    }

    public void Append(ReadOnlySpan<byte> bytes) => Insert(Length, bytes);

    public void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > capacity - at) bytes = bytes[..(capacity - at)];
        var kept = Math.Min(Length - at, capacity - at - bytes.Length);
        _bytes.AsSpan(at, kept).CopyTo(_bytes.AsSpan(at + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(at));
        Length = at + bytes.Length + kept;
    }

    public void Remove(int at, int count)
    {
        count = Math.Min(count, Length - at);
        _bytes.AsSpan(at + count, Length - at - count).CopyTo(_bytes.AsSpan(at));
        Length -= count;
    }

    public void Truncate(int length) => Length = Math.Min(Length, length);
}
