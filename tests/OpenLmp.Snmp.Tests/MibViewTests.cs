// RFC 2741 §7.2.3
namespace OpenLmp.Snmp.Tests;

/// <summary>Get, GetNext and GetBulk over tables with holes.</summary>
public class MibViewTests
{
    private static readonly ObjectIdentifier Root = ObjectIdentifier.Of(1, 3, 9);

    // A scalar 1.3.9.1, a table 1.3.9.2.1 with columns 1, 2 and 3, and a scalar 1.3.9.3. Rows 1, 5 and 5.1; column 2 has a hole, column 3 nothing.
    private static readonly MibView View = new(
    [
        Column([3], [[0]], _ => 30),
        Column([2, 1, 2], [[1], [5], [5, 1]], row => row is [5] ? null : 20),
        Column([2, 1, 3], [[1], [5], [5, 1]], _ => null),
        Column([1], [[0]], _ => 10),
        Column([2, 1, 1], [[1], [5], [5, 1]], row => (int)row[0]),
    ]);

    private static readonly string[] All = ["1.3.9.1.0", "1.3.9.2.1.1.1", "1.3.9.2.1.1.5", "1.3.9.2.1.1.5.1", "1.3.9.2.1.2.1", "1.3.9.2.1.2.5.1", "1.3.9.3.0"];

    [Fact]
    public void A_walk_finds_every_instance_in_order()
    {
        Assert.Equal(All, Walk(ObjectIdentifier.Of(1)));
        Assert.Equal(All, Walk(default));
        Assert.Equal(All[3..], Walk(ObjectIdentifier.Parse("1.3.9.2.1.1.5")));
    }

    [Theory]
    [InlineData("1.3.9.1.0", true, "1.3.9.1.0")]
    [InlineData("1.3.9.1.0", false, "1.3.9.2.1.1.1")]
    [InlineData("1.3.9.1", false, "1.3.9.1.0")]
    [InlineData("1.3.9.2.1.1.2", false, "1.3.9.2.1.1.5")]
    [InlineData("1.3.9.2.1.2.4.9", true, "1.3.9.2.1.2.5.1")]
    [InlineData("1.3.9.2.1.3", true, "1.3.9.3.0")]
    [InlineData("1.3.9.2.1.1.4294967295", false, "1.3.9.2.1.2.1")]
    [InlineData("1.3.9.3.0", false, null)]
    [InlineData("1.3.10", true, null)]
    public void GetNext_finds_the_first_after_the_start(string start, bool include, string? expected)
    {
        var range = new SearchRange(ObjectIdentifier.Parse(start), include, default);
        var found = View.GetNext(range);
        if (expected is not null) Assert.Equal(expected, found.Name.ToString());
        else Assert.Equal((range.Start, SnmpValue.EndOfMibView), (found.Name, found.Value));
    }

    [Fact]
    public void GetNext_stops_before_the_end_of_its_range()
    {
        var start = ObjectIdentifier.Parse("1.3.9.1.0");
        Assert.Equal(SnmpType.EndOfMibView, View.GetNext(new SearchRange(start, false, ObjectIdentifier.Parse("1.3.9.2.1.1.1"))).Value.Type);
        Assert.Equal(SnmpType.Integer, View.GetNext(new SearchRange(start, false, ObjectIdentifier.Parse("1.3.9.2.1.1.2"))).Value.Type);
    }

    [Theory]
    [InlineData("1.3.9.2.1.1.5", SnmpType.Integer)]
    [InlineData("1.3.9.2.1.1.6", SnmpType.NoSuchInstance)]
    [InlineData("1.3.9.2.1.1", SnmpType.NoSuchInstance)]
    [InlineData("1.3.9.2.1.2.5", SnmpType.NoSuchInstance)]
    [InlineData("1.3.9.2.1.4.1", SnmpType.NoSuchObject)]
    [InlineData("1.3.9.9", SnmpType.NoSuchObject)]
    [InlineData("1.3.8", SnmpType.NoSuchObject)]
    public void Get_tells_what_is_missing(string name, SnmpType type) => Assert.Equal(type, View.Get(ObjectIdentifier.Parse(name)).Type);

    [Fact]
    public void GetBulk_repeats_what_is_to_be_repeated_until_there_is_no_more()
    {
        SearchRange Of(string start) => new(ObjectIdentifier.Parse(start), false, default);
        var answer = Responder.Answer(new GetBulkPdu(1, 100, [Of("1.3.9.1"), Of("1.3.9.2.1.2"), Of("1.3.9.3")]) { PacketId = 4 }, View)!;
        Assert.Equal(
            ["1.3.9.1.0", "1.3.9.2.1.2.1", "1.3.9.3.0", "1.3.9.2.1.2.5.1", "1.3.9.3.0", "1.3.9.3.0", "1.3.9.3.0", "1.3.9.3.0", "1.3.9.3.0"],
            answer.VarBinds.Select(b => b.Name.ToString()));
        Assert.Equal([false, false, false, false, true, false, true, true, true], answer.VarBinds.Select(b => b.Value.Type == SnmpType.EndOfMibView));
        Assert.Equal(4u, answer.PacketId);

        var bounded = Responder.Answer(new GetBulkPdu(0, 2, [Of("1")]), View)!;
        Assert.Equal(All[..2], bounded.VarBinds.Select(b => b.Name.ToString()));
    }

    [Fact]
    public void Nothing_can_be_set_and_what_is_not_known_now_is_an_error()
    {
        Assert.Equal((AgentXError.NotWritable, 1), (Error(new TestSetPdu([])), Responder.Answer(new TestSetPdu([]), View)!.Index));
        Assert.Equal(AgentXError.CommitFailed, Error(new PlainPdu(PduType.CommitSet)));
        Assert.Null(Responder.Answer(new PlainPdu(PduType.CleanupSet), View));
        Assert.Equal(AgentXError.GenErr, Responder.Answer(new GetPdu([Root]), null)!.Error);

        static AgentXError Error(AgentXPdu request) => Responder.Answer(request, View)!.Error;
    }

    private static List<string> Walk(ObjectIdentifier start)
    {
        var names = new List<string>();
        for (var found = View.GetNext(new SearchRange(start, false, default)); found.Value.Type != SnmpType.EndOfMibView; found = View.GetNext(new SearchRange(found.Name, false, default)))
            names.Add(found.Name.ToString());
        return names;
    }

    private static MibColumn<uint[]> Column(uint[] below, uint[][] rows, Func<uint[], int?> value) => new(
        Root.Append(below), "", [.. rows.Select(r => new MibRow<uint[]>([.. r], r))], row => value(row) is { } number ? SnmpValue.Integer(number) : null);
}
