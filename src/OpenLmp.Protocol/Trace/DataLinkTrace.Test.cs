// RFC 4207 §3.1: a trace as part of a test.
namespace OpenLmp.Protocol;

/// <content>Test patterns, sent and received.</content>
public sealed partial class DataLinkTrace
{
    // The neighbour puts back what it sent before; hardware may take its time.
    private static readonly TimeSpan Restoring = TimeSpan.FromSeconds(10);

    private readonly Deadline _testForgotten;
    private string? _pattern;
    private string? _testReceived;

    /// <summary>What our data plane is to send now: <see cref="Sent"/>, or the pattern of a test (RFC 4207 §3.1); null: nothing in particular.</summary>
    public string? Transmitted => _pattern ?? Sent;

    // What comes in is, or may be, part of a test of the neighbour: it says nothing of where the fibre ends, that is for the test to find.
    private bool IsTested => Link.IsTestedBy(Type) || (_testReceived is not null && Received == _testReceived);

    /// <summary>A test begins: this text is sent until <see cref="EndTest"/>, whatever else was.</summary>
    internal void StartTest(string text)
    {
        if (text != Transmitted) _node.Output.SetTrace(Link, Type, text);
        _pattern = text;
    }

    /// <summary>The test is over: what was to be sent is sent again.</summary>
    internal void EndTest()
    {
        if (_pattern is not { } pattern) return;
        _pattern = null;
        if (pattern != Sent) Transmit();
    }

    /// <summary>What is received is the pattern of a test.</summary>
    internal void TestReceived()
    {
        _testReceived = Received;
        _testForgotten.Cancel();
    }

    /// <summary>The neighbour's test is over: a pattern that stays is like any other text.</summary>
    internal void TestOver(Instant now)
    {
        if (_testReceived is not null) _node.Deadlines.Set(_testForgotten, now + Restoring);
    }

    private void ForgetTest(Instant now)
    {
        _testReceived = null;
        // Also where it has been looked at before, as a test's.
        _isNews = true;
        _node.Node.JudgeTraces(now, Link);
    }

    private void Transmit()
    {
        if (_pattern is null) _node.Output.SetTrace(Link, Type, Sent ?? "");
    }
}
