using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Hosting.Http;

namespace OpenLmp.Hosting.Tests.Http;

public class ServerTests
{
    [Fact]
    public async Task Healthz_answers()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        Assert.Equal("""{"status":"ok"}""", (await daemon.GetAsync("/healthz")).GetRawText());
    }

    [Fact]
    public async Task A_failure_leaks_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        daemon.BeforeEach = () => throw new InvalidOperationException("secret detail");
        var (status, body) = await daemon.SendAsync("GET", "/v1/te-links");
        Assert.Equal(500, status);
        Assert.Equal("an internal error; the daemon's log has its details", body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_node_that_has_stopped_is_told()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        daemon.BeforeEach = () => throw new ObjectDisposedException("node");
        Assert.Equal(503, (await daemon.SendAsync("GET", "/healthz")).Status);
    }

    [Fact]
    public async Task A_body_too_large_is_refused()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var (status, body) = await daemon.SendAsync("PUT", "/v1/data-links/te1-1/signal", new string(' ', 100_000));
        Assert.Equal(413, status);
        Assert.DoesNotContain(" at ", body.GetProperty("error").GetString());
    }

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task The_socket_is_for_owner_and_group_only_and_goes_with_the_daemon()
    {
        var daemon = await TestDaemon.StartAsync(up: false);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(daemon.SocketPath));
        await daemon.DisposeAsync();
        Assert.False(Path.Exists(daemon.SocketPath));
    }

    [Fact]
    public async Task The_socket_of_a_dead_daemon_is_replaced_and_its_directory_made()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var path = Path.Combine(Path.GetDirectoryName(daemon.SocketPath)!, "sub", "dead.sock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        LeaveBehind(path);
        Assert.True(Path.Exists(path));
        await using var server = Server(daemon, path);
        await server.StartAsync();
        Assert.StartsWith("HTTP/1.1 200", await RawAsync(path, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    }

    [Fact]
    public async Task The_socket_of_a_living_daemon_is_left_alone()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        await using var server = Server(daemon, daemon.SocketPath);
        var error = await Assert.ThrowsAsync<DaemonStartException>(() => server.StartAsync());
        Assert.Equal($"api socket {daemon.SocketPath}: another daemon answers there; stop it or choose another path", error.Message);
        Assert.Equal(200, (await daemon.SendAsync("GET", "/healthz")).Status);
    }

    [Fact]
    public async Task Who_comes_before_the_server_waits_for_it_and_another_daemon_finds_the_place_taken()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var path = Path.Combine(Path.GetDirectoryName(daemon.SocketPath)!, "early.sock");
        await using var server = Server(daemon, path);
        server.Reserve();
        var answer = RawAsync(path, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        await using (var other = Server(daemon, path))
            Assert.EndsWith("another daemon answers there; stop it or choose another path", Assert.Throws<DaemonStartException>(other.Reserve).Message);
        await server.StartAsync();
        Assert.StartsWith("HTTP/1.1 200", await answer);
    }

    [Fact]
    public async Task A_place_that_was_taken_and_never_served_is_free_again()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var path = Path.Combine(Path.GetDirectoryName(daemon.SocketPath)!, "never.sock");
        var server = Server(daemon, path);
        server.Reserve();
        Assert.True(Path.Exists(path));
        await server.DisposeAsync();
        Assert.False(Path.Exists(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("precious")]
    public async Task What_is_no_socket_is_left_alone(string content)
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var path = Path.Combine(Path.GetDirectoryName(daemon.SocketPath)!, "file");
        await File.WriteAllTextAsync(path, content);
        await using var server = Server(daemon, path);
        var error = await Assert.ThrowsAsync<DaemonStartException>(() => server.StartAsync());
        Assert.Contains("something else than a socket", error.Message);
        Assert.Equal(content, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_TCP_port_in_use_is_told()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var http = new Protocol.NetworkEndpoint(Protocol.NetworkAddress.From(IPAddress.Loopback), (ushort)daemon.Tcp.Port);
        await using var server = new ApiServer(daemon, new ApiConfiguration { SocketPath = null, Http = http }, NullLoggerFactory.Instance);
        var error = await Assert.ThrowsAsync<DaemonStartException>(() => server.StartAsync());
        Assert.Contains($"127.0.0.1:{daemon.Tcp.Port}", error.Message);
        Assert.Contains("in use", error.Message);
    }

    [Fact]
    public async Task Nonsense_in_place_of_HTTP_is_refused_and_harms_nobody()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        Assert.StartsWith("HTTP/1.1 400", await RawAsync(daemon.SocketPath, "\u0001\u0002nonsense\r\n\r\n"));
        Assert.Equal(200, (await daemon.SendAsync("GET", "/healthz")).Status);
    }

    [Fact]
    public async Task Metrics_are_in_the_format_of_Prometheus()
    {
        await using var daemon = await TestDaemon.StartAsync();
        using var response = await daemon.Http.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var lines = (await response.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.Matches("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [-0-9.E+]+)$""", line));
        Assert.Contains("""lmp_control_channel_up{neighbor="b",id="1"} 1""", lines);
        Assert.Contains("""lmp_data_links{te_link="te1",state="UpFree"} 2""", lines);
        Assert.Contains("""lmp_datagrams_dropped_total{reason="unknown-source"} 0""", lines);
        Assert.Contains("""lmp_alarms{severity="critical"} 0""", lines);
        Assert.Contains(lines, line => line.StartsWith("""lmp_neighbor_messages_received_total{neighbor="b",type="Hello"} """, StringComparison.Ordinal));
        Assert.Contains("""lmp_control_channel_state{neighbor="b",id="1"} 4""", lines);
        Assert.Contains("""lmp_te_link_state{te_link="te1",neighbor="b"} 2""", lines);
        Assert.Contains("""lmp_te_link_accepts_connections{te_link="te1",neighbor="b"} 1""", lines);
        Assert.Contains("""lmp_data_link_state{data_link="te1-2",te_link="te1"} 3""", lines);
        Assert.Contains("""lmp_data_link_signal{data_link="te1-2",te_link="te1"} 0""", lines);
        Assert.Contains("# HELP lmp_data_link_signal What the data plane receives: 0 Unknown, 1 Ok, 2 Degrade, 3 Fail.", lines);
        Assert.All(
            (string[])["hellos_sent", "hellos_received", "octets_sent", "octets_received"],
            name => Assert.Contains(lines, line => line.StartsWith($"lmp_control_channel_{name}_total{{neighbor=\"b\",id=\"1\"}} ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal)));
        Assert.Contains("""lmp_control_channel_retransmissions_total{neighbor="b",id="1"} 0""", lines);
        Assert.Contains("# TYPE lmp_timer_lateness_seconds histogram", lines);
        Assert.Contains("# TYPE lmp_hello_lateness_seconds histogram", lines);
        Assert.Contains("""lmp_timer_lateness_seconds_bucket{le="+Inf"} 0""", lines);
        var families = lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToArray();
        Assert.Equal(families.Distinct(), families);
    }

    private static ApiServer Server(TestDaemon daemon, string path) => new(daemon, new ApiConfiguration { SocketPath = path }, NullLoggerFactory.Instance);

    // .NET removes the file of a listening socket it closes; a killed process cannot.
    private static void LeaveBehind(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path + ".tmp"));
        File.Move(path + ".tmp", path);
    }

    private static async Task<string> RawAsync(string path, string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await reader.ReadToEndAsync(limit.Token);
    }
}
