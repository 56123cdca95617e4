using System.Buffers.Binary;

namespace OpenLmp.Benchmarks;

/// <summary>A UDP datagram over IPv4 as the kernel saw it.</summary>
/// <param name="Nanoseconds">When, since 1970.</param>
/// <param name="Source">The source address.</param>
/// <param name="Destination">The destination address.</param>
/// <param name="DestinationPort">The destination port.</param>
/// <param name="Payload">What of the payload was captured.</param>
internal readonly record struct CapturedDatagram(long Nanoseconds, uint Source, uint Destination, int DestinationPort, byte[] Payload)
{
    /// <summary>Whether it comes from side 1 or 2 of a <see cref="Network"/>.</summary>
    public bool IsFrom(int side) => (Source >> 16) == ((10u << 8) | (uint)side);
}

/// <summary>tcpdump on eth0 of a namespace: the kernel's time of each packet, the same for whoever sends it.</summary>
internal sealed class Capture : IAsyncDisposable
{
    private readonly Child _tcpdump;
    private readonly string _file;

    private Capture(Child tcpdump, string file) => (_tcpdump, _file) = (tcpdump, file);

    public static async Task<Capture> StartAsync(Bench bench, string tcpdump, string networkNamespace, string filter)
    {
        var file = Path.Combine(bench.Scratch, "capture.pcap");
        var capture = new Capture(
            Child.Start(Path.Combine(bench.Scratch, "tcpdump.log"), Network.In(networkNamespace,
                tcpdump, "-i", "eth0", "-w", file, "--time-stamp-precision=nano", "-B", "131072", "-s", "128", "-Z", "root", filter)),
            file);
        try
        {
            await bench.UntilAsync(
                () =>
                {
                    capture._tcpdump.MustRun();
                    return Task.FromResult(File.ReadAllText(capture._tcpdump.Log).Contains("listening on", StringComparison.Ordinal));
                },
                "tcpdump", 30);
            return capture;
        }
        catch
        {
            await capture.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it, and reads what it has.</summary>
    /// <exception cref="InvalidOperationException">Packets are missing.</exception>
    public async Task<List<CapturedDatagram>> EndAsync(CancellationToken stopping)
    {
        // The kernel hands over what it has at least every second; what it still has when tcpdump ends is lost.
        await Task.Delay(TimeSpan.FromSeconds(1.5), stopping);
        await _tcpdump.EndAsync(stopping);
        if (!File.ReadAllText(_tcpdump.Log).Contains("\n0 packets dropped by kernel", StringComparison.Ordinal))
            throw new InvalidOperationException($"tcpdump lost packets: {File.ReadLines(_tcpdump.Log).Last()}");
        return Read(await File.ReadAllBytesAsync(_file, stopping));
    }

    public ValueTask DisposeAsync() => _tcpdump.DisposeAsync();

    private static List<CapturedDatagram> Read(byte[] bytes)
    {
        const int FileHeader = 24, RecordHeader = 16, Ethernet = 14, Ip = 20, Udp = 8;
        var datagrams = new List<CapturedDatagram>();
        for (var at = FileHeader; at + RecordHeader <= bytes.Length;)
        {
            var time = (BitConverter.ToUInt32(bytes, at) * 1_000_000_000L) + BitConverter.ToUInt32(bytes, at + 4);
            var packet = bytes.AsSpan(at + RecordHeader, BitConverter.ToInt32(bytes, at + 8));
            at += RecordHeader + packet.Length;
            var ip = packet[Ethernet..];
            var udp = ip[Ip..];
            datagrams.Add(new CapturedDatagram(
                time, BinaryPrimitives.ReadUInt32BigEndian(ip[12..]), BinaryPrimitives.ReadUInt32BigEndian(ip[16..]), BinaryPrimitives.ReadUInt16BigEndian(udp[2..]), udp[Udp..].ToArray()));
        }

        return datagrams;
    }
}
