using OpenLmp.Protocol;
using OpenLmp.Snmp;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

public class CompleteExampleTests
{
    [Fact]
    public void Every_key_arrives_at_its_place()
    {
        var expected = new DaemonConfiguration
        {
            FilePath = Reading.FileName,
            Listen = [Endpoint("10.255.0.1:701")],
            Api = new ApiConfiguration { SocketPath = "/run/lmpd/lmpd.sock", Http = Endpoint("127.0.0.1:7010") },
            StatePath = "/var/lib/lmpd/lmpd.db",
            DataPlane = DataPlaneKind.External,
            Snmp = new SnmpConfiguration
            {
                AgentX = new AgentXEndpoint("/var/agentx/master", null),
                Notifications = new NotificationSettings(NotificationGroups.All, 600),
            },
            Otlp = new OtlpConfiguration { Endpoint = new Uri("http://127.0.0.1:4318/v1/metrics") },
            Node = new NodeConfiguration
            {
                NodeId = new NodeId(0x0A000001),
                Name = "oxc1",
                Limits = new LimitsConfiguration(5_000, 20_000),
                Neighbors = [new NeighborConfiguration { Name = "oxc2", NodeId = new NodeId(0x0A000002), Wdm = WdmRole.None, Gtsm = true, ControlChannels = [Channel] }],
                TeLinks =
                [
                    new TeLinkConfiguration
                    {
                        Name = "te1", Neighbor = "oxc2", LocalId = Identifier.Unnumbered(1), RemoteId = Identifier.Unnumbered(2),
                        FaultManagement = true, LinkVerification = true, DataLinks = [DataLink],
                        Confirmation = new StatusConfirmationConfiguration { Interval = TimeSpan.FromHours(1) },
                    },
                ],
            },
        };

        var result = ConfigurationReader.Parse(CompleteExample.Text, Reading.FileName);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Equal(expected, result.Configuration);
    }

    [Fact]
    public void Line_ends_of_other_systems_and_a_byte_order_mark_change_nothing()
    {
        var expected = Reading.Good(CompleteExample.Text);

        Assert.Equal(expected, Reading.Good("\uFEFF" + CompleteExample.Text.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    private static ControlChannelConfiguration Channel => new()
    {
        Id = 1,
        Local = Endpoint("10.255.0.1:701"),
        Remote = Endpoint("10.255.0.2:701"),
        RemoteId = null,
        Role = ControlChannelRole.Active,
        Interface = "eth0",
        HelloInterval = new IntervalRange(150, 10, 65535),
        HelloDeadInterval = new IntervalRange(500, 10, 65535),
        Retransmit = new RetransmitConfiguration(TimeSpan.FromMilliseconds(500), 1, 3, TimeSpan.FromSeconds(2)),
    };

    private static DataLinkConfiguration DataLink => new()
    {
        Name = "te1-1",
        LocalId = Identifier.Unnumbered(101),
        RemoteId = Identifier.Unnumbered(201),
        Interface = "eth1",
        Port = true,
        ComponentLink = null,
        Capabilities = [new SwitchingCapability(SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, 1.25e9f)],
        Wavelength = 0,
        Srlg = [11, 22],
        LinkGroups = [7],
        Ber = 13,
        SpanLength = 80000,
        OpticalProtection = LinkProtection.Dedicated1Plus1,
        AdministrativeGroup = 5,
        Channels = [DataChannelLabel.Of(201)],
    };

    private static NetworkEndpoint Endpoint(string text) => NetworkEndpoint.TryParse(text, 0, out var endpoint) ? endpoint : throw new ArgumentException(text);
}
