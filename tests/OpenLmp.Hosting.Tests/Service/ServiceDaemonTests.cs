using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>What systemd hears of a daemon.</summary>
public class ServiceDaemonTests
{
    [Fact]
    public async Task It_is_told_of_start_reload_and_stop_and_how_the_node_is()
    {
        using var systemd = new DatagramListener();
        using var service = new ServiceManager(systemd.Name, null);
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        await using var a = await StartAsync(left, service);
        Assert.True(File.Exists(left.Socket));
        await systemd.ReadUntilAsync(text => text == "READY=1");
        await using var b = await StartAsync(right, null);
        await systemd.ReadUntilAsync(text => text == "STATUS=oxc1: up are 1 of 1 neighbours, 0 of 0 TE links; alarms: 0");

        var good = left.Read();
        left.Write("node: [");
        Assert.False(await a.ReloadAsync());
        await systemd.ReadUntilAsync(text => text.StartsWith("RELOADING=1\n", StringComparison.Ordinal));
        await systemd.ReadUntilAsync(text => text.StartsWith("STATUS=", StringComparison.Ordinal) && text.EndsWith("has errors: nothing changed", StringComparison.Ordinal));
        await systemd.ReadUntilAsync(text => text == "READY=1");

        left.Write(good.Replace("name: oxc1", "name: renamed", StringComparison.Ordinal));
        Assert.True(await a.ReloadAsync());
        await systemd.ReadUntilAsync(text => text.StartsWith("RELOADING=1\n", StringComparison.Ordinal));
        await systemd.ReadUntilAsync(text => text == "STATUS=renamed: up are 1 of 1 neighbours, 0 of 0 TE links; alarms: 0");
        await systemd.ReadUntilAsync(text => text == "READY=1");

        await a.StopAsync();
        await systemd.ReadUntilAsync(text => text == "STOPPING=1");
    }

    [Fact]
    public async Task The_watchdog_is_fed_while_nothing_else_happens()
    {
        using var systemd = new DatagramListener();
        using var service = new ServiceManager(systemd.Name, TimeSpan.FromMilliseconds(200));
        using var files = new DaemonFiles();
        files.Write($"node: {{id: 10.0.0.1}}\nlisten: [ \"{SocketRig.FreshLoopback()}:7010\" ]\napi: {{socket: {files.Socket}}}\n");
        await using var host = await StartAsync(files, service);
        for (var i = 0; i < 5; i++) await systemd.ReadUntilAsync(text => text == "WATCHDOG=1");
    }

    [Fact]
    public async Task A_stuck_protocol_thread_does_not_feed_it()
    {
        var (left, right) = TestNode.Pair();
        var (stuck, well) = (0, 0);
        var threads = new HashSet<string?>();
        await using var a = Loop(left, () => Interlocked.Increment(ref stuck));
        await using var b = Loop(right, () =>
        {
            threads.Add(Thread.CurrentThread.Name);
            Interlocked.Increment(ref well);
        });
        await Eventually.TrueAsync(() => Volatile.Read(ref stuck) > 3, () => "signs of life");

        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var blocking = a.InvokeAsync((_, _) =>
        {
            entered.Set();
            release.Wait();
            return true;
        });
        Assert.True(await Task.Run(() => entered.Wait(TimeSpan.FromSeconds(60))));
        var (before, others) = (Volatile.Read(ref stuck), Volatile.Read(ref well));
        // Time as the other node's thread tells it.
        await Eventually.TrueAsync(() => Volatile.Read(ref well) > others + 10, () => "the other node's signs of life");
        Assert.Equal(before, Volatile.Read(ref stuck));

        release.Set();
        Assert.True(await blocking);
        await Eventually.TrueAsync(() => Volatile.Read(ref stuck) > before, () => "signs of life again");
        await b.StopAsync();
        Assert.Equal("lmp-node", Assert.Single(threads));
    }

    private static NodeLoop Loop(NodeConfiguration configuration, Action alive)
    {
        var options = new NodeLoopOptions
        {
            Configuration = configuration,
            Node = new NodeOptions { Seed = 1, FirstMessageId = 1 },
            Watchdog = (TimeSpan.FromMilliseconds(20), alive),
        };
        var loop = new NodeLoop(options, new EventHub<NodeEvent>(e => e), NullLogger.Instance);
        loop.Start();
        return loop;
    }

    private static Task<DaemonHost> StartAsync(DaemonFiles files, ServiceManager? service) => DaemonHost.StartAsync(new DaemonHostOptions
    {
        Configuration = ConfigurationReader.Load(files.Configuration).Configuration!,
        ConfigurationPath = files.Configuration,
        Service = service,
    });
}
