// RFC 4204 §12.4: the Hello that does not allocate says what the other says.
using OpenLmp.Wire.Tests.Vectors;

namespace OpenLmp.Wire.Tests;

public class HelloTests
{
    [Theory]
    [InlineData("Hello", 0, 5, 2, 1), InlineData("Hello: both flags", 3, 0xFFFFFFFE, 1, 0), InlineData("Hello: without LOCAL_CCID", 0, 0, 2, 1)]
    public void Decodes_the_vectors(string name, byte flags, uint ccId, uint tx, uint rcv)
    {
        Assert.True(Hello.TryDecode(AllVectors.Message(name).Bytes, out var hello, out var error), error.ToString());
        Assert.Equal(new Hello((HeaderFlags)flags, ccId, tx, rcv), hello);
    }

    [Theory]
    [InlineData("Hello", 0, 5, 2, 1), InlineData("Hello: both flags", 3, 0xFFFFFFFE, 1, 0)]
    public void Encodes_the_vectors_and_nothing_beyond(string name, byte flags, uint ccId, uint tx, uint rcv)
    {
        var buffer = Enumerable.Repeat((byte)0xA5, 40).ToArray();
        Assert.Equal(Hello.EncodedLength, new Hello((HeaderFlags)flags, ccId, tx, rcv).Encode(buffer));
        Assert.Equal(AllVectors.Message(name).Bytes, buffer[..Hello.EncodedLength]);
        Assert.All(buffer[Hello.EncodedLength..], b => Assert.Equal(0xA5, b));
    }

    [Fact]
    public void A_buffer_that_is_too_small_is_the_callers_mistake_and_stays_as_it_was()
    {
        var buffer = new byte[Hello.EncodedLength - 1];
        Assert.ThrowsAny<ArgumentException>(() => new Hello(HeaderFlags.None, 5, 2, 1).Encode(buffer));
        Assert.All(buffer, b => Assert.Equal(0, b));
    }

    [Fact]
    public void Takes_the_first_of_several_objects_in_any_order_and_passes_over_others()
    {
        var bytes = Vector.Parse(
            """
            10 00 00 04 00 44 00 00
            01 07 00 0C 00 00 00 02 00 00 00 01
            7F FE 00 08 01 02 03 04
            01 01 00 08 00 00 00 05
            01 07 00 0C 00 00 00 09 00 00 00 09
            01 01 00 08 00 00 00 09
            01 05 00 08 00 00 00 07
            02 01 00 04
            """);
        Assert.True(Hello.TryDecode(bytes, out var hello, out var error), error.ToString());
        Assert.Equal(new Hello(HeaderFlags.None, 5, 2, 1), hello);
    }

    [Fact]
    public void Agrees_with_the_message_on_every_byte_changed()
    {
        foreach (var vector in AllVectors.Messages.Where(v => v.Value is HelloMessage))
        {
            for (var i = 0; i < vector.Bytes.Length; i++)
            {
                for (var value = 0; value < 256; value++)
                {
                    var bytes = (byte[])vector.Bytes.Clone();
                    bytes[i] = (byte)value;
                    if (bytes[3] != (byte)MessageType.Hello) continue;
                    var asMessage = LmpMessage.TryDecode(bytes, out var message, out var messageError);
                    var asHello = Hello.TryDecode(bytes, out var hello, out var error);
                    // Only the message looks into objects that are not its own.
                    if (asMessage)
                    {
                        Assert.True(asHello, error.ToString());
                        var expected = (HelloMessage)message!;
                        Assert.Equal(new Hello(expected.Flags, expected.LocalCcid ?? 0, expected.Hello.TxSeqNum, expected.Hello.RcvSeqNum), hello);
                    }
                    else if ((messageError.Class, messageError.CType) is (0, 0) or (ObjectClass.Ccid, 1) or (ObjectClass.Hello, 1))
                    {
                        Assert.False(asHello);
                        Assert.Equal(messageError, error);
                    }
                }
            }
        }
    }

    [Fact]
    public void Neither_decoding_nor_encoding_allocates()
    {
        var bytes = AllVectors.Message("Hello").Bytes;
        var malformed = bytes[..20];
        var buffer = new byte[Hello.EncodedLength];
        var sum = 0u;
        long allocated = 0;
        for (var round = 0; round < 2; round++) // the first warms up
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
            {
                if (Hello.TryDecode(bytes, out var hello, out _)) sum += hello.TxSeqNum;
                if (!Hello.TryDecode(malformed, out _, out var error)) sum += (uint)error.Kind;
                new Hello(HeaderFlags.None, 5, sum, 1).Encode(buffer);
                if (ObjectWalker.TryFindMessageId(bytes, out var id)) sum += id;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.Equal(2 * 1000 * (2u + (uint)DecodeErrorKind.LengthMismatch), sum);
    }
}
