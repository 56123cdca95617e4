namespace OpenLmp.Cli.Capture;

/// <summary>
/// A stream read through one fixed buffer, so that records are looked at where they lie and memory does not depend on what the file claims.
/// </summary>
/// <param name="stream">The file or pipe.</param>
/// <param name="beforeRead">
/// Called before each read of the stream, which may wait for a live capture: the chance to show what is there so far. False ends the input.
/// </param>
internal sealed class ByteSource(Stream stream, Func<bool>? beforeRead = null)
{
    /// <summary>The most bytes that can be taken at once.</summary>
    public const int Capacity = 512 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Capacity);
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Bytes taken and skipped so far.</summary>
    public long Position { get; private set; }

    /// <summary>Looks at the next bytes without taking them; fewer than <paramref name="count"/> where the input ends.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public ReadOnlySpan<byte> Peek(int count)
    {
        Fill(count);
        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Takes the next <paramref name="count"/> bytes, valid until the next call.</summary>
    /// <param name="count">At most <see cref="Capacity"/>.</param>
    /// <param name="bytes">The bytes; where the result is false, what there is up to the end of the input.</param>
    /// <returns>Whether there were that many.</returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public bool TryTake(int count, out ReadOnlySpan<byte> bytes)
    {
        var enough = Fill(count);
        var taken = enough ? count : _end - _start;
        bytes = _buffer.AsSpan(_start, taken);
        _start += taken;
        Position += taken;
        return enough;
    }

    /// <summary>Passes over <paramref name="count"/> bytes, however many.</summary>
    /// <returns>Whether there were that many.</returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public bool TrySkip(long count)
    {
        while (count > 0)
        {
            var step = (int)Math.Min(count, Capacity);
            if (!TryTake(step, out _)) return false;
            count -= step;
        }

        return true;
    }

    private bool Fill(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        while (_end - _start < count && !_ended)
        {
            if (_start == _end) _start = _end = 0;
            else if (Capacity - _start < count)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            var read = beforeRead is null || beforeRead() ? stream.Read(_buffer, _end, Capacity - _end) : 0;
            if (read == 0) _ended = true;
            _end += read;
        }

        return _end - _start >= count;
    }
}
