using System.Text.Json;
using OpenLmp.Cli.Decode;
using OpenLmp.Cli.Tests.Capture;

namespace OpenLmp.Fuzz;

/// <summary><c>lmp decode</c>: any file is shown as far as it can be read, as text and as JSON.</summary>
internal sealed class CaptureTarget : FuzzTarget
{
    private readonly MemoryStream _output = new();

    public override string Name => "capture";

    public override int MaxLength => 16 * 1024;

    public override IEnumerable<byte[]> Seeds()
    {
        foreach (var message in MessageSeeds.Messages) yield return PcapWriter.Of(1, Packets.Usual(message), Packets.Usual(Packets.Hello()));
        var udp = Packets.Udp(MessageSeeds.Messages.MaxBy(m => m.Length)!);
        var whole = Packets.IPv4(udp);
        foreach (var bigEndian in (bool[])[true, false])
        {
            yield return new PcapngWriter(bigEndian).Interface(tsResol: 9, tsOffset: 5).Interface(101).Enhanced(Packets.Ethernet(whole)).Simple(Packets.Ethernet(whole))
                .Enhanced(whole, 1).Obsolete(Packets.Ethernet(whole)).Other(4, [1, 2, 3, 4]).Bytes;
            yield return new PcapWriter(magic: 0xA1B23C4D, bigEndian: bigEndian).Packet(Packets.Ethernet(whole, 0x8100)).Bytes;
        }

        yield return PcapWriter.Of(113, Packets.Sll(whole), Packets.Sll(Packets.IPv6(udp)));
        yield return PcapWriter.Of(276, Packets.Sll2(whole));
        yield return PcapWriter.Of(0, Packets.Loopback(whole, 2, bigEndian: false));
        yield return PcapWriter.Of(1, Packets.Ethernet(Packets.IPv4(Packets.AuthenticationHeader(17, udp), 51)), Packets.Ethernet(Packets.IPv6(Packets.Extension(17, udp), 0)));
        yield return PcapWriter.Of(1, Packets.Ethernet(Packets.IPv4(udp[..16], id: 7, more: true)), Packets.Ethernet(Packets.IPv4(udp[16..32], id: 7, offset: 16, more: true)),
            Packets.Ethernet(Packets.IPv4(udp[32..], id: 7, offset: 32)));
        yield return PcapWriter.Of(1, Packets.Ethernet(Packets.IPv6(Packets.Fragment6(17, 9, 16, false, udp[16..]), 44)),
            Packets.Ethernet(Packets.IPv6(Packets.Fragment6(17, 9, 0, true, udp[..16]), 44)));
    }

    public override void Mutate(Random random, Draft draft, Func<byte[]> other)
    {
        for (var n = 1 + random.Next(1 << random.Next(4)); n > 0; n--) ByteMutations.Mutate(random, draft, other);
    }

    public override int Run(ReadOnlySpan<byte> input)
    {
        var file = input.ToArray();
        var text = Decode(file, new DecodeOptions(PortFilter.Default, Verbose: true));
        Require(!_output.GetBuffer().AsSpan(0, (int)_output.Length).Contains((byte)0x1B), "an escape character on the terminal");
        var json = Decode(file, new DecodeOptions(new PortFilter(null), Json: true));
        if (_output.Length > 0)
        {
            var lines = new Utf8JsonReader(_output.GetBuffer().AsSpan(0, (int)_output.Length), new JsonReaderOptions { AllowMultipleValues = true });
            while (lines.Read())
            {
            }
        }

        Require(text == 2 == (json == 2), "readable as text, unreadable as JSON, or the other way round");
        return 1;
    }

    private int Decode(byte[] file, DecodeOptions options)
    {
        _output.SetLength(0);
        using var errors = new StringWriter();
        var exit = DecodeRun.Execute(new MemoryStream(file), "fuzzed", options, _output, errors);
        Require(exit is 0 or 1 or 2 && errors.ToString().Length > 0, "no summary and no error");
        Require(_output.Length < 1000L * (file.Length + 100), $"too much is told: {_output.Length} bytes of {file.Length}");
        return exit;
    }
}
