// RFC 4204 §3.2.2, §13.7: the sequence numbers of Hello.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class HelloSequenceTests
{
    private const uint Max = uint.MaxValue;

    [Fact, Requirement("4204-3.2.2-1"), Requirement("4204-12.4-1")]
    public void The_example_of_section_3_2_2_goes_step_by_step()
    {
        // 1) After completing the configuration stage, Node A sends Hello messages to Node B with {TxSeqNum=1;RcvSeqNum=0}.
        var duel = new Duel();
        duel.Agree();
        Assert.Equal([new HelloMessage(1, 1, 0)], duel.Peer.Hear());
        duel.RunMs(150);
        Assert.Equal([new HelloMessage(1, 1, 0)], duel.Peer.Hear());

        // 2) Node A receives a Hello from Node B with {TxSeqNum=1;RcvSeqNum=1}. When the HelloInterval expires on Node A, it sends Hellos to
        //    Node B with {TxSeqNum=2;RcvSeqNum=1}.
        duel.Peer.SayHello(1, 1);
        Assert.Empty(duel.Peer.Hear());
        duel.RunMs(150);
        Assert.Equal([new HelloMessage(1, 2, 1)], duel.Peer.Hear());

        // 3) Node A receives a Hello from Node B with {TxSeqNum=2;RcvSeqNum=2}. When the HelloInterval expires on Node A, it sends Hellos to
        //    Node B with {TxSeqNum=3;RcvSeqNum=2}.
        duel.Peer.SayHello(2, 2);
        duel.RunMs(150);
        Assert.Equal([new HelloMessage(1, 3, 2)], duel.Peer.Hear());
    }

    [Theory, Requirement("4204-3.2.2-1")]
    [InlineData(1u, 2u)]
    [InlineData(2u, 3u)]
    [InlineData(Max - 1, Max)]
    [InlineData(Max, 2u)]
    public void TxSeqNum_advances_when_it_is_reflected_and_wraps_to_2(uint tx, uint next)
    {
        var sequence = new HelloSequence(tx - 1, tx, 7);
        Assert.Equal(HelloVerdict.Expected, sequence.Receive(8, tx, out var reflects));
        Assert.True(reflects);
        Assert.Equal((next, 8u), (sequence.Tx, sequence.Rcv));
    }

    [Fact]
    public void A_number_that_was_not_sent_yet_nobody_can_reflect()
    {
        var sequence = new HelloSequence(0, 1, 0);
        Assert.Equal(HelloVerdict.Expected, sequence.Receive(1, 1, out _));
        // Of before the negotiation, and late: not a sign of life, and no reason to leave a number out.
        Assert.Equal(HelloVerdict.Unexpected, sequence.Receive(2, 2, out _));
        Assert.Equal(2u, sequence.Tx);
        sequence.Send();
        Assert.Equal(HelloVerdict.Expected, sequence.Receive(2, 2, out var reflects));
        Assert.True(reflects);
    }

    [Theory]
    [InlineData(0u, 1u, 0u)]
    [InlineData(1u, 2u, 1u)]
    [InlineData(Max, 2u, Max)]
    [InlineData(Max - 1, Max, Max - 1)]
    [InlineData(2u, 3u, 2u)]
    public void The_predecessor_is_expected_and_does_not_advance_TxSeqNum(uint previous, uint tx, uint rcv)
    {
        var sequence = new HelloSequence(previous, tx, 7);
        Assert.Equal(HelloVerdict.Expected, sequence.Receive(7, rcv, out var reflects));
        Assert.False(reflects);
        Assert.Equal(tx, sequence.Tx);
    }

    [Theory]
    [InlineData(5u, 6u, 4u)]
    [InlineData(5u, 6u, 7u)]
    [InlineData(5u, 6u, 0u)]
    [InlineData(5u, 6u, Max)]
    [InlineData(Max, 2u, 1u)]
    [InlineData(Max, 2u, Max - 1)]
    [InlineData(1u, 2u, Max)]
    [InlineData(0u, 1u, 2u)]
    public void Any_other_RcvSeqNum_is_unexpected(uint previous, uint tx, uint rcv)
    {
        var sequence = new HelloSequence(previous, tx, 7);
        Assert.Equal(HelloVerdict.Unexpected, sequence.Receive(8, rcv, out var reflects));
        Assert.False(reflects);
        Assert.Equal((tx, 7u), (sequence.Tx, sequence.Rcv));
    }

    [Theory, Requirement("4204-3.2.2-1")]
    [InlineData(7u, 7u, true)]
    [InlineData(7u, 8u, true)]
    [InlineData(7u, 9u, true)]
    [InlineData(7u, 6u, false)]
    [InlineData(7u, 0u, false)]
    [InlineData(7u, 1u, false)]
    [InlineData(7u, Max, false)]
    [InlineData(Max, 2u, true)]
    [InlineData(Max, 3u, true)]
    [InlineData(Max, 1u, false)]
    [InlineData(Max, 0u, false)]
    [InlineData(2u, Max, false)]
    [InlineData(1u, 1u, true)]
    [InlineData(1u, 2u, true)]
    [InlineData(0u, 1u, true)]
    [InlineData(0u, 5u, true)]
    [InlineData(0u, 0u, false)]
    public void The_neighbours_number_is_expected_when_it_is_not_older_than_the_last(uint last, uint tx, bool expected)
    {
        var sequence = new HelloSequence(4, 5, last);
        Assert.Equal(expected ? HelloVerdict.Expected : HelloVerdict.Unexpected, sequence.Receive(tx, 5, out var reflects));
        Assert.Equal((expected, expected ? tx : last), (reflects, sequence.Rcv));
    }

    [Fact]
    public void RcvSeqNum_0_is_expected_only_from_a_neighbour_that_has_just_started()
    {
        // Our first Hellos may get lost: the neighbour goes on with {1;0} while we hear it.
        var sequence = new HelloSequence(1, 2, 1);
        Assert.Equal(HelloVerdict.Expected, sequence.Receive(1, 0, out _));
        Assert.Equal(HelloVerdict.Unexpected, sequence.Receive(2, 0, out _));
        Assert.Equal(2u, sequence.Tx);
    }

    [Fact]
    public void Two_nodes_count_on_through_the_wrap_without_a_number_that_is_not_allowed()
    {
        var (a, b) = (new HelloSequence(Max - 4, Max - 3, Max - 5), new HelloSequence(Max - 6, Max - 5, Max - 4));
        for (var i = 0; i < 20; i++)
        {
            a.Send();
            Assert.Equal(HelloVerdict.Expected, b.Receive(a.Tx, a.Rcv, out _));
            b.Send();
            Assert.Equal(HelloVerdict.Expected, a.Receive(b.Tx, b.Rcv, out _));
            Assert.True(a.Tx > 1 && b.Tx > 1);
        }

        Assert.InRange(a.Tx, 2u, 100u);
        Assert.InRange(b.Tx, 2u, 100u);
    }

    [Fact]
    public void Duplicates_and_several_Hellos_with_the_same_number_feed_the_hold_timer()
    {
        var duel = Duel.In(Up);
        for (var i = 0; i < 20; i++)
        {
            duel.RunMs(400);
            duel.Peer.SayHello(1, 1);
        }

        Assert.Equal((Up, 2u, 1u), (duel.State, duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum));
        Assert.Equal(0, duel.Dropped(DropReason.SequenceNumber));
    }

    [Fact, Requirement("4204-3.2.2-1")]
    public void What_is_unexpected_is_counted_and_does_not_feed_the_hold_timer()
    {
        var duel = Duel.In(Up);
        duel.RunMs(150);
        duel.Peer.SayHello(2, 2);
        duel.RunMs(150);
        duel.Peer.SayHello(3, 3);
        (uint Tx, uint Rcv)[] unexpected = [(0, 3), (0, 4), (1, 0), (1, 4), (2, 3), (4, 1), (4, 5), (4, 0), (0, 0)];
        for (var i = 0; i < unexpected.Length; i++)
        {
            duel.RunMs(50);
            duel.Peer.SayHello(unexpected[i].Tx, unexpected[i].Rcv);
            Assert.Equal(i + 1, duel.Dropped(DropReason.SequenceNumber));
            Assert.Equal((Up, 4u, 3u), (duel.State, duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum));
        }

        duel.RunMs(49);
        Assert.Equal(Up, duel.State);
        duel.RunMs(1);
        Assert.Equal(ConfSnd, duel.State);
    }

    [Fact]
    public void A_new_Config_while_Up_forgets_the_neighbours_number_and_starts_ours_at_1()
    {
        var duel = Duel.In(Up);
        for (uint i = 2; i < 10; i++) duel.Peer.SayHello(i, i);
        duel.Peer.SayConfig();
        Assert.Equal((Active, 1u, 0u), (duel.State, duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum));
        duel.Peer.SayHello(1, 0);
        Assert.Equal(Up, duel.State);
        Assert.Equal(0, duel.Channel.Flaps);
    }

    [Fact]
    public void Numbers_are_0_while_nothing_is_agreed()
    {
        var duel = Duel.In(Up);
        Assert.Equal((2u, 1u), (duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum));
        duel.RunMs(500);
        Assert.Equal((0u, 0u), (duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum));
        duel.Agree();
        Assert.Equal((1u, 0u), (duel.Channel.TxSeqNum, duel.Channel.RcvSeqNum));
    }

    [Fact]
    public void A_Hello_without_LOCAL_CCID_is_recognised_by_its_address()
    {
        var duel = Duel.In(Active);
        duel.Peer.Say(new HelloMessage([new HelloObject(1, 1)]));
        Assert.Equal(Up, duel.State);
    }
}
