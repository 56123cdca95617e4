using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>The log as the journal gets it.</summary>
public class JournalTests
{
    [Fact]
    public async Task Entries_say_what_they_are_about_in_fields()
    {
        using var journal = new DatagramListener();
        using var log = DaemonLog.Create(systemd: true, journal.Name);
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        left.Write(left.Read() + """
            te-links:
              - name: te1
                neighbor: oxc2
                local-id: 1
                data-links:
                  - {name: te1-1, local-id: 101, remote-id: 201, bandwidth: 10Gbps}

            """);
        await using var a = await StartAsync(left, log);
        var entry = await UntilAsync(journal, e => e.Has("LMP_LOG_ID", "1"));
        Assert.Equal("node oxc1 (10.0.0.1) starts; neighbours: 1, TE links: 1", entry.Only("MESSAGE"));
        Assert.Equal(("6", "lmpd", "3", "protocol"), (entry.Only("PRIORITY"), entry.Only("SYSLOG_IDENTIFIER"), entry.Only("SYSLOG_FACILITY"), entry.Only("LMP_LOG_CATEGORY")));

        await using var b = await StartAsync(right, null);
        entry = await UntilAsync(journal, e => e.Has("LMP_EVENT", "control-channel-state"));
        Assert.Equal(
            ("control channel oxc2/1 is Up", "6", "oxc1", "oxc2/1", "oxc2"),
            (entry.Only("MESSAGE"), entry.Only("PRIORITY"), entry.Only("LMP_NODE"), entry.Only("LMP_CONTROL_CHANNEL"), entry.Only("LMP_NEIGHBOR")));

        Assert.Equal(CommandStatus.Ok, (await a.InvokeAsync((node, now) => node.ReportSignal(now, ["te1-1"], SignalState.Fail))).Status);
        entry = await UntilAsync(journal, e => e.Has("LMP_ALARM_KIND", "signal-fail"));
        Assert.Equal(
            ("alarm", "te1-1", "te1-1", "te1", "oxc2", "raised"),
            (entry.Only("LMP_EVENT"), entry.Only("LMP_OBJECT"), entry.Only("LMP_DATA_LINK"), entry.Only("LMP_TE_LINK"), entry.Only("LMP_NEIGHBOR"), entry.Only("LMP_ALARM_STATE")));
        // RFC 5674: one more urgent than the same word of syslog.
        Assert.Equal(entry.Only("LMP_ALARM_SEVERITY") switch { "critical" => "1", "major" => "2", "minor" => "3", _ => "4" }, entry.Only("PRIORITY"));

        await b.StopAsync();
        entry = await UntilAsync(journal, e => e.Has("LMP_ALARM_KIND", "control-channel-down"));
        Assert.Equal(("oxc2/1", "oxc2"), (entry.Only("LMP_CONTROL_CHANNEL"), entry.Only("LMP_NEIGHBOR")));
    }

    [Theory]
    [InlineData(LogLevel.Debug, "7")]
    [InlineData(LogLevel.Information, "6")]
    [InlineData(LogLevel.Warning, "4")]
    [InlineData(LogLevel.Error, "3")]
    [InlineData(LogLevel.Critical, "2")]
    public async Task A_level_is_a_priority_and_lines_stay_lines(LogLevel level, string priority)
    {
        using var journal = new DatagramListener();
        using var log = DaemonLog.Create(systemd: true, journal.Name);
        log.Levels.Set(LogLevel.Debug, null);
        Log(log, "lmpd.state", level, "two\nlines", new InvalidOperationException("more"));
        var entry = Entry.Parse(await journal.ReceiveAsync());
        Assert.Equal(("two\nlines\nSystem.InvalidOperationException: more", priority, "state", "7"), (entry.Only("MESSAGE"), entry.Only("PRIORITY"), entry.Only("LMP_LOG_CATEGORY"), entry.Only("LMP_LOG_ID")));
    }

    [Fact]
    public async Task What_is_too_long_for_a_datagram_is_cut()
    {
        using var journal = new DatagramListener();
        using var log = DaemonLog.Create(systemd: true, journal.Name);
        var text = new string('€', 500_000);
        Log(log, "lmpd", LogLevel.Warning, text, null);
        var message = Entry.Parse(await journal.ReceiveAsync()).Only("MESSAGE");
        Assert.EndsWith("€…", message);
        Assert.InRange(Encoding.UTF8.GetByteCount(message), JournalEntry.LongestValue / 2, JournalEntry.LongestValue + 3);
    }

