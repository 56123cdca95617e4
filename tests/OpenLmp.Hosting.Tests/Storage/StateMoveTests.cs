using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Storage;

/// <summary>What a node retains moves to another file while it runs.</summary>
public sealed class StateMoveTests : IDisposable
{
    // Two cross-connects: the operator's, and retained whether or not there is a neighbour.
    private static readonly CrossConnect One = new("a", "b"), Two = new("c", "d");
    private static readonly NodeId Us = StateFiles.Us;

    private readonly DaemonFiles _files = new();

    public StateMoveTests()
    {
        var address = SocketRig.FreshLoopback();
        _files.Write($$"""
            node: {id: {{Us}}}
            listen: [ "{{address}}:7010" ]
            api: {socket: {{_files.Socket}}}
            state: {{First}}
            neighbors: [ {name: oxc2, node-id: 10.0.0.2, control-channels: [ {id: 1, local: {{address}}, remote: 127.0.0.2} ]} ]
            te-links:
              - name: te1
                neighbor: oxc2
                local-id: 1
                data-links:
                  - {name: a, local-id: 101, bandwidth: 1Gbps}
                  - {name: b, local-id: 102, bandwidth: 1Gbps}
                  - {name: c, local-id: 103, bandwidth: 1Gbps}
                  - {name: d, local-id: 104, bandwidth: 1Gbps}
            """);
    }

    private string First => Path.Combine(_files.Directory, "first.db");

    private string Second => Path.Combine(_files.Directory, "second.db");

    [Fact]
    public async Task Everything_is_in_the_new_file_and_the_old_one_is_left_as_it_was()
    {
        await using (var host = await StartAsync())
        {
            await ConnectAsync(host, One);
            await SetAsync(host, Second);
            await ConnectAsync(host, Two);
        }

        var (first, second) = (Read(First), Read(Second));
        Assert.Equal([One], Connected(first));
        Assert.Equal([One, Two], Connected(second));
        Assert.Equal(first!.MessageIdMark, second!.MessageIdMark);
    }

    [Fact]
    public async Task Retaining_can_begin_and_end()
    {
        await using (var host = await StartAsync())
        {
            await ConnectAsync(host, One);
            await SetAsync(host, null);
            await ConnectAsync(host, Two);
            Assert.Equal([One], Connected(Read(First)));
            await SetAsync(host, Second);
            Assert.Equal([One, Two], Connected(Copied(Second)));
            await host.InvokeAsync((node, now) => node.RemoveCrossConnect(now, One.A, One.B));
        }

        Assert.Equal([Two], Connected(Read(Second)));
        Assert.NotNull(Read(Second)!.MessageIdMark);
    }

