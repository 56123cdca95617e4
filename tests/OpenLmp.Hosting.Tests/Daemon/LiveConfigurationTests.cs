using System.Net;
using System.Net.Sockets;
using OpenLmp.Api;
using OpenLmp.Hosting.Http;

namespace OpenLmp.Hosting.Tests;

/// <summary>The configuration changes while the node runs: all of it, or nothing, and what is in both goes on.</summary>
public class LiveConfigurationTests
{
    [Fact]
    public async Task Every_key_can_be_changed_and_changed_back_or_is_refused_with_all_else()
    {
        using var files = new DaemonFiles();
        var (directory, address) = (Path.GetDirectoryName(files.Configuration)!, SocketRig.FreshLoopback());
        files.Write(SchemaSamples.Base(directory, address));
        var tokens = Path.Combine(directory, "tokens");
        await File.WriteAllTextAsync(tokens, "ci read 0123456789abcdef01234567\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(tokens, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var host = await StartAsync(files);
        var live = ((INodeAccess)host).Configuration!;
        // With https, the certificates have to be there: AccessReloadTests have some.
        foreach (var (leaf, _) in SchemaSamples.Leaves().Where(l => l.Path != "api/https"))
        {
            var (path, _, before, after, key) = SchemaTests.Changed(leaf, directory, address);
            await live.ApplyAsync(new ConfigurationEditRequest(null, before), null, save: false, default);
            var (current, (_, tag)) = (host.Configuration, live.Current);
            if (key.Effect == ConfigurationEffect.Restart)
            {
                var withMore = after.Replace("id: 10.0.0.1", "id: 10.0.0.77", StringComparison.Ordinal);
                var refused = await Assert.ThrowsAsync<ConfigurationRefusedException>(() => live.ApplyAsync(new ConfigurationEditRequest(null, withMore), null, save: false, default));
                Assert.Equal(ConfigurationRefusal.Impossible, refused.Reason);
                Assert.StartsWith($"{path} cannot be changed while lmpd runs", refused.Message, StringComparison.Ordinal);
                Assert.Equal(path, Assert.Single(refused.Findings).Path);
                Assert.Same(current, host.Configuration);
                Assert.Equal(tag, live.Current.Tag);
                continue;
            }

            var answer = await live.ApplyAsync(new ConfigurationEditRequest(null, after), tag, save: false, default);
            Assert.True(answer.Applied);
            Assert.Equal(path, Assert.Single(answer.Changes).Path);
            Assert.Equal(ConfigurationReader.Parse(after, files.Configuration).Configuration, host.Configuration);
            Assert.NotEqual(tag, live.Current.Tag);
            Assert.Equal(host.Configuration.Node, await host.InvokeAsync((node, _) => node.Configuration));
        }
    }

    [Fact]
    public async Task What_cannot_be_had_halfway_changes_nothing()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        await using var host = await StartAsync(left);
        var live = ((INodeAccess)host).Configuration!;
        var (before, text) = (host.Configuration, left.Read());

        // The new address of the API is taken, an address to listen on is not this machine's; with each comes something that would be fine by itself.
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var harmless = text.Replace("name: oxc1}", "name: renamed}", StringComparison.Ordinal);
        foreach (var wrong in (string[])
            [
                harmless.Replace("api: {", $"api: {{http: \"{taken.LocalEndpoint}\", ", StringComparison.Ordinal),
                harmless.Replace("listen: [ ", "listen: [ \"203.0.113.77:7010\", ", StringComparison.Ordinal),
            ])
        {
            var refused = await Assert.ThrowsAsync<ConfigurationRefusedException>(() => live.ApplyAsync(new ConfigurationEditRequest(null, wrong), null, save: true, default));
            Assert.Equal(ConfigurationRefusal.Impossible, refused.Reason);
            Assert.EndsWith("nothing has changed", refused.Message, StringComparison.Ordinal);
            Assert.Same(before, host.Configuration);
            Assert.Equal("oxc1", await host.InvokeAsync((node, _) => node.Name));
            Assert.Equal(text, live.Current.Text);
            Assert.Equal(text, left.Read());
            Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(left.Configuration)!, "*.new"));