    [Fact]
    public async Task A_journal_that_takes_nothing_holds_nothing_up_and_is_told_what_it_missed()
    {
        using var journal = new DatagramListener();
        using var writer = JournalWriter.TryOpen(journal.Name, capacity: 8)!;
        var entry = new JournalEntry().Add("MESSAGE", new string('x', 1_000)).ToArray();
        // More than any queue takes.
        for (var i = 0; i < 20_000; i++) writer.Write(entry);
        Assert.True(writer.Lost > 0);
        var told = await UntilAsync(journal, e => e.Only("MESSAGE").EndsWith("entries of the log were lost: the journal did not take them in time", StringComparison.Ordinal));
        Assert.Equal(("4", "lmpd"), (told.Only("PRIORITY"), told.Only("SYSLOG_IDENTIFIER")));
    }

    [Fact]
    public async Task A_journal_that_begins_anew_is_found_again()
    {
        using var journal = new DatagramListener();
        using var writer = JournalWriter.TryOpen(journal.Name)!;
        journal.Reopen();
        writer.Write(new JournalEntry().Add("MESSAGE", "still there").ToArray());
        Assert.Equal("still there", Entry.Parse(await journal.ReceiveAsync()).Only("MESSAGE"));
    }

    [Fact]
    public void A_journal_that_takes_nothing_does_not_keep_the_daemon_from_stopping()
    {
        using var journal = new DatagramListener();
        var writer = JournalWriter.TryOpen(journal.Name)!;
        for (var i = 0; i < 5_000; i++) writer.Write(new JournalEntry().Add("MESSAGE", "x").ToArray());
        writer.Dispose();
        writer.Write([1]);
        Assert.True(writer.Lost > 0);
    }

    [Fact]
    public async Task Without_a_journal_the_console_has_to_do()
    {
        Assert.Null(JournalWriter.TryOpen("/nonexistent/socket"));
        // What the variable says has to be what standard error is.
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        using var elsewhere = new DaemonProcess(["env", "JOURNAL_STREAM=8:12345"], ["-c", left.Configuration]);
        await elsewhere.SaysAsync("info: lmpd.protocol[1] node oxc1");
    }

    [Fact]
    public void A_stream_is_told_by_its_device_and_inode()
    {
        using var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.DeleteOnClose);
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%d:%i", file.Name]) { RedirectStandardOutput = true })!;
        var expected = stat.StandardOutput.ReadToEnd().Trim();
        Assert.Equal(expected, JournalStream.Identify((int)file.SafeFileHandle.DangerousGetHandle()));
        Assert.Null(JournalStream.Identify(-2));
        Assert.False(JournalStream.IsStandardError(null));
        Assert.False(JournalStream.IsStandardError(expected));
        Assert.True(JournalStream.IsStandardError(JournalStream.Identify(2)));
    }

    private static void Log(DaemonLog log, string logger, LogLevel level, string text, Exception? e) =>
        log.Factory.CreateLogger(logger).Log(level, new EventId(7), text, e, (state, _) => state);

    private static async Task<Entry> UntilAsync(DatagramListener journal, Predicate<Entry> wanted)
    {
        while (true)
            if (Entry.Parse(await journal.ReceiveAsync()) is var entry && wanted(entry)) return entry;
    }

    private static Task<DaemonHost> StartAsync(DaemonFiles files, DaemonLog? log)
    {
        var options = new DaemonHostOptions { Configuration = ConfigurationReader.Load(files.Configuration).Configuration! };
        return DaemonHost.StartAsync(log is null ? options : options with { LoggerFactory = log.Factory, Log = log });
    }

    private sealed class Entry(ILookup<string, string> fields)
    {
        public static Entry Parse(byte[] datagram)
        {
            var fields = new List<(string Name, string Value)>();
            for (var rest = datagram.AsSpan(); rest.Length > 0;)
            {
                var end = rest.IndexOf((byte)'\n');
                var line = Encoding.UTF8.GetString(rest[..end]);
                rest = rest[(end + 1)..];
                if (line.Split('=', 2) is [var name, var value])
                {
                    fields.Add((name, value));
                    continue;
                }

                var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
                fields.Add((line, Encoding.UTF8.GetString(rest.Slice(sizeof(ulong), length))));
                Assert.Equal((byte)'\n', rest[sizeof(ulong) + length]);
                rest = rest[(sizeof(ulong) + length + 1)..];
            }

            Assert.All(fields, field => Assert.Matches("^[A-Z][A-Z0-9_]*$", field.Name));
            return new Entry(fields.ToLookup(field => field.Name, field => field.Value));
        }

        public string Only(string name) => Assert.Single(fields[name]);

        public bool Has(string name, string value) => fields[name].Contains(value);
    }
}
