using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests;

/// <summary>
/// One real node whose neighbour is the test: Config is acknowledged by itself, so that the control channels come up (without Hello, where the
/// configuration has it off); every other message is the test's to send and to look at. Time is virtual and moves only by <see cref="RunMs"/>.
/// </summary>
public sealed class LinkPartner : INodeOutput
{
    private readonly Queue<(ControlChannel Channel, LmpMessage Message)> _answers = new();
    private readonly List<ControlChannel> _opened = [];

    public LinkPartner(NodeConfiguration configuration, bool start = true, NodeOptions? options = null)
    {
        Node = TestRecording.Start(configuration, options ?? new NodeOptions { FirstMessageId = 100, StateLost = false }, this, Now);
        if (start) TransportUp();
    }

    public LmpNode Node { get; }

    public Instant Now { get; private set; } = new(1_000_000_000);

    /// <summary>Everything the node sent except Config and Hello, with when and over which of its control channels.</summary>
    public List<(Instant At, uint Channel, byte[] Bytes)> Sent { get; } = [];

    public List<NodeEvent> Events { get; } = [];

    /// <summary>The alarms as they were when they were told: an alarm changes in place.</summary>
    public List<string> AlarmsTold { get; } = [];

    /// <summary>The trace messages that the data plane was told to send, as <c>te1-1 SonetJ0 TEXT</c>.</summary>
    public List<string> TracesSet { get; } = [];

    /// <summary>Whether Config is acknowledged.</summary>
    public bool AnswersConfig { get; set; } = true;

    /// <summary>Whether ChannelStatus is acknowledged by itself, and not kept: most tests are about other things.</summary>
    public bool AnswersStatus { get; set; } = true;

    /// <summary>Whether what the node sends and tells is kept.</summary>
    public bool Records { get; set; } = true;

    /// <summary>The Test messages the node sent over its data links.</summary>
    public List<(DataLink Link, TestMessage Test)> Tests { get; } = [];

    /// <summary>What the data plane says it can do.</summary>
    public VerifyTransport Transports { get; set; } = VerifyTransport.Payload;

    public TeLink TeLink => Node.TeLinks.First();

    public IReadOnlyList<DataLink> Links => TeLink.DataLinks;

    public IReadOnlyList<ControlChannel> Channels => _opened;

    /// <summary>The messages of <see cref="Sent"/>.</summary>
    public List<LmpMessage> Messages { get; } = [];

    public IEnumerable<LinkSummaryMessage> Summaries => Messages.OfType<LinkSummaryMessage>();

    public LinkSummaryMessage LastSummary => (LinkSummaryMessage)Messages.FindLast(m => m is LinkSummaryMessage)!;

    /// <summary>The last answer, which has to be a LinkSummaryNack.</summary>
    public LinkSummaryNackMessage LastNack => (LinkSummaryNackMessage)Messages.FindLast(m => m is LinkSummaryAckMessage or LinkSummaryNackMessage)!;

    public void TransportUp()
    {
        foreach (var channel in _opened.ToList()) Node.TransportUp(Now, channel);
        Pump();
    }

    public void TransportDown(int index = 0)
    {
        Node.TransportDown(Now, _opened[index], "the interface is down");
        Pump();
    }

    public void Reconfigure(NodeConfiguration configuration)
    {
        Node.Reconfigure(Now, configuration);
        foreach (var channel in _opened.Where(c => c.State == ControlChannelState.Down).ToList()) Node.TransportUp(Now, channel);
        Pump();
    }

    public void RunMs(int milliseconds)
    {
        var end = Now + TimeSpan.FromMilliseconds(milliseconds);
        while (Node.NextDeadline <= end)
        {
            if (Node.NextDeadline > Now) Now = Node.NextDeadline;
            Node.Advance(Now);
            Pump();
        }

        Now = end;
    }

    /// <summary>The neighbour sends over its end of one of the node's control channels.</summary>
    public void Send(LmpMessage message, int channel = 0) => Send(message.Encode(), channel);

    public void Send(byte[] bytes, int channel = 0)
    {
        var c = _opened[channel];
        Node.Receive(Now, new DatagramOrigin(c.Remote ?? c.Configuration.Remote, c.Local.Address, c.TransportSlot), bytes);
        Pump();
    }

    /// <summary>The neighbour agrees to the last LinkSummary.</summary>
    public void Ack() => Send(new LinkSummaryAckMessage(LastSummary.MessageId!.Value));

    /// <summary>The neighbour refuses the last LinkSummary.</summary>
    public void Nack(LinkSummaryErrors errors, params DataLinkObject[] dataLinks) =>
        Send(new LinkSummaryNackMessage(LastSummary.MessageId!.Value, errors, dataLinks));

    public string? AlarmText(AlarmKind kind, string @object) => Node.Alarms.Find(kind, @object) is { State: not AlarmState.Cleared } alarm ? alarm.Text : null;

    public IReadOnlyList<string> RaisedAlarms => [.. Node.Alarms.All.Where(a => a.State != AlarmState.Cleared).Select(a => a.Text).Order(StringComparer.Ordinal)];

    private void Pump()
    {
        while (_answers.TryDequeue(out var answer)) Send(answer.Message, _opened.IndexOf(answer.Channel));
    }

    void INodeOutput.Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        switch ((MessageType)datagram[3])
        {
            case MessageType.Config when AnswersConfig && LmpMessage.TryDecode(datagram, out var message, out _):
                var config = (ConfigMessage)message;
                _answers.Enqueue((channel, new ConfigAckMessage(channel.Id + 1000, channel.Neighbor.NodeId, config.LocalCcid, config.MessageId!.Value, config.LocalNodeId)));
                break;
            case MessageType.Config or MessageType.Hello:
                break;
            case MessageType.ChannelStatus when AnswersStatus && LmpMessage.TryDecode(datagram, out var message, out _):
                _answers.Enqueue((channel, new ChannelStatusAckMessage(message.MessageId!.Value)));
                break;
            default:
                if (!Records) break;
                Sent.Add((Now, channel.Id, datagram.ToArray()));
                Messages.Add(LmpMessage.TryDecode(datagram, out var sent, out var error) ? sent : throw new InvalidOperationException(error.ToString()));
                break;
        }
    }

    void INodeOutput.SendTest(DataLink link, ReadOnlySpan<byte> test) =>
        Tests.Add((link, (TestMessage)(LmpMessage.TryDecode(test, out var message, out var error) ? message : throw new InvalidOperationException(error.ToString()))));

    VerifyTransport INodeOutput.GetTestTransports(DataLink link) => Transports;

    void INodeOutput.Open(ControlChannel channel) => _opened.Add(channel);

    void INodeOutput.Close(ControlChannel channel) => _opened.Remove(channel);

    void INodeOutput.SetTrace(DataLink link, TraceType type, string text) => TracesSet.Add($"{link.Name} {type} {text}");

    void INodeOutput.Tell(NodeEvent e)
    {
        if (!Records) return;
        Events.Add(e);
        if (e is AlarmChanged { Alarm: var alarm }) AlarmsTold.Add($"{alarm.State} {alarm.Severity} {alarm.Text}");
    }
}
