// RFC 4204 §12-13 and the extensions' objects
using OpenLmp.Wire;
using OpenLmp.Wire.Tests.Vectors;

namespace OpenLmp.Fuzz;

/// <summary>Any bytes decode or give an error with a place; what decodes is encoded to what decodes to an equal value.</summary>
internal sealed class DecoderTarget : FuzzTarget
{
    private readonly NoFields _sink = new();

    public override string Name => "decoder";

    public override int MaxLength => 256;

    public override IEnumerable<byte[]> Seeds() => MessageSeeds.All;

    public override void Mutate(Random random, Draft draft, Func<byte[]> other) => MessageMutations.Mutate(random, draft, other);

    public override int Run(ReadOnlySpan<byte> input)
    {
        foreach (var o in new ObjectWalker(input))
            Require(o.Offset + o.Header.Length <= input.Length && o.Body.Length == o.Header.Length - ObjectHeader.Size, "an object reaches beyond the message");

        var isHello = Hello.TryDecode(input, out var hello, out var helloError);
        if (!isHello) Check(helloError, input.Length);

        var decodes = Decode(input, out var message, out var error, out var allocated);
        // The first time some types are made ready, too.
        if (allocated > Allowed(input)) decodes = Decode(input, out message, out error, out allocated);
        Require(allocated <= Allowed(input), $"too much is allocated: {allocated} bytes for {input.Length}");
        if (!decodes)
        {
            Check(error, input.Length);
            return 1;
        }

        Require(error == default, "decoded, with an error");
        Require(isHello || message!.Type != MessageType.Hello, "one decoder of Hello takes what the other one refuses");
        // Encoding and decoding again takes twice as long as all the rest: the input says whether it is looked at so closely.
        if (input[^1] % 4 == 0) CheckAgain(message!);
        if (isHello && message is HelloMessage) Require(message.Find<HelloObject>() is { } o && o.TxSeqNum == hello.TxSeqNum && o.RcvSeqNum == hello.RcvSeqNum, "two Hellos from one");
        return 1;
    }

    // The smallest object has 4 bytes on the wire, a record and a place in a list here.
    private static long Allowed(ReadOnlySpan<byte> input) => 1024 + (40L * input.Length);

    private static bool Decode(ReadOnlySpan<byte> input, out LmpMessage? message, out DecodeError error, out long allocated)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var decodes = LmpMessage.TryDecode(input, out message, out error);
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return decodes;
    }

    private void CheckAgain(LmpMessage message)
    {
        var bytes = message.Encode();
        Require(bytes.Length == message.EncodedLength, "EncodedLength is not the encoded length");
        Require(LmpMessage.TryDecode(bytes, out var again, out var error), $"encoded to what does not decode: {error}");
        Require(message.Equals(again), "decodes to another value after it was encoded");
        Require(again!.Encode().AsSpan().SequenceEqual(bytes), "encodes to other bytes the second time");
        // Words take longer still.
        if (bytes[^1] % 16 != 0) return;
        _sink.Depth = 0;
        foreach (var o in message.Objects) o.Describe(_sink);
        Require(_sink.Depth == 0, "a group of fields is not closed");
    }

    private static void Check(in DecodeError error, int length)
    {
        Require(error.Kind != DecodeErrorKind.None, "refused without an error");
        Require(error.Offset >= 0 && error.Offset <= length, $"an error outside the message: byte {error.Offset} of {length}");
        Require(Enum.IsDefined(error.Kind), "an error of no kind");
    }

    private sealed class NoFields : IFieldSink
    {
        public int Depth { get; set; }

        public void Number(string name, ulong value, string? meaning = null) => Require(name.Length > 0, "a field without a name");

        public void Bandwidth(string name, float bytesPerSecond) => Require(name.Length > 0, "a field without a name");

        public void Text(string name, string value, string? meaning = null) => Require(value is not null, "a text that is null");

        public void Flag(string name, bool value, string? meaning = null) => Require(name.Length > 0, "a field without a name");

        public void Begin(string name) => Depth++;

        public void End() => Require(--Depth >= 0, "a group of fields ends that was not begun");
    }
}

/// <summary>The vectors as messages: those of objects and subobjects are put into one.</summary>
internal static class MessageSeeds
{
    public static IReadOnlyList<byte[]> Messages { get; } = [.. AllVectors.Messages.Select(v => v.Bytes)];

    public static IReadOnlyList<byte[]> All { get; } =
        [.. Messages, .. AllVectors.Objects.Select(v => Message(v.Bytes)), .. AllVectors.Subobjects.Select(v => Message(DataLink(v.Bytes)))];

    // Type 255 takes any objects.
    private static byte[] Message(byte[] o)
    {
        var length = CommonHeader.Size + o.Length;
        return [0x10, 0, 0, 255, (byte)(length >> 8), (byte)length, 0, 0, .. o];
    }

    // C-Type 3: unnumbered ids.
    private static byte[] DataLink(byte[] subobject)
    {
        var length = 16 + subobject.Length;
        return [3, (byte)ObjectClass.DataLink, (byte)(length >> 8), (byte)length, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, .. subobject];
    }
}