    [Fact]
    public async Task What_an_older_file_held_is_kept_aside()
    {
        await using (var host = await StartAsync())
        {
            await ConnectAsync(host, One);
            await SetAsync(host, Second);
            await host.InvokeAsync((node, now) => node.RemoveCrossConnect(now, One.A, One.B));
            await SetAsync(host, First);
            await ConnectAsync(host, Two);
        }

        Assert.Equal([Two], Connected(Read(First)));
        Assert.Equal([One], Connected(Read(Directory.GetFiles(_files.Directory, "first.db.2*").Single(f => !f.EndsWith("-journal", StringComparison.Ordinal)))));
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_changes_nothing()
    {
        var (other, foreign) = (Path.Combine(_files.Directory, "other.db"), Path.Combine(_files.Directory, "foreign.db"));
        using (var store = Open(other, new NodeId(Us.Value + 1))) store.Write([new MessageIdsReserved(1)], [new MessageIdsReserved(1)]);
        File.WriteAllText(foreign + ".lock", "");
        await using var host = await StartAsync();
        var text = ((INodeAccess)host).Configuration!.Current.Text;
        using (new FileStream(foreign + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            foreach (var (path, why) in ((string, string)[])
                [
                    (Path.Combine(_files.Directory, "nosuch", "lmpd.db"), "there is no directory"), (other, "it is the state of node"), (foreign, "it cannot be locked"),
                    (First + "/lmpd.db", ""),
                ])
            {
                var withMore = text.Replace($"state: {First}", $"state: {path}", StringComparison.Ordinal).Replace("node: {", "node: {name: other, ", StringComparison.Ordinal);
                var refused = await Assert.ThrowsAsync<ConfigurationRefusedException>(
                    () => ((INodeAccess)host).Configuration!.ApplyAsync(new ConfigurationEditRequest(null, withMore), null, save: true, default));
                Assert.Equal(ConfigurationRefusal.Impossible, refused.Reason);
                Assert.StartsWith($"state {path}: {why}", refused.Message, StringComparison.Ordinal);
                Assert.EndsWith("; nothing has changed", refused.Message, StringComparison.Ordinal);
                Assert.Equal((First, $"{Us}", text), (host.Configuration.StatePath, host.Configuration.Node.Name, _files.Read()));
            }
        }

        await ConnectAsync(host, One);
        Assert.Equal([One], Connected(Copied(First)));
        using var untouched = Open(other, new NodeId(Us.Value + 1));
        Assert.Equal(1u, untouched.Stored?.MessageIdMark);
    }

    [Fact]
    public async Task A_move_that_is_given_up_leaves_what_was_there_and_what_has_waited_goes_on()
    {
        var older = new CrossConnectChanged(new CrossConnect("x", "y"), Connected: true);
        using (var store = Open(Second, Us)) store.Write([older], [older]);
        using var disk = new FakeStateFile();
        using var writer = new StateWriter(disk);
        var configuration = ConfigurationReader.Load(_files.Configuration).Configuration!.Node;
        await using var loop = new NodeLoop(new NodeLoopOptions { Configuration = configuration, State = writer }, new EventHub<NodeEvent>(e => e), NullLogger.Instance);
        loop.Start();
        await loop.InvokeAsync((node, now) => node.AddCrossConnect(now, One.A, One.B));
        Task<CommandResult> waiting;
        await using (await StateMove.BeginAsync(loop, writer, Second, Us, NullLogger.Instance))
        {
            waiting = loop.InvokeAsync((node, now) => node.AddCrossConnect(now, Two.A, Two.B));
            Assert.True(await loop.InvokeAsync((node, _) => node.CrossConnects.Contains(Two)));
            Assert.False(waiting.IsCompleted);
            Assert.Equal([One], Connected(Copied(Second)));
        }

        Assert.Equal($"{Two}: cross-connected", (await waiting).Text);
        Assert.Equal([One, Two], disk.Everything.OfType<CrossConnectChanged>().Select(c => c.CrossConnect).OrderBy(c => c.A));
        Assert.Equal([older.CrossConnect], Connected(Read(Second)));
        Assert.Empty(Directory.GetFiles(_files.Directory, "second.db.2*"));
    }

    [Fact]
    public async Task A_disk_that_fails_is_left_for_another()
    {
        using var disk = new FakeStateFile { Problem = "the disk is full; make room on it" };
        using var writer = new StateWriter(disk, retry: TimeSpan.FromMilliseconds(20));
        var configuration = ConfigurationReader.Load(_files.Configuration).Configuration!.Node;
        await using var loop = new NodeLoop(new NodeLoopOptions { Configuration = configuration, State = writer }, new EventHub<NodeEvent>(e => e), NullLogger.Instance);
        loop.Start();
        await Assert.ThrowsAsync<StateNotSavedException>(() => loop.InvokeAsync((node, now) => node.AddCrossConnect(now, One.A, One.B)));
        await using var move = await StateMove.BeginAsync(loop, writer, Second, Us, NullLogger.Instance);
        using var next = await move.CompleteAsync();
        Assert.Equal($"{Two}: cross-connected", (await loop.InvokeAsync((node, now) => node.AddCrossConnect(now, Two.A, Two.B))).Text);
        Assert.Equal([One, Two], Connected(Copied(Second)));
        await Eventually.TrueAsync(
            () => loop.InvokeAsync((node, _) => node.Alarms.Find(AlarmKind.StateNotSaved, node.Name)?.State == AlarmState.Cleared), () => "the alarm to clear");
    }

    public void Dispose() => _files.Dispose();

    private static async Task ConnectAsync(DaemonHost host, CrossConnect ends) =>
        Assert.Equal($"{ends}: cross-connected", (await host.InvokeAsync((node, now) => node.AddCrossConnect(now, ends.A, ends.B))).Text);

    private static Task<Api.ConfigurationAnswer> SetAsync(DaemonHost host, string? path) =>
        ((INodeAccess)host).Configuration!.ApplyAsync(new ConfigurationEditRequest("state", path), null, save: false, default);

    private static StateStore Open(string path, NodeId node) => StateStore.Open(path, node, NullLogger.Instance, TimeProvider.System);

    private static StoredState? Read(string path)
    {
        using var store = Open(path, Us);
        Assert.Null(store.Lost);
        return store.Stored;
    }

    // As a kill would leave it.
    private static StoredState? Copied(string path)
    {
        var copy = path + ".copy";
        File.Copy(path, copy, overwrite: true);
        if (File.Exists(path + "-journal")) File.Copy(path + "-journal", copy + "-journal", overwrite: true);
        return Read(copy);
    }

    private static IEnumerable<CrossConnect> Connected(StoredState? stored) => stored!.State.CrossConnects.OrderBy(c => c.A);

    private Task<DaemonHost> StartAsync()
    {
        var result = ConfigurationReader.Load(_files.Configuration);
        Assert.True(result.IsValid, string.Join('\n', result.Errors));
        return DaemonHost.StartAsync(new DaemonHostOptions { Configuration = result.Configuration, ConfigurationPath = _files.Configuration, ConfigurationText = result.Text });
    }
}
