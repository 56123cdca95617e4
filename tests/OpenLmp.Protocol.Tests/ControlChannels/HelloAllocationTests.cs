// Steady state allocates nothing: Hello in, Hello out, timers.
using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class HelloAllocationTests
{
    [Fact]
    public void Hello_in_Hello_out_and_the_timers_allocate_nothing()
    {
        var output = new SilentOutput();
        var start = new Instant(1_000_000_000);
        var configuration = Configurations.A(c => c with { HelloInterval = IntervalRange.Exactly(150), HelloDeadInterval = IntervalRange.Exactly(500) });
        var node = new LmpNode(configuration with { TeLinks = [] }, new NodeOptions(), output, start);
        var channel = node.Neighbors.Single().ControlChannels[0];
        node.TransportUp(start, channel);
        var (source, destination) = (Configurations.At("10.255.0.2"), Configurations.At("10.255.0.1").Address);
        var origin = new DatagramOrigin(source, destination, 0);
        node.Receive(start, origin, new ConfigMessage(11, 1, Configurations.Id("10.0.0.2"), new HelloConfig(150, 500)).Encode());

        var buffer = new byte[Hello.EncodedLength];
        uint tx = 0;
        // Twice: the first round lets the code be compiled.
        Round();
        var allocated = Round();
        Assert.Equal(ControlChannelState.Up, channel.State);
        Assert.Equal((0L, 0L), (allocated, node.Counters.Dropped(DropReason.SequenceNumber)));
        Assert.Equal(2 * 10_000, node.Counters.Received(MessageType.Hello));
        Assert.InRange(node.Counters.Sent(MessageType.Hello), 20_000, 20_002);

        long Round()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10_000; i++)
            {
                tx++;
                var now = start + TimeSpan.FromMilliseconds(150L * tx);
                new Hello(HeaderFlags.None, 11, tx, tx).Encode(buffer);
                node.Receive(now, origin, buffer);
                node.Advance(now);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Hellos_that_are_dropped_allocate_nothing_either()
    {
        var start = new Instant(1_000_000_000);
        var node = new LmpNode(Configurations.A() with { TeLinks = [] }, new NodeOptions(), new SilentOutput(), start);
        node.TransportUp(start, node.Neighbors.Single().ControlChannels[0]);
        var known = new DatagramOrigin(Configurations.At("10.255.0.2"), Configurations.At("10.255.0.1").Address, 0);
        var unknown = known with { Source = Configurations.At("10.255.0.99") };
        var hello = new HelloMessage(11, 7, 9).Encode();
        var broken = hello[..20];
        Round();
        Assert.Equal(0, Round());

        long Round()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10_000; i++)
            {
                node.Receive(start, known, hello);
                node.Receive(start, unknown, hello);
                node.Receive(start, known, broken);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
