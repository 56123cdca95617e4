using System.Text;

namespace OpenLmp.Hosting.Tests;

/// <summary>Vectors written by hand from strongSwan's description of the protocol, used both ways.</summary>
public class ViciCodecTests
{
    // The example of strongSwan's README: key1 = value1, section1 { sub-section { key2 = value2 }, list1 = [ item1, item2 ] }.
    private static readonly byte[] Example =
    [
        3, 4, .. "key1"u8, 0, 6, .. "value1"u8,
        1, 8, .. "section1"u8,
        1, 11, .. "sub-section"u8,
        3, 4, .. "key2"u8, 0, 6, .. "value2"u8,
        2,
        4, 5, .. "list1"u8, 5, 0, 5, .. "item1"u8, 5, 0, 5, .. "item2"u8, 6,
        2,
    ];

    [Fact]
    public void The_example_is_read()
    {
        var message = ViciCodec.Decode(Example);

        Assert.Equal("value1", message["key1"]);
        Assert.Equal("value2", message.Section("section1")!.Section("sub-section")!["key2"]);
        Assert.Equal(["item1", "item2"], message.Section("section1")!.List("list1"));
        Assert.Equal("section1", Assert.Single(message.Sections).Name);
        Assert.Null(message["section1"]);
        Assert.Null(message["key2"]);
        Assert.Empty(message.List("key1"));
    }

    [Fact]
    public void The_example_is_written()
    {
        var message = new ViciSection
        {
            { "key1", "value1" },
            { "section1", new ViciSection { { "sub-section", new ViciSection { { "key2", "value2" } } }, { "list1", ["item1", "item2"] } } },
        };
        byte[] expected = [0, 0, 0, (byte)(5 + Example.Length), 0, 3, .. "abc"u8, .. Example];

        Assert.Equal(expected, ViciCodec.Encode(ViciPacket.CommandRequest, "abc", message));
    }

    [Fact]
    public void An_event_is_registered_by_its_name_alone() =>
        Assert.Equal([0, 0, 0, 11, 3, 9, .. "ike-rekey"u8], ViciCodec.Encode(ViciPacket.EventRegister, "ike-rekey"));

    [Fact]
    public void Values_have_up_to_65535_bytes_of_any_kind()
    {
        var value = new byte[65_535];
        Random.Shared.NextBytes(value);
        var packet = ViciCodec.Encode(ViciPacket.Event, "e", new ViciSection { { "k", value } });

        var (key, found) = Assert.Single(ViciCodec.Decode(packet.AsSpan(7)));
        Assert.Equal("k", key);
        Assert.Equal(value, (byte[])found);
        Assert.Throws<ViciException>(() => ViciCodec.Encode(ViciPacket.Event, "e", new ViciSection { { "k", new byte[65_536] } }));
        Assert.Throws<ViciException>(() => ViciCodec.Encode(ViciPacket.Event, new string('e', 256)));
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 7 })]
    [InlineData(new byte[] { 2 })]                                  // the end of a section that did not begin
    [InlineData(new byte[] { 1, 1, 65 })]                           // a section without an end
    [InlineData(new byte[] { 3, 1, 65, 0, 2, 66 })]                 // a value that is cut off
    [InlineData(new byte[] { 3, 1, 65, 0 })]
    [InlineData(new byte[] { 3, 5, 65 })]
    [InlineData(new byte[] { 4, 1, 65 })]                           // a list without an end
    [InlineData(new byte[] { 4, 1, 65, 3, 1, 65, 0, 0, 6 })]        // a key in a list
    [InlineData(new byte[] { 5, 0, 1, 65 })]                        // an item outside
    [InlineData(new byte[] { 6 })]
    public void Rubbish_is_refused(byte[] bytes) => Assert.Throws<ViciException>(() => ViciCodec.Decode(bytes));

    [Fact]
    public void Sections_without_end_are_refused_before_they_are_too_deep() =>
        Assert.Throws<ViciException>(() => ViciCodec.Decode(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("\u0001\u0001a", 100_000)))));

    [Fact]
    public void No_change_of_the_example_does_more_than_be_refused()
    {
        var random = new Random(4204);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Example[..random.Next(Example.Length + 1)];
            for (var changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotNull(ViciCodec.Decode(bytes));
            }
            catch (ViciException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }
}
