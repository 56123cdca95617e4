// RFC 4204 §11.1.3: where Figure 3 draws no arrow, a message is counted and nothing changes.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class UndrawnEventsTests
{
    public static TheoryData<ControlChannelState, string, DropReason> Messages() => new()
    {
        { Down, "Hello", DropReason.WrongState },
        { Down, "Hello with ControlChannelDown", DropReason.WrongState },
        { Down, "ConfigAck", DropReason.StaleAnswer },
        { Down, "ConfigNack", DropReason.StaleAnswer },
        { Down, "LinkSummary", DropReason.WrongState },
        { ConfSnd, "Hello", DropReason.WrongState },
        { ConfSnd, "stale ConfigAck", DropReason.StaleAnswer },
        { ConfSnd, "stale ConfigNack", DropReason.StaleAnswer },
        { ConfSnd, "LinkSummary", DropReason.WrongState },
        { ConfRcv, "Hello", DropReason.WrongState },
        { ConfRcv, "ConfigAck", DropReason.StaleAnswer },
        { ConfRcv, "ConfigNack", DropReason.StaleAnswer },
        { ConfRcv, "LinkSummary", DropReason.WrongState },
        { Active, "ConfigAck", DropReason.StaleAnswer },
        { Active, "ConfigNack", DropReason.StaleAnswer },
        { Up, "ConfigAck", DropReason.StaleAnswer },
        { Up, "ConfigNack", DropReason.StaleAnswer },
        { GoingDown, "Config", DropReason.AdminDown },
        { GoingDown, "Hello", DropReason.AdminDown },
        { GoingDown, "ConfigAck", DropReason.StaleAnswer },
        { GoingDown, "ConfigNack", DropReason.StaleAnswer },
        { GoingDown, "LinkSummary", DropReason.WrongState },
    };

    [Theory, MemberData(nameof(Messages))]
    public void A_message_without_a_place_in_the_state_is_counted_and_changes_nothing(ControlChannelState state, string what, DropReason reason)
    {
        var duel = Duel.In(state, links: true);
        if (state == Down)
        {
            duel.Node.TransportUp();
            duel.RunMs(3_600);
            duel.Peer.Hear();
            duel.Node.Events.Clear();
        }

        var (why, due) = (duel.Channel.Reason, duel.Lmp.NextDeadline);
        var stale = new ConfigMessage(1, what.StartsWith("stale", StringComparison.Ordinal) ? 99u : 100u, duel.Lmp.NodeId, new HelloConfig(200, 700));
        switch (what)
        {
            case "Config": duel.Peer.SayConfig(); break;
            case "Hello": duel.Peer.SayHello(1, 0); break;
            case "Hello with ControlChannelDown": duel.Peer.SayHello(1, 0, HeaderFlags.ControlChannelDown); break;
            case "ConfigAck" or "stale ConfigAck": duel.Peer.Acknowledge(stale); break;
            case "ConfigNack" or "stale ConfigNack": duel.Peer.Refuse(stale, new HelloConfig(200, 700) { Negotiable = true }); break;
            default: duel.Peer.Say(new LinkSummaryAckMessage(1)); break;
        }

        Assert.Equal((state, why, due), (duel.State, duel.Channel.Reason, duel.Lmp.NextDeadline));
        Assert.Equal(1, duel.Dropped(reason));
        Assert.Equal(1, duel.Lmp.Neighbors.Single().Counters.Dropped(reason));
        Assert.Empty(duel.Node.Events);
        Assert.Empty(duel.Peer.Hear());
    }
}
