using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests;

public class VerificationTests
{
    private readonly VirtualNetwork _network = new();

    private (VirtualNode A, VirtualNode B) Start(Func<TeLinkConfiguration, TeLinkConfiguration>? changeA = null, Func<TeLinkConfiguration, TeLinkConfiguration>? changeB = null)
    {
        var four = (TeLinkConfiguration t, uint here, uint there) => t with
        {
            DataLinks = [.. Enumerable.Range(1, 4).Select(i => Link($"te1-{i}", here + (uint)i, there + (uint)i))],
        };
        var a = _network.Add(A(teLink: t => (changeA ?? (x => x))(four(t, 100, 200))), start: false);
        var b = _network.Add(B(teLink: t => (changeB ?? (x => x))(four(t, 200, 100))), start: false);
        _network.FibreAll(a, b);
        return (a, b);
    }

    private void Run(VirtualNode a, VirtualNode b)
    {
        a.TransportUp();
        b.TransportUp();
        _network.Run(TimeSpan.FromSeconds(20));
    }

    private static void AllUpFree(VirtualNode node) => Assert.All(node.TeLink.DataLinks, l => Assert.True(l.State == DataLinkState.UpFree, $"{l.Name} {l.State}: {l.Reason}"));

    [Fact]
    public void A_TE_link_is_verified_and_then_correlated_on_establishment()
    {
        var (a, b) = Start();
        Run(a, b);
        AllUpFree(a);
        AllUpFree(b);
        Assert.Equal(TeLinkState.Up, a.TeLink.State);
        Assert.All(a.TeLink.DataLinks.Concat(b.TeLink.DataLinks), l => Assert.True(l.Verified));
        Assert.Equal(VerificationOutcome.AllVerified, a.Events.OfType<VerificationFinished>().Single().Outcome);
        Assert.All(a.TestModes.Values, m => Assert.Equal((false, false), m));
        Assert.Equal(0, a.Node.Counters.Retransmitted(MessageType.TestStatusSuccess));
    }

    [Fact]
    public void A_swapped_pair_is_told_as_a_swap_at_both_ends_and_nothing_else_is_reported()
    {
        var (a, b) = Start();
        _network.Fibre(a, "te1-2", b, "te1-3");
        _network.Fibre(a, "te1-3", b, "te1-2");
        Run(a, b);
        foreach (var node in (VirtualNode[])[a, b])
        {
            var raised = node.Node.Alarms.All.Where(x => x.State == AlarmState.Raised).ToList();
            Assert.Equal(["te1-2", "te1-3"], raised.Where(x => x.Kind == AlarmKind.Miswired).Select(x => x.Object).Order());
            Assert.All(raised.Where(x => x.Kind == AlarmKind.Miswired), x => Assert.Contains("te1-2 and te1-3 are swapped", x.Text, StringComparison.Ordinal));
            Assert.Equal(2, raised.Count);
            Assert.Equal([DataLinkState.UpFree, DataLinkState.Down, DataLinkState.Down, DataLinkState.UpFree], node.TeLink.DataLinks.Select(l => l.State));
        }
    }

