using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>Data planes that come and go: what can be tested, and when it is made up for (RFC 4204 §5).</summary>
public class DataPlaneTests
{
    private readonly VirtualNetwork _network = new();
    private readonly VirtualNode _a;
    private readonly VirtualNode _b;

    public DataPlaneTests()
    {
        _a = _network.Add(A());
        _b = _network.Add(B());
    }

    [Fact]
    public void What_could_not_be_verified_without_a_data_plane_is_verified_when_there_is_one()
    {
        _network.Run(TimeSpan.FromSeconds(10));
        Assert.All(_a.TeLink.DataLinks.Concat(_b.TeLink.DataLinks), l => Assert.Equal((DataLinkState.UpFree, false), (l.State, l.Verified)));
        Assert.DoesNotContain(_network.Sent, d => d.Type == MessageType.BeginVerify);

        _network.FibreAll(_a, _b);
        _network.Run(TimeSpan.FromSeconds(10));
        Assert.All(_a.TeLink.DataLinks.Concat(_b.TeLink.DataLinks), l => Assert.Equal((DataLinkState.UpFree, true), (l.State, l.Verified)));

        // Once; and a data plane that returns finds nothing left to do.
        _a.Node.ReportDataPlane(_network.Now, "gone");
        _a.Node.ReportDataPlane(_network.Now, null);
        _network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(VerificationOutcome.AllVerified, _a.Events.OfType<VerificationFinished>().Single().Outcome);
        Assert.Equal(VerificationOutcome.AllVerified, _b.Events.OfType<VerificationFinished>().Single().Outcome);
    }

    [Fact]
    public void A_data_plane_lost_in_the_midst_of_a_verification_leaves_the_data_links_as_they_were()
    {
        _network.Run(TimeSpan.FromSeconds(10));
        _a.Node.ReportDataPlane(_network.Now, null);
        _network.RunUntil(() => _a.TeLink.Verification == VerificationPhase.Testing);
        _a.Node.ReportDataPlane(_network.Now, "the agent is gone");
        Assert.All(_a.TeLink.DataLinks, l => Assert.Equal(DataLinkState.UpFree, l.State));
        Assert.NotNull(_a.Alarm(AlarmKind.AgentDown, "a"));
        Assert.Equal(CommandResult.Conflict("te1: no Test message can be sent: the agent is gone"), _a.Node.Verify(_network.Now, "te1"));
        _network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal(VerificationPhase.Idle, _a.TeLink.Verification);
        Assert.Equal(VerificationOutcome.Aborted, _a.Events.OfType<VerificationFinished>().Single().Outcome);
        Assert.All(_a.TeLink.DataLinks, l => Assert.Equal(DataLinkState.UpFree, l.State));
        Assert.DoesNotContain(_a.Node.Alarms.All, x => x.Kind == AlarmKind.VerificationFailed);
    }

    [Theory]
    [InlineData(VerificationPhase.Beginning)]
    [InlineData(VerificationPhase.Testing)]
    public void A_TE_link_is_correlated_though_its_verification_was_interrupted(VerificationPhase phase)
    {
        if (phase == VerificationPhase.Beginning) _network.Filter = d => d.Type != MessageType.BeginVerifyAck;
        _a.Node.ReportDataPlane(_network.Now, null);
        _network.RunUntil(() => _a.TeLink.Verification == phase);
        _a.Node.ReportDataPlane(_network.Now, "");
        _network.Run(TimeSpan.FromSeconds(10));
        Assert.Equal((TeLinkState.Up, VerificationPhase.Idle), (_a.TeLink.State, _a.TeLink.Verification));
        Assert.All(_a.TeLink.DataLinks, l => Assert.Equal(DataLinkState.UpFree, l.State));
    }

    [Fact]
    public void The_other_ends_data_plane_coming_to_life_is_worth_another_look()
    {
        _a.Node.ReportDataPlane(_network.Now, null);
        _network.Run(TimeSpan.FromSeconds(20));
        Assert.All(_a.TeLink.DataLinks, l => Assert.NotNull(_a.Alarm(AlarmKind.VerificationFailed, l.Name)));

        _network.FibreAll(_a, _b);
        _network.Run(TimeSpan.FromSeconds(20));
        Assert.All(_a.TeLink.DataLinks.Concat(_b.TeLink.DataLinks), l => Assert.Equal((DataLinkState.UpFree, true), (l.State, l.Verified)));
        Assert.DoesNotContain(_a.Node.Alarms.All.Concat(_b.Node.Alarms.All), x => x.State == AlarmState.Raised);
    }

    [Fact]
    public void Fibres_broken_in_opposite_directions_do_not_keep_both_ends_verifying()
    {
        _network.FibreAll(_a, _b);
        _network.Fibres.Remove((_a, "te1-1"));
        _network.Fibres.Remove((_b, "te1-2"));
        _network.Run(TimeSpan.FromSeconds(60));
        var begun = _network.Sent.Count(d => d.Type == MessageType.BeginVerify);
        Assert.InRange(begun, 2, 4);
        _network.Run(TimeSpan.FromMinutes(10));
        Assert.Equal(begun, _network.Sent.Count(d => d.Type == MessageType.BeginVerify));
    }
}
