namespace OpenLmp.Hosting.Tests;

/// <summary>node, listen, api, state, data-plane, agent.</summary>
public class DaemonSectionTests
{
    [Fact]
    public void Little_has_to_be_said()
    {
        var configuration = Reading.Good("node: {id: 10.0.0.1}\nlisten: [ 10.255.0.1 ]\n");

        Assert.Equal("10.0.0.1", configuration.Node.Name);
        Assert.Equal("10.255.0.1:701", Addresses.Full(configuration.Listen.Single()));
        Assert.Equal("/run/lmpd/lmpd.sock", configuration.Api.SocketPath);
        Assert.Null(configuration.Api.Http);
        Assert.Null(configuration.StatePath);
        Assert.Equal(DataPlaneKind.External, configuration.DataPlane);
        Assert.Empty(configuration.Node.Neighbors);
        Assert.Empty(configuration.Node.TeLinks);
    }

    [Fact]
    public void Lists_and_mappings_that_are_left_empty_count_as_left_out() =>
        Assert.Equal(Reading.Good(Texts.Minimal), Reading.Good(Texts.Root("api:\nneighbors:\nte-links: []")));

    [Theory]
    [InlineData("\"[2001:db8::1]:7011\"", "[2001:db8::1]:7011")]
    [InlineData("2001:db8::1", "[2001:db8::1]:701")]
    [InlineData("0.0.0.0:701", "0.0.0.0:701")]
    [InlineData("\"::\"", "[::]:701")]
    public void Listens_on(string text, string endpoint) =>
        Assert.Equal(endpoint, Addresses.Full(Reading.Good(Texts.Root($"listen: [ {text} ]")).Listen.Single()));

    [Fact]
    public void Listens_on_several_addresses() =>
        Assert.Equal(["10.255.0.1:701", "10.255.0.1:7011", "10.255.0.2:701", "[::]:701"],
            Reading.Good(Texts.Root("listen: [ 10.255.0.1, \"10.255.0.1:7011\", 10.255.0.2, \"::\" ]")).Listen.Select(Addresses.Full));

    [Theory]
    [InlineData("data-plane: linux", DataPlaneKind.Linux)]
    [InlineData("data-plane: external", DataPlaneKind.External)]
    public void Has_a_data_plane(string lines, DataPlaneKind kind) => Assert.Equal(kind, Reading.Good(Texts.Root(lines)).DataPlane);

    [Fact]
    public void The_socket_can_be_left_away()
    {
        var api = Reading.Good(Texts.Root("api: {socket: none, http: \"[::1]:7010\"}")).Api;

        Assert.Null(api.SocketPath);
        Assert.Equal("[::1]:7010", Addresses.Full(api.Http!.Value));
    }

    [Theory]
    [InlineData("¶-node", "configuration: node is missing or empty; add it, such as node: {id: 10.0.0.1, name: oxc1}")]
    [InlineData("¶node:", "configuration: node is missing or empty; add it, such as node: {id: 10.0.0.1, name: oxc1}")]
    [InlineData("node: ¶oxc1", "node: keys with values are expected here, not a single value; the keys here are id, name")]
    [InlineData("node: ¶{name: oxc1}", "node: id is missing; add it, such as id: 10.0.0.1")]
    [InlineData("node: {id: ¶10.0.0}", "id: \"10.0.0\" is not a Node_Id; write four numbers from 0 to 255, such as 10.0.0.1")]
    [InlineData("node: {id: ¶10.0.0.01}", "id: \"10.0.0.01\" is not a Node_Id; write four numbers from 0 to 255, such as 10.0.0.1")]
    [InlineData("node: {id: ¶1}", "id: \"1\" is not a Node_Id; write four numbers from 0 to 255, such as 10.0.0.1")]
    [InlineData("node: {id: ¶2001:db8::1}", "id: \"2001:db8::1\" is not a Node_Id; write four numbers from 0 to 255, such as 10.0.0.1")]
    [InlineData("node: {id: ¶0.0.0.0}", "id: a Node_Id is not zero; write an address of the node, such as 10.0.0.1")]
    [InlineData("node: {id: 10.0.0.1, ¶name: }", "name: has no value; give one, or remove the key")]
    [InlineData("node: {id: 10.0.0.1, name: ¶\"oxc 1\"}", "name: \"oxc 1\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'")]
    public void The_node_is_told_apart_from_others(string lines, string error) => Reading.Bad(WithoutNode(lines), error);

