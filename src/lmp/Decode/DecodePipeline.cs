using OpenLmp.Cli.Capture;

namespace OpenLmp.Cli.Decode;

/// <summary>
/// Shows datagrams on all cores and writes them in order. Only the thread that adds ever writes: it waits for the oldest batch when enough are
/// under way.
/// </summary>
/// <param name="options">How messages are shown.</param>
/// <param name="output">Where they go.</param>
internal sealed class DecodePipeline(DecodeOptions options, ByteOutput output)
{
    // One for each core, and one to go on with while the oldest is written.
    private static readonly int MostBusy = Environment.ProcessorCount + 1;

    private readonly Queue<(DatagramBatch Batch, Task Shown)> _busy = [];
    private readonly Stack<DatagramBatch> _idle = [];
    private readonly Routes _routes = new();
    private DatagramBatch _filling = new(options);

    /// <summary>Datagrams written.</summary>
    public long Messages { get; private set; }

    /// <summary>Those that did not decode.</summary>
    public long Malformed { get; private set; }

    /// <summary>Those of which the capture has only the first part.</summary>
    public long Truncated { get; private set; }

    /// <summary>Takes a datagram.</summary>
    public void Add(in CapturedPacket packet, in UdpDatagram datagram)
    {
        _filling.Add(packet, _routes.Between(datagram.Source, datagram.Destination), datagram);
        if (!_filling.IsFull) return;
        if (_busy.Count == MostBusy) WriteOldest();
        _busy.Enqueue((_filling, Task.Run(_filling.Show)));
        _filling = _idle.TryPop(out var idle) ? idle : new DatagramBatch(options);
    }

    /// <summary>Writes everything taken so far.</summary>
    /// <returns>False once the output is closed.</returns>
    public bool Flush()
    {
        while (_busy.Count > 0) WriteOldest();
        _filling.Show();
        Write(_filling);
        return !output.IsClosed;
    }

    private void WriteOldest()
    {
        var (batch, shown) = _busy.Dequeue();
        // If no thread has begun with it, this one does it.
        shown.Wait();
        Write(batch);
        _idle.Push(batch);
    }

    private void Write(DatagramBatch batch)
    {
        output.Write(batch.Text.Written);
        (Messages, Malformed, Truncated) = (Messages + batch.Count, Malformed + batch.Malformed, Truncated + batch.Truncated);
        batch.Clear();
    }
}
