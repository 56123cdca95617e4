// RFC 4204 §12.1, §12.2, §13.12.1; RFC 4207 §4.1.1.1: what is wrong, where, and the offending value.
using OpenLmp.Wire.Tests.Vectors;

namespace OpenLmp.Wire.Tests;

public class DecodeErrorTests
{
    private static readonly (string Name, string Hex, DecodeError Error, string Words)[] Cases =
    [
        ("an empty datagram", "", new(DecodeErrorKind.TooShort, 0, 0), "0 bytes are too few for the 8-byte common header"),
        ("7 bytes", "10 00 00 04 00 07 00", new(DecodeErrorKind.TooShort, 0, 7), "7 bytes are too few for the 8-byte common header"),
        ("version 0", "00 00 00 04 00 08 00 00", new(DecodeErrorKind.BadVersion, 0, 0), "version 0, expected 1"),
        ("version 15", "F0 00 00 04 00 08 00 00", new(DecodeErrorKind.BadVersion, 0, 15), "version 15, expected 1"),
        ("LMP Length too large", "10 00 00 0F 00 11 00 00 02 05 00 08 00 00 00 01", new(DecodeErrorKind.LengthMismatch, 4, 17),
            "LMP Length 17 differs from the length of the datagram"),
        ("LMP Length too small", "10 00 00 0F 00 0F 00 00 02 05 00 08 00 00 00 01", new(DecodeErrorKind.LengthMismatch, 4, 15),
            "LMP Length 15 differs from the length of the datagram"),
        ("LMP Length 0", "10 00 00 0F 00 00 00 00", new(DecodeErrorKind.LengthMismatch, 4, 0), "LMP Length 0 differs from the length of the datagram"),

        ("object Length 3", "10 00 00 0F 00 14 00 00 02 05 00 08 00 00 00 01 02 05 00 03",
            new(DecodeErrorKind.ObjectTooShort, 16, 3, ObjectClass.MessageId, 2), "object MESSAGE_ID_ACK at byte 16: Length 3 is below the 4 bytes of its header"),
        ("object Length 0", "10 00 00 0F 00 0C 00 00 7F FE 00 00",
            new(DecodeErrorKind.ObjectTooShort, 8, 0, (ObjectClass)254, 127), "object CLASS_254 C-Type 127 at byte 8: Length 0 is below the 4 bytes of its header"),
        ("object beyond the end", "10 00 00 0F 00 10 00 00 02 05 00 09 00 00 00 01",
            new(DecodeErrorKind.ObjectOverrun, 8, 9, ObjectClass.MessageId, 2), "object MESSAGE_ID_ACK at byte 8: Length 9 reaches beyond the end of the message"),
        ("three bytes where an object could be", "10 00 00 0F 00 13 00 00 02 05 00 08 00 00 00 01 02 05 00",
            new(DecodeErrorKind.ObjectOverrun, 16, 3), "object at byte 16: Length 3 reaches beyond the end of the message"),

        ("MESSAGE_ID_ACK too long", "10 00 00 0F 00 14 00 00 02 05 00 0C 00 00 00 01 00 00 00 00",
            new(DecodeErrorKind.ObjectLength, 8, 12, ObjectClass.MessageId, 2), "object MESSAGE_ID_ACK at byte 8: Length 12 does not fit this object"),
        ("MESSAGE_ID_ACK too short", "10 00 00 0F 00 0E 00 00 02 05 00 06 00 00",
            new(DecodeErrorKind.ObjectLength, 8, 6, ObjectClass.MessageId, 2), "object MESSAGE_ID_ACK at byte 8: Length 6 does not fit this object"),
        ("BehaviorConfig without flags", "10 00 00 01 00 0C 00 00 83 06 00 04",
            new(DecodeErrorKind.ObjectLength, 8, 4, ObjectClass.Config, 3), "object BehaviorConfig at byte 8: Length 4 does not fit this object"),
        ("BehaviorConfig not 32-bit aligned", "10 00 00 01 00 12 00 00 83 06 00 0A E0 00 00 00 00 00",
            new(DecodeErrorKind.ObjectLength, 8, 10, ObjectClass.Config, 3), "object BehaviorConfig at byte 8: Length 10 does not fit this object"),
        ("half a CHANNEL_STATUS entry", "10 00 00 11 00 10 00 00 03 0D 00 08 00 00 00 01",
            new(DecodeErrorKind.ObjectLength, 8, 8, ObjectClass.ChannelStatus, 3), "object Unnumbered CHANNEL_STATUS at byte 8: Length 8 does not fit this object"),
        ("half an IPv6 CHANNEL_STATUS_REQUEST entry", "10 00 00 13 00 14 00 00 02 0E 00 0C 00 00 00 01 00 00 00 00",
            new(DecodeErrorKind.ObjectLength, 8, 12, ObjectClass.ChannelStatusRequest, 2), "object IPv6 CHANNEL_STATUS_REQUEST at byte 8: Length 12 does not fit this object"),
        ("DATA_LINK without ids", "10 00 00 0E 00 10 00 00 03 0C 00 08 01 00 00 00",
            new(DecodeErrorKind.ObjectLength, 8, 8, ObjectClass.DataLink, 3), "object Unnumbered DATA_LINK at byte 8: Length 8 does not fit this object"),
        ("TRACE with 4 bytes of padding", "10 00 00 1B 00 18 00 00 01 15 00 10 00 01 00 04 6F 78 63 31 00 00 00 00",
            new(DecodeErrorKind.ObjectLength, 8, 16, ObjectClass.Trace, 1), "object TRACE at byte 8: Length 16 does not fit this object"),

        ("subobject Length 2", DataLink("05 02 0D 00"), new(DecodeErrorKind.SubobjectLength, 24, 2, ObjectClass.DataLink, 3),
            "subobject of Unnumbered DATA_LINK at byte 24: bad Length 2"),
        ("subobject Length 0", DataLink("05 04 0D 00  05 00 00 00"), new(DecodeErrorKind.SubobjectLength, 28, 0, ObjectClass.DataLink, 3),
            "subobject of Unnumbered DATA_LINK at byte 28: bad Length 0"),
        ("subobject Length of another Type", DataLink("01 08 96 08 00 00 00 00"), new(DecodeErrorKind.SubobjectLength, 24, 8, ObjectClass.DataLink, 3),
            "subobject of Unnumbered DATA_LINK at byte 24: bad Length 8"),
        ("BER Estimate of 8 bytes", DataLink("05 08 0D 00 00 00 00 00"), new(DecodeErrorKind.SubobjectLength, 24, 8, ObjectClass.DataLink, 3),
            "subobject of Unnumbered DATA_LINK at byte 24: bad Length 8"),
        ("SRLG Length 10", DataLink("04 0A 00 00 00 00 00 01 00 00 00 00"), new(DecodeErrorKind.SubobjectLength, 24, 10, ObjectClass.DataLink, 3),
            "subobject of Unnumbered DATA_LINK at byte 24: bad Length 10"),
        ("unknown subobject Length 5", DataLink("FA 05 01 02 03 00 00 00"), new(DecodeErrorKind.SubobjectLength, 24, 5, ObjectClass.DataLink, 3),
            "subobject of Unnumbered DATA_LINK at byte 24: bad Length 5"),
        ("Data Channel Status Length 3", DataLink("09 03 00 00"), new(DecodeErrorKind.SubobjectLength, 24, 3, ObjectClass.DataLink, 3),
            "subobject of Unnumbered DATA_LINK at byte 24: bad Length 3"),
        ("subobject beyond the end", DataLink("05 04 0D 00  02 0C 00 00 00 00 00 00"), new(DecodeErrorKind.SubobjectOverrun, 28, 12, ObjectClass.DataLink, 3),
            "subobject of Unnumbered DATA_LINK at byte 28: Length 12 reaches beyond the end of its object"),
        ("padding beyond the end", DataLink("09 05 00 01 AA"), new(DecodeErrorKind.SubobjectOverrun, 24, 5, ObjectClass.DataLink, 3),
            "subobject of Unnumbered DATA_LINK at byte 24: Length 5 reaches beyond the end of its object"),
        ("one byte where a subobject could be", DataLink("05 04 0D 00 05"), new(DecodeErrorKind.SubobjectOverrun, 28, 1, ObjectClass.DataLink, 3),
            "subobject of Unnumbered DATA_LINK at byte 28: Length 1 reaches beyond the end of its object"),

        ("no MESSAGE_ID_ACK", "10 00 00 0F 00 08 00 00", new(DecodeErrorKind.MissingObject, 8, 0, ObjectClass.MessageId, 2), "object MESSAGE_ID_ACK is missing"),
        ("no TE_LINK", "10 00 00 0E 00 10 00 00 01 05 00 08 00 00 00 01", new(DecodeErrorKind.MissingObject, 16, 0, ObjectClass.TeLink), "object TE_LINK is missing"),
        ("two MESSAGE_IDs", "10 00 00 0F 00 18 00 00 01 05 00 08 00 00 00 01 02 05 00 08 00 00 00 01",
            new(DecodeErrorKind.DuplicateMessageId, 16, 0, ObjectClass.MessageId, 2), "a second MESSAGE_ID_ACK object at byte 16"),
        ("Trace Length beyond the object", "10 00 00 1B 00 1C 00 00 02 05 00 08 00 00 00 01 01 15 00 0C 00 01 00 05 6F 78 63 31",
            new(DecodeErrorKind.TraceLength, 16, 5, ObjectClass.Trace, 1), "object TRACE at byte 16: Trace Length 5 is larger than the object"),
    ];

