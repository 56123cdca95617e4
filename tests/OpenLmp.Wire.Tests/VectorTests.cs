using OpenLmp.Wire.Tests.Vectors;

namespace OpenLmp.Wire.Tests;

/// <summary>Every vector both ways: its bytes decode to its value, its value encodes to its bytes.</summary>
public class VectorTests
{
    // What a buffer holds before: an encoder that skips a byte shows.
    private const byte Dirt = 0xA5;

    [Theory, MemberData(nameof(VectorNames.Messages), MemberType = typeof(VectorNames))]
    public void Message_decodes(string name)
    {
        var vector = AllVectors.Message(name);
        Assert.True(LmpMessage.TryDecode(vector.Bytes, out var message, out var error), error.ToString());
        Assert.Equal(vector.Value, message);
        Assert.Equal(default, error);
        Assert.Equal(vector.Name.Split(':')[0], message.Name);
        Assert.Equal(vector.Bytes[3], (byte)message.Type);
    }

    [Theory, MemberData(nameof(VectorNames.Messages), MemberType = typeof(VectorNames))]
    public void Message_encodes(string name)
    {
        var vector = AllVectors.Message(name);
        Span<byte> buffer = new byte[vector.Bytes.Length + 16];
        buffer.Fill(Dirt);
        var writer = new LmpWriter(buffer);
        vector.Value.Write(ref writer);
        Assert.False(writer.Overflowed);
        Assert.Equal(vector.Bytes, buffer[..writer.Written].ToArray());
        Assert.False(buffer[writer.Written..].ContainsAnyExcept(Dirt));
        Assert.Equal(vector.Bytes, vector.Value.Encode());
        Assert.Equal(vector.Bytes.Length, vector.Value.EncodedLength);
    }

    [Theory, MemberData(nameof(VectorNames.Messages), MemberType = typeof(VectorNames))]
    public void Message_that_does_not_fit_its_buffer_overflows_it_by_nothing(string name)
    {
        var vector = AllVectors.Message(name);
        for (var room = 0; room < vector.Bytes.Length; room++)
        {
            Span<byte> buffer = new byte[vector.Bytes.Length];
            buffer.Fill(Dirt);
            var writer = new LmpWriter(buffer[..room]);
            vector.Value.Write(ref writer);
            Assert.True(writer.Overflowed);
            Assert.False(buffer[room..].ContainsAnyExcept(Dirt));
        }
    }

    [Theory, MemberData(nameof(VectorNames.Objects), MemberType = typeof(VectorNames))]
    public void Object_decodes_and_describes_itself(string name)
    {
        var vector = AllVectors.Object(name);
        var o = Read(vector.Bytes);
        Assert.Equal(vector.Value, o);
        Assert.Equal(vector.Name.Split(':')[0], o.Name);
        Assert.Equal(vector.Described, FieldText.Of(o));
    }

    [Theory, MemberData(nameof(VectorNames.Objects), MemberType = typeof(VectorNames))]
    public void Object_encodes(string name)
    {
        var vector = AllVectors.Object(name);
        Assert.Equal(vector.Bytes, Write(vector.Value));
        Assert.Equal(vector.Bytes.Length, vector.Value.Length);
    }

    [Theory, MemberData(nameof(VectorNames.Objects), MemberType = typeof(VectorNames))]
    public void Object_keeps_its_N_bit_either_way(string name)
    {
        var vector = AllVectors.Object(name);
        foreach (var negotiable in new[] { false, true })
        {
            var bytes = (byte[])vector.Bytes.Clone();
            bytes[0] = (byte)((bytes[0] & 0x7F) | (negotiable ? 0x80 : 0));
            var o = Read(bytes);
            Assert.Equal(vector.Value with { Negotiable = negotiable }, o);
            Assert.Equal(bytes, Write(o));
        }
    }

    [Theory, MemberData(nameof(VectorNames.Subobjects), MemberType = typeof(VectorNames))]
    public void Subobject_decodes_and_describes_itself(string name)
    {
        var vector = AllVectors.Subobject(name);
        var reader = new LmpReader(vector.Bytes);
        var o = DataLinkSubobject.Read(default, ref reader);
        Assert.False(reader.Failed, reader.Error.ToString());
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(vector.Value, o);
        Assert.Equal(vector.Name.Split(':')[0], o.Name);
        Assert.Equal(vector.Described, FieldText.Of(o));
    }

    [Theory, MemberData(nameof(VectorNames.Subobjects), MemberType = typeof(VectorNames))]
    public void Subobject_encodes(string name)
    {
        var vector = AllVectors.Subobject(name);
        var buffer = new byte[vector.Bytes.Length];
        Array.Fill(buffer, Dirt);
        var writer = new LmpWriter(buffer);
        vector.Value.Write(ref writer);
        Assert.False(writer.Overflowed);
        Assert.Equal(vector.Bytes, buffer);
        Assert.Equal(vector.Bytes[1], vector.Value.Length);
        Assert.Equal(vector.Bytes.Length, vector.Value.PaddedLength);
    }

    [Fact]
    public void Values_that_differ_in_one_field_are_not_equal()
    {
        // Vectors compare values: a comparison that always says yes would make all of them pass.
        var values = AllVectors.Messages.Select(v => v.Value).ToList();
        Assert.Equal(values.Count, values.Distinct().Count());
        var objects = AllVectors.Objects.Select(v => v.Value).ToList();
        Assert.Equal(objects.Count, objects.Distinct().Count());
        var subobjects = AllVectors.Subobjects.Select(v => v.Value).ToList();
        Assert.Equal(subobjects.Count, subobjects.Distinct().Count());
    }

    private static LmpObject Read(byte[] bytes)
    {
        var reader = new LmpReader(bytes);
        var o = ObjectDecoder.Read(ref reader);
        Assert.False(reader.Failed, reader.Error.ToString());
        Assert.Equal(0, reader.Remaining);
        return o;
    }

    private static byte[] Write(LmpObject o)
    {
        var buffer = new byte[o.Length];
        Array.Fill(buffer, Dirt);
        var writer = new LmpWriter(buffer);
        o.Write(ref writer);
        Assert.False(writer.Overflowed);
        Assert.Equal(buffer.Length, writer.Written);
        return buffer;
    }
}
