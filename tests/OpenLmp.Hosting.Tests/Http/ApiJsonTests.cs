using System.Text.Json;
using OpenLmp.Api;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>The JSON that scripts rely on, letter by letter.</summary>
public class ApiJsonTests
{
    private static readonly DateTime Noon = new(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_node() => Pinned(
        new NodeInfo("oxc1", "10.0.0.1", "0.1.0", Noon, new(2, 1), new(3, 2), new(1, 1), new(4, 4), 2, 1, new(10, 9, 1, 0, 12.5, 300), "not up: 1 of 2 neighbours", new("external", true, new("sim", 7, Noon, true, false), new(1, 2, 3, 4, 5, 6), "")),
        """{"name":"oxc1","nodeId":"10.0.0.1","version":"0.1.0","started":"2026-01-02T12:00:00Z","neighbors":{"total":2,"up":1},"controlChannels":{"total":3,"up":2},"teLinks":{"total":1,"up":1},"dataLinks":{"total":4,"up":4},"allocated":2,"alarms":1,"loop":{"datagramsReceived":10,"datagramsSent":9,"datagramsUnsent":1,"faults":0,"meanLateness":12.5,"worstLateness":300},"reason":"not up: 1 of 2 neighbours","dataPlane":{"kind":"external","canTest":true,"agent":{"name":"sim","session":7,"since":"2026-01-02T12:00:00Z","canTest":true,"resynchronized":false},"counters":{"sessions":1,"orders":2,"testsSent":3,"testsReceived":4,"signals":5,"refused":6},"reason":""}}""");

    [Fact]
    public void A_neighbour() => Pinned(
        new NeighborInfo("oxc2", "10.0.0.2", AdjacencyState.Up, "none", BehaviorSupport.Negotiated, ["trace", "consistency-check"], "", ["oxc2/1"], ["te1"], "", Noon, new SecurityInfo("ipsec", Api.TunnelState.Up, "AES_GCM_16-128", "0000000a", "0000000b", Noon, 3, new UpCount(1, 1), "")),
        """{"name":"oxc2","nodeId":"10.0.0.2","state":"Up","wdm":"none","behaviorSupport":"Negotiated","behaviors":["trace","consistency-check"],"legacyReason":"","controlChannels":["oxc2/1"],"teLinks":["te1"],"reason":"","lastChange":"2026-01-02T12:00:00Z","security":{"mode":"ipsec","state":"up","encryption":"AES_GCM_16-128","spiIn":"0000000a","spiOut":"0000000b","established":"2026-01-02T12:00:00Z","rekeys":3,"tunnels":{"total":1,"up":1},"reason":""}}""");

    [Fact]
    public void A_control_channel() => Pinned(
        new ControlChannelInfo("oxc2/1", "oxc2", 1, null, "10.255.0.1", "10.255.0.2:7011", "eth0", ControlChannelRole.Passive, AdminState.Down, ControlChannelState.ConfRcv, 150, 500, 7, 6, 2, "it's down", Noon),
        """{"name":"oxc2/1","neighbor":"oxc2","id":1,"remoteId":null,"localAddress":"10.255.0.1","remoteAddress":"10.255.0.2:7011","interface":"eth0","role":"passive","adminState":"down","state":"ConfRcv","helloInterval":150,"helloDeadInterval":500,"txSeqNum":7,"rcvSeqNum":6,"flaps":2,"reason":"it's down","lastChange":"2026-01-02T12:00:00Z"}""");

    [Fact]
    public void A_TE_link() => Pinned(
        new TeLinkInfo("te1", "oxc2", new(1, null), new(0, "192.0.2.1"), TeLinkState.Degraded, true, false, false, 0, ["te1-1"], "why", Noon, null),
        """{"name":"te1","neighbor":"oxc2","localId":1,"remoteId":"192.0.2.1","state":"Degraded","faultManagement":true,"linkVerification":false,"acceptsConnections":false,"unreservedBandwidth":0,"dataLinks":["te1-1"],"reason":"why","lastChange":"2026-01-02T12:00:00Z","configuredRemoteId":null}""");

    [Fact]
    public void A_data_link() => Pinned(
        new DataLinkInfo("te1-1", "te1", "oxc2", new(101, null), null, null, true, null, DataLinkState.Test, DataLinkState.Test, DataLinkState.UpFree, true, false, SignalState.Ok, SignalState.Unknown, SignalState.Fail, 3, true, false, "te2-1", "te2-2", null, [new("lsc", "lambda", 1e9, 1e10, "1 Gbps to 10 Gbps")], 0, [11], [7], 13, 80000, ["dedicated-1plus1"], 5, [new(201, null), new(0, "hex:0a0b0c")], [new("sonet-j0", "A", null, "", null, "why")], "", Noon, new(201, null), new(202, null), null, "line-1", SignalState.Degrade),
        """{"name":"te1-1","teLink":"te1","neighbor":"oxc2","localId":101,"remoteId":null,"interface":null,"port":true,"componentLink":null,"state":"Test","activeState":"Test","passiveState":"UpFree","allocated":true,"verified":false,"signal":"ok","remoteSignal":"unknown","settledSignal":"fail","signalFailures":3,"watched":true,"activeThere":false,"continuesOn":"te2-1","comesFrom":"te2-2","fault":null,"capabilities":[{"switchingType":"lsc","encoding":"lambda","minimumBandwidth":1000000000,"maximumBandwidth":10000000000,"bandwidth":"1 Gbps to 10 Gbps"}],"wavelength":0,"srlg":[11],"linkGroups":[7],"ber":13,"spanLength":80000,"opticalProtection":["dedicated-1plus1"],"administrativeGroup":5,"channels":[201,"hex:0a0b0c"],"traces":[{"type":"sonet-j0","send":"A","expect":null,"received":"","remoteReceived":null,"reason":"why"}],"reason":"","lastChange":"2026-01-02T12:00:00Z","configuredRemoteId":201,"foundTransmit":202,"foundReceive":null,"through":"line-1","lineSignal":"degrade"}""");

    [Fact]
    public void An_alarm() => Pinned(
        new AlarmInfo(AlarmSeverity.Major, "control-channel-down", "oxc2/1", "text", AlarmState.Suppressed, Noon, null, 3, "fault-localized te1", []),
        """{"severity":"major","kind":"control-channel-down","object":"oxc2/1","text":"text","state":"suppressed","raised":"2026-01-02T12:00:00Z","cleared":null,"count":3,"cause":"fault-localized te1","suppresses":[]}""");

    [Fact]
    public void An_event_of_a_state() => Pinned(
        new EventInfo(17, Noon, EventTypes.ControlChannelState, "oxc2/1", "Active", "Up", ""),
        """{"id":17,"time":"2026-01-02T12:00:00Z","type":"control-channel-state","object":"oxc2/1","from":"Active","to":"Up","text":""}""");

    [Fact]
    public void An_event_of_an_alarm() => Pinned(
        new EventInfo(18, Noon, EventTypes.Alarm, "te1", null, "raised", "text", AlarmSeverity.Warning, "te-link-mismatch"),
        """{"id":18,"time":"2026-01-02T12:00:00Z","type":"alarm","object":"te1","to":"raised","text":"text","severity":"warning","kind":"te-link-mismatch"}""");

    [Fact]
    public void An_event_of_a_fault() => Pinned(
        new EventInfo(19, Noon, EventTypes.FaultLocalized, "te1-1", null, "localized", "")
        {
            Fault = new FaultInfo([new("oxc1", "10.0.0.1", new(101, null)), new("oxc2", "10.0.0.2", null)], SignalState.Fail, true, false, Noon, true, "te2-1"),
        },
        """{"id":19,"time":"2026-01-02T12:00:00Z","type":"fault-localized","object":"te1-1","to":"localized","text":"","fault":{"ports":[{"node":"oxc1","nodeId":"10.0.0.1","interfaceId":101},{"node":"oxc2","nodeId":"10.0.0.2","interfaceId":null}],"signal":"fail","receive":true,"transmit":false,"since":"2026-01-02T12:00:00Z","allocated":true,"continuesOn":"te2-1"}}""");

    [Fact]
    public void Counters() => Pinned(
        new CountersInfo("oxc2", [new("Hello", 3, 2, 1)], [new("unknown-source", 4)]),
        """{"scope":"oxc2","messages":[{"type":"Hello","sent":3,"received":2,"retransmitted":1}],"drops":[{"reason":"unknown-source","count":4}]}""");

    [Fact]
    public void Orders_of_an_agent()
    {
        Pinned(
            new AgentOrder(AgentOrderKind.Hello, 1, "oxc1", "10.0.0.1", 7, 5000, [new AgentDataLink("te1-1", "te1", new(101, null), "p1", null, true, false, "j0-trace", null)]),
            """{"order":"hello","version":1,"node":"oxc1","nodeId":"10.0.0.1","session":7,"heartbeat":5000,"dataLinks":[{"name":"te1-1","teLink":"te1","localId":101,"interface":"p1","componentLink":null,"transmit":true,"receive":false,"transmitTransport":"j0-trace","receiveTransport":null}]}""");
        Pinned(new AgentOrder(AgentOrderKind.Test, DataLink: "te1-1", Message: "EAAA"), """{"order":"test","dataLink":"te1-1","message":"EAAA"}""");
        Pinned(
            new AgentOrder(AgentOrderKind.TestMode, DataLink: "te1-1", Interface: "p1", Transmit: true, Receive: false),
            """{"order":"test-mode","dataLink":"te1-1","interface":"p1","transmit":true,"receive":false}""");
        Pinned(
            new AgentOrder(AgentOrderKind.Trace, DataLink: "te1-1", TraceType: "sonet-j0", Text: "PARIS"),
            """{"order":"trace","dataLink":"te1-1","traceType":"sonet-j0","text":"PARIS"}""");
        Pinned(new AgentOrder(AgentOrderKind.End, Reason: "why", Reconnect: false), """{"order":"end","reason":"why","reconnect":false}""");
    }

    [Fact]
    public void Reports_of_an_agent()
    {
        Pinned(new AgentOffer(1, "sim", true), """{"version":1,"agent":"sim","canTest":true}""");
        Pinned(
            new AgentSignals(7, new Dictionary<string, SignalState> { ["te1-1"] = SignalState.Ok }, true),
            """{"session":7,"signals":{"te1-1":"ok"},"complete":true}""");
        Pinned(new AgentTests(7, [new AgentTest("te1-1", "EAAA")]), """{"session":7,"tests":[{"dataLink":"te1-1","message":"EAAA"}]}""");
        Pinned(new AgentHeartbeat(7), """{"session":7}""");
    }

    [Fact]
    public void Commands_and_errors()
    {
        Pinned(new CommandAnswer(CommandOutcome.Acknowledged, "yes"), """{"outcome":"acknowledged","text":"yes"}""");
        Pinned(new SignalReport(SignalState.Degrade), """{"signal":"degrade"}""");
        Pinned(new TraceReport("sonet-j0", Send: "A"), """{"type":"sonet-j0","received":null,"send":"A","expect":null}""");
        Pinned(new ErrorAnswer("no \"such\" link"), """{"error":"no \"such\" link"}""");
        Pinned(new HealthInfo("ok"), """{"status":"ok"}""");
    }

    [Fact]
    public void Words_are_pinned()
    {
        Assert.Equal(["node", "neighbors", "control-channels", "te-links", "data-links", "cross-connects", "verifications", "alarms", "events", "counters"], Words.All);
        Values<ControlChannelState>("Down", "ConfSnd", "ConfRcv", "Active", "Up", "GoingDown");
        Values<TeLinkState>("Down", "Init", "Up", "Degraded");
        Values<DataLinkState>("Down", "Test", "PasvTest", "UpFree", "UpAlloc");
        Values<SignalState>("unknown", "ok", "degrade", "fail");
        Values<AlarmSeverity>("warning", "minor", "major", "critical");
        Values<AlarmState>("raised", "suppressed", "cleared");
        Values<CommandOutcome>("done", "started", "acknowledged", "refused", "unanswered", "abandoned", "verified", "failed", "unwilling", "mismatch", "pending");
    }

    [Fact]
    public void An_answer_of_a_newer_daemon_is_understood()
    {
        var hit = JsonSerializer.Deserialize("""{"scope":"node","messages":[],"drops":[],"new":{"a":1}}""", ApiJson.TypeInfo<CountersInfo>());
        Assert.Equal("node", hit!.Scope);
    }

    private static void Pinned<T>(T value, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(value, ApiJson.TypeInfo<T>()));
        var read = JsonSerializer.Deserialize(json, ApiJson.TypeInfo<T>());
        Assert.Equal(json, JsonSerializer.Serialize(read, ApiJson.TypeInfo<T>()!));
    }

    private static void Values<T>(params string[] expected)
        where T : struct, Enum =>
        Assert.Equal(expected, Enum.GetValues<T>().Select(value => JsonSerializer.Serialize(value, ApiJson.TypeInfo<T>()).Trim('"')));
}
