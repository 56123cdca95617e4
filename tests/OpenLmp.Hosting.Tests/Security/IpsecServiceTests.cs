using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>RFC 4204 §15.2, with a charon that does as the test says.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "DisposeAsync of IAsyncLifetime disposes of them.")]
public sealed class IpsecServiceTests : IAsyncLifetime
{
    private const string Secret = "MarkedSecret-4204";

    private static readonly IpsecTiming Quick = new()
    {
        Poll = TimeSpan.FromMilliseconds(20),
        Grace = TimeSpan.FromMilliseconds(30),
        Courtesy = TimeSpan.FromMilliseconds(50),
        FirstPause = TimeSpan.FromMilliseconds(20),
        LongestPause = TimeSpan.FromMilliseconds(100),
        Recovery = TimeSpan.FromMilliseconds(200),
        LongestRecovery = TimeSpan.FromMilliseconds(800),
    };

    private readonly string _directory = Directory.CreateTempSubdirectory("lmp-ipsec-").FullName;
    private readonly Lines _log = new();
    private NodeLoop? _loop;
    private IpsecService? _service;

    private string Vici => Path.Combine(_directory, "charon.vici");

    private string Psk => Path.Combine(_directory, "psk");

    private TunnelStatus? Tunnel => _service!.TunnelsTo("oxc2").SingleOrDefault();

    [Fact]
    [Requirement("4204-15.2-6")]
    [Requirement("4204-15.2-7")]
    [Requirement("4204-15.2-8")]
    [Requirement("4204-15.2-2")]
    public async Task Charon_is_told_of_the_tunnel_and_asked_to_set_it_up()
    {
        await using var charon = new FakeCharon(Vici);
        await StartAsync();

        await TunnelAsync(t => t.State == TunnelState.Up);

        var connection = Assert.Single(charon.Last("load-conn").Sections);
        Assert.Equal("lmpd-oxc2-127.42.4.1-127.42.4.2", connection.Name);
        Assert.Equal("2", connection.Section["version"]);
        Assert.Equal(["127.42.4.1"], connection.Section.List("local_addrs"));
        // §15.2: "the value of the identities SHOULD be the IP addresses of the communicating peers".
        Assert.Equal(("psk", "127.42.4.1"), (connection.Section.Section("local-1")!["auth"], connection.Section.Section("local-1")!["id"]));
        Assert.Equal(("psk", "127.42.4.2"), (connection.Section.Section("remote-1")!["auth"], connection.Section.Section("remote-1")!["id"]));
        var child = Assert.Single(connection.Section.Section("children")!.Sections).Section;
        Assert.Equal("tunnel", child["mode"]);
        // §15.2: "The protocol field MUST be UDP. The port field SHOULD be set to zero".
        Assert.Equal(["127.42.4.1/32[udp]"], child.List("local_ts"));
        Assert.Equal(["127.42.4.2/32[udp]"], child.List("remote_ts"));
        Assert.Equal((Secret, "IKE"), (charon.Last("load-shared")["data"], charon.Last("load-shared")["type"]));
        Assert.Equal(["127.42.4.1", "127.42.4.2"], charon.Last("load-shared").List("owners"));
        Assert.Equal(("AES_GCM_16-128", 0xBEEFu, 0), (Tunnel!.Encryption, Tunnel.SpiOut, Tunnel.Rekeys));
        Assert.NotNull(Tunnel.Established);
    }

    [Fact]
    public async Task The_port_is_selected_where_it_is_configured()
    {
        await using var charon = new FakeCharon(Vici);
        await StartAsync(", selector: lmp, esp-proposals: [ null-sha256 ], ike-proposals: [ aes128-sha256-x25519 ], rekey-time: 10min, if-id: 7, local-id: oxc1.example.net");

        await TunnelAsync(t => t.State == TunnelState.Up);

        var connection = Assert.Single(charon.Last("load-conn").Sections).Section;
        var child = Assert.Single(connection.Section("children")!.Sections).Section;
        Assert.Equal(["127.42.4.1/32[udp/7011]"], child.List("local_ts"));
        Assert.Equal(["127.42.4.2/32[udp/7012]"], child.List("remote_ts"));
        Assert.Equal(("600s", "7", "7"), (child["rekey_time"], child["if_id_in"], child["if_id_out"]));
        Assert.Equal(["null-sha256"], child.List("esp_proposals"));
        Assert.Equal(["aes128-sha256-x25519"], connection.List("proposals"));
        Assert.Equal("oxc1.example.net", connection.Section("local-1")!["id"]);
    }

