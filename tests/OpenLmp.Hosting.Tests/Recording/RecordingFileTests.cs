using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Recording;

/// <summary>What becomes of a recording, and of the node, when the disk does not do its part.</summary>
public sealed class RecordingFileTests : ILogger, IDisposable
{
    private readonly List<string> _log = [];
    private readonly ManualResetEventSlim _disk = new();

    public void Dispose() => _disk.Dispose();

    [Fact]
    public void A_disk_that_hangs_ends_the_recording_and_not_the_node()
    {
        using var file = new RecordingFile("FILE", new Disk(() => _disk.Wait()), this, TimeProvider.System);
        var output = new Silent();
        var node = file.Start(Configurations.A(), new NodeOptions(), output, new Instant(0));
        var origin = new DatagramOrigin(Configurations.At("10.255.0.2"), Configurations.At("10.255.0.1").Address, 0);
        var datagram = new byte[60_000];
        // Each is some 120 kB of recording; the node never waits, whether a turn is one datagram or many.
        for (var i = 0; node.Observer is not null; i++)
        {
            Assert.True(i < 2 * RecordingFile.MostWaiting / datagram.Length, "it never ends");
            // No more than the node looks at.
            node.Receive(new Instant(i * 1_000_000_000L), origin, datagram);
            file.HandOver();
        }

        Assert.Contains(_log, l => l.StartsWith("Error: the recording FILE has ended, what happens from now on is not in it: the disk is too slow", StringComparison.Ordinal));
        var opened = output.Opened!;
        node.TransportUp(new Instant(1), opened);
        file.HandOver();
        Assert.Equal(MessageType.Config, output.Last);
        Assert.Single(_log, l => l.StartsWith("Error", StringComparison.Ordinal));
        _disk.Set();
    }

    [Fact]
    public async Task A_full_disk_ends_the_recording()
    {
        using var file = new RecordingFile("FILE", new Disk(() => throw new IOException("No space left on device")), this, TimeProvider.System);
        var node = file.Start(Configurations.A(), new NodeOptions(), new Silent(), new Instant(0));
        await Eventually.TrueAsync(
            () =>
            {
                node.ReportStateFile(new Instant(0), null);
                file.HandOver();
                return node.Observer is null;
            },
            () => "the recording has ended");
        Assert.Contains(_log, l => l.Contains("No space left on device", StringComparison.Ordinal));
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Add($"{logLevel}: {formatter(state, exception)}");

    private sealed class Disk(Action write) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => write();
    }

    private sealed class Silent : INodeOutput
    {
        public ControlChannel? Opened { get; private set; }

        public MessageType Last { get; private set; }

        public void Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram) => Last = (MessageType)datagram[3];

        public void Open(ControlChannel channel) => Opened = channel;

        public void Close(ControlChannel channel)
        {
        }

        public void Tell(NodeEvent e)
        {
        }
    }
}
