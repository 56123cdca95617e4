// RFC 4631 §8
using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Snmp.Tests;

/// <summary>The LMP-MIB of a node: every object of the module, in order, of the right type, and with the node's values.</summary>
public class LmpMibTests
{
    private readonly VirtualNetwork _network = new();

    [Fact]
    public void The_module_has_170_objects_in_8_tables()
    {
        var objects = MibObject.All.Where(o => o.Syntax is not ("notification" or "table" or "entry")).ToList();
        Assert.Equal((170, 8, 8, 168), (objects.Count, Count("table"), Count("notification"), MibObject.Readable.Count()));

        static int Count(string syntax) => MibObject.All.Count(o => o.Syntax == syntax);
    }

    [Fact]
    public void Every_object_has_its_number_and_its_name()
    {
        var expected = MibObject.Readable.Select(o => (o.Oid.ToString(), o.Name)).Order().ToList();
        Assert.Equal(expected, Running().Mib.Columns.Select(c => (c.Object.ToString(), c.Name)).Order());
    }

    [Fact]
    public void Every_object_has_instances_of_its_type()
    {
        var view = Running().Mib;
        foreach (var o in MibObject.Readable)
        {
            var found = view.GetNext(new SearchRange(o.Oid, false, default));
            Assert.True(found.Name.StartsWith(o.Oid), $"{o.Name} has no instance");
            var type = o.Syntax switch
            {
                "INTEGER" => SnmpType.Integer,
                "Unsigned32" => SnmpType.Gauge32,
                "Counter32" => SnmpType.Counter32,
                "TimeTicks" => SnmpType.TimeTicks,
                _ => SnmpType.OctetString,
            };
            Assert.Equal((o.Name, type), (o.Name, found.Value.Type));
        }
    }

    [Fact]
    public void A_walk_finds_every_instance_in_order_and_Get_agrees()
    {
        var view = Running().Mib;
        var all = view.Columns
            .SelectMany(c => Enumerable.Range(0, c.Count).Where(row => c.Value(row) is not null).Select(row => c.Object.Append(c.Index(row))))
            .Order().ToList();
        var walked = new List<ObjectIdentifier>();
        for (var found = Next(LmpMibModule.Root); found.Value.Type != SnmpType.EndOfMibView; found = Next(found.Name))
        {
            walked.Add(found.Name);
            Assert.Equal(found.Value, view.Get(found.Name));
        }

        Assert.Equal(all, walked);

        VarBind Next(ObjectIdentifier after) => view.GetNext(new SearchRange(after, false, default));
    }

    [Fact]
    public void A_row_is_named_by_Node_Id_CC_Id_or_ifIndex()
    {
        var view = Running().Mib;
        Assert.Equal(1u, Value(view, "lmpNbrOperStatus", 10, 0, 0, 2));
        Assert.Equal(1u, Value(view, "lmpCcOperStatus", 1));
        Assert.Equal(1u, Value(view, "lmpTeLinkOperStatus", 1));
        Assert.Equal(2u, Value(view, "lmpDataLinkActiveOperStatus", 101));
    }

    [Fact]
    public void Counters_are_those_of_the_channel()
    {
        var view = Running().Mib;
        var counters = _network.Nodes[0].Node.Neighbors.Single().ControlChannels.Single().Counters;
        Assert.True(counters.Sent(MessageType.Hello) > 0);
        Assert.Equal(
            (counters.Sent(MessageType.Hello), counters.Received(MessageType.LinkSummaryAck), counters.OctetsReceived),
            ((long)Value(view, "lmpCcHelloSent", 1), (long)Value(view, "lmpCcLinkSummaryAckReceived", 1), (long)Value(view, "lmpCcInOctets", 1)));
        var tests = _network.Nodes[0].TeLink.DataLinks[0].Tests;
        Assert.Equal((tests.Sent, 1L), ((long)Value(view, "lmpDataLinkTestSent", 101), (long)Value(view, "lmpDataLinkActiveTestSuccess", 101)));
    }

    [Fact]
    public void What_is_not_agreed_or_off_has_no_instance()
    {
        var node = _network.Add(A(c => c with { HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off }), start: false);
        var view = View(node).Mib;
        Assert.Equal(SnmpValue.NoSuchInstance, view.Get(Oid("lmpCcHelloInterval", 1)));
        Assert.Equal(SnmpValue.NoSuchInstance, view.Get(Oid("lmpCcHelloIntervalNegotiated", 1)));
        Assert.Equal(2u, Value(view, "lmpCcOperStatus", 1));
        Assert.Equal(SnmpValue.NoSuchInstance, View(_network.Add(B(), start: false)).Mib.Get(Oid("lmpCcHelloIntervalNegotiated", 11)));
    }

