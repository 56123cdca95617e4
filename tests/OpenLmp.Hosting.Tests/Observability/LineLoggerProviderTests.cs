using System.Text;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting.Tests;

public class LineLoggerProviderTests
{
    [Fact]
    public void Every_entry_is_written_in_order_before_the_log_ends()
    {
        using var stream = new MemoryStream();
        using (var log = new LineLoggerProvider(new LogLine(systemd: true, color: false), stream, TimeProvider.System))
        {
            var logger = log.CreateLogger("lmpd");
            for (var i = 0; i < 5000; i++) Log(logger, $"entry {i} \U0001F517");
        }

        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"<4>lmpd[7] entry {i} \U0001F517"), Lines(stream));
    }

    [Fact]
    public async Task While_nobody_takes_them_entries_wait_up_to_a_bound_and_what_is_lost_is_told()
    {
        using var stream = new Held();
        using var log = new LineLoggerProvider(new LogLine(systemd: true, color: false), stream, TimeProvider.System, capacity: 10);
        var logger = log.CreateLogger("lmpd");
        Log(logger, "first");
        await stream.Writing.Task.WaitAsync(TimeSpan.FromMinutes(1));

        for (var i = 0; i < 25; i++) Log(logger, $"entry {i}");
        Assert.Equal(15, log.Lost);
        stream.Go.Set();
        log.Dispose();

        string[] expected = ["first", .. Enumerable.Range(0, 10).Select(i => $"entry {i}")];
        Assert.Equal([.. expected.Select(e => $"<4>lmpd[7] {e}"), "<4>lmpd[0] 15 entries of the log were lost: nobody took them in time"], Lines(stream));
    }

    [Fact]
    public void A_reader_that_went_away_does_not_end_the_log()
    {
        using var stream = new Broken();
        using (var log = new LineLoggerProvider(new LogLine(systemd: true, color: false), stream, TimeProvider.System))
        {
            var logger = log.CreateLogger("lmpd");
            Log(logger, "lost");
            Assert.True(SpinWait.SpinUntil(() => stream.Failed, TimeSpan.FromMinutes(1)));
            Log(logger, "kept");
        }

        Assert.Equal(["<4>lmpd[7] kept"], Lines(stream));
    }

    private static void Log(ILogger logger, string text) => logger.Log(LogLevel.Warning, new EventId(7), text, null, (state, _) => state);

    private static string[] Lines(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private sealed class Held : MemoryStream
    {
        public TaskCompletionSource Writing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Go { get; } = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Writing.TrySetResult();
            Go.Wait();
            base.Write(buffer);
        }
    }

    private sealed class Broken : MemoryStream
    {
        public volatile bool Failed;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Failed)
            {
                base.Write(buffer);
                return;
            }

            Failed = true;
            throw new IOException("broken pipe");
        }
    }
}
