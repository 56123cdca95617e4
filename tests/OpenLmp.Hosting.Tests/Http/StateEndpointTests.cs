using System.Text.Json;
using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Http;

public class StateEndpointTests
{
    [Fact]
    public async Task A_node_that_is_up_shows_so_everywhere()
    {
        await using var daemon = await TestDaemon.StartAsync();

        var node = Assert.Single((await daemon.GetAsync("/v1/node")).EnumerateArray());
        Assert.Equal("a", node.GetProperty("name").GetString());
        Assert.Equal("10.0.0.1", node.GetProperty("nodeId").GetString());
        Assert.Equal("""{"total":2,"up":2}""", node.GetProperty("dataLinks").GetRawText());
        Assert.Equal("", node.GetProperty("reason").GetString());

        var neighbor = Assert.Single((await daemon.GetAsync("/v1/neighbors")).EnumerateArray());
        Assert.Equal(("b", "Up"), (neighbor.GetProperty("name").GetString(), neighbor.GetProperty("state").GetString()));

        var channel = Assert.Single((await daemon.GetAsync("/v1/control-channels")).EnumerateArray());
        Assert.Equal("Up", channel.GetProperty("state").GetString());
        Assert.Equal((1, 11), (channel.GetProperty("id").GetInt32(), channel.GetProperty("remoteId").GetInt32()));
        Assert.Equal(("10.255.0.1", "10.255.0.2"), (channel.GetProperty("localAddress").GetString(), channel.GetProperty("remoteAddress").GetString()));
        Assert.Equal((150, 500), (channel.GetProperty("helloInterval").GetInt32(), channel.GetProperty("helloDeadInterval").GetInt32()));
        Assert.True(channel.GetProperty("txSeqNum").GetUInt32() > 0);
        Assert.EndsWith("Z", channel.GetProperty("lastChange").GetString());

        var link = Assert.Single((await daemon.GetAsync("/v1/te-links")).EnumerateArray());
        Assert.Equal(("te1", "Up", 1, 2), (link.GetProperty("name").GetString(), link.GetProperty("state").GetString(), link.GetProperty("localId").GetInt32(), link.GetProperty("remoteId").GetInt32()));

        var dataLinks = (await daemon.GetAsync("/v1/data-links")).EnumerateArray().ToArray();
        Assert.Equal(["te1-1", "te1-2"], dataLinks.Select(d => d.GetProperty("name").GetString()));
        Assert.All(dataLinks, d => Assert.Equal("UpFree", d.GetProperty("state").GetString()));
        Assert.Equal("10 Gbps", dataLinks[0].GetProperty("capabilities")[0].GetProperty("bandwidth").GetString());
    }