    [Fact]
    public void A_link_whose_signal_failed_is_not_Up_however_well_its_Test_messages_arrived()
    {
        var (a, b) = Start();
        Assert.Equal(CommandStatus.Ok, a.Node.ReportSignal(_network.Now, ["te1-2"], SignalState.Fail).Status);
        Run(a, b);
        var link = a.TeLink.DataLinks[1];
        Assert.True(link.Verified);
        Assert.Equal((DataLinkState.Down, DataLinkState.Down), (link.ActiveState, link.PassiveState));
        Assert.Contains("no usable signal", link.Reason, StringComparison.Ordinal);
        a.Node.ReportSignal(_network.Now, ["te1-2"], SignalState.Ok);
        AllUpFree(a);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fibres_that_come_back_in_each_others_ports_are_found(bool controlChannelsWereLost)
    {
        var (a, b) = Start();
        Run(a, b);
        Pull(a, b, ["te1-2", "te1-3"]);
        _network.Fibre(a, "te1-2", b, "te1-3");
        _network.Fibre(a, "te1-3", b, "te1-2");
        if (controlChannelsWereLost) Array.ForEach([a, b], n => n.Node.TransportDown(_network.Now, n.Channel, "the interface is down"));
        PlugIn(a, b, ["te1-2", "te1-3"]);
        if (controlChannelsWereLost) Array.ForEach([a, b], n => n.TransportUp());
        _network.Run(TimeSpan.FromSeconds(20));
        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.Equal([DataLinkState.UpFree, DataLinkState.Down, DataLinkState.Down, DataLinkState.UpFree], node.TeLink.DataLinks.Select(l => l.State));
            Assert.All(node.TeLink.DataLinks.Skip(1).Take(2), l => Assert.Contains("te1-2 and te1-3 are swapped", l.Reason, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_cable_that_comes_back_fibre_by_fibre_is_one_verification()
    {
        var (a, b) = Start();
        Run(a, b);
        Pull(a, b, ["te1-1", "te1-2", "te1-3", "te1-4"]);
        foreach (var link in (string[])["te1-1", "te1-2", "te1-3", "te1-4"])
        {
            PlugIn(a, b, [link]);
            _network.Run(TimeSpan.FromSeconds(2));
        }

        _network.Run(TimeSpan.FromMinutes(30));
        Assert.Equal(2, a.Events.OfType<VerificationFinished>().Count());
        AllUpFree(a);
        AllUpFree(b);
    }

    [Fact]
    public void What_comes_back_is_not_verified_again_where_nothing_is_periodically_nor_what_carries_traffic()
    {
        var (a, b) = Start(t => t with { Verification = t.Verification with { Periodic = TimeSpan.Zero } });
        Run(a, b);
        b.Node.Allocate(_network.Now, ["te1-2"]);
        Pull(a, b, ["te1-2"]);
        PlugIn(a, b, ["te1-2"]);
        _network.Run(TimeSpan.FromMinutes(30));
        Assert.All((VirtualNode[])[a, b], n => Assert.Single(n.Events.OfType<VerificationFinished>()));
    }

    private void Pull(VirtualNode a, VirtualNode b, string[] links)
    {
        foreach (var node in (VirtualNode[])[a, b]) node.Node.ReportSignal(_network.Now, links, SignalState.Fail);
        _network.Run(TimeSpan.FromSeconds(5));
    }

    private void PlugIn(VirtualNode a, VirtualNode b, string[] links)
    {
        foreach (var node in (VirtualNode[])[a, b]) node.Node.ReportSignal(_network.Now, links, SignalState.Ok);
    }

    [Fact]
    public void A_cut_fibre_fails_verification_at_both_ends_and_only_there()
    {
        var (a, b) = Start();
        _network.Fibres.Remove((a, "te1-4"));
        _network.Fibres.Remove((b, "te1-4"));
        Run(a, b);
        foreach (var node in (VirtualNode[])[a, b])
        {
            Assert.Equal("te1-4", Assert.Single(node.Node.Alarms.All, x => x.State == AlarmState.Raised).Object);
            Assert.Equal(DataLinkState.Down, node.TeLink.DataLinks[3].State);
            Assert.Equal(DataLinkState.UpFree, node.TeLink.DataLinks[0].State);
        }

        _network.Fibre(a, "te1-4", b, "te1-4");
        Assert.Equal(CommandStatus.Ok, a.Node.Verify(_network.Now, "te1").Status);
        Assert.Equal(CommandStatus.Ok, b.Node.Verify(_network.Now, "te1").Status);
        _network.Run(TimeSpan.FromSeconds(20));
        AllUpFree(a);
        AllUpFree(b);
        Assert.DoesNotContain(a.Node.Alarms.All, x => x.State == AlarmState.Raised);
    }

    [Fact]
    public void Remote_ids_are_discovered_and_then_correlated()
    {
        static TeLinkConfiguration Forget(TeLinkConfiguration t) => t with { RemoteId = null, DataLinks = [.. t.DataLinks.Select(l => l with { RemoteId = null })] };
        var (a, b) = Start(Forget, Forget);
        Run(a, b);
        AllUpFree(a);
        AllUpFree(b);
        Assert.Equal(TeLinkState.Up, a.TeLink.State);
        Assert.Equal(Identifier.Unnumbered(2), a.TeLink.RemoteId);
        Assert.Equal([201u, 202, 203, 204], a.TeLink.DataLinks.Select(l => (uint)l.RemoteId!.Value.Value));
    }

    [Fact]
    public void Loss_of_a_third_of_all_messages_is_survived()
    {
        var (a, b) = Start();
        var n = 0;
        _network.Filter = d => d.Type == MessageType.Hello || ++n % 3 != 0;
        a.TransportUp();
        b.TransportUp();
        _network.Run(TimeSpan.FromMinutes(3));
        Assert.All(a.TeLink.DataLinks, l => Assert.True(l.State is DataLinkState.UpFree, $"{l.Name} {l.State} {l.Reason}"));
    }

    [Fact]
    public void Losing_all_control_channels_ends_it_cleanly()
    {
        var (a, b) = Start();
        _network.Fibres.Clear();
        a.TransportUp();
        b.TransportUp();
        _network.RunUntil(() => a.TeLink.Verification == VerificationPhase.Testing, "testing");
        _network.Filter = _ => false;
        _network.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(VerificationPhase.Idle, a.TeLink.Verification);
        Assert.All(a.TestModes.Values, m => Assert.Equal((false, false), m));
        Assert.DoesNotContain(a.Node.Alarms.All, x => x.State == AlarmState.Raised && x.Kind == AlarmKind.VerificationFailed);
    }
}
