using System.Diagnostics;

namespace OpenLmp.Benchmarks;

/// <summary><c>lmp decode</c> of a capture beside tcpdump and tshark, what they say thrown away.</summary>
internal sealed class DecodeSection() : Section("decode", "Decoding captures")
{
    // tshark -V takes minutes for all; its time for a part, less what it takes to start, is scaled.
    private const int PartForTshark = 10;

    public override async Task<IReadOnlyList<Table>> RunAsync(Bench bench)
    {
        var messages = bench.Quick ? 50_000 : 500_000;
        var (all, part, none) = (Path.Combine(bench.Scratch, "all.pcap"), Path.Combine(bench.Scratch, "part.pcap"), Path.Combine(bench.Scratch, "none.pcap"));
        CaptureGenerator.Write(all, messages);
        CaptureGenerator.Write(part, messages / PartForTshark);
        CaptureGenerator.Write(none, 0);
        var table = new Table("command", "messages/s", "µs a message", "CPU, µs a message", "to start, ms", "times tcpdump");
        var (tcpdump, tshark) = (Bench.Find("tcpdump", "tcpdump"), Bench.Find("tshark", "tshark"));
        Console.Error.WriteLine($"  {messages:#,0} messages, {new FileInfo(all).Length / 1e6:0} MB");

        await GroupAsync("", "-nn", "");
        await GroupAsync(" -v", "-nnv", "-V");
        return [table];

        async Task GroupAsync(string verbose, string tcpdumpOptions, string tsharkOptions)
        {
            double? peer = null;
            if (tcpdump is not null) peer = await RowAsync($"tcpdump -nn{verbose}", all, messages, null, f => [tcpdump, tcpdumpOptions, "-r", f]);
            foreach (var (name, directory) in bench.Builds)
                await RowAsync($"lmp decode{verbose} ({name})", all, messages, peer, f => [Path.Combine(directory, "lmp"), "decode", f, .. verbose.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            if (tshark is not null)
                await RowAsync($"tshark {tsharkOptions}".Trim(), part, messages / PartForTshark, peer, f => [tshark, "-n", "-r", f, .. tsharkOptions.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        }

        async Task<double> RowAsync(string name, string file, int count, double? peer, Func<string, IEnumerable<string>> command)
        {
            var (times, cpu, starts) = (new List<double>(), new List<double>(), new List<double>());
            for (var i = 0; i < bench.Runs; i++)
            {
                starts.Add(await TimeAsync(command(none)));
                var used = Child.EndedCpuSeconds();
                times.Add(await TimeAsync(command(file)));
                cpu.Add(Child.EndedCpuSeconds() - used);
            }

            // What it takes to start counts where the whole file is read at once, and would count tenfold where a part of it stands for it.
            var start = starts.Median();
            var seconds = file == part ? start + ((times.Median() - start) * PartForTshark) : times.Median();
            var rate = (file == part ? count * PartForTshark : count) / seconds;
            table.Add(name, (long)rate, 1e6 / rate, cpu.Median() * 1e6 / count, start * 1e3, rate / peer);
            return rate;
        }

        async Task<double> TimeAsync(IEnumerable<string> command)
        {
            var start = Stopwatch.GetTimestamp();
            await using var child = Child.Start("/dev/null", command);
            await child.WaitAsync(bench.Stopping);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
