using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

public class ControlChannelSectionTests
{
    private const string NoAddress = "is not an IP address; write one such as 10.0.0.1 or 2001:db8::1, with a port as \"10.0.0.1:701\" or \"[2001:db8::1]:701\"";

    [Fact]
    public void Little_has_to_be_said()
    {
        var channel = Reading.Channel("");

        Assert.Equal(1u, channel.Id);
        Assert.Null(channel.RemoteId);
        Assert.Equal(ControlChannelRole.Active, channel.Role);
        Assert.Null(channel.Interface);
        Assert.Equal(IntervalRange.DefaultHello, channel.HelloInterval);
        Assert.Equal(IntervalRange.DefaultHelloDead, channel.HelloDeadInterval);
        Assert.Equal(RetransmitConfiguration.Default, channel.Retransmit);
    }

    [Theory]
    [InlineData("id: 4294967295", 4294967295, null)]
    [InlineData("id: 0x10", 16, null)]
    [InlineData("remote-id: 7", 1, 7u)]
    public void Has_CC_Ids(string lines, uint id, uint? remoteId)
    {
        var channel = Reading.Channel(lines);

        Assert.Equal(id, channel.Id);
        Assert.Equal(remoteId, channel.RemoteId);
    }

    [Theory]
    [InlineData("role: active", ControlChannelRole.Active)]
    [InlineData("role: passive", ControlChannelRole.Passive)]
    public void Has_a_role(string lines, ControlChannelRole role) => Assert.Equal(role, Reading.Channel(lines).Role);

    [Theory]
    [InlineData("10.255.0.1", "10.255.0.1", "10.255.0.1:701")]
    [InlineData("\"10.255.0.1:7011\"", "10.255.0.1", "10.255.0.1:7011")]
    [InlineData("\"10.255.0.1:7011\"", "\"10.255.0.1:7011\"", "10.255.0.1:7011")]
    [InlineData("\"0.0.0.0:7011\"", "10.255.0.1", "10.255.0.1:7011")]
    [InlineData("\"0.0.0.0:7011\", 10.255.0.1", "10.255.0.1", "10.255.0.1:701")]
    [InlineData("\"0.0.0.0:7011\", 10.255.0.1", "\"10.255.0.1:7011\"", "10.255.0.1:7011")]
    [InlineData("10.255.0.1, \"10.255.0.1:7011\"", "\"10.255.0.1:7011\"", "10.255.0.1:7011")]
    public void Takes_its_port_from_what_the_node_listens_on(string listen, string local, string endpoint) =>
        Assert.Equal(endpoint, Addresses.Full(Reading.Channel($"local: {local}", $"listen: [ {listen} ]").Local));

    [Theory]
    [InlineData("remote: 10.255.0.2", "10.255.0.2:701")]
    [InlineData("remote: 10.255.0.2:7011", "10.255.0.2:7011")]
    [InlineData("local: 2001:db8::1\nremote: 2001:db8::2", "[2001:db8::2]:701")]
    [InlineData("local: 2001:db8::1\nremote: \"[2001:db8::2]:7011\"", "[2001:db8::2]:7011")]
    [Requirement("4204-9-3")]
    public void Leads_to_the_neighbour(string lines, string endpoint) =>
        Assert.Equal(endpoint, Addresses.Full(Reading.Channel(lines, "listen: [ 10.255.0.1, \"::\" ]").Remote));

    [Theory]
    [InlineData("10.255.0.1", "224.0.0.1:7011")]
    [InlineData("2001:db8::1", "[ff02::1]:7011")]
    [Requirement("4204-9-2")]
    public void Finds_the_neighbour_by_multicast(string local, string endpoint)
    {
        var channel = Reading.Channel($"local: {local}\nremote: multicast\ninterface: eth0", $"listen: [ \"10.255.0.1:7011\", \"[2001:db8::1]:7011\" ]");

        Assert.Equal(endpoint, Addresses.Full(channel.Remote));
        Assert.True(channel.IsMulticast);
    }

    [Theory]
    [InlineData("¶local: 10.255.0.1\n-id", "control channel: id is missing; add it, such as id: 1")]
    [InlineData("¶id: 1\n-local", "control channel: local is missing; add it, such as local: 10.255.0.1")]
    [InlineData("¶id: 1\n-remote", "control channel: remote is missing; add it, such as remote: 10.255.0.2")]
    [InlineData("id: ¶0", "id: a CC_Id is not zero (RFC 4204 §13.1); write a number from 1")]
    [InlineData("id: ¶-1", "id: \"-1\" is not a CC_Id; write a number from 1 to 4294967295")]
    [InlineData("id: ¶4294967296", "id: \"4294967296\" is not a CC_Id; write a number from 1 to 4294967295")]
    [InlineData("id: ¶one", "id: \"one\" is not a CC_Id; write a number from 1 to 4294967295")]
    [InlineData("remote-id: ¶0", "remote-id: a CC_Id is not zero (RFC 4204 §13.1); write a number from 1")]
    [InlineData("role: ¶activ", "role: \"activ\" is not a role; did you mean active?")]
    [InlineData("role: ¶master", "role: \"master\" is not a role; the roles are active, passive")]
    [InlineData("interface: ¶gigabitethernet0", "interface: \"gigabitethernet0\" cannot be a network interface; write a name of at most 15 characters, such as eth0")]
    [InlineData("interface: ¶\"eth 0\"", "interface: \"eth 0\" cannot be a network interface; write a name of at most 15 characters, such as eth0")]
    [InlineData("interface: ¶eth/0", "interface: \"eth/0\" cannot be a network interface; write a name of at most 15 characters, such as eth0")]
    [InlineData("¶interface:", "interface: has no value; give one, or remove the key")]
    [Requirement("4204-13.1-1")]
    [Requirement("4204-13.1-2")]
    public void Is_known_by_its_CC_Id(string lines, string error) => Reading.Bad(Texts.Channel(lines), error);

