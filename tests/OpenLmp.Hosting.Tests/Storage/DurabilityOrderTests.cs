using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Storage;

/// <summary>Nothing is confirmed before it is durable, and nothing else waits for the disk.</summary>
public sealed class DurabilityOrderTests : IAsyncDisposable
{
    private readonly FakeStateFile _disk = new();
    private readonly StateWriter _writer;
    private readonly NodeLoop _a;
    private readonly NodeLoop _b;
    private readonly EventHub<NodeEvent> _eventsOfB = new(e => e);

    public DurabilityOrderTests()
    {
        _writer = new StateWriter(_disk, retry: TimeSpan.FromMilliseconds(20));
        var (left, right) = TestNode.Pair(hello: 50);
        // What a has to learn: where its data links end.
        _a = Loop(left with { TeLinks = [Te(1, 2, [new("te1-1", 101, null), new("te1-2", 102, null)])] }, new NodeOptions { FirstMessageId = 1 }, new EventHub<NodeEvent>(e => e), _writer);
        _b = Loop(
            right with { TeLinks = [Te(2, 1, [new("te1-1", 201, 101), new("te1-2", 202, 102)])] },
            new NodeOptions { FirstMessageId = 1, Retained = new RetainedState { DataLinks = [new RetainedDataLink("te1-2", Identifier.Unnumbered(202), left.NodeId) { Allocated = true }] } },
            _eventsOfB,
            null);
    }

    [Fact]
    public async Task A_command_is_answered_when_its_change_is_durable_and_Hello_goes_on_meanwhile()
    {
        await StartAsync();
        _disk.IsBlocked = true;
        var answer = _a.InvokeAsync((node, now) => node.Allocate(now, ["te1-1"]));
        var repeated = _a.InvokeAsync((node, now) => node.Allocate(now, ["te1-1"]));
        await HellosAsync();
        Assert.False(answer.IsCompleted);
        Assert.False(repeated.IsCompleted);
        // What changes nothing is answered, and the node is not down.
        Assert.True(await _a.InvokeAsync((node, _) => node.TeLinks.Single().DataLinks[0].Allocated));
        Assert.Equal(CommandStatus.Ok, (await _a.InvokeAsync((node, now) => node.ReportSignal(now, ["te1-1"], SignalState.Degrade))).Status);

        _disk.IsBlocked = false;

        Assert.Equal("allocated: te1-1", (await answer).Text);
        Assert.Equal("allocated: te1-1", (await repeated).Text);
        Assert.Contains(_disk.Written.SelectMany(c => c), c => c is DataLinkRetained { Link: { Name: "te1-1", Allocated: true } });
    }

    [Fact]
    public async Task A_change_that_cannot_be_saved_is_told_so_with_an_alarm_until_it_is()
    {
        await StartAsync();
        _disk.Problem = "the disk is full; make room on it";
        var error = await Assert.ThrowsAsync<StateNotSavedException>(() => _a.InvokeAsync((node, now) => node.Allocate(now, ["te1-1"])));
        Assert.Equal("done, but not saved, a restart would lose it: the disk is full; make room on it; it is tried again", error.Message);
        // Neither is it confirmed that it is so already.
        await Assert.ThrowsAsync<StateNotSavedException>(() => _a.InvokeAsync((node, now) => node.Allocate(now, ["te1-1"])));
        await AlarmAsync(AlarmState.Raised);
        await HellosAsync();

        _disk.Problem = null;

        await AlarmAsync(AlarmState.Cleared);
        Assert.Contains(_disk.Everything, c => c is DataLinkRetained { Link: { Name: "te1-1", Allocated: true } });
        Assert.Equal("allocated: te1-1", (await _a.InvokeAsync((node, now) => node.Allocate(now, ["te1-1"]))).Text);
    }