            left.Write(wrong);
            Assert.False(await host.ReloadAsync());
            Assert.Same(before, host.Configuration);
            left.Write(text);
        }
    }

    [Fact]
    public async Task The_API_moves_while_it_is_asked()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        await using var host = await StartAsync(left);
        var other = left.Socket + "2";
        using var there = DaemonProcess.Client(left.Socket);
        var moved = left.Read().Replace($"socket: {left.Socket}", $"socket: {other}", StringComparison.Ordinal);
        using var answer = await there.PutAsync("http://localhost/v1/configuration", new StringContent(moved));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"applied\":true", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var here = DaemonProcess.Client(other);
        Assert.Contains("oxc1", await here.GetStringAsync("http://localhost/v1/node"), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => !File.Exists(left.Socket), () => "the old socket to go");
        // And back, over the new one.
        using var back = await here.PutAsync("http://localhost/v1/configuration", new StringContent(left.Read()));
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        using var again = DaemonProcess.Client(left.Socket);
        Assert.Contains("oxc1", await again.GetStringAsync("http://localhost/v1/node"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_one_TE_link_disturbs_nothing_else()
    {
        await using var rig = await AgentRig.StartAsync("5s");
        var host = rig.Left;
        await AgentRig.AllAsync(host, l => l.State == Protocol.DataLinkState.UpFree, "links in service");
        var live = ((INodeAccess)host).Configuration!;
        using var events = host.Events.Subscribe();
        var channel = await host.InvokeAsync((node, _) => node.Neighbors.Single().ControlChannels.Single());
        var (flaps, sent) = await host.InvokeAsync((_, _) => (channel.Flaps, channel.TxSeqNum));

        var answer = await live.ApplyAsync(new ConfigurationEditRequest("te-links/te1/data-links/te1-1/wavelength", "1550"), null, save: false, default);
        Assert.Equal(ConfigurationEffect.Correlation, Assert.Single(answer.Changes).Effect);
        await live.ApplyAsync(new ConfigurationEditRequest("te-links/te2", "{neighbor: oxc2, local-id: 9002}"), null, save: false, default);

        // The same channel, and Hellos go on in their sequence: it has not been negotiated again.
        await Eventually.TrueAsync(() => host.InvokeAsync((_, _) => channel.TxSeqNum > sent + 3), () => "Hellos to go on");
        Assert.True(await host.InvokeAsync((node, _) =>
            node.Neighbors.Single().ControlChannels.Single() == channel && channel.Flaps == flaps && channel.State == Protocol.ControlChannelState.Up));
        while (events.Reader.TryRead(out var e))
        {
            Assert.NotEqual(EventTypes.ControlChannelState, e.Event.Type);
            Assert.NotEqual(EventTypes.Adjacency, e.Event.Type);
            if (e.Event.Type == EventTypes.DataLinkState) Assert.Equal("te1-1", e.Event.Object);
        }
    }

    [Fact]
    public async Task The_data_plane_is_replaced_while_control_channels_go_on()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        await using var a = await StartAsync(left);
        await using var b = await StartAsync(right);
        await Eventually.TrueAsync(() => a.InvokeAsync((node, _) => node.Neighbors.Single().IsUp), () => "the adjacency");
        var channel = await a.InvokeAsync((node, _) => node.Neighbors.Single().ControlChannels.Single());
        var link = "te-links: [ {name: te1, neighbor: oxc2, local-id: 1, data-links: [ {name: te1-1, local-id: 101, interface: lo, bandwidth: 1Gbps} ]} ]\n";
        var external = left.Read() + link;
        left.Write("data-plane: linux\n" + external);
        Assert.True(await a.ReloadAsync());
        Assert.Equal(("linux", false), (a.DataPlaneKind, a.ExternalDataPlane is not null));
        Assert.Equal(Protocol.SignalState.Ok, await a.InvokeAsync((node, _) => node.TeLinks.Single().DataLinks.Single().Signal));
        left.Write(external);
        Assert.True(await a.ReloadAsync());
        Assert.Equal(("external", true), (a.DataPlaneKind, a.ExternalDataPlane is not null));
        Assert.Equal(Protocol.SignalState.Unknown, await a.InvokeAsync((node, _) => node.TeLinks.Single().DataLinks.Single().Signal));
        Assert.True(await a.InvokeAsync((node, _) => node.Neighbors.Single().ControlChannels.Single() == channel && channel.Flaps == 0 && node.Neighbors.Single().IsUp));
    }

    [Fact]
    public async Task What_is_saved_is_what_is_in_force_and_the_file_keeps_its_mode()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(left.Configuration, Mode);
        await using var host = await StartAsync(left);
        var live = ((INodeAccess)host).Configuration!;
        var commented = "# mine\n" + left.Read();
        var answer = await live.ApplyAsync(new ConfigurationEditRequest(null, commented), null, save: true, default);
        Assert.Equal(left.Configuration, answer.Saved);
        Assert.Equal(commented, left.Read());
        if (!OperatingSystem.IsWindows()) Assert.Equal(Mode, File.GetUnixFileMode(left.Configuration));

        await live.ApplyAsync(new ConfigurationEditRequest("neighbors/oxc2/control-channels/1/hello-interval", "{prefer: 200ms, max: 1s}"), null, save: true, default);
        Assert.Equal(host.Configuration, ConfigurationReader.Load(left.Configuration).Configuration);
        Assert.Equal("prefer: 200ms\nmax: 1s\n", live.Part("neighbors/oxc2/control-channels/1/hello-interval").Text);
        await live.ApplyAsync(new ConfigurationEditRequest("neighbors/oxc2/control-channels/1/hello-interval", null), null, save: false, default);
        Assert.NotEqual(host.Configuration, ConfigurationReader.Load(left.Configuration).Configuration);
    }

    [Fact]
    public async Task Who_has_seen_an_older_one_changes_nothing()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        await using var host = await StartAsync(left);
        var live = ((INodeAccess)host).Configuration!;
        var seen = live.Current.Tag;
        left.Write(left.Read().Replace("name: oxc1}", "name: other}", StringComparison.Ordinal));
        Assert.True(await host.ReloadAsync());
        var refused = await Assert.ThrowsAsync<ConfigurationRefusedException>(() => live.ApplyAsync(new ConfigurationEditRequest("node/name", "mine"), seen, save: false, default));
        Assert.Equal(ConfigurationRefusal.Outdated, refused.Reason);
        Assert.Equal("other", await host.InvokeAsync((node, _) => node.Name));
    }

    [Theory]
    [InlineData("te-links/te9", null, ConfigurationRefusal.Missing, "the configuration in force has no te-links")]
    [InlineData("node/nam", "x", ConfigurationRefusal.Missing, "there is no key node/nam; did you mean name?")]
    [InlineData("node/name/x", "x", ConfigurationRefusal.Missing, "there is no node/name/x: what is before it is one value")]
    [InlineData("neighbors/oxc2", "{name: oxc3, node-id: 10.0.0.3}", ConfigurationRefusal.Wrong, "neighbors/oxc2: the body says name: oxc3; give the same name, or none")]
    [InlineData("neighbors/oxc2", "[]", ConfigurationRefusal.Wrong, "neighbors/oxc2 is a neighbour with its keys, not a list")]
    [InlineData("node/name", "[", ConfigurationRefusal.Wrong, "body:2:1: not valid YAML")]
    public async Task A_part_that_is_not_there_or_does_not_fit_is_said_to_be_so(string path, string? value, ConfigurationRefusal reason, string message)
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        await using var host = await StartAsync(left);
        var refused = await Assert.ThrowsAsync<ConfigurationRefusedException>(
            () => ((INodeAccess)host).Configuration!.ApplyAsync(new ConfigurationEditRequest(path, value), null, save: false, default));
        Assert.Equal(reason, refused.Reason);
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    private static Task<DaemonHost> StartAsync(DaemonFiles files)
    {
        var result = ConfigurationReader.Load(files.Configuration);
        Assert.True(result.IsValid, string.Join('\n', result.Errors));
        return DaemonHost.StartAsync(new DaemonHostOptions { Configuration = result.Configuration, ConfigurationPath = files.Configuration, ConfigurationText = result.Text });
    }
}