    [Theory]
    [InlineData("¶node: {id: 10.0.0.1}\n-listen", "configuration: listen is missing or empty; add an address, such as listen: [ \"10.255.0.1:701\" ]")]
    [InlineData("¶listen: []", "configuration: listen is missing or empty; add an address, such as listen: [ \"10.255.0.1:701\" ]")]
    [InlineData("listen: ¶10.255.0.1", "listen: a list is expected here, not a single value; put it in [ ]")]
    [InlineData("listen: ¶{address: 10.255.0.1}", "listen: a list is expected here, not a mapping; begin each entry with \"- \"")]
    [InlineData("listen: [ ¶oxc1 ]", "listen: \"oxc1\" is not an IP address; write one such as 10.0.0.1 or 2001:db8::1, with a port as \"10.0.0.1:701\" or \"[2001:db8::1]:701\"")]
    [InlineData("listen: [ ¶010.0.0.1 ]", "listen: \"010.0.0.1\" is not an IP address; write one such as 10.0.0.1 or 2001:db8::1, with a port as \"10.0.0.1:701\" or \"[2001:db8::1]:701\"")]
    [InlineData("listen: [ ¶\"10.0.0.1:0\" ]", "listen: \"10.0.0.1:0\" is not an IP address; write one such as 10.0.0.1 or 2001:db8::1, with a port as \"10.0.0.1:701\" or \"[2001:db8::1]:701\"")]
    [InlineData("listen: [ ¶\"10.0.0.1:65536\" ]", "listen: \"10.0.0.1:65536\" is not an IP address; write one such as 10.0.0.1 or 2001:db8::1, with a port as \"10.0.0.1:701\" or \"[2001:db8::1]:701\"")]
    [InlineData("listen: [ ¶\"::ffff:10.0.0.1\" ]", "listen: \"::ffff:10.0.0.1\" is not an IP address; write one such as 10.0.0.1 or 2001:db8::1, with a port as \"10.0.0.1:701\" or \"[2001:db8::1]:701\"")]
    [InlineData("listen: [ ¶224.0.0.1 ]", "listen: 224.0.0.1 is a multicast address; write an address of this machine")]
    [InlineData("listen: [ ¶[2001:db8::1] ]", "listen: a single value is expected here, not a list; put a value that begins with [ in quotes")]
    [InlineData("listen: [ 10.0.0.1, ¶~ ]", "listen: an entry without a value; give one, or remove the dash or comma")]
    [InlineData("listen: [ 10.0.0.1, ¶\"10.0.0.1:701\" ]", "listen: 10.0.0.1:701 overlaps 10.0.0.1:701; keep one of the two")]
    [InlineData("listen: [ 10.0.0.1, ¶0.0.0.0 ]", "listen: 0.0.0.0:701 overlaps 10.0.0.1:701; keep one of the two")]
    [InlineData("listen: [ \"::\", ¶2001:db8::1 ]", "listen: [2001:db8::1]:701 overlaps [::]:701; keep one of the two")]
    public void The_node_listens_on_addresses_of_its_own(string lines, string error) => Reading.Bad(Texts.Root(lines), error);

    [Theory]
    [InlineData("", true, false)]
    [InlineData("process:", true, false)]
    [InlineData("process: {real-time: false}", false, false)]
    [InlineData("process: {lock-memory: true}", true, true)]
    public void Reads_what_is_asked_of_the_operating_system(string text, bool realTime, bool lockMemory) =>
        Assert.Equal(new ProcessConfiguration { RealTime = realTime, LockMemory = lockMemory }, Reading.Good(Texts.Root(text)).Process);

    [Fact]
    public void A_user_to_go_on_as_may_be_named()
    {
        Assert.Equal("lmpd", Reading.Good(Texts.Root("process: {user: lmpd}")).Process.User);
        Reading.Bad(Texts.Root("process: {user: ¶-lmpd}"), "user: \"-lmpd\" cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'");
    }

