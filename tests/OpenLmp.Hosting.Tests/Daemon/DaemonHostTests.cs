using OpenLmp.Api;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>Whole nodes in one process, as the lab runs them.</summary>
public class DaemonHostTests
{
    [Fact]
    public async Task Several_hosts_live_in_one_process()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        await using var a = await StartAsync(left);
        await using var b = await StartAsync(right);
        using var events = a.Events.Subscribe(after: 0);
        while ((await events.Reader.ReadAsync()).Event is not { Type: EventTypes.Adjacency, To: "Up" })
        {
        }

        Assert.True(await b.InvokeAsync((node, _) => node.Name == "oxc2"));
        await a.StopAsync();
        await a.StopAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => a.InvokeAsync((_, _) => 1));
        Assert.False(File.Exists(left.Socket));

        // The place is free again.
        await using var again = await StartAsync(left);
        Assert.Equal("oxc1", await again.InvokeAsync((node, _) => node.Name));
    }

    [Fact]
    public async Task A_reader_of_events_that_comes_back_after_a_restart_misses_nothing()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        var before = await StartAsync(left);
        await using (before)
        using (var events = before.Events.Subscribe(after: 0)) await events.Reader.ReadAsync();
        var seen = before.Events.Last;

        await using var again = await StartAsync(left);
        using var resumed = again.Events.Subscribe(after: seen);
        var first = await resumed.Reader.ReadAsync();
        Assert.Equal(again.Events.Recent()[0].Number, first.Number);
        Assert.True(first.Number > seen + 1, "the gap tells that the daemon was restarted");
    }

    [Fact]
    public async Task A_file_read_again_is_in_force_or_changes_nothing()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        await using var host = await StartAsync(left);
        var before = host.Configuration;
        var good = left.Read();

        left.Write("node: [");
        Assert.False(await host.ReloadAsync());
        Assert.Same(before, host.Configuration);

        left.Write(good.Replace("id: 1,", "id: 7,", StringComparison.Ordinal));
        Assert.True(await host.ReloadAsync());
        Assert.Equal(7u, host.Configuration.Node.Neighbors[0].ControlChannels[0].Id);
        Assert.Equal(new uint[] { 7 }, await host.InvokeAsync((node, _) => node.Neighbors.Single().ControlChannels.Select(c => c.Id).ToArray()));
    }

    [Fact]
    public async Task Message_Ids_start_above_those_of_an_earlier_run()
    {
        // RFC 4204 §7; without retained state they start by the wall clock.
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        using var listener = new System.Net.Sockets.UdpClient(Remote(left));
        await using var host = await StartAsync(left);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var first = await listener.ReceiveAsync(limit.Token);
        Assert.True(Wire.LmpMessage.TryDecode(first.Buffer, out var message, out var error), error.ToString());
        var config = Assert.IsType<Wire.ConfigMessage>(message);
        var now = MessageIdStart.FromWallClock(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.InRange((int)(now - config.MessageId!.Value), 0, (int)MessageIdStart.FromWallClock(600_000));
    }

    [Fact]
    public async Task A_daemon_that_finds_its_place_taken_says_nothing_to_the_neighbours()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        using var other = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, default);
        other.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(left.Socket));
        other.Listen();
        using var listener = new System.Net.Sockets.UdpClient(Remote(left));
        var refused = await Assert.ThrowsAsync<DaemonStartException>(() => StartAsync(left));
        Assert.Contains("another daemon answers there", refused.Message);
        Assert.Equal(0, listener.Available);
    }

    private static System.Net.IPEndPoint Remote(DaemonFiles files)
    {
        var remote = ConfigurationReader.Load(files.Configuration).Configuration!.Node.Neighbors[0].ControlChannels[0].Remote;
        return new System.Net.IPEndPoint(remote.Address.ToIPAddress(), remote.Port);
    }

    private static Task<DaemonHost> StartAsync(DaemonFiles files)
    {
        var result = ConfigurationReader.Load(files.Configuration);
        Assert.True(result.IsValid, string.Join('\n', result.Errors));
        return DaemonHost.StartAsync(new DaemonHostOptions { Configuration = result.Configuration, ConfigurationPath = files.Configuration });
    }
}