    [Fact]
    public async Task Without_charon_the_words_say_so_and_nothing_is_sent()
    {
        await StartAsync();

        await TunnelAsync(t => t.State == TunnelState.Down);
        var (state, reason, sent) = await ChannelAsync(c => (c.State, c.Reason, _loop!.Statistics.DatagramsSent));

        Assert.Equal(ControlChannelState.Down, state);
        Assert.Equal($"no IPsec tunnel to 127.42.4.2: charon at {Vici} does not answer (there is no such socket); start strongSwan, or correct vici", reason);
        Assert.Equal(0, sent);
        Assert.Equal(AlarmState.Raised, await AlarmAsync());

        await using var charon = new FakeCharon(Vici);
        await TunnelAsync(t => t.State == TunnelState.Up);
        Assert.Equal(AlarmState.Cleared, await AlarmAsync());
        // The node has its transport, but for the device, which only the real charon makes.
        Assert.StartsWith("no IPsec tunnel to 127.42.4.2: interface lo is no tunnel's", await ChannelAsync(c => c.Reason), StringComparison.Ordinal);
        Assert.Equal(0, _loop!.Statistics.DatagramsSent);
    }

    [Theory]
    [InlineData("received AUTHENTICATION_FAILED notify error", "oxc2 refused our authentication (AUTHENTICATION_FAILED): the keys or the identities of the two ends differ; compare psk-file, local-id and remote-id with what oxc2 has")]
    [InlineData("received NO_PROPOSAL_CHOSEN notify error", "oxc2 refused (NO_PROPOSAL_CHOSEN): it does not know this node's address, or the two have no algorithms in common; see the configuration there, ike-proposals and esp-proposals")]
    [InlineData("received TS_UNACCEPTABLE notify, no CHILD_SA built", "oxc2 protects other traffic (TS_UNACCEPTABLE); its selectors have to cover UDP between 127.42.4.1 and 127.42.4.2")]
    [InlineData("giving up after 5 retransmits", "127.42.4.2 does not answer IKE; see that charon runs there, and that UDP 500 and 4500 are open")]
    [InlineData("something new", "establishing CHILD_SA failed; charon says: something new")]
    public async Task A_refusal_is_told_with_its_cause_and_tried_again(string logged, string told)
    {
        await using var charon = new FakeCharon(Vici) { Refusal = logged };
        await StartAsync();

        await TunnelAsync(t => t.Problem == $"no IPsec tunnel to 127.42.4.2: {told}");
        var attempts = charon.Count("initiate");
        await Eventually.TrueAsync(() => charon.Count("initiate") > attempts, () => "another attempt");
        charon.Refusal = null;

        await TunnelAsync(t => t.State == TunnelState.Up);
    }

    [Fact]
    public async Task New_keys_are_counted()
    {
        await using var charon = new FakeCharon(Vici);
        await StartAsync();
        await TunnelAsync(t => t.State == TunnelState.Up);

        charon.Associations["lmpd-oxc2-127.42.4.1-127.42.4.2"] = 0xAFFE;

        await TunnelAsync(t => t is { State: TunnelState.Up, SpiIn: 0xAFFE, Rekeys: 1 });
    }

    [Fact]
    public async Task Where_no_channel_comes_up_the_crypto_channel_is_torn_down_and_set_up_anew()
    {
        await using var charon = new FakeCharon(Vici);
        await StartAsync();

        await Eventually.TrueAsync(() => charon.Count("terminate") >= 2 && charon.Count("initiate") >= 3, () => string.Join(' ', charon.Asked.Select(a => a.Command)));

        // First the control channels are down, then the tunnel goes, then it comes, then they may.
        var steps = charon.Asked.Select(a => a.Command).Where(c => c is "initiate" or "terminate").Take(5);
        Assert.Equal(["initiate", "terminate", "initiate", "terminate", "initiate"], steps);
        Assert.Contains("it is torn down and set up anew (RFC 4204 §15.2)", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_the_operator_took_down_is_no_failure()
    {
        await using var charon = new FakeCharon(Vici);
        await StartAsync();
        await _loop!.InvokeAsync((node, now) => node.ControlChannelDown(now, "oxc2", 1));
        await TunnelAsync(t => t.State == TunnelState.Up);
        var before = charon.Count("terminate");
        var polls = charon.Count("list-sas");

        await Eventually.TrueAsync(() => charon.Count("list-sas") > polls + 30, () => "polls");

        Assert.Equal(before, charon.Count("terminate"));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255 })]
    [InlineData(new byte[] { 0, 0, 0, 3, 1, 9, 9 })]
    [InlineData(new byte[] { 0, 0, 0, 1, 99 })]
    [InlineData(new byte[] { 0, 0, 0, 1, 2 })]
    public async Task Rubbish_is_no_answer(byte[] rubbish)
    {
        await using var charon = new FakeCharon(Vici) { Rubbish = rubbish };
        await StartAsync();

        await TunnelAsync(t => t.Problem?.Contains($"charon at {Vici} does not answer", StringComparison.Ordinal) == true);
        charon.Rubbish = null;

        await TunnelAsync(t => t.State == TunnelState.Up);
    }

