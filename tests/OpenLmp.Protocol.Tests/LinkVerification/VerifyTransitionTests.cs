// RFC 4204 §11.3, Figures 5 and 6: the arrows that verification drives, each through a whole node.
using static OpenLmp.Protocol.DataLinkState;
using static OpenLmp.Protocol.Tests.VerifySteps;

namespace OpenLmp.Protocol.Tests;

public class VerifyTransitionTests
{
    [Fact]
    [Requirement("4204-11.3.3-Down-3")]
    [Requirement("4204-11.3.3-Test-5a")]
    [Requirement("4204-11.3.3-Test-11")]
    [Requirement("4204-11.3.3-Test-7")]
    [Requirement("4204-11.3.3-UpFree-3")]
    public void Figure_5()
    {
        var a = Verifier();
        Assert.Equal([Down, Down], a.Links.Select(l => l.ActiveState));
        a.Accept();
        Assert.Equal([Test, Test], a.Links.Select(l => l.ActiveState));   // 3
        a.RunMs(450);
        Assert.Equal(8, a.Tests.Count);                                   // 11, and stays
        Assert.Equal([Test, Test], a.Links.Select(l => l.ActiveState));
        a.Succeed(101, 201, 9001);                                        // 5a
        a.Fail(9002);
        a.RunMs(1000);                                                    // 7
        Assert.Equal([UpFree, Down], a.Links.Select(l => l.ActiveState));
        a.AckEnd();
        a.Ack();
        a.Node.Verify(a.Now, "te1");
        a.Accept(verifyId: 8);
        Assert.Equal([Test, Test], a.Links.Select(l => l.ActiveState));   // 3 from Up/Free, and from Down
    }

    [Fact]
    [Requirement("4204-11.3.3-Test-7")]
    public void Event_7b_ends_a_test_of_which_nothing_is_ever_reported()
    {
        var a = Verifier();
        a.Accept();
        a.RunMs(4_499);
        Assert.Equal([Test, Test], a.Links.Select(l => l.ActiveState));
        a.RunMs(1);
        Assert.Equal([Down, Down], a.Links.Select(l => l.ActiveState));
    }

    [Fact]
    [Requirement("4204-11.3.4-Down-4")]
    [Requirement("4204-11.3.4-UpFree-4")]
    [Requirement("4204-11.3.4-PasvTest-6")]
    [Requirement("4204-11.3.4-PasvTest-8")]
    public void Figure_6()
    {
        var a = Listener();
        a.Node.ReportSignal(a.Now, ["te1-2"], SignalState.Fail);
        Assert.Equal([UpFree, Down], a.Links.Select(l => l.PassiveState));
        a.Send(Ask());
        Assert.Equal([PasvTest, PasvTest], a.Links.Select(l => l.PassiveState)); // 4, from both
        a.Test(0, 201, a.Last<Wire.BeginVerifyAckMessage>().VerifyId);           // 6
        Assert.Equal([UpFree, PasvTest], a.Links.Select(l => l.PassiveState));
        a.RunMs(1000);                                                           // 8a
        Assert.Equal([UpFree, Down], a.Links.Select(l => l.PassiveState));
    }

    [Fact]
    [Requirement("4204-11.3.4-PasvTest-8")]
    public void Event_8b_ends_the_listening_with_the_procedure()
    {
        var a = Listener();
        a.Send(Ask());
        a.Send(new Wire.EndVerifyMessage(8001, a.Last<Wire.BeginVerifyAckMessage>().VerifyId));
        Assert.Equal([Down, Down], a.Links.Select(l => l.PassiveState));
    }
}
