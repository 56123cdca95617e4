// Whatever arrives: nothing throws, and what decodes says the same once it is sent again.
using OpenLmp.Wire.Tests.Vectors;

namespace OpenLmp.Wire.Tests;

public class RobustnessTests
{
    [Theory, MemberData(nameof(VectorNames.Messages), MemberType = typeof(VectorNames))]
    public void Truncated_at_every_length(string name)
    {
        var bytes = AllVectors.Message(name).Bytes;
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.False(LmpMessage.TryDecode(cut, out _, out var error));
            Assert.Equal(length < CommonHeader.Size ? DecodeErrorKind.TooShort : DecodeErrorKind.LengthMismatch, error.Kind);

            // Once more with an LMP Length that agrees: now the objects are cut.
            if (length < CommonHeader.Size) continue;
            (cut[4], cut[5]) = ((byte)(length >> 8), (byte)length);
            Check(cut);
        }
    }

    [Theory, MemberData(nameof(VectorNames.Messages), MemberType = typeof(VectorNames))]
    public void Every_byte_changed(string name)
    {
        var bytes = AllVectors.Message(name).Bytes;
        for (var i = 0; i < bytes.Length; i++)
        {
            var original = bytes[i];
            foreach (var value in new[] { 0x00, 0x01, 0x03, 0x04, 0x05, 0x7F, 0x80, 0xFE, 0xFF, original + 1, original - 1, original ^ 0x80, original + 4, original - 4 })
            {
                var mutated = (byte[])bytes.Clone();
                mutated[i] = (byte)value;
                Check(mutated);
            }
        }
    }

    [Fact]
    public void Random_bytes()
    {
        var random = new Random(4204);
        for (var i = 0; i < 100_000; i++)
        {
            var bytes = new byte[random.Next(0, 120)];
            random.NextBytes(bytes);
            Check(bytes);
            // With a header in order, so that the objects are reached.
            if (bytes.Length >= CommonHeader.Size) Check(WithHeader(bytes, (byte)random.Next(0, 40)));
        }
    }

    [Fact]
    public void Random_objects_that_frame()
    {
        var random = new Random(4207);
        var decoded = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var bytes = new List<byte>(new byte[CommonHeader.Size]);
            for (var n = random.Next(0, 6); n > 0; n--)
            {
                var length = random.Next(2) == 0 ? 8 : 4 * random.Next(1, 12);
                var body = new byte[length - ObjectHeader.Size];
                random.NextBytes(body);
                // Small numbers make plausible subobjects and lengths.
                if (random.Next(2) == 0)
                    for (var b = 0; b < body.Length; b++) body[b] &= 0x0C;
                bytes.AddRange([(byte)random.Next(0, 8), (byte)random.Next(0, 24), (byte)(length >> 8), (byte)length, .. body]);
            }

            // A type without a format takes any objects; the others want theirs.
            if (Check(WithHeader([.. bytes], random.Next(2) == 0 ? (byte)255 : (byte)random.Next(0, 40)))) decoded++;
        }

        Assert.InRange(decoded, 10_000, 99_999);
    }

    [Fact]
    public void Vectors_shuffled_and_changed()
    {
        var random = new Random(5818);
        var decoded = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var one = AllVectors.Messages[random.Next(AllVectors.Messages.Count)].Bytes;
            var other = AllVectors.Messages[random.Next(AllVectors.Messages.Count)].Bytes;
            byte[] bytes = [.. one, .. other.AsSpan(CommonHeader.Size)];
            for (var n = random.Next(0, 3); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (Check(WithHeader(bytes, bytes[3]))) decoded++;
        }

        Assert.InRange(decoded, 1_000, 49_999);
    }

    [Theory]
    [InlineData(0x00), InlineData(0x0F), InlineData(0xFF)]
    public void A_datagram_full_of_the_smallest_objects(byte type)
    {
        var bytes = new byte[CommonHeader.MaxMessageLength / 4 * 4];
        for (var i = CommonHeader.Size; i < bytes.Length; i += 4) (bytes[i], bytes[i + 1], bytes[i + 3]) = (0x7F, 0xFE, 4);
        WithHeader(bytes, type);
        var decoded = Check(bytes);
        Assert.Equal(type != 0x0F, decoded);
        if (decoded && LmpMessage.TryDecode(bytes, out var message, out _)) Assert.Equal((bytes.Length - CommonHeader.Size) / 4, message.Objects.Count);
    }

    [Fact]
    public void A_DATA_LINK_full_of_the_smallest_subobjects()
    {
        var bytes = new byte[65504];
        (bytes[8], bytes[9], bytes[10], bytes[11]) = (3, (byte)ObjectClass.DataLink, (65504 - 8) >> 8, (65504 - 8) & 0xFF);
        for (var i = 24; i < bytes.Length; i += 4) (bytes[i], bytes[i + 1]) = (5, 4);
        WithHeader(bytes, 255);
        Assert.True(Check(bytes));
        Assert.True(LmpMessage.TryDecode(bytes, out var message, out _));
        Assert.Equal((bytes.Length - 24) / 4, Assert.IsType<DataLinkObject>(Assert.Single(message.Objects)).Subobjects.Count);
    }

    [Fact]
    public void A_decoded_message_does_not_change_with_its_buffer()
    {
        foreach (var vector in AllVectors.Messages)
        {
            var bytes = (byte[])vector.Bytes.Clone();
            Assert.True(LmpMessage.TryDecode(bytes, out var message, out _));
            Array.Fill(bytes, (byte)0xA5); // the next datagram arrives
            Assert.Equal(vector.Value, message);
        }
    }

    private static byte[] WithHeader(byte[] bytes, byte type)
    {
        (bytes[0], bytes[3], bytes[4], bytes[5]) = (0x10, type, (byte)(bytes.Length >> 8), (byte)bytes.Length);
        return bytes;
    }

    /// <summary>Decodes; if that works, what is sent again decodes to the same, and describes itself. Walks in any case.</summary>
    private static bool Check(byte[] bytes)
    {
        var walker = new ObjectWalker(bytes);
        while (walker.MoveNext()) Assert.InRange(walker.Current.Offset + walker.Current.Header.Length, 0, bytes.Length);
        _ = Hello.TryDecode(bytes, out _, out _);

        if (!LmpMessage.TryDecode(bytes, out var message, out var error))
        {
            Assert.NotEqual(DecodeErrorKind.None, error.Kind);
            Assert.InRange(error.Offset, 0, bytes.Length);
            Assert.NotEqual("", error.ToString());
            return false;
        }

        Assert.Equal(default, error);
        var again = message.Encode();
        Assert.True(LmpMessage.TryDecode(again, out var second, out error), error.ToString());
        Assert.Equal(message, second);
        Assert.Equal(message.GetHashCode(), second.GetHashCode());
        Assert.Equal(again, second.Encode());
        foreach (var o in message.Objects) FieldText.Of(o);
        return true;
    }
}
