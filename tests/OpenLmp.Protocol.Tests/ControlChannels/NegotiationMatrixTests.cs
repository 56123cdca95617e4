// RFC 4204 §3.1, §3.2.1: two real nodes with all kinds of ranges, roles and Node_Id orders.
using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class NegotiationMatrixTests
{
    private const ControlChannelRole Active = ControlChannelRole.Active;
    private const ControlChannelRole Passive = ControlChannelRole.Passive;

    private static readonly (string Name, IntervalRange Hello, IntervalRange Dead)[] Ranges =
    [
        ("default", IntervalRange.DefaultHello, IntervalRange.DefaultHelloDead),
        ("slow", IntervalRange.Around(1000), IntervalRange.Around(4000)),
        ("exactly 150/500", IntervalRange.Exactly(150), IntervalRange.Exactly(500)),
        ("exactly 1000/3000", IntervalRange.Exactly(1000), IntervalRange.Exactly(3000)),
        ("300 to 5000", new(1000, 300, 5000), new(3000, 500, 20000)),
        ("at least 1000/3000", new(1000, 1000, 10000), new(3000, 3000, 30000)),
        ("at most 200/600", new(150, 10, 200), new(500, 30, 600)),
        ("narrow overlap", new(290, 200, 300), new(900, 600, 1000)),
        ("off", IntervalRange.Off, IntervalRange.Off),
    ];

    public static TheoryData<string, string, ControlChannelRole, ControlChannelRole> Pairs()
    {
        var pairs = new TheoryData<string, string, ControlChannelRole, ControlChannelRole>();
        foreach (var a in Ranges)
            foreach (var b in Ranges)
                foreach (var (roleA, roleB) in ((ControlChannelRole, ControlChannelRole)[])[(Active, Active), (Active, Passive), (Passive, Active)])
                    pairs.Add(a.Name, b.Name, roleA, roleB);
        return pairs;
    }

    [Theory, MemberData(nameof(Pairs)), Requirement("4204-3.2.1-1"), Requirement("4204-3.1-4"), Requirement("4204-3.1-5"), Requirement("4204-13.6-1")]
    public void Ranges_that_meet_agree_and_others_are_told_at_both_ends(string rangesOfA, string rangesOfB, ControlChannelRole roleOfA, ControlChannelRole roleOfB)
    {
        var (ra, rb) = (Ranges.Single(r => r.Name == rangesOfA), Ranges.Single(r => r.Name == rangesOfB));
        var network = new VirtualNetwork();
        var a = network.Add(Configurations.A(c => c with { Role = roleOfA, HelloInterval = ra.Hello, HelloDeadInterval = ra.Dead }));
        var b = network.Add(Configurations.B(c => c with { Role = roleOfB, HelloInterval = rb.Hello, HelloDeadInterval = rb.Dead }));
        network.Run(TimeSpan.FromSeconds(30));

        if (Meet(ra.Hello, rb.Hello) && Meet(ra.Dead, rb.Dead))
        {
            Assert.Equal((ControlChannelState.Up, ControlChannelState.Up), (a.Channel.State, b.Channel.State));
            Assert.Equal((0, 0), (a.Channel.Flaps, b.Channel.Flaps));
            Assert.Equal((a.Channel.HelloInterval, a.Channel.HelloDeadInterval), (b.Channel.HelloInterval, b.Channel.HelloDeadInterval));
            Assert.True(HelloNegotiation.Accepts(a.Channel.Configuration, new HelloConfig(a.Channel.HelloInterval, a.Channel.HelloDeadInterval)));
            Assert.True(HelloNegotiation.Accepts(b.Channel.Configuration, new HelloConfig(a.Channel.HelloInterval, a.Channel.HelloDeadInterval)));
            Assert.Equal(a.Channel.HelloInterval == 0, network.Sent.All(d => d.Type != MessageType.Hello));
            // A wish that both can live with is granted: that of whose Config counts.
            if (roleOfB == Active && HelloNegotiation.Accepts(a.Channel.Configuration, HelloNegotiation.Preferred(b.Channel.Configuration)))
                Assert.Equal((rb.Hello.Prefer, rb.Dead.Prefer), (a.Channel.HelloInterval, a.Channel.HelloDeadInterval));
        }
        else
        {
            foreach (var node in (VirtualNode[])[a, b])
            {
                Assert.NotEqual(ControlChannelState.Up, node.Channel.State);
                var alarm = node.Alarm(AlarmKind.NegotiationFailed, node.Channel.ToString());
                Assert.EndsWith("; change the hello intervals of one end", alarm?.Text, StringComparison.Ordinal);
                Assert.Contains("here, ", alarm!.Text, StringComparison.Ordinal);
                Assert.Equal(alarm.Text, $"{node.Channel}: {node.Channel.Reason}");
            }

            Assert.DoesNotContain(network.Sent, d => d.Type == MessageType.Hello);
            Assert.InRange(network.Sent.Count, 10, 100);
        }
    }

    // Hello off meets only Hello off.
    private static bool Meet(IntervalRange a, IntervalRange b) => a.IsOff == b.IsOff && a.Min <= b.Max && b.Min <= a.Max;
}
