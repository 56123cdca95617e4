// RFC 4204 §3.2: Hellos leave in time while the node is busy with something else.
using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class HelloAtWorkTests
{
    private static readonly Instant Start = new(1_000_000_000);

    [Fact]
    public void In_the_midst_of_an_input_Hellos_are_sent_and_nothing_else_is_done()
    {
        var busy = new Busy();
        var channel = busy.Channel;
        Assert.Equal(ControlChannelState.Up, channel.State);
        var links = busy.Node.TeLinks.Single().DataLinks.Select(l => l.Name).ToList();

        // It takes ten seconds: the dead interval is over, too, but who is at work has not looked what came in meanwhile.
        busy.Lateness = TimeSpan.FromSeconds(10);
        var sent = busy.Node.Counters.Sent(MessageType.Hello);
        Assert.Equal(CommandStatus.Ok, busy.Node.ReportSignal(Start, links, SignalState.Fail).Status);
        Assert.Equal(sent + 1, busy.Node.Counters.Sent(MessageType.Hello));
        Assert.Equal(ControlChannelState.Up, channel.State);

        busy.Lateness = null;
        busy.Node.Advance(Start + TimeSpan.FromSeconds(10));
        // It was late itself: the neighbour gets another dead interval.
        Assert.Equal(ControlChannelState.Up, channel.State);
        busy.Node.Advance(Start + TimeSpan.FromSeconds(10.5));
        Assert.Equal(ControlChannelState.ConfSnd, channel.State);
    }

    [Fact]
    public void Going_through_many_data_links_says_so()
    {
        var busy = new Busy();
        var before = busy.TimesAtWork;
        busy.Node.Receive(Start, busy.Origin, new LinkSummaryMessage(
            2, LinkSummaryBuilder.TeLink(busy.Node.TeLinks.Single().Configuration with { LocalId = Identifier.Unnumbered(2) }, Identifier.Unnumbered(1)),
            [.. Enumerable.Range(1, 100).Select(i => new DataLinkObject(0, Identifier.Unnumbered((uint)(5_000 + i)), Identifier.Unnumbered((uint)(6_000 + i)), []))]).Encode());
        Assert.InRange(busy.TimesAtWork - before, 100, 1_000);
    }

    [Fact]
    public void What_is_observed_sends_them_when_it_is_done()
    {
        var busy = new Busy { Lateness = TimeSpan.FromSeconds(10) };
        busy.Node.Observer = new Blind();
        var sent = busy.Node.Counters.Sent(MessageType.Hello);
        busy.Node.ReportSignal(Start, [busy.Node.TeLinks.Single().DataLinks[0].Name], SignalState.Fail);
        Assert.Equal(sent, busy.Node.Counters.Sent(MessageType.Hello));
    }

    /// <summary>A host that looks at the clock whenever the node lets it.</summary>
    private sealed class Busy : INodeOutput
    {
        public Busy()
        {
            Node = new LmpNode(Configurations.A(), new NodeOptions(), this, Start);
            Node.TransportUp(Start, Channel);
            Node.Receive(Start, Origin, new ConfigMessage(11, 1, Configurations.Id("10.0.0.2"), new HelloConfig(150, 500)).Encode());
            Node.Receive(Start, Origin, new HelloMessage(11, 1, 1).Encode());
        }

        public LmpNode Node { get; }

        public DatagramOrigin Origin { get; } = new(Configurations.At("10.255.0.2"), Configurations.At("10.255.0.1").Address, 0);

        public ControlChannel Channel => Node.Neighbors.Single().ControlChannels[0];

        /// <summary>How long the node has been at work whenever it says something; null: it is quick.</summary>
        public TimeSpan? Lateness { get; set; }

        public int TimesAtWork { get; private set; }

        public void Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
        {
        }

        public void Open(ControlChannel channel)
        {
        }

        public void Close(ControlChannel channel)
        {
        }

        public void AtWork()
        {
            TimesAtWork++;
            Look();
        }

        public void Tell(NodeEvent e) => Look();

        private void Look()
        {
            if (Lateness is { } lateness) Node.SendHellos(Start + lateness);
        }
    }

    private sealed class Blind : INodeObserver
    {
        public void Takes(Instant now, NodeInput input)
        {
        }

        public void Answers(CommandResult answer)
        {
        }
    }
}
