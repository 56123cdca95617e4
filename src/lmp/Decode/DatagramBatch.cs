using System.Text.Json;
using OpenLmp.Cli.Capture;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>Datagrams of a stretch of a capture, which are made into text together: filled by one thread, then shown by any other.</summary>
internal sealed class DatagramBatch
{
    // Enough work to be worth handing over, and little enough to come out at once.
    private const int MostDatagrams = 1024;
    private const int FullAt = 128 * 1024;

    private readonly List<Entry> _entries = new(MostDatagrams);
    private readonly IReport _report;
    private byte[] _payloads = GC.AllocateUninitializedArray<byte>(FullAt);
    private int _used;

    /// <summary>Makes an empty batch.</summary>
    /// <param name="options">How messages are shown.</param>
    public DatagramBatch(DecodeOptions options) =>
        _report = options.Json ? new JsonReport(Text, new Utf8JsonWriter(Text, MessageJson.Options)) : new TextReport(Text, options.Verbose);

    /// <summary>What <see cref="Show"/> has to say.</summary>
    public Utf8Text Text { get; } = new();

    /// <summary>Datagrams in it.</summary>
    public int Count => _entries.Count;

    /// <summary>Those that did not decode, once shown.</summary>
    public int Malformed { get; private set; }

    /// <summary>Those of which the capture has only the first part, once shown.</summary>
    public int Truncated { get; private set; }

    /// <summary>Whether it should be shown before anything is added.</summary>
    public bool IsFull => _entries.Count >= MostDatagrams || _used >= FullAt;

    /// <summary>Copies a datagram, which the capture's reader is about to overwrite.</summary>
    public void Add(in CapturedPacket packet, Route route, in UdpDatagram datagram)
    {
        var payload = datagram.Payload;
        if (_payloads.Length - _used < payload.Length) Array.Resize(ref _payloads, _used + payload.Length);
        payload.CopyTo(_payloads.AsSpan(_used));
        _entries.Add(new Entry(packet.Number, packet.Time, route, _used, payload.Length, datagram.Length));
        _used += payload.Length;
    }

    /// <summary>Makes text of every datagram.</summary>
    public void Show()
    {
        foreach (var entry in _entries)
        {
            var packet = new LmpPacket(entry.Number, entry.Time, entry.Route, _payloads.AsSpan(entry.Offset, entry.Captured), entry.Length);
            if (entry.Captured < entry.Length)
            {
                Truncated++;
                _report.Truncated(packet);
            }
            else if (Hello.TryDecodeUsual(packet.Payload, out var hello))
            {
                _report.Hello(packet, hello);
            }
            else if (LmpMessage.TryDecode(packet.Payload, out var message, out var error))
            {
                _report.Message(packet, message);
            }
            else
            {
                Malformed++;
                _report.Malformed(packet, error);
            }
        }
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _entries.Clear();
        Text.Clear();
        (_used, Malformed, Truncated) = (0, 0, 0);
    }

    private readonly record struct Entry(
        long Number, CaptureTime Time, Route Route, int Offset, int Captured, int Length);
}