    public static TheoryData<string> CaseNames => [.. Cases.Select(c => c.Name)];

    [Theory, MemberData(nameof(CaseNames))]
    [Requirement("4204-13.12.1-1"), Requirement("4209-2.3-1"), Requirement("6898-3.1-2"), Requirement("5818-5.2-1")]
    public void Error_names_the_place_and_the_value(string name)
    {
        var (_, hex, expected, words) = Cases.Single(c => c.Name == name);
        Assert.False(LmpMessage.TryDecode(Vector.Parse(hex), out var message, out var error));
        Assert.Null(message);
        Assert.Equal(expected, error);
        Assert.Equal(words, error.ToString());
    }

    [Fact]
    public void Every_kind_of_error_has_a_case()
    {
        var kinds = Cases.Select(c => c.Error.Kind).Append(DecodeErrorKind.None).Distinct().Order();
        Assert.Equal(Enum.GetValues<DecodeErrorKind>(), kinds);
        Assert.Equal("no error", default(DecodeError).ToString());
    }

    [Fact]
    public void The_first_error_is_the_one_reported()
    {
        // A bad subobject at 24, an object that does not frame behind it.
        var bytes = Vector.Parse("10 00 00 0E 00 20 00 00  03 0C 00 14 01 00 00 00 00 00 00 65 00 00 00 C9 05 00 0D 00  7F 7F 00 00");
        Assert.False(LmpMessage.TryDecode(bytes, out _, out var error));
        Assert.Equal(new DecodeError(DecodeErrorKind.SubobjectLength, 24, 0, ObjectClass.DataLink, 3), error);
    }

    // A LinkSummary with an unnumbered DATA_LINK at byte 8, its subobjects from byte 24.
    private static string DataLink(string subobjects)
    {
        var length = Vector.Parse(subobjects).Length;
        return $"10 00 00 0E {24 + length:X4} 00 00  03 0C {16 + length:X4} 01 00 00 00 00 00 00 65 00 00 00 C9  {subobjects}";
    }
}
