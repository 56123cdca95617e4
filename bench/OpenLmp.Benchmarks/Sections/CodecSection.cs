using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>Bytes to values and back, beside moving the same bytes; and a node's whole turn for one Hello.</summary>
internal sealed class CodecSection() : Section("codec", "Codec")
{
    private readonly byte[] _buffer = new byte[CommonHeader.MaxMessageLength];

    public override Task<IReadOnlyList<Table>> RunAsync(Bench bench)
    {
        var table = new Table("message", "bytes", "decode, ns", "GB/s", "allocated, B", "encode, ns", "GB/s", "allocated, B", "memcpy, ns", "decode / memcpy");
        var hello = new Hello(HeaderFlags.None, 1, 5, 4);
        var helloBytes = new byte[Hello.EncodedLength];
        hello.Encode(helloBytes);
        Add("Hello", helloBytes, () => Hello.TryDecode(helloBytes, out _, out _), () => hello.Encode(_buffer));
        AddMessage("Config", Messages.Config(1, 17, new NodeId(0x0A000001)));
        AddMessage("LinkSummary, 16 data links", Messages.LinkSummary(9, 16));
        AddMessage("LinkSummary, 1,000 data links", Messages.LinkSummary(9, 1000));
        AddMessage("ChannelStatus, 32 data links", Messages.ChannelStatus(9, 32));

        var node = new Table("a node's turn: one Hello received, one sent", "ns", "allocated, B");
        foreach (var channels in (int[])[1, 1_000, 10_000])
        {
            var turn = new HelloTurn(channels);
            var cost = Cost.Of(bench, turn.Next);
            turn.Check();
            node.Add(channels == 1 ? "1 control channel" : $"{channels:#,0} control channels", cost.Nanoseconds, cost.Bytes);
        }

        return Task.FromResult<IReadOnlyList<Table>>([table, node]);

        void AddMessage(string name, LmpMessage message)
        {
            var bytes = message.Encode();
            Add(name, bytes, () => LmpMessage.TryDecode(bytes, out _, out _), () => Write(message));
        }

        void Add(string name, byte[] bytes, Action decode, Action encode)
        {
            var (d, e, copy) = (Cost.Of(bench, decode), Cost.Of(bench, encode), Cost.Of(bench, () => bytes.AsSpan().CopyTo(_buffer)));
            table.Add(name, bytes.Length, d.Nanoseconds, bytes.Length / d.Nanoseconds, d.Bytes, e.Nanoseconds, bytes.Length / e.Nanoseconds, e.Bytes, copy.Nanoseconds,
                d.Nanoseconds / copy.Nanoseconds);
        }
    }

    private void Write(LmpMessage message)
    {
        var writer = new LmpWriter(_buffer);
        message.Write(ref writer);
    }
}
