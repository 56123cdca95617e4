namespace OpenLmp.Cli.Decode;

/// <summary>
/// Where bytes go. Never throws for a stream that cannot be written to: it closes itself, and the caller looks at <see cref="IsClosed"/>.
/// </summary>
/// <param name="stream">The stream.</param>
internal sealed class ByteOutput(Stream stream)
{
    private const int BrokenPipe = 32; // EPIPE

    /// <summary>Whether nothing can be written any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Why, unless the reader just went away, as <c>head</c> does.</summary>
    public string? Error { get; private set; }

    /// <summary>Writes bytes out; nothing once it is closed.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || IsClosed) return;
        try
        {
            stream.Write(bytes);
            stream.Flush();
        }
        catch (IOException e)
        {
            IsClosed = true;
            if (e.HResult != BrokenPipe) Error = e.Message;
        }
    }
}
