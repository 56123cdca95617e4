// Days of virtual time.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

/// <summary>Alone, for the memory of the whole process is looked at.</summary>
[CollectionDefinition(nameof(LongRunTests), DisableParallelization = true)]
public class LongRuns;

[Collection(nameof(LongRunTests))]
public class LongRunTests
{
    [Fact]
    public void Hours_of_default_Hello_on_a_network_that_loses_some_ends_up_as_it_began()
    {
        var network = new VirtualNetwork { Recording = false, Weather = new Weather(4204) { Loss = 0.05, Duplication = 0.01, MaxDelay = TimeSpan.FromMilliseconds(20) } };
        var (a, b) = (network.Add(Configurations.A()), network.Add(Configurations.B()));
        network.Run(TimeSpan.FromHours(6));
        network.Weather = null;
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up && a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
        // Three lost in a row happen about every eight thousand Hellos.
        Assert.InRange(a.Channel.Flaps + b.Channel.Flaps, 10, 200);
        Assert.DoesNotContain(a.Node.Alarms.All.Concat(b.Node.Alarms.All), x => x.State != AlarmState.Cleared);
    }

    [Fact]
    public void Days_of_bad_weather_leave_nothing_behind()
    {
        var network = new VirtualNetwork { Recording = false, Weather = new Weather(11) { Loss = 0.3, Duplication = 0.05, MaxDelay = TimeSpan.FromMilliseconds(400) } };
        var a = network.Add(Configurations.A(c => c with { HelloInterval = IntervalRange.Exactly(2_000), HelloDeadInterval = IntervalRange.Exactly(6_000) }));
        var b = network.Add(Configurations.B());
        network.Run(TimeSpan.FromHours(12));
        var (before, alarms) = (Live(), a.Node.Alarms.All.Count);
        var flaps = a.Channel.Flaps;
        network.Run(TimeSpan.FromHours(36));
        Assert.True(a.Channel.Flaps > 2 * flaps && a.Channel.Flaps > 2_000, $"{flaps} flaps, then {a.Channel.Flaps}");
        // Two bytes for each of the Hellos meanwhile, or a hundred for each flap, would be more. The rest is the test runner's.
        Assert.InRange(Live() - before, long.MinValue, 200 * 1024);
        Assert.Equal(alarms, a.Node.Alarms.All.Count);
        network.Weather = null;
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up && a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);

        long Live()
        {
            foreach (var node in (VirtualNode[])[a, b])
            {
                node.Events.Clear();
                node.Events.TrimExcess();
            }

            return Memory.Retained();
        }
    }

    [Fact]
    public void A_neighbour_that_never_answers_costs_a_constant_trickle()
    {
        var network = new VirtualNetwork { Recording = false };
        var a = network.Add(Configurations.A());
        network.Run(TimeSpan.FromDays(5));
        Assert.InRange(a.Node.Counters.Sent(MessageType.Config), 3 * 5 * 86_400L * 10 / 55, (3 * 5 * 86_400L * 10 / 55) + 3);
        Assert.Equal(1, a.Node.Alarms.Find(AlarmKind.ControlChannelDown, "b/1")!.Count);
        Assert.Single(a.Node.Alarms.All);
    }

    [Fact]
    public void One_way_loss_is_noticed_at_both_ends_and_heals()
    {
        foreach (var deaf in (string[])["a", "b"])
        {
            var network = new VirtualNetwork();
            var (a, b) = (network.Add(Configurations.A()), network.Add(Configurations.B()));
            network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up);
            network.RunMs(10_000);
            network.Filter = d => d.Destination != (deaf == "a" ? a : b).Channel.Local;
            var start = network.Now;
            network.RunMs(12_000);
            foreach (var node in (VirtualNode[])[a, b])
            {
                Assert.NotEqual(Up, node.Channel.State);
                Assert.False(node.Channel.Neighbor.IsUp);
                Assert.NotNull(node.Alarm(AlarmKind.ControlChannelDown, node.Channel.ToString()));
                Assert.Equal([true, false], node.Events.OfType<AdjacencyChanged>().Select(e => e.Up));
                // The end that hears the other's Config knows only after its own silence.
                Assert.InRange((node.Events.OfType<AdjacencyChanged>().Last().At - start).TotalMilliseconds, 340, 4_000);
            }

            network.Filter = _ => true;
            network.RunUntil(() => a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up, seconds: 15);
        }
    }
}
