using BenchmarkDotNet.Attributes;
using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>Decode and encode, per message.</summary>
public class CodecBenchmarks
{
    private readonly byte[] _buffer = new byte[CommonHeader.MaxMessageLength];
    private readonly Hello _hello = new(HeaderFlags.None, 1, 5, 4);
    private readonly ConfigAckMessage _configAck = new(11, new NodeId(0x0A000002), 1, 17, new NodeId(0x0A000001));
    private readonly LinkSummaryMessage _linkSummary = LinkSummary(1000);
    private byte[] _helloBytes = [];
    private byte[] _configAckBytes = [];
    private byte[] _linkSummaryBytes = [];

    [GlobalSetup]
    public void Setup()
    {
        _helloBytes = new byte[Hello.EncodedLength];
        _hello.Encode(_helloBytes);
        _configAckBytes = _configAck.Encode();
        _linkSummaryBytes = _linkSummary.Encode();
    }

    [Benchmark]
    public uint DecodeHello() => Hello.TryDecode(_helloBytes, out var hello, out _) ? hello.TxSeqNum : 0;

    [Benchmark]
    public int EncodeHello() => _hello.Encode(_buffer);

    [Benchmark]
    public bool DecodeConfigAck() => LmpMessage.TryDecode(_configAckBytes, out _, out _);

    [Benchmark]
    public int EncodeConfigAck() => Encode(_configAck);

    [Benchmark]
    public bool DecodeLinkSummary1000() => LmpMessage.TryDecode(_linkSummaryBytes, out _, out _);

    [Benchmark]
    public int EncodeLinkSummary1000() => Encode(_linkSummary);

    [Benchmark]
    public void CopyLinkSummary1000() => _linkSummaryBytes.AsSpan().CopyTo(_buffer);

    private static LinkSummaryMessage LinkSummary(int links) => new(9,
        new TeLinkObject(TeLinkFlags.FaultManagement, Identifier.Unnumbered(1), Identifier.Unnumbered(2)),
        [.. Enumerable.Range(1, links).Select(i => new DataLinkObject(DataLinkFlags.Port, Identifier.Unnumbered((uint)i), Identifier.Unnumbered((uint)(i + 10_000)),
            [new InterfaceSwitchingType(SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, 1.25e9f)]))]);

    private int Encode(LmpMessage message)
    {
        var writer = new LmpWriter(_buffer);
        message.Write(ref writer);
        return writer.Written;
    }
}