    [Fact]
    public async Task A_data_link_tells_which_one_it_goes_through_and_what_the_line_system_said()
    {
        await using var daemon = await TestDaemon.StartAsync(a: Configurations.ThroughB(), b: Configurations.LineSystemB());
        daemon.B.Node.AddCrossConnect(daemon.Network.Now, "te1-1", "te1-2");
        daemon.B.Node.ReportSignal(daemon.Network.Now, ["te1-2"], SignalState.Fail);
        daemon.Run(TimeSpan.FromSeconds(1));
        var link = await daemon.GetAsync("/v1/data-links/te2-1");
        Assert.Equal(("te1-1", "fail", "fail"), (link.GetProperty("through").GetString(), link.GetProperty("lineSignal").GetString(), link.GetProperty("signal").GetString()));
        link = await daemon.GetAsync("/v1/data-links/te1-1");
        Assert.Equal((null, "fail", "unknown"), (link.GetProperty("through").GetString(), link.GetProperty("lineSignal").GetString(), link.GetProperty("signal").GetString()));
        var events = (await daemon.GetAsync("/v1/events?name=te1-1")).EnumerateArray().Where(e => e.GetProperty("type").GetString() == "line-signal");
        Assert.Equal("fail", events.Last().GetProperty("to").GetString());
        Assert.Equal(
            "b says that what it sends on te1-1 has failed: it lies in the line system beyond b, or at its far end; ask who runs the line system",
            (await daemon.GetAsync("/v1/data-links/te2-1")).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task What_was_negotiated_with_a_neighbour_and_announced_by_it_is_shown()
    {
        var announced = Configurations.Link("te1-1", 201, 101) with { Srlg = [11, 22], LinkGroups = [7], Ber = 12, SpanLength = 80_000, AdministrativeGroup = 5 };
        await using var daemon = await TestDaemon.StartAsync(
            a: As(Configurations.A(), n => n with { Wdm = WdmRole.Ols }),
            b: As(Configurations.B(teLink: t => t with { DataLinks = [announced, t.DataLinks[1]] }), n => n with { Wdm = WdmRole.Peer }));
        var neighbor = await daemon.GetAsync("/v1/neighbors/b");
        Assert.Equal(("ols", "Negotiated", ""), (neighbor.GetProperty("wdm").GetString(), neighbor.GetProperty("behaviorSupport").GetString(), neighbor.GetProperty("legacyReason").GetString()));
        Assert.Equal("""["trace","dwdm","consistency-check"]""", neighbor.GetProperty("behaviors").GetRawText());
        var settled = (await daemon.GetAsync("/v1/events?name=b")).EnumerateArray().Single(e => e.GetProperty("type").GetString() == "behaviors");
        Assert.Equal("trace dwdm consistency-check", settled.GetProperty("to").GetString());

        var link = await daemon.GetAsync("/v1/data-links/te1-1");
        Assert.Equal(("[11,22]", "[7]"), (link.GetProperty("srlg").GetRawText(), link.GetProperty("linkGroups").GetRawText()));
        Assert.Equal((12, 80_000, 5), (link.GetProperty("ber").GetInt32(), link.GetProperty("spanLength").GetInt32(), link.GetProperty("administrativeGroup").GetInt32()));
        Assert.Equal(JsonValueKind.Null, link.GetProperty("opticalProtection").ValueKind);
    }

    [Fact]
    public async Task A_legacy_neighbour_is_shown_with_the_reason()
    {
        await using var daemon = await TestDaemon.StartAsync(
            a: As(Configurations.A(), n => n with { BehaviorNegotiation = false }), b: As(Configurations.B(), n => n with { BehaviorNegotiation = false }));
        var neighbor = await daemon.GetAsync("/v1/neighbors/b");
        Assert.Equal(("Legacy", "[]"), (neighbor.GetProperty("behaviorSupport").GetString(), neighbor.GetProperty("behaviors").GetRawText()));
        var settled = (await daemon.GetAsync("/v1/events?name=b")).EnumerateArray().Single(e => e.GetProperty("type").GetString() == "behaviors");
        Assert.Equal("legacy", settled.GetProperty("to").GetString());
        Assert.NotEqual("", settled.GetProperty("text").GetString());
        Assert.Equal(settled.GetProperty("text").GetString(), neighbor.GetProperty("legacyReason").GetString());
    }

    private static NodeConfiguration As(NodeConfiguration configuration, Func<NeighborConfiguration, NeighborConfiguration> neighbor) =>
        configuration with { Neighbors = [neighbor(configuration.Neighbors[0])] };

    [Fact]
    public async Task A_node_that_is_down_says_why()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var channel = daemon.A.Open.Single();
        await daemon.InvokeAsync((node, now) =>
        {
            node.TransportDown(now, channel, "interface eth0 is down");
            return 0;
        });
        Assert.Contains("eth0 is down", (await daemon.GetAsync("/v1/control-channels"))[0].GetProperty("reason").GetString());
        Assert.Contains("eth0 is down", (await daemon.GetAsync("/v1/neighbors"))[0].GetProperty("reason").GetString());
        Assert.Equal(
            "not up: 1 of 1 neighbours, 1 of 1 control channels, 1 of 1 TE links, 2 of 2 data links",
            (await daemon.GetAsync("/v1/node"))[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Optional_properties_of_a_data_link_are_shown_as_configured()
    {
        var full = Configurations.Link("te1-1", 101, 201) with
        {
            Interface = "eth1",
            Port = false,
            ComponentLink = "fibre-1",
            Wavelength = 5,
            Srlg = [11, 22],
            LinkGroups = [7],
            Ber = 13,
            SpanLength = 80_000,
            OpticalProtection = LinkProtection.Dedicated1Plus1 | LinkProtection.Shared,
            AdministrativeGroup = 5,
            Channels = [DataChannelLabel.Of(201)],
        };
        await using var daemon = await TestDaemon.StartAsync(up: false, a: Configurations.A(teLink: t => t with { DataLinks = [full, t.DataLinks[1]] }));
        var link = await daemon.GetAsync("/v1/data-links/te1-1");
        Assert.Equal("[11,22]", link.GetProperty("srlg").GetRawText());
        Assert.Equal("[7]", link.GetProperty("linkGroups").GetRawText());
        Assert.Equal(13, link.GetProperty("ber").GetInt32());
        Assert.Equal(80_000, link.GetProperty("spanLength").GetInt32());
        Assert.Equal("""["shared","dedicated-1plus1"]""", link.GetProperty("opticalProtection").GetRawText());
        Assert.Equal(5, link.GetProperty("administrativeGroup").GetInt32());
        Assert.Equal("[201]", link.GetProperty("channels").GetRawText());
        Assert.Equal(("eth1", false, "fibre-1", 5), (link.GetProperty("interface").GetString(), link.GetProperty("port").GetBoolean(), link.GetProperty("componentLink").GetString(), link.GetProperty("wavelength").GetInt32()));

        var plain = await daemon.GetAsync("/v1/data-links/te1-2");
        foreach (var untold in (string[])["ber", "spanLength", "opticalProtection", "administrativeGroup", "interface", "componentLink"])
            Assert.Equal(JsonValueKind.Null, plain.GetProperty(untold).ValueKind);
    }

    [Theory]
    [InlineData("node", "a", 1)]
    [InlineData("neighbors", "b", 1)]
    [InlineData("control-channels", "b/1", 1)]
    [InlineData("control-channels", "b", 1)]
    [InlineData("te-links", "te1", 1)]
    [InlineData("te-links", "b", 1)]
    [InlineData("data-links", "te1-2", 1)]
    [InlineData("data-links", "te1", 2)]
    [InlineData("alarms", "te1", 0)]
    [InlineData("counters", "node", 1)]
    [InlineData("counters", "b", 1)]
    public async Task A_name_selects(string word, string name, int count)
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(count, (await daemon.GetAsync($"/v1/{word}?name={Uri.EscapeDataString(name)}")).GetArrayLength());
    }

    [Theory]
    [InlineData("node")]
    [InlineData("neighbors")]
    [InlineData("control-channels")]
    [InlineData("te-links")]
    [InlineData("data-links")]
    [InlineData("cross-connects")]
    [InlineData("verifications")]
    [InlineData("alarms")]
    [InlineData("events")]
    [InlineData("counters")]
    public async Task A_name_that_nothing_has_is_an_error_that_names_it(string word)
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var (status, body) = await daemon.SendAsync("GET", $"/v1/{word}?name=nosuch");
        Assert.Equal(404, status);
        Assert.Contains("nosuch", body.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("/v1/node/a", "a")]
    [InlineData("/v1/neighbors/b", "b")]
    [InlineData("/v1/control-channels/b/1", "b/1")]
    [InlineData("/v1/te-links/te1", "te1")]
    [InlineData("/v1/data-links/te1-2", "te1-2")]
    public async Task One_object_has_an_address(string path, string name)
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        Assert.Equal(name, (await daemon.GetAsync(path)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_does_not_exist_has_no_address()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        foreach (var path in (string[])["/v1/te-links/nosuch", "/v1/control-channels/b/2", "/v1/control-channels/b/x", "/v1/cross-connects/x", "/v1/nosuch", "/nosuch", "/v1/data-links/te1"])
            Assert.Equal((path, 404), (path, (await daemon.SendAsync("GET", path)).Status));
    }

    [Fact]
    public async Task Words_without_objects_are_empty_lists()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal("[]", (await daemon.GetAsync("/v1/cross-connects")).GetRawText());
        Assert.Equal("[]", (await daemon.GetAsync("/v1/verifications")).GetRawText());
    }

    [Fact]
    public async Task Alarms_that_stand_come_before_those_cleared()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.SendAsync("PUT", "/v1/data-links/te1-1/signal", """{"signal":"fail"}""");
        await daemon.SendAsync("PUT", "/v1/data-links/te1-2/signal", """{"signal":"fail"}""");
        await daemon.SendAsync("PUT", "/v1/data-links/te1-1/signal", """{"signal":"ok"}""");
        var alarms = (await daemon.GetAsync("/v1/alarms")).EnumerateArray().Where(a => a.GetProperty("kind").GetString() == "signal-fail").ToArray();
        Assert.Equal(["te1-2", "te1-1"], alarms.Select(a => a.GetProperty("object").GetString()));
        // Both ends know that the fault is between them, and another alarm tells so.
        Assert.Equal(["suppressed", "cleared"], alarms.Select(a => a.GetProperty("state").GetString()));
        Assert.Equal([JsonValueKind.Null, JsonValueKind.String], alarms.Select(a => a.GetProperty("cleared").ValueKind));
        Assert.All((await daemon.GetAsync("/v1/alarms?name=te1-1")).EnumerateArray(), a => Assert.Equal("te1-1", a.GetProperty("object").GetString()));
    }

    [Fact]
    public async Task Counters_have_every_type_and_reason_for_the_node_and_each_neighbour()
    {
        await using var daemon = await TestDaemon.StartAsync();
        daemon.Network.Inject(new Datagram(daemon.Network.Now, Configurations.At("192.0.2.99"), Configurations.At("10.255.0.1"), [0x10, 0, 0, 4, 0, 8, 0, 0]));
        daemon.Run(TimeSpan.FromSeconds(1));
        var counters = (await daemon.GetAsync("/v1/counters")).EnumerateArray().ToArray();
        Assert.Equal(["node", "b"], counters.Select(c => c.GetProperty("scope").GetString()));
        foreach (var scope in counters)
        {
            var messages = scope.GetProperty("messages").EnumerateArray().ToArray();
            Assert.Equal(Enum.GetNames<MessageType>().Append("Unknown"), messages.Select(m => m.GetProperty("type").GetString()));
            var hello = messages.Single(m => m.GetProperty("type").GetString() == "Hello");
            Assert.True(hello.GetProperty("sent").GetInt64() > 0);
            Assert.True(hello.GetProperty("received").GetInt64() > 0);
            Assert.Equal(Enum.GetValues<DropReason>().Length, scope.GetProperty("drops").GetArrayLength());
        }

        var drops = counters[0].GetProperty("drops").EnumerateArray().ToDictionary(d => d.GetProperty("reason").GetString()!, d => d.GetProperty("count").GetInt64());
        Assert.Equal(1, drops["unknown-source"]);
    }
}
