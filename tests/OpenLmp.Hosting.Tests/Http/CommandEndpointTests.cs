using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Http;

public class CommandEndpointTests
{
    private const string Fail = """{"signal":"fail"}""";

    [Fact]
    public async Task A_control_channel_goes_down_and_up_on_the_operators_word()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (status, answer) = await daemon.SendAsync("POST", "/v1/control-channels/b/1/down");
        Assert.Equal((200, "done"), (status, answer.GetProperty("outcome").GetString()));
        daemon.Run(TimeSpan.FromSeconds(5));
        var down = await daemon.GetAsync("/v1/control-channels/b/1");
        Assert.Equal(("Down", "down"), (down.GetProperty("state").GetString(), down.GetProperty("adminState").GetString()));

        Assert.Equal(200, (await daemon.SendAsync("POST", "/v1/control-channels/b/1/up")).Status);
        daemon.Run(TimeSpan.FromSeconds(30));
        var up = await daemon.GetAsync("/v1/control-channels/b/1");
        Assert.Equal(("Up", "up"), (up.GetProperty("state").GetString(), up.GetProperty("adminState").GetString()));
    }

    [Fact]
    public async Task Data_links_are_allocated_and_released_together()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(200, (await daemon.SendAsync("POST", "/v1/data-links/te1-1,te1-2/allocate")).Status);
        Assert.All((await daemon.GetAsync("/v1/data-links")).EnumerateArray(), d => Assert.True(d.GetProperty("allocated").GetBoolean()));
        Assert.All((await daemon.GetAsync("/v1/data-links")).EnumerateArray(), d => Assert.Equal("UpAlloc", d.GetProperty("state").GetString()));
        Assert.Equal(200, (await daemon.SendAsync("POST", "/v1/data-links/te1-1%2Cte1-2/release")).Status);
        Assert.All((await daemon.GetAsync("/v1/data-links")).EnumerateArray(), d => Assert.False(d.GetProperty("allocated").GetBoolean()));
    }

    [Fact]
    public async Task A_signal_is_reported()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(200, (await daemon.SendAsync("PUT", "/v1/data-links/te1-1/signal", """{"signal":"degrade"}""")).Status);
        Assert.Equal("degrade", (await daemon.GetAsync("/v1/data-links/te1-1")).GetProperty("signal").GetString());
        Assert.Equal("unknown", (await daemon.GetAsync("/v1/data-links/te1-2")).GetProperty("signal").GetString());
    }

    [Fact]
    public async Task A_thousand_names_fit_one_report()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var names = string.Join(',', Enumerable.Repeat("te1-1,te1-2", 2_000));
        Assert.Equal(200, (await daemon.SendAsync("PUT", $"/v1/data-links/{names}/signal", Fail)).Status);
        Assert.All(daemon.A.TeLink.DataLinks, link => Assert.Equal(SignalState.Fail, link.Signal));
    }

    [Fact]
    public async Task Cross_connects_come_and_go()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(200, (await daemon.SendAsync("PUT", "/v1/cross-connects/te1-2/te1-1")).Status);
        Assert.Equal("""[{"a":"te1-1","b":"te1-2","oneWay":false}]""", (await daemon.GetAsync("/v1/cross-connects")).GetRawText());
        Assert.Equal("te1-1", (await daemon.GetAsync("/v1/cross-connects/te1-2")).GetProperty("a").GetString());
        Assert.Equal("te1-2", (await daemon.GetAsync("/v1/data-links/te1-1")).GetProperty("continuesOn").GetString());
        Assert.Equal(404, (await daemon.SendAsync("PUT", "/v1/cross-connects/te1-2/nosuch")).Status);
        Assert.Equal(409, (await daemon.SendAsync("PUT", "/v1/cross-connects/te1-1/te1-1")).Status);
        Assert.Equal(200, (await daemon.SendAsync("DELETE", "/v1/cross-connects/te1-1/te1-2")).Status);
        Assert.Equal(404, (await daemon.SendAsync("DELETE", "/v1/cross-connects/te1-1/te1-2")).Status);
        Assert.Equal("[]", (await daemon.GetAsync("/v1/cross-connects")).GetRawText());
        Assert.Equal(["added", "removed"], (await daemon.GetAsync("/v1/events")).EnumerateArray().Where(e => e.GetProperty("type").GetString() == "cross-connect")
            .Select(e => e.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task A_cross_connect_may_go_one_way()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(200, (await daemon.SendAsync("PUT", "/v1/cross-connects/te1-2/te1-1?one-way=true")).Status);
        Assert.Equal(400, (await daemon.SendAsync("PUT", "/v1/cross-connects/te1-1/te1-2?one-way=1")).Status);
        Assert.Equal("""[{"a":"te1-2","b":"te1-1","oneWay":true}]""", (await daemon.GetAsync("/v1/cross-connects")).GetRawText());
        var (from, to) = (await daemon.GetAsync("/v1/data-links/te1-2"), await daemon.GetAsync("/v1/data-links/te1-1"));
        Assert.Equal(("te1-1", null), (from.GetProperty("continuesOn").GetString(), from.GetProperty("comesFrom").GetString()));
        Assert.Equal((null, "te1-2"), (to.GetProperty("continuesOn").GetString(), to.GetProperty("comesFrom").GetString()));
        Assert.Contains((await daemon.GetAsync("/v1/events")).EnumerateArray(), e => e.GetProperty("text").GetString() == "te1-2 -> te1-1");
    }

    [Fact]
    public async Task A_fault_is_shown_with_its_cause_and_effects()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.SendAsync("PUT", "/v1/data-links/te1-1/signal", Fail);
        var alarms = (await daemon.GetAsync("/v1/alarms")).EnumerateArray().ToDictionary(a => a.GetProperty("kind").GetString()!);
        var (localized, signal) = (alarms["fault-localized"], alarms["signal-fail"]);
        Assert.Equal(("raised", "te1-1"), (localized.GetProperty("state").GetString(), localized.GetProperty("object").GetString()));
        Assert.Equal("""["signal-fail te1-1"]""", localized.GetProperty("suppresses").GetRawText());
        Assert.Equal(("suppressed", "fault-localized te1-1"), (signal.GetProperty("state").GetString(), signal.GetProperty("cause").GetString()));
        var link = await daemon.GetAsync("/v1/data-links/te1-1");
        Assert.Equal("fail", link.GetProperty("fault").GetProperty("signal").GetString());
        Assert.Equal([101, 201], link.GetProperty("fault").GetProperty("ports").EnumerateArray().Select(p => p.GetProperty("interfaceId").GetInt32()));
        var told = (await daemon.GetAsync("/v1/events")).EnumerateArray().Single(e => e.GetProperty("type").GetString() == "fault-localized");
        Assert.Equal("between a:101 and b:201", told.GetProperty("text").GetString());
        Assert.True(told.GetProperty("fault").GetProperty("receive").GetBoolean());
        Assert.Equal(SignalState.Fail, daemon.B.TeLink.DataLinks[0].RemoteSignal);
    }

    [Fact]
    public async Task Summarize_without_wait_answers_when_begun()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (status, answer) = await daemon.SendAsync("POST", "/v1/te-links/te1/summarize");
        Assert.Equal((200, "started"), (status, answer.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task Summarize_with_wait_answers_what_the_neighbour_says()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (status, answer) = await daemon.SendAsync("POST", "/v1/te-links/te1/summarize?wait=60s");
        Assert.Equal((200, "acknowledged"), (status, answer.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task Summarize_with_wait_tells_of_silence()
    {
        await using var daemon = await TestDaemon.StartAsync();
        daemon.Network.Filter = d => d.Type != MessageType.LinkSummary;
        var sent = daemon.A.Node.Counters.Sent(MessageType.LinkSummary);
        var request = daemon.SendAsync("POST", "/v1/te-links/te1/summarize?wait=5min");
        await TestDaemon.Eventually(() => daemon.InvokeAsync((node, _) => node.Counters.Sent(MessageType.LinkSummary)).Result > sent);
        daemon.Run(TimeSpan.FromSeconds(30));
        Assert.Equal("unanswered", (await request).Body.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Summarize_waits_no_longer_than_asked()
    {
        await using var daemon = await TestDaemon.StartAsync();
        daemon.Network.Filter = d => d.Type != MessageType.LinkSummary;
        Assert.Equal("pending", (await daemon.SendAsync("POST", "/v1/te-links/te1/summarize?wait=1ms")).Body.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Confirm_finds_a_stranded_resource()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal("acknowledged", (await daemon.SendAsync("POST", "/v1/te-links/te1/confirm?wait=60s")).Body.GetProperty("outcome").GetString());
        Assert.Equal(200, (await daemon.SendAsync("POST", "/v1/data-links/te1-2/allocate")).Status);
        var (status, answer) = await daemon.SendAsync("POST", "/v1/te-links/te1/confirm?wait=60s");
        Assert.Equal((200, "mismatch"), (status, answer.GetProperty("outcome").GetString()));
        Assert.Contains("te1-2: allocated here, free at b", answer.GetProperty("text").GetString());
        var alarm = Assert.Single((await daemon.GetAsync("/v1/alarms?name=te1-2")).EnumerateArray());
        Assert.Equal(("status-mismatch", "raised"), (alarm.GetProperty("kind").GetString(), alarm.GetProperty("state").GetString()));
        Assert.Contains((await daemon.GetAsync("/v1/events?name=te1")).EnumerateArray(), e => e.GetProperty("type").GetString() == "confirmation");
    }

    [Fact]
    public async Task Traces_are_sent_expected_received_and_asked_for()
    {
        await using var daemon = await TestDaemon.StartAsync(a: Sdh(Configurations.A()), b: Sdh(Configurations.B()));
        var (status, answer) = await daemon.SendAsync("PUT", "/v1/data-links/te1-1/trace", """{"type":"sdh-j1","send":"A1","expect":"B1","received":"B2"}""");
        Assert.Equal((200, "done"), (status, answer.GetProperty("outcome").GetString()));
        var trace = Assert.Single((await daemon.GetAsync("/v1/data-links/te1-1")).GetProperty("traces").EnumerateArray());
        Assert.Equal(("sdh-j1", "A1", "B1", "B2"), (Text("type"), Text("send"), Text("expect"), Text("received")));
        Assert.Contains("'B2' is received, 'B1' is expected", Text("reason"));
        Assert.Equal("trace-mismatch", Assert.Single((await daemon.GetAsync("/v1/alarms")).EnumerateArray()).GetProperty("kind").GetString());
        Assert.Equal(("B1", "A1"), (daemon.B.TeLink.DataLinks[0].Traces.Single().Sent, daemon.B.TeLink.DataLinks[0].Traces.Single().Monitored));

        Assert.Equal("started", (await daemon.SendAsync("POST", "/v1/data-links/te1-1/trace?type=sdh-j1")).Body.GetProperty("outcome").GetString());
        var events = (await daemon.GetAsync("/v1/events?name=te1-1")).EnumerateArray().ToList();
        Assert.Contains(events, e => e.GetProperty("type").GetString() == "trace" && e.GetProperty("to").GetString() == "B2");
        Assert.Contains(events, e => e.GetProperty("type").GetString() == "trace-request" && e.GetProperty("to").GetString() == "done");

        string? Text(string property) => trace.GetProperty(property).GetString();
    }

    [Fact]
    public async Task Verification_of_a_TE_link_or_of_all_of_a_neighbour_answers_how_it_ended()
    {
        await using var daemon = await TestDaemon.StartAsync();
        Assert.Equal(409, (await daemon.SendAsync("POST", "/v1/neighbors/b/verify")).Status);
        await daemon.InvokeAsync((node, now) => { node.ReportDataPlane(now, null); return 0; });
        daemon.Run(TimeSpan.FromSeconds(30));
        daemon.After = TimeSpan.Zero;
        var sent = daemon.A.Node.Counters.Sent(MessageType.BeginVerify);
        foreach (var path in (string[])["/v1/te-links/te1/verify?wait=5min", "/v1/neighbors/b/verify?wait=5min", "/v1/neighbors/b/verify?unassigned=false&wait=5min"])
        {
            var request = daemon.SendAsync("POST", path);
            await TestDaemon.Eventually(() => daemon.InvokeAsync((node, _) => node.Counters.Sent(MessageType.BeginVerify)).Result > sent);
            var named = await daemon.GetAsync("/v1/verifications?name=b");
            Assert.Equal("Beginning", Assert.Single(named.EnumerateArray()).GetProperty("phase").GetString());
            daemon.Run(TimeSpan.FromSeconds(30));
            // There are no fibres: no Test message arrives.
            Assert.Equal("failed", (await request).Body.GetProperty("outcome").GetString());
            sent = daemon.A.Node.Counters.Sent(MessageType.BeginVerify);
        }
    }

    [Theory]
    [InlineData("POST", "/v1/neighbors/nosuch/verify", null, 404, "nosuch")]
    [InlineData("POST", "/v1/neighbors/b/verify?unassigned=perhaps", null, 400, "'perhaps'")]
    [InlineData("POST", "/v1/te-links/nosuch/verify", null, 404, "nosuch")]
    [InlineData("POST", "/v1/te-links/nosuch/confirm", null, 404, "nosuch")]
    [InlineData("PUT", "/v1/data-links/nosuch/trace", """{"type":"sdh-j0","send":"x"}""", 404, "nosuch")]
    [InlineData("PUT", "/v1/data-links/te1-1/trace", """{"type":"sdh-j0","send":"x"}""", 409, "encoding: sdh")]
    [InlineData("PUT", "/v1/data-links/te1-1/trace", """{"type":"sdh-j0"}""", 400, "the body is")]
    [InlineData("PUT", "/v1/data-links/te1-1/trace", """{"send":"x"}""", 400, "the body is")]
    [InlineData("PUT", "/v1/data-links/te1-1/trace", "{", 400, "the body is")]
    [InlineData("PUT", "/v1/data-links/te1-1/trace", """{"type":"j0","send":"x"}""", 400, "'j0' is no trace type: they are sonet-j0, ")]
    [InlineData("POST", "/v1/data-links/te1-1/trace", null, 400, "is no trace type")]
    [InlineData("POST", "/v1/control-channels/b/2/down", null, 404, "b/2")]
    [InlineData("POST", "/v1/control-channels/b/x/down", null, 400, "'x' is no CC_Id")]
    [InlineData("POST", "/v1/te-links/nosuch/summarize", null, 404, "nosuch")]
    [InlineData("POST", "/v1/te-links/nosuch/summarize?wait=1s", null, 404, "nosuch")]
    [InlineData("POST", "/v1/te-links/te1/summarize?wait=soon", null, 400, "'soon' is no time to wait")]
    [InlineData("POST", "/v1/te-links/te1/summarize?wait=11min", null, 400, "10min")]
    [InlineData("POST", "/v1/te-links/te1/summarize?wait=0s", null, 400, "'0s'")]
    [InlineData("POST", "/v1/data-links/te1-1,nosuch/allocate", null, 404, "nosuch")]
    [InlineData("POST", "/v1/data-links/,/allocate", null, 400, "at least one")]
    [InlineData("PUT", "/v1/data-links/nosuch/signal", Fail, 404, "nosuch")]
    [InlineData("PUT", "/v1/data-links/te1-1/signal", "", 400, "the body is")]
    [InlineData("PUT", "/v1/data-links/te1-1/signal", "{", 400, "the body is")]
    [InlineData("PUT", "/v1/data-links/te1-1/signal", "{}", 400, "the body is")]
    [InlineData("PUT", "/v1/data-links/te1-1/signal", "null", 400, "the body is")]
    [InlineData("PUT", "/v1/data-links/te1-1/signal", """{"signal":"bright"}""", 400, "the body is")]
    [InlineData("PUT", "/v1/data-links/te1-1/signal", """{"signal":3}""", 400, "the body is")]
    [InlineData("PUT", "/v1/data-links/te1-1/signal", """{"signal":"unknown"}""", 400, "the body is")]
    [InlineData("GET", "/v1/data-links/te1-1/signal", null, 405, "does not take GET, but PUT")]
    [InlineData("DELETE", "/v1/node", null, 405, "does not take DELETE, but GET")]
    public async Task What_cannot_be_done_is_told(string method, string path, string? body, int status, string text)
    {
        await using var daemon = await TestDaemon.StartAsync();
        var (actual, error) = await daemon.SendAsync(method, path, body);
        Assert.Equal(status, actual);
        Assert.Contains(text, error.GetProperty("error").GetString());
    }

    private static NodeConfiguration Sdh(NodeConfiguration node) => node with
    {
        TeLinks = [.. node.TeLinks.Select(t => t with { DataLinks = [.. t.DataLinks.Select(l => l with { Capabilities = [LinkConfigurations.Tdm(10, 10)] })] })],
    };

    [Fact]
    public async Task What_the_state_does_not_allow_is_a_conflict()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        Assert.Equal(409, (await daemon.SendAsync("POST", "/v1/te-links/te1/summarize")).Status);
        var (status, error) = await daemon.SendAsync("POST", "/v1/data-links/te1-1/allocate");
        Assert.Equal(409, status);
        Assert.Contains("te1-1", error.GetProperty("error").GetString());
    }
}
