using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Simulation.Tests;

/// <summary>Each checker finds what it is there for.</summary>
public class CheckerTests
{
    private readonly World _world = QuietWorld.Make();

    private DataLinkPlan Link => _world.Link();

    private SimulatedNode Node => _world[Link.A.Node];

    private ControlChannel Channel => Node.Lmp!.Neighbors.First().ControlChannels[0];

    [Fact]
    public void Ends_that_do_not_get_together_are_told()
    {
        foreach (var path in _world.Network.Paths) path.Begin(new PathTrouble { Loss = 1 });
        _world.Pass(Timeline.Minute);
        new AgreementChecker(_world).Check(Calm.Clean);
        _world.AssertViolated("agreement", "control channel");
    }

    [Fact]
    public void An_alarm_that_is_left_over_is_told()
    {
        foreach (var path in _world.Network.Paths) path.Begin(new PathTrouble { Loss = 1 });
        _world.Pass(Timeline.Minute);
        new AlarmChecker(_world).Check(Calm.Standing);
        _world.AssertViolated("alarms", "ControlChannelDown without a cause");
    }

    [Fact]
    public void An_allocation_that_nobody_ordered_is_told()
    {
        Node.Command((node, now) => node.Allocate(now, [Link.A.Name]));
        _world.AssertViolated("allocations", "nobody ordered that");
    }

    [Fact]
    public void An_allocation_that_does_not_survive_a_restart_is_told()
    {
        Assert.True(_world.Allocations.Order(Node, Link.A, allocated: true));
        _world.Pass(Timeline.Second);
        Node.Crash(losesState: true);
        // What a node writes down that forgets its data links.
        Node.Disk.Begin(uint.MaxValue / 4);
        Node.Start();
        _world.AssertViolated("allocations", "was allocated, and is free after a restart with state");
    }

    [Fact]
    public void An_allocation_at_one_end_only_is_told()
    {
        Assert.True(_world.Allocations.Order(Node, Link.A, allocated: true));
        _world.Allocations.Check(Calm.Clean);
        _world.AssertViolated("allocations", "is allocated at");
    }

    [Fact]
    public void A_fault_that_nobody_localizes_is_told()
    {
        _world.Lights.Cut(1, FibreCondition.Cut, _world.Lights.Port(Link.A.Node, Link.A.Name).Outgoing!);
        // Nobody has noticed yet.
        new FaultChecker(_world).Check(Calm.Standing);
        _world.AssertViolated("faults", "is not localized");
    }

    [Fact]
    public void A_fault_that_is_localized_where_none_is_is_told()
    {
        Node.Report([Link.A.Name], SignalState.Fail);
        _world.Pass(Timeline.Second);
        new FaultChecker(_world).Check(Calm.Standing);
        _world.AssertViolated("faults", "where none is");
    }

    [Fact]
    public void A_signal_without_its_alarm_is_told()
    {
        // Where faults are not localized, the alarms about signals are all there is.
        var world = QuietWorld.Make(l => !l.TeLink.IsFaultManaged);
        var link = world.Blueprint.DataLinks.First(l => !l.TeLink.IsFaultManaged);
        world.Lights.Cut(1, FibreCondition.Degraded, world.Lights.Port(link.A.Node, link.A.Name).Outgoing!);
        world.Pass(Timeline.Second);
        new FaultChecker(world).Check(Calm.Standing);
        Assert.Null(world.Violation);
        world[link.B.Node].Report([link.B.Name], SignalState.Ok);
        world.Pass(5 * Timeline.Second);
        new FaultChecker(world).Check(Calm.Standing);
        world.AssertViolated("faults", "there is no SignalDegrade");
    }

    [Fact]
    public void Swapped_fibres_that_nobody_finds_are_told()
    {
        var other = Link.TeLink.DataLinks.First(l => l != Link);
        Assert.True(_world.Lights.Swap(1, _world.Lights.Port(Link.A.Node, Link.A.Name), _world.Lights.Port(other.A.Node, other.A.Name)));
        new WiringChecker(_world).Check(Calm.Standing);
        _world.AssertViolated("wiring", "verification has not found that");
    }

