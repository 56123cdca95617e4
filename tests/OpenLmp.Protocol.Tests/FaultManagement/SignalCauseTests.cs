// RFC 4204 §6.1: how a failure is detected is the data plane's; where it knows why, it is told on.
namespace OpenLmp.Protocol.Tests;

public class SignalCauseTests
{
    private readonly StatusPartner _b = new();

    private string? Alarm => _b.Node.AlarmText(AlarmKind.SignalFail, "te1-1");

    [Fact]
    public void Why_there_is_no_signal_is_told_instead_of_a_guess_until_it_is_back()
    {
        Report(SignalState.Fail, "interface d1 is down");
        Assert.Equal("te1-1: no usable signal is received from b: interface d1 is down", Alarm);
        Assert.EndsWith("interface d1 is down", _b.Link.Reason, StringComparison.Ordinal);

        // Still none, for another reason.
        Report(SignalState.Fail, "interface d1 does not exist");
        Assert.Equal("te1-1: no usable signal is received from b: interface d1 does not exist", Alarm);
        Assert.EndsWith("interface d1 does not exist", _b.Link.Reason, StringComparison.Ordinal);

        // And for none that is known.
        Report(SignalState.Fail, null);
        Assert.Equal("te1-1: no usable signal is received from b", Alarm);
        Assert.Contains("check the fibre", _b.Link.Reason, StringComparison.Ordinal);

        Report(SignalState.Ok, "nobody asks why");
        Assert.Null(Alarm);
        Report(SignalState.Fail, null);
        Assert.DoesNotContain("nobody asks why", _b.Link.Reason, StringComparison.Ordinal);
    }

    private void Report(SignalState signal, string? why)
    {
        _b.Node.Node.ReportSignal(_b.Node.Now, ["te1-1"], signal, why);
        _b.RunMs(0);
    }
}