    [Fact]
    [Requirement("4204-15.2-13")]
    public async Task The_key_is_read_from_its_file_alone_and_told_to_charon_alone()
    {
        await using var charon = new FakeCharon(Vici) { Refusal = "received AUTHENTICATION_FAILED notify error" };
        var configuration = await StartAsync();
        await TunnelAsync(t => t.State == TunnelState.Down);
        charon.Rubbish = [0, 0, 0, 3, 1, 9, 9];
        await Eventually.TrueAsync(() => _log.ToString().Contains("does not answer", StringComparison.Ordinal), () => _log.ToString());
        charon.Rubbish = null;
        File.SetUnixFileMode(Psk, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        await _service!.ApplyAsync(configuration);
        await TunnelAsync(t => t.Problem?.Contains("chmod 600", StringComparison.Ordinal) == true);

        Assert.Equal(Secret, charon.Last("load-shared")["data"]);
        foreach (var said in (string[])[_log.ToString(), configuration.ToString(), $"{Tunnel}", await ChannelAsync(c => c.Reason), await AlarmTextAsync()])
            Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("4204-15.2-11")]
    public async Task Certificates_are_told_and_their_key()
    {
        File.WriteAllText(Path.Combine(_directory, "cert"), "OURS");
        File.WriteAllText(Path.Combine(_directory, "ca"), "AUTHORITY");
        await using var charon = new FakeCharon(Vici);
        await StartAsync(keys: $"certificate-file: {_directory}/cert, key-file: {Psk}, ca-file: {_directory}/ca");

        await TunnelAsync(t => t.State == TunnelState.Up);

        var connection = Assert.Single(charon.Last("load-conn").Sections).Section;
        Assert.Equal("pubkey", connection.Section("local-1")!["auth"]);
        Assert.Equal(["OURS"], connection.Section("local-1")!.List("certs"));
        Assert.Equal("pubkey", connection.Section("remote-1")!["auth"]);
        Assert.Equal(["AUTHORITY"], connection.Section("remote-1")!.List("cacerts"));
        Assert.Equal(Secret + "\n", charon.Last("load-key")["data"]);
        Assert.Equal(0, charon.Count("load-shared"));
    }

    [Fact]
    public async Task What_is_no_longer_configured_is_unloaded()
    {
        await using var charon = new FakeCharon(Vici);
        var configuration = await StartAsync();
        await TunnelAsync(t => t.State == TunnelState.Up);

        await _service!.ApplyAsync(configuration with { Ipsec = [] });

        await Eventually.TrueAsync(() => charon.Count("terminate") == 1, () => string.Join(' ', charon.Asked.Select(a => a.Command)));
        Assert.Equal(("lmpd-oxc2-127.42.4.1-127.42.4.2", "lmpd-oxc2-127.42.4.1-127.42.4.2"), (charon.Last("unload-conn")["name"], charon.Last("unload-shared")["id"]));
        Assert.Null(Tunnel);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_loop is not null) await _loop.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<DaemonConfiguration> StartAsync(string more = "", string? keys = null)
    {
        File.WriteAllText(Psk, Secret + "\n");
        File.SetUnixFileMode(Psk, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var configuration = Reading.Good($$"""
            node: {id: 10.0.0.1, name: oxc1}
            listen: [ "127.42.4.1:7011" ]
            neighbors:
              - name: oxc2
                node-id: 10.0.0.2
                security: ipsec
                ipsec: {vici: {{Vici}}, device: lo, {{keys ?? $"psk-file: {Psk}"}}{{more}}}
                control-channels: [ {id: 1, local: 127.42.4.1, remote: "127.42.4.2:7012"} ]
            """);
        _loop = new NodeLoop(new NodeLoopOptions { Configuration = configuration.Node, Listen = configuration.Listen }, new EventHub<NodeEvent>(e => e), _log);
        _loop.Start();
        await _loop.Started;
        _service = new IpsecService(_loop, configuration, _log, Quick);
        await _service.StartAsync(CancellationToken.None);
        return configuration;
    }

    private Task TunnelAsync(Func<TunnelStatus, bool> condition) => Eventually.TrueAsync(() => Tunnel is { } tunnel && condition(tunnel), () => $"the tunnel; it is {Tunnel}");

    private Task<T> ChannelAsync<T>(Func<ControlChannel, T> read) => _loop!.InvokeAsync((node, _) => read(node.Neighbors.Single().ControlChannels.Single()));

    private Task<AlarmState?> AlarmAsync() => _loop!.InvokeAsync((node, _) => node.Alarms.Find(AlarmKind.IpsecDown, "oxc2")?.State);

    private Task<string> AlarmTextAsync() => _loop!.InvokeAsync((node, _) => string.Join('\n', node.Alarms.All));

    /// <summary>Everything logged, with the exceptions.</summary>
    private sealed class Lines : ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public override string ToString() => string.Join('\n', _lines);
    }
}
