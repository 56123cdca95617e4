using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Recording;

/// <summary>
/// Looks on while a node works: every input, every output and every answer of the host becomes a line. Stands between the node and its host, which
/// notices nothing. Belongs to the node's thread.
/// </summary>
public sealed class NodeRecorder : INodeOutput, INodeObserver
{
    private readonly INodeOutput _host;
    private readonly Action<RecordedLine> _write;
    private readonly Instant _start;
    private LmpNode? _node;
    private bool _isStopped;

    private NodeRecorder(INodeOutput host, Action<RecordedLine> write, Instant start) => (_host, _write, _start) = (host, write, start);

    /// <summary>Makes a node and records it from its first moment.</summary>
    /// <param name="start">What it starts with; <see cref="RecordingStart.Node"/> and <see cref="RecordingStart.Options"/> have to be there.</param>
    /// <param name="host">Whom the node's output goes to.</param>
    /// <param name="write">Takes the lines, in order, at once.</param>
    public static (LmpNode Node, NodeRecorder Recorder) Start(RecordingStart start, INodeOutput host, Action<RecordedLine> write)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(write);
        var recorder = new NodeRecorder(host, write, new Instant(start.Clock));
        write(new RecordedLine { Start = start });
        recorder._node = new LmpNode(start.Node!, start.Options!, recorder, recorder._start);
        if (!recorder._isStopped) recorder._node.Observer = recorder;
        return (recorder._node, recorder);
    }

    /// <summary>Records nothing any more; the node goes on.</summary>
    public void Stop()
    {
        _isStopped = true;
        if (_node is not null) _node.Observer = null;
    }

    /// <summary>The recording ends.</summary>
    public void End(Instant now, string why)
    {
        if (!_isStopped) _write(new RecordedLine { T = At(now), End = why });
        Stop();
    }

    /// <summary>The node failed at its last input.</summary>
    public void Failed(Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        Write(new FaultOutput($"{e.GetType().Name}: {e.Message}"));
    }

    void INodeObserver.Takes(Instant now, NodeInput input) => _write(new RecordedLine { T = At(now), In = input });

    void INodeObserver.Answers(CommandResult answer) => Write(new AnswerOutput(answer.Status, answer.Text));

    void INodeOutput.Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        if (!_isStopped) Write(new SendOutput(channel.Id, destination, ValueList.Create(datagram)));
        _host.Send(channel, destination, datagram);
    }

    void INodeOutput.Open(ControlChannel channel)
    {
        _host.Open(channel);
        Write(new OpenOutput(channel.Id, channel.TransportSlot));
    }

    void INodeOutput.Close(ControlChannel channel)
    {
        Write(new CloseOutput(channel.Id));
        _host.Close(channel);
    }

    void INodeOutput.SendTest(DataLink link, ReadOnlySpan<byte> test)
    {
        if (!_isStopped) Write(new SendTestOutput(link.Name, ValueList.Create(test)));
        _host.SendTest(link, test);
    }

    VerifyTransport INodeOutput.GetTestTransports(DataLink link)
    {
        var transports = _host.GetTestTransports(link);
        Write(new TestTransportsOutput(link.Name, transports));
        return transports;
    }

    void INodeOutput.SetTestMode(DataLink link, bool transmit, bool receive)
    {
        Write(new TestModeOutput(link.Name, transmit, receive));
        _host.SetTestMode(link, transmit, receive);
    }

    void INodeOutput.Retain(RetainedChange change)
    {
        if (!_isStopped) Write(new RetainOutput($"{change}"));
        _host.Retain(change);
    }

    void INodeOutput.SetTrace(DataLink link, TraceType type, string text)
    {
        Write(new TraceOutput(link.Name, type, text));
        _host.SetTrace(link, type, text);
    }

    void INodeOutput.Tell(NodeEvent e)
    {
        if (!_isStopped) Write(new EventOutput($"{e}"));
        _host.Tell(e);
    }

    private decimal At(Instant now) => (now.Nanoseconds - _start.Nanoseconds) / 1_000_000_000m;

    private void Write(NodeOutput output)
    {
        if (!_isStopped) _write(new RecordedLine { Out = output });
    }
}
