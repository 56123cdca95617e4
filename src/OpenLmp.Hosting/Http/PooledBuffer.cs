using System.Buffers;

namespace OpenLmp.Hosting.Http;

/// <summary>
/// What is written, in pieces that are used again: ten thousand data links as JSON are megabytes, and arrays of that size make the garbage collector
/// stop everything for long.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int PieceSize = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _full = [];
    private readonly List<byte[]> _pieces = [];
    private int _used;

    /// <summary>How much has been written.</summary>
    public long Length { get; private set; }

    /// <summary>What has been written, until this is disposed of.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces => _pieces.Count == 0 ? [] : _full.Append(_pieces[^1].AsMemory(0, _used));

    /// <inheritdoc/>
    public void Advance(int count)
    {
        _used += count;
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_pieces.Count == 0 || _pieces[^1].Length - _used < Math.Max(sizeHint, 1))
        {
            if (_pieces.Count > 0) _full.Add(_pieces[^1].AsMemory(0, _used));
            _pieces.Add(ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, PieceSize)));
            _used = 0;
        }

        return _pieces[^1].AsMemory(_used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var piece in _pieces) ArrayPool<byte>.Shared.Return(piece);
        _pieces.Clear();
        _full.Clear();
    }
}