    [Fact]
    public async Task LinkSummaryAck_waits_until_what_was_learned_is_durable()
    {
        _disk.IsBlocked = true;
        _a.Start();
        _b.Start();
        await LearnedAsync();
        await HellosAsync();
        Assert.DoesNotContain(Summaries(), s => s.Outcome == LinkSummaryOutcome.Acknowledged);

        _disk.IsBlocked = false;

        await Eventually.TrueAsync(() => Summaries().Any(s => s.Outcome == LinkSummaryOutcome.Acknowledged), () => "LinkSummaryAck");
        Assert.Contains(_disk.Written.SelectMany(c => c), c => c is DataLinkRetained { Link: { Name: "te1-2", Allocated: true, RemoteId.Value: var id } } && id == 202);
    }

    [Fact]
    public async Task LinkSummaryAck_is_not_sent_while_what_was_learned_cannot_be_saved()
    {
        _disk.Problem = "the disk is full; make room on it";
        _a.Start();
        _b.Start();
        await LearnedAsync();
        await _disk.AttemptAsync(_disk.Attempts + 5);
        await HellosAsync();
        Assert.DoesNotContain(Summaries(), s => s.Outcome == LinkSummaryOutcome.Acknowledged);

        _disk.Problem = null;

        await Eventually.TrueAsync(() => Summaries().Any(s => s.Outcome == LinkSummaryOutcome.Acknowledged), () => "LinkSummaryAck");
    }

    [Fact]
    public async Task What_waits_at_the_stop_is_refused()
    {
        await StartAsync();
        _disk.IsBlocked = true;
        var answer = _a.InvokeAsync((node, now) => node.Allocate(now, ["te1-1"]));
        await HellosAsync();
        await _a.StopAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => answer);
    }

    public async ValueTask DisposeAsync()
    {
        (_disk.IsBlocked, _disk.Problem) = (false, null);
        await _a.DisposeAsync();
        await _b.DisposeAsync();
        _writer.Dispose();
    }

    private static NodeLoop Loop(NodeConfiguration configuration, NodeOptions node, EventHub<NodeEvent> events, StateWriter? state) =>
        new(new NodeLoopOptions { Configuration = configuration, Node = node, State = state }, events, NullLogger.Instance);

    private static TeLinkConfiguration Te(uint local, uint remote, (string Name, uint Local, uint? Remote)[] links) =>
        OpenLmp.Protocol.Tests.Configurations.Te("peer", local, remote) with
        {
            DataLinks = [.. links.Select(l => OpenLmp.Protocol.Tests.Configurations.Link(l.Name, l.Local, l.Remote))],
        };

    private async Task StartAsync()
    {
        _a.Start();
        _b.Start();
        await Eventually.TrueAsync(
            () => _a.InvokeAsync((node, _) => node.TeLinks.Single().DataLinks is [{ State: DataLinkState.UpFree }, { State: DataLinkState.UpAlloc }]), () => "links up");
        await Eventually.TrueAsync(() => _writer.Progress.Durable > 0, () => "what was learned is durable");
    }

    private Task LearnedAsync() =>
        Eventually.TrueAsync(() => _a.InvokeAsync((node, _) => node.TeLinks.Single().DataLinks.All(l => l.RemoteId is not null)), () => "remote ids learned");

    private IEnumerable<LinkSummaryFinished> Summaries() => _eventsOfB.Recent().Select(e => e.Event).OfType<LinkSummaryFinished>();

    private Task AlarmAsync(AlarmState state) =>
        Eventually.TrueAsync(() => _a.InvokeAsync((node, _) => node.Alarms.Find(AlarmKind.StateNotSaved, "name")?.State == state), () => $"alarm {state}");

    // Several Hellos get through both ways, and the control channel stays.
    private async Task HellosAsync()
    {
        var (flaps, first) = await _a.InvokeAsync((node, _) => (Channel(node).Flaps, Channel(node).RcvSeqNum));
        await Eventually.TrueAsync(() => _a.InvokeAsync((node, _) => Channel(node).RcvSeqNum >= first + 5), () => "Hellos");
        Assert.Equal((flaps, ControlChannelState.Up), await _a.InvokeAsync((node, _) => (Channel(node).Flaps, Channel(node).State)));

        static ControlChannel Channel(LmpNode node) => node.Neighbors.Single().ControlChannels.Single();
    }
}
