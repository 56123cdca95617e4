using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>A <see cref="LinkPartner"/> whose TE link is agreed, and whose ChannelStatus messages the test sees and acknowledges itself.</summary>
public sealed class StatusPartner
{
    private uint _summary = 400;

    public StatusPartner(
        Func<TeLinkConfiguration, TeLinkConfiguration>? change = null, TeLinkFlags theirs = TeLinkFlags.FaultManagement | TeLinkFlags.LinkVerification, int channels = 1,
        NeighborConfiguration? other = null)
    {
        var configuration = NodeA(change);
        var neighbor = configuration.Neighbors[0];
        var more = Enumerable.Range(2, channels - 1).Select(i => NoHello(Configurations.Channel((uint)i, $"10.255.{i}.1", $"10.255.{i}.2")));
        configuration = configuration with { Neighbors = [neighbor with { ControlChannels = [.. neighbor.ControlChannels, .. more] }, .. other is null ? [] : new[] { other }] };
        Node = new LinkPartner(configuration) { AnswersStatus = false };
        Agree(theirs);
        Node.Ack();
        Node.RunMs(0);
        Node.Messages.Clear();
        Node.Sent.Clear();
        Start = Node.Now;
    }

    public LinkPartner Node { get; }

    public DataLink Link => Node.Links[0];

    public Instant Start { get; }

    public List<ChannelStatusMessage> Statuses => [.. Node.Messages.OfType<ChannelStatusMessage>()];

    public List<ChannelStatusRequestMessage> Requests => [.. Node.Messages.OfType<ChannelStatusRequestMessage>()];

    /// <summary>When the ChannelStatus messages were sent, in milliseconds.</summary>
    public IEnumerable<int> StatusTimes =>
        Node.Sent.Where(s => (MessageType)s.Bytes[3] == MessageType.ChannelStatus).Select(s => (int)(s.At - Start).TotalMilliseconds);

    public static ChannelStatusEntry Entry(uint id, bool active, ChannelCondition condition, bool transmit = false) =>
        new(Identifier.Unnumbered(id), new ChannelState(active, transmit ? ChannelDirection.Transmit : ChannelDirection.Receive, condition));

    /// <summary>The neighbour's LinkSummary, which lists what the node has.</summary>
    public void Agree(TeLinkFlags theirs = TeLinkFlags.FaultManagement | TeLinkFlags.LinkVerification) =>
        Node.Send(new LinkSummaryMessage(
            _summary++, TeLinkOfB() with { Flags = theirs },
            [.. Node.Links.Select(l => new DataLinkObject(DataLinkFlags.Port, l.RemoteId!.Value, l.LocalId, [Ist(10)]))]));

    public void Signal(SignalState signal, params string[] links) => Node.Node.ReportSignal(Node.Now, links, signal);

    public void RunMs(int milliseconds) => Node.RunMs(milliseconds);

    /// <summary>The neighbour tells channels' states, in its TE link 2.</summary>
    public void Tell(uint messageId, params ChannelStatusEntry[] entries) =>
        Node.Send(new ChannelStatusMessage(Identifier.Unnumbered(2), messageId, new ChannelStatusObject(IdentifierType.Unnumbered, [.. entries])));

    /// <summary>The neighbour acknowledges the last ChannelStatus.</summary>
    public void Acknowledge() => Node.Send(new ChannelStatusAckMessage(Statuses[^1].MessageId!.Value));

    /// <summary>The neighbour acknowledges every ChannelStatus so far.</summary>
    public void AcknowledgeAll()
    {
        foreach (var id in Statuses.Select(s => s.MessageId!.Value).Distinct().ToList()) Node.Send(new ChannelStatusAckMessage(id));
    }
}
