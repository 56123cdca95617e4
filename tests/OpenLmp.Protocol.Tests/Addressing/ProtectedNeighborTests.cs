// RFC 4204 §15.2: "an LMP receiver configured to use Ipsec with a peer should reject any LMP traffic that does not come through the crypto channel."
using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests.Addressing;

public class ProtectedNeighborTests
{
    private const int Elsewhere = 7;

    private readonly VirtualNetwork _network = new();
    private readonly VirtualNode _a;

    public ProtectedNeighborTests()
    {
        _a = _network.Add(Protect(Configurations.A()));
        _network.Add(Protect(Configurations.B()));
        _network.RunUntil(() => _a.Node.Neighbors.Single().IsUp);
    }

    public static TheoryData<byte[]> Forged() =>
    [
        new HelloMessage(11, 1, 1).Encode(),
        new ConfigMessage(11, 1, Configurations.Id("10.0.0.2"), new HelloConfig(1000, 5000)).Encode(),
        new ConfigAckMessage(11, Configurations.Id("10.0.0.2"), 1, 100, Configurations.Id("10.0.0.1")).Encode(),
        [1, 2, 3],
    ];

    [Theory, MemberData(nameof(Forged))]
    public void What_has_the_neighbours_address_and_did_not_come_through_the_tunnel_is_dropped_and_counted(byte[] forged)
    {
        var neighbor = _a.Node.Neighbors.Single();

        _a.Node.Receive(_network.Now, new DatagramOrigin(Configurations.At("10.255.0.2"), Configurations.At("10.255.0.1").Address, Elsewhere), forged);

        Assert.Equal((1, 1), (neighbor.Counters.Dropped(DropReason.Unprotected), _a.Node.Counters.Dropped(DropReason.Unprotected)));
        Assert.Equal(0, _a.Node.Counters.Dropped(DropReason.UnknownSource));
        Assert.True(neighbor.IsUp);
    }

    [Fact]
    public void Strangers_are_strangers()
    {
        _a.Node.Receive(_network.Now, new DatagramOrigin(Configurations.At("10.255.0.9"), Configurations.At("10.255.0.1").Address, Elsewhere), new HelloMessage(11, 1, 1).Encode());

        Assert.Equal((0, 1), (_a.Node.Counters.Dropped(DropReason.Unprotected), _a.Node.Counters.Dropped(DropReason.UnknownSource)));
    }

    [Fact]
    public void A_missing_tunnel_is_an_alarm_of_the_neighbour()
    {
        _a.Node.ReportSecurity(_network.Now, "b", "no IPsec tunnel to 10.255.0.2: why");
        var alarm = _a.Node.Alarms.Find(AlarmKind.IpsecDown, "b")!;

        Assert.Equal((AlarmState.Raised, AlarmSeverity.Major), (alarm.State, alarm.Severity));
        Assert.Equal("b: no IPsec tunnel to 10.255.0.2: why; nothing is sent to it or taken from it without", alarm.Text);
        _a.Node.ReportSecurity(_network.Now, "b", null);
        Assert.Equal(AlarmState.Cleared, alarm.State);
        _a.Node.ReportSecurity(_network.Now, "nobody", "why");
        Assert.Null(_a.Node.Alarms.Find(AlarmKind.IpsecDown, "nobody"));
    }

    [Fact]
    public void Another_protection_makes_other_channels()
    {
        _a.Node.ReportSecurity(_network.Now, "b", "why");
        var before = _a.Node.Neighbors.Single().ControlChannels.Single();

        _a.Node.Reconfigure(_network.Now, Configurations.A());

        var after = _a.Node.Neighbors.Single().ControlChannels.Single();
        Assert.NotSame(before, after);
        Assert.Equal((true, false), (before.IsProtected, after.IsProtected));
        Assert.Equal(AlarmState.Cleared, _a.Node.Alarms.Find(AlarmKind.IpsecDown, "b")!.State);
        // What was the neighbour's is a stranger's no longer.
        _a.Node.Receive(_network.Now, new DatagramOrigin(Configurations.At("10.255.0.2"), Configurations.At("10.255.0.1").Address, Elsewhere), new HelloMessage(11, 1, 1).Encode());
        Assert.Equal(0, _a.Node.Counters.Dropped(DropReason.Unprotected));
    }

    private static NodeConfiguration Protect(NodeConfiguration configuration) =>
        configuration with { Neighbors = [configuration.Neighbors[0] with { Security = NeighborSecurity.Ipsec }] };
}