    [Theory]
    [InlineData("local: ¶oxc1", "local: \"oxc1\" " + NoAddress)]
    [InlineData("local: ¶0.0.0.0", "local: 0.0.0.0 is not the address of one machine; write this channel's own, such as 10.255.0.1")]
    [InlineData("local: ¶224.0.0.1", "local: 224.0.0.1 is not the address of one machine; write this channel's own, such as 10.255.0.1")]
    [InlineData("local: ¶10.255.0.9", "local: 10.255.0.9 is not in listen; add \"10.255.0.9:701\" there")]
    [InlineData("local: ¶10.255.0.1:7011", "local: 10.255.0.1:7011 is not in listen; add \"10.255.0.1:7011\" there")]
    [InlineData("local: ¶2001:db8::1", "local: 2001:db8::1 is not in listen; add \"[2001:db8::1]:701\" there")]
    [InlineData("remote: ¶oxc2", "remote: \"oxc2\" " + NoAddress)]
    [InlineData("remote: ¶10.255.0.2:70110", "remote: \"10.255.0.2:70110\" " + NoAddress)]
    [InlineData("remote: ¶[2001:db8::2]", "remote: a single value is expected here, not a list; put a value that begins with [ in quotes")]
    [InlineData("remote: ¶0.0.0.0", "remote: 0.0.0.0 is not the address of one machine; write the neighbour's, or multicast (RFC 4204 §9)")]
    [InlineData("remote: ¶255.255.255.255", "remote: 255.255.255.255 is not the address of one machine; write the neighbour's, or multicast (RFC 4204 §9)")]
    [InlineData("remote: ¶224.0.0.1", "remote: 224.0.0.1 is not the address of one machine; write the neighbour's, or multicast (RFC 4204 §9)")]
    [InlineData("remote: ¶10.255.0.1", "remote: 10.255.0.1:701 is this node's own end; write the neighbour's")]
    [InlineData("remote: ¶2001:db8::2", "remote: [2001:db8::2]:701 and local 10.255.0.1 are not of one family; give both ends IPv4 or both IPv6 addresses")]
    [InlineData("remote: ¶multicast", "remote: multicast needs to know where; add the interface of the point-to-point link, such as interface: eth0 (RFC 4204 §9)")]
    [InlineData("remote: ¶fe80::2", "remote: fe80::2 means something on one link only; add the interface, such as interface: eth0")]
    public void Leads_from_here_to_there(string lines, string error) => Reading.Bad(Texts.Channel(lines), error);

    [Fact]
    public void Says_which_port_where_there_are_several() =>
        Reading.Bad(Texts.Channel("local: ¶10.255.0.1", "listen: [ \"10.255.0.1:701\", \"10.255.0.1:7011\" ]"),
            "local: listen has 10.255.0.1 with several ports; say which, such as \"10.255.0.1:701\"");

    [Fact]
    public void Does_not_lead_to_another_of_the_nodes_own_ends() =>
        Reading.Bad(Texts.Channel("remote: ¶10.255.0.9", "listen: [ 10.255.0.1, 10.255.0.9 ]"), "remote: 10.255.0.9:701 is this node's own end; write the neighbour's");

    [Fact]
    public void Says_nothing_about_local_where_listen_is_wrong() =>
        Reading.Bad(Texts.Channel("local: 10.255.0.9", "listen: [ ¶x ]"), "listen: \"x\" " + NoAddress);

    [Fact]
    [Requirement("4204-13.1-1")]
    public void CC_Ids_are_unique_over_all_neighbours() =>
        Reading.Bad("""
            node: {id: 10.0.0.1}
            listen: [ 10.255.0.1 ]
            neighbors:
              - name: oxc2
                node-id: 10.0.0.2
                control-channels: [ {id: 1, local: 10.255.0.1, remote: 10.255.0.2} ]
              - name: oxc3
                node-id: 10.0.0.3
                control-channels: [ {id: ¶1, local: 10.255.0.1, remote: 10.255.0.3} ]
            """,
            "id: CC_Id 1 is already used at line 6; a CC_Id is unique within the node, over all neighbours (RFC 4204 §13.1)");

    [Fact]
    public void A_remote_CC_Id_is_the_other_end_of_one_channel()
    {
        const string Text = """
            node: {id: 10.0.0.1}
            listen: [ 10.255.0.1 ]
            neighbors:
              - name: oxc2
                node-id: 10.0.0.2
                control-channels:
                  - {id: 1, remote-id: 1, local: 10.255.0.1, remote: 10.255.0.2}
                  - {id: 2, remote-id: ¶1, local: 10.255.0.1, remote: 10.255.0.2}
              - name: oxc3
                node-id: 10.0.0.3
                control-channels: [ {id: 3, remote-id: 1, local: 10.255.0.1, remote: 10.255.0.3} ]
            """;

        Reading.Bad(Text, "remote-id: CC_Id 1 of this neighbour is already used at line 7; it can be the other end of one channel only (RFC 4204 §13.1)");
    }
}