    [Fact]
    public void A_TE_link_without_verification_is_not_in_the_table_of_verification()
    {
        var view = View(_network.Add(A(teLink: t => t with { LinkVerification = false }))).Mib;
        Assert.Equal(SnmpValue.NoSuchInstance, view.Get(Oid("lmpLinkVerifyInterval", 1)));
        Assert.Equal(2u, Value(view, "lmpTeLinkVerification", 1));
        Assert.Equal(0u, Value(view, "lmpGlobalLinkVerificationInterval", 0));
    }

    [Fact]
    public void Numbered_links_show_their_addresses_and_have_a_number_that_stays()
    {
        var ids = (Identifier.TryParse("192.0.2.1", out var a), Identifier.TryParse("2001:db8::1", out var b));
        Assert.Equal((true, true), ids);
        TeLinkConfiguration Numbered(TeLinkConfiguration t) => t with
        {
            DataLinks = [t.DataLinks[0] with { LocalId = a, RemoteId = a }, t.DataLinks[1] with { LocalId = b, RemoteId = null }],
        };
        var view = View(_network.Add(A(teLink: Numbered), start: false)).Mib;
        var addresses = view.Columns.Single(c => c.Name == "lmpDataLinkIpAddr");
        var types = view.Columns.Single(c => c.Name == "lmpDataLinkAddressType");
        var all = Enumerable.Range(0, 2).Select(row => (types.Value(row)!.Value.Number, Convert.ToHexString(addresses.Value(row)!.Value.Octets.Span))).Order();
        Assert.Equal([(1ul, "C0000201"), (2ul, "20010DB8000000000000000000000001")], all);
        Assert.All(Enumerable.Range(0, 2), row => Assert.True(addresses.Index(row)[0] >= InterfaceNumbers.FirstOfNames));
        Assert.Equal(SnmpType.OctetString, view.Get(Oid("lmpDataLinkRemoteIpAddress", addresses.Index(0)[0])).Type);
    }

    [Fact]
    public void Network_interfaces_have_the_numbers_of_the_kernel()
    {
        static DataLinkConfiguration On(DataLinkConfiguration link, string? name) => link with { Interface = name };
        var node = _network.Add(
            A(c => c with { Interface = "eth0" }, t => t with { DataLinks = [On(t.DataLinks[0], "eth1"), On(t.DataLinks[1], "gone")] }), start: false);
        var host = Host() with { DataLinksAreInterfaces = true, InterfaceIndex = name => name switch { "eth0" => 2, "eth1" => 3, _ => 0 } };
        var view = LmpMibModule.View(LmpMibData.Take(node.Node), host).Mib;
        var links = view.Columns.Single(c => c.Name == "lmpDataLinkType");
        Assert.Equal((2, 3u), (links.Count, links.Index(0)[0]));
        Assert.True(links.Index(1)[0] >= InterfaceNumbers.FirstOfNames);
        Assert.Equal((1u, 2u), (Value(view, "lmpCcIsIf", 1), Value(view, "lmpCcUnderlyingIfIndex", 1)));
    }

    [Fact]
    public void No_two_things_have_one_number()
    {
        string[] names = [.. Enumerable.Range(0, 5_000).Select(i => $"te{i / 100}-{i % 100}")];
        var rows = InterfaceNumbers.Assign(names, name => name, name => name.EndsWith('1') ? 7u : 0);
        var again = InterfaceNumbers.Assign(names.Reverse(), name => name, name => name.EndsWith('1') ? 7u : 0);
        Assert.Equal(rows, again);
        Assert.Equal(names.Length, rows.Select(r => r.Index[0]).Distinct().Count());
        Assert.Equal(rows.Select(r => r.Index[0]).Order(), rows.Select(r => r.Index[0]));
        Assert.All(rows.Skip(1), r => Assert.InRange(r.Index[0], InterfaceNumbers.FirstOfNames, (uint)int.MaxValue));
    }

    private LmpMibView Running()
    {
        var (a, b) = (_network.Add(A(), start: false), _network.Add(B(), start: false));
        _network.FibreAll(a, b);
        a.TransportUp();
        b.TransportUp();
        _network.Run(TimeSpan.FromSeconds(30));
        return View(a);
    }

    private static LmpMibView View(VirtualNode node) => LmpMibModule.View(LmpMibData.Take(node.Node), Host());

    private static LmpMibHost Host() => new(NotificationSettings.Off, _ => 0, DataLinksAreInterfaces: false, at => (uint)(at.Nanoseconds / 10_000_000));

    private static ObjectIdentifier Oid(string name, params uint[] index) => MibObject.All.Single(o => o.Name == name).Oid.Append(index);

    private static uint Value(MibView view, string name, params uint[] index) => (uint)view.Get(Oid(name, index)).Number;
}
