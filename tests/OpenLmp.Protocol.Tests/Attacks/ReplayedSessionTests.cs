// RFC 4204 §3.2.2, §7, §12: what was said once has its effect once.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.Attacks;

public class ReplayedSessionTests
{
    [Fact, Requirement("4204-7-3"), Requirement("4204-7-4"), Requirement("4204-7-5"), Requirement("4204-7-8")]
    public void A_whole_session_said_again_changes_nothing()
    {
        var (network, a, b) = Session();
        var said = network.Sent.Where(d => d.Source == b.Channel.Local).ToList();
        MessageType[] types =
        [
            MessageType.Config, MessageType.Hello, MessageType.LinkSummary, MessageType.LinkSummaryAck, MessageType.BeginVerify, MessageType.BeginVerifyAck,
            MessageType.EndVerify, MessageType.EndVerifyAck, MessageType.TestStatusSuccess, MessageType.TestStatusAck, MessageType.ChannelStatus, MessageType.ChannelStatusAck,
        ];
        Assert.Empty(types.Except(said.Select(d => d.Type)));

        var before = NodePicture.Of(a.Node);
        a.Events.Clear();
        for (var round = 0; round < 3; round++)
        {
            // In order, backwards, and shuffled.
            IEnumerable<Datagram> order = round switch { 0 => said, 1 => said.AsEnumerable().Reverse(), _ => said.OrderBy(d => d.SentAt.Nanoseconds * 7_919 % 1_009) };
            foreach (var datagram in order) a.Deliver(datagram);
            Assert.Equal(before, NodePicture.Of(a.Node));
        }

        Assert.Empty(a.Events);
        network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal((Up, Up, 0), (a.Channel.State, b.Channel.State, a.Channel.Flaps));
        Assert.Equal(before, NodePicture.Of(a.Node));
        Assert.Empty(a.Events);
    }

    [Fact]
    public void A_Hello_that_took_the_channel_down_once_does_not_do_so_again()
    {
        var (network, a, b) = Session();
        b.Node.ControlChannelDown(network.Now, "a", 11);
        network.RunMs(100);
        var down = network.Sent.Where(d => d.Source == b.Channel.Local && d.Message!.Flags.HasFlag(HeaderFlags.ControlChannelDown)).ToList();
        Assert.NotEmpty(down);
        Assert.Equal(Down, a.Channel.State);
        b.Node.ControlChannelUp(network.Now, "a", 11);
        network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up);
        network.Run(TimeSpan.FromSeconds(5));

        var flaps = a.Channel.Flaps;
        foreach (var datagram in down) a.Deliver(datagram);
        Assert.Equal((Up, flaps), (a.Channel.State, a.Channel.Flaps));
    }

    // Everything two nodes say to each other: Hellos, properties, verification, a fault that came and went.
    private static (VirtualNetwork Network, VirtualNode A, VirtualNode B) Session()
    {
        var network = new VirtualNetwork();
        var (a, b) = (network.Add(Configurations.A(), start: false), network.Add(Configurations.B(), start: false));
        network.FibreAll(a, b);
        a.TransportUp();
        b.TransportUp();
        network.Run(TimeSpan.FromSeconds(10));
        b.Node.Verify(network.Now, "te1");
        a.Node.Verify(network.Now, "te1");
        network.Run(TimeSpan.FromSeconds(10));
        a.Node.Allocate(network.Now, ["te1-1"]);
        b.Node.Allocate(network.Now, ["te1-1"]);
        network.Run(TimeSpan.FromSeconds(1));
        foreach (var signal in (SignalState[])[SignalState.Fail, SignalState.Ok])
        {
            b.Node.ReportSignal(network.Now, ["te1-2"], signal);
            a.Node.ReportSignal(network.Now, ["te1-2"], signal);
            network.Run(TimeSpan.FromSeconds(5));
        }

        // What came back is verified again.
        network.Run(TimeSpan.FromSeconds(10));
        Assert.All(a.TeLink.DataLinks, l => Assert.True(l.State is DataLinkState.UpFree or DataLinkState.UpAlloc, $"{l.Name} {l.State}"));
        return (network, a, b);
    }
}
