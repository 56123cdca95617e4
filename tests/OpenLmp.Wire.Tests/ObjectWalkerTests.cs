// RFC 4204 §12.2: objects of messages that do not decode.
using OpenLmp.Wire.Tests.Vectors;

namespace OpenLmp.Wire.Tests;

public class ObjectWalkerTests
{
    [Theory, MemberData(nameof(VectorNames.Messages), MemberType = typeof(VectorNames))]
    public void Finds_every_object_where_it_is(string name)
    {
        var vector = AllVectors.Message(name);
        var walker = new ObjectWalker(vector.Bytes);
        var offset = CommonHeader.Size;
        foreach (var o in vector.Value.Objects)
        {
            Assert.True(walker.MoveNext());
            Assert.Equal(offset, walker.Current.Offset);
            Assert.Equal(new ObjectHeader(o.Negotiable, o.CType, o.Class, (ushort)o.Length), walker.Current.Header);
            Assert.Equal(vector.Bytes[(offset + ObjectHeader.Size)..(offset + o.Length)], walker.Current.Body.ToArray());
            offset += o.Length;
        }

        Assert.False(walker.MoveNext());
        Assert.False(walker.MoveNext());
        Assert.Equal(DecodeErrorKind.None, walker.Error.Kind);
        Assert.Equal(vector.Value.Objects.Count, ObjectWalker.Count(vector.Bytes));
    }

    [Theory, MemberData(nameof(VectorNames.Messages), MemberType = typeof(VectorNames))]
    public void Finds_the_Message_Id(string name)
    {
        var vector = AllVectors.Message(name);
        Assert.Equal(vector.Value.MessageId is not null, ObjectWalker.TryFindMessageId(vector.Bytes, out var id));
        Assert.Equal(vector.Value.MessageId ?? 0, id);
    }

    [Fact]
    public void Finds_the_Message_Id_of_a_LinkSummary_whose_DATA_LINK_is_malformed()
    {
        // Such a LinkSummary has to be answered with "Invalid DATA_LINK object", which names its Message_Id (RFC 4204 §12.6.3).
        var bytes = (byte[])AllVectors.Message("LinkSummary").Bytes.Clone();
        bytes[49] = 2; // Length of the first subobject
        Assert.False(LmpMessage.TryDecode(bytes, out _, out var error));
        Assert.Equal(ObjectClass.DataLink, error.Class);
        Assert.True(ObjectWalker.TryFindMessageId(bytes, out var id));
        Assert.Equal(48u, id);
    }

    [Fact]
    public void Stops_at_the_first_object_that_does_not_frame()
    {
        var bytes = Vector.Parse("10 00 00 0E 00 18 00 00  01 05 00 08 00 00 00 30  03 0B 00 03  01 05 00 08 00 00 00 31");
        var walker = new ObjectWalker(bytes);
        Assert.True(walker.MoveNext());
        Assert.False(walker.MoveNext());
        Assert.False(walker.MoveNext());
        Assert.Equal(new DecodeError(DecodeErrorKind.ObjectTooShort, 16, 3, ObjectClass.TeLink, 3), walker.Error);
    }

    [Fact]
    public void Does_not_look_at_the_common_header()
    {
        var bytes = Vector.Parse("FF FF FF FF FF FF FF FF  01 05 00 08 00 00 00 30");
        Assert.True(ObjectWalker.TryFindMessageId(bytes, out var id));
        Assert.Equal(48u, id);
    }

    [Theory]
    [InlineData(""), InlineData("10 00 00 0E 00 18 00")]
    public void Finds_nothing_where_there_is_no_common_header(string hex)
    {
        var bytes = Vector.Parse(hex);
        var walker = new ObjectWalker(bytes);
        Assert.False(walker.MoveNext());
        Assert.Equal(new DecodeError(DecodeErrorKind.TooShort, 0, (uint)bytes.Length), walker.Error);
        Assert.False(ObjectWalker.TryFindMessageId(bytes, out _));
    }

    [Theory]
    [InlineData("02 05 00 08 00 00 00 30", "an acknowledgement")]
    [InlineData("01 05 00 0C 00 00 00 30 00 00 00 00", "of the wrong length")]
    [InlineData("01 06 00 08 00 00 00 30", "another class")]
    public void Is_not_taken_in_by_what_is_no_MESSAGE_ID(string hex, string what)
    {
        Assert.False(ObjectWalker.TryFindMessageId([.. new byte[CommonHeader.Size], .. Vector.Parse(hex)], out var id), what);
        Assert.Equal(0u, id);
    }
}