    [Fact]
    public void An_agent_has_to_be_heard_of_within_5_seconds_or_as_configured()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), Reading.Good(Texts.Root("agent:")).AgentHeartbeat);
        Assert.Equal(TimeSpan.FromMilliseconds(100), Reading.Good(Texts.Root("agent: {heartbeat: 100ms}")).AgentHeartbeat);
    }

    [Theory]
    [InlineData("agent: {heartbeat: ¶99ms}", "heartbeat: \"99ms\" is not between 100ms and 1h; 5s is usual")]
    [InlineData("agent: {heartbeat: ¶2h}", "heartbeat: \"2h\" is not between 100ms and 1h; 5s is usual")]
    [InlineData("agent: {heartbeat: ¶5}", "heartbeat: \"5\" has no unit; write 5ms or 5s")]
    [InlineData("agent: {¶hartbeat: 5s}", "agent: there is no key \"hartbeat\"; did you mean heartbeat?")]
    public void An_agents_heartbeat_is_told_where_it_cannot_be(string lines, string error) => Reading.Bad(Texts.Root(lines), error);

    [Theory]
    [InlineData("api: ¶/run/lmpd.sock", "api: keys with values are expected here, not a single value; the keys here are socket, mode, read-group, admin-group, http, https, tls, tokens, anonymous-read, audit, limits")]
    [InlineData("api: {socket: ¶lmpd.sock}", "socket: \"lmpd.sock\" is not the full path of a socket; write it from the root, such as /run/lmpd/lmpd.sock, or none")]
    [InlineData("api: {socket: ¶/run/}", "socket: \"/run/\" is not the full path of a socket; write it from the root, such as /run/lmpd/lmpd.sock, or none")]
    [InlineData("api: {http: ¶127.0.0.1}", "http: \"127.0.0.1\" is not an IP address and a port; write them as 127.0.0.1:7010")]
    [InlineData("api: {http: ¶7010}", "http: \"7010\" is not an IP address and a port; write them as 127.0.0.1:7010")]
    [InlineData("api: {http: ¶localhost:7010}", "http: \"localhost:7010\" is not an IP address and a port; write them as 127.0.0.1:7010")]
    [InlineData("api: {http: ¶224.0.0.1:7010}", "http: 224.0.0.1:7010 is a multicast address; write an address of this machine")]
    [InlineData("state: ¶lmpd.db", "state: \"lmpd.db\" is not the full path of a file; write it from the root, such as /var/lib/lmpd/lmpd.db")]
    [InlineData("state: ¶\"/var/lib/\\0\"", "state: \"/var/lib/\\u0000\" is not the full path of a file; write it from the root, such as /var/lib/lmpd/lmpd.db")]
    [InlineData("state: ¶[ /var/lib/lmpd.db ]", "state: a single value is expected here, not a list; put a value that begins with [ in quotes")]
    [InlineData("state: ¶{file: /var/lib/lmpd.db}", "state: a single value is expected here, not a mapping")]
    [InlineData("data-plane: ¶linus", "data-plane: \"linus\" is not a data plane; did you mean linux?")]
    [InlineData("data-plane: ¶tuntap", "data-plane: \"tuntap\" is not a data plane; the data planes are linux, external")]
    public void Files_and_addresses_are_written_in_full(string lines, string error) => Reading.Bad(Texts.Root(lines), error);

    [Fact]
    public void A_socket_has_a_path_that_the_kernel_takes()
    {
        var longest = "/" + new string('s', 106);

        Assert.Equal(longest, Reading.Good(Texts.Root($"api: {{socket: {longest}}}")).Api.SocketPath);
        Reading.Bad(Texts.Root($"api: {{socket: ¶{longest}s}}"), "socket: the path has 108 bytes, a Unix socket's has at most 107; use a shorter one");
    }

    /// <summary>The surroundings without their node; a mark that stands alone marks the beginning.</summary>
    private static string WithoutNode(string lines) => lines == "¶-node" ? "¶listen: [ 10.255.0.1 ]\n" : Texts.Root(lines);
}