    [Fact]
    public void Test_messages_that_get_lost_unnoticed_are_told()
    {
        _world.Lights.Silence(1, _world.Lights.Port(Link.A.Node, Link.A.Name).Outgoing!);
        new WiringChecker(_world).Check(Calm.Standing);
        _world.AssertViolated("wiring", "nothing gets through");
    }

    [Fact]
    public void A_miswiring_that_is_none_is_told()
    {
        var other = Link.TeLink.DataLinks.First(l => l != Link);
        Assert.True(_world.Lights.Swap(1, _world.Lights.Port(Link.A.Node, Link.A.Name), _world.Lights.Port(other.A.Node, other.A.Name)));
        foreach (var end in (LinkEnd[])[Link.TeLink.A, Link.TeLink.B])
        {
            _world[end.Node].Command((node, now) => node.Verify(now, end.Name));
            _world.Pass(10 * Timeline.Second);
        }

        new WiringChecker(_world).Check(Calm.Standing);
        Assert.Null(_world.Violation);
        // The fibres are back, and nobody has looked again.
        _world.Lights.Repair(1);
        new WiringChecker(_world).Check(Calm.Clean);
        _world.AssertViolated("wiring", "is where it should be");
    }

    [Fact]
    public void A_Message_Id_that_goes_back_is_told()
    {
        Node.Crash(losesState: false);
        Node.Disk.Wipe();
        Node.Start();
        Send(new ChannelStatusAckMessage(1).Encode());
        Assert.Null(_world.Violation);
        Send(new ChannelStatusMessage(Identifier.Unnumbered(1), 1).Encode());
        _world.AssertViolated("sequence numbers", "with Message_Id 1 after");
    }

    [Fact]
    public void Messages_that_were_held_back_may_come_after_later_ones()
    {
        // The first message of a process is not always the one with its first Message_Id.
        Node.Crash(losesState: false);
        Node.Start();
        Send(new ChannelStatusMessage(Identifier.Unnumbered(1), Node.FirstMessageId + 400).Encode());
        Send(new ChannelStatusMessage(Identifier.Unnumbered(1), Node.FirstMessageId + 399).Encode());
        Assert.Null(_world.Violation);
    }

    [Fact]
    public void A_Message_Id_of_two_messages_is_told()
    {
        Send(new ChannelStatusMessage(Identifier.Unnumbered(1), uint.MaxValue / 2).Encode());
        Send(new ChannelStatusMessage(Identifier.Unnumbered(1), uint.MaxValue / 2).Encode());
        Assert.Null(_world.Violation);
        Send(new ChannelStatusMessage(Identifier.Unnumbered(2), uint.MaxValue / 2).Encode());
        _world.AssertViolated("sequence numbers", "which another message had");
    }

    [Fact]
    public void A_TxSeqNum_that_jumps_is_told()
    {
        var bytes = new byte[Hello.EncodedLength];
        new Hello(HeaderFlags.None, Channel.Id, Channel.TxSeqNum + 7, 1).Encode(bytes);
        Send(bytes);
        _world.AssertViolated("sequence numbers", "TxSeqNum");
    }

    [Fact]
    public void A_flood_of_messages_is_told()
    {
        var ack = new ChannelStatusAckMessage(1).Encode();
        for (var i = 0; i < 1000; i++) Send(ack);
        _world.Handled(Node);
        _world.AssertViolated("bounds", "1000 messages for one input");
    }

    [Fact]
    public void A_node_that_goes_round_in_circles_is_told()
    {
        for (var i = 0; i < 2001; i++) _world.Handled(Node);
        _world.AssertViolated("bounds", "no time goes on");
    }

    [Fact]
    public void An_exception_is_told_and_ends_the_process()
    {
        Node.Do("a test", _ => throw new InvalidOperationException("no such luck"));
        _world.AssertViolated("exceptions", "no such luck");
        Assert.Null(Node.Lmp);
    }

    private void Send(byte[] bytes) => _world.Sent(Node, Channel, _world.Network.Paths[Channel.TransportSlot], bytes);
}
