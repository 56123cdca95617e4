// RFC 2741 §6
namespace OpenLmp.Snmp.Tests;

/// <summary>Octets and value side by side, written by hand from RFC 2741, used both ways.</summary>
public class PduTests
{
    private static readonly ObjectIdentifier Lmp = ObjectIdentifier.Parse("1.3.6.1.2.1.10.227");

    // Version 1, type, flags (NETWORK_BYTE_ORDER), reserved; session 7, transaction 8, packet 9; length.
    private static string Header(string type, string length) => $"01 {type} 10 00  00000007 00000008 00000009  {length}";

    // 1.3.6.1.2.1.10.227: three sub-identifiers after the prefix 2 (RFC 2741 §5.1).
    private const string LmpOid = "03 02 00 00  00000001 0000000a 000000e3";
    private const string NullOid = "00 00 00 00";

    public static TheoryData<AgentXPdu, string> Vectors => new()
    {
        { new OpenPdu(5, default, "lmpd"), Header("01", "00000010") + "05 000000" + NullOid + "00000004 6c6d7064" },
        { new OpenPdu(0, Lmp, "lmpd 1"), Header("01", "00000020") + "00 000000" + LmpOid + "00000006 6c6d70642031 0000" },
        { new ClosePdu(CloseReason.Shutdown), Header("02", "00000004") + "05 000000" },
        { new RegisterPdu(127, Lmp), Header("03", "00000014") + "00 7f 00 00" + LmpOid },
        { new GetPdu([Lmp]), Header("05", "00000014") + LmpOid + NullOid },
        { new GetNextPdu([new SearchRange(Lmp, true, default)]), Header("06", "00000014") + "03 02 01 00  00000001 0000000a 000000e3" + NullOid },
        {
            // Without the prefix: 1.3.6.1 alone, and what has another beginning.
            new GetNextPdu([new SearchRange(ObjectIdentifier.Of(1, 3, 6, 1), false, ObjectIdentifier.Of(2, 5))]),
            Header("06", "00000020") + "04 00 00 00 00000001 00000003 00000006 00000001" + "02 00 00 00 00000002 00000005"
        },
        { new GetBulkPdu(1, 10, [new SearchRange(Lmp, false, default)]), Header("07", "00000018") + "0001 000a" + LmpOid + NullOid },
        { new TestSetPdu([new VarBind(Lmp, SnmpValue.Integer(-1))]), Header("08", "00000018") + "0002 0000" + LmpOid + "ffffffff" },
        { new PlainPdu(PduType.CommitSet), Header("09", "00000000") },
        { new PlainPdu(PduType.Ping), Header("0d", "00000000") },
        { new NotifyPdu([new VarBind(Lmp, SnmpValue.Oid(Lmp))]), Header("0c", "00000024") + "0006 0000" + LmpOid + LmpOid },
        { new AddAgentCapsPdu(Lmp, "r/o"), Header("10", "00000018") + LmpOid + "00000003 722f6f 00" },
        { new ResponsePdu(123, AgentXError.DuplicateRegistration, 2, []), Header("12", "00000008") + "0000007b 0107 0002" },
        {
            new ResponsePdu(0, AgentXError.NoError, 0,
            [
                new VarBind(Lmp, SnmpValue.String(1, 2, 3, 4, 5)), new VarBind(Lmp, SnmpValue.Counter(-1)), new VarBind(Lmp, SnmpValue.Unsigned(3_000_000_000)),
                new VarBind(Lmp, SnmpValue.Ticks(1)), new VarBind(Lmp, SnmpValue.NoSuchInstance), new VarBind(Lmp, SnmpValue.EndOfMibView),
                new VarBind(Lmp, new SnmpValue { Type = SnmpType.Counter64, Number = 0x0102030405060708 }), new VarBind(Lmp, new SnmpValue { Type = SnmpType.Null }),
            ]),
            Header("12", "000000c8") + "00000000 0000 0000" + "0004 0000" + LmpOid + "00000005 0102030405 000000" + "0041 0000" + LmpOid + "ffffffff"
                + "0042 0000" + LmpOid + "b2d05e00" + "0043 0000" + LmpOid + "00000001" + "0081 0000" + LmpOid + "0082 0000" + LmpOid
                + "0046 0000" + LmpOid + "01020304 05060708" + "0005 0000" + LmpOid
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_is_what_the_value_encodes_to_and_the_value_what_it_decodes_to(AgentXPdu value, string hex)
    {
        value = value with { SessionId = 7, TransactionId = 8, PacketId = 9 };
        var bytes = Bytes(hex);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(value.Encode()));
        Assert.True(AgentXPdu.TryDecode(bytes, out var decoded));
        Assert.Equal(value, decoded);
    }

    [Fact]
    public void The_other_byte_order_is_read_too()
    {
        var bytes = Bytes("01 12 00 00  07000000 08000000 09000000 2c000000" + "7b000000 0501 0200" + "4600 0000" + "01 02 00 00 01000000" + "08070605 04030201"
            + "0400 0000" + NullOid + "01000000 ff000000");
        Assert.True(AgentXPdu.TryDecode(bytes, out var decoded));
        var name = ObjectIdentifier.Parse("1.3.6.1.2.1");
        Assert.Equal(
            new ResponsePdu(123, (AgentXError)261, 2,
            [
                new VarBind(name, new SnmpValue { Type = SnmpType.Counter64, Number = 0x0102030405060708 }), new VarBind(default, SnmpValue.String(255)),
            ])
            {
                SessionId = 7,
                TransactionId = 8,
                PacketId = 9,
            },
            decoded);
    }

    [Fact]
    public void A_context_is_read_over()
    {
        // NON_DEFAULT_CONTEXT: an octet string before the payload (RFC 2741 §6.1.1).
        var bytes = Bytes("01 05 18 00  00000007 00000008 00000009  0000001c" + "00000003 6c6162 00" + LmpOid + NullOid);
        Assert.True(AgentXPdu.TryDecode(bytes, out var decoded));
        Assert.Equal(new GetPdu([Lmp]), decoded with { SessionId = 0, TransactionId = 0, PacketId = 0 });
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void No_prefix_and_no_changed_octet_makes_the_decoder_throw(AgentXPdu value, string hex)
    {
        Assert.NotNull(value);
        var bytes = Bytes(hex);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(AgentXPdu.TryDecode(bytes.AsSpan(0, length), out _));
            foreach (var octet in (byte[])[0, 1, 0x7f, 0xff])
            {
                byte[] changed = [.. bytes];
                changed[length] = octet;
                AgentXPdu.TryDecode(changed, out _);
            }
        }
    }

    [Theory]
    [InlineData("02 05 10 00 00000000 00000000 00000000 00000000")] // another version
    [InlineData("01 05 10 00 00000000 00000000 00000000 00100004")] // more than a master ever sends
    [InlineData("01 05 10 00 00000000 00000000 00000000 00000003")] // not a multiple of four
    public void What_is_no_AgentX_has_no_length(string hex) => Assert.False(AgentXPdu.TryReadLength(Bytes(hex), out _));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
