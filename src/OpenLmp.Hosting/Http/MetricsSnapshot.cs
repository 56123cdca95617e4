using OpenLmp.Api;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Http;

/// <summary>What the metrics show, copied on the node's thread and put into text off it.</summary>
internal sealed class MetricsSnapshot
{
    /// <summary>The text format's media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly string _node;
    private readonly string _nodeId;
    private readonly List<(string Name, bool Up)> _neighbors = [];
    private readonly List<(string Neighbor, uint Id, bool Up, int Flaps)> _channels = [];
    private readonly List<(string Name, string Neighbor, bool Up, int[] ByState, int Allocated)> _links = [];
    private readonly int[] _alarms = new int[Enum.GetValues<Protocol.AlarmSeverity>().Length];
    private readonly List<CounterSnapshot> _counters;

    private MetricsSnapshot(LmpNode node)
    {
        (_node, _nodeId) = (node.Name, node.NodeId.ToString());
        foreach (var neighbor in node.Neighbors)
        {
            _neighbors.Add((neighbor.Name, neighbor.IsUp));
            foreach (var channel in neighbor.ControlChannels)
                _channels.Add((neighbor.Name, channel.Id, channel.State == Protocol.ControlChannelState.Up, channel.Flaps));
        }

        foreach (var link in node.TeLinks)
        {
            var byState = new int[DataLinkStates.Length];
            foreach (var dataLink in link.DataLinks) byState[(int)dataLink.State]++;
            _links.Add((link.Name, link.Neighbor.Name, link.State == Protocol.TeLinkState.Up, byState, link.DataLinks.Count(dataLink => dataLink.Allocated)));
        }

        foreach (var alarm in node.Alarms.All)
            if (alarm.State == Protocol.AlarmState.Raised) _alarms[(int)alarm.Severity]++;
        _counters = CounterSnapshot.Take(node, null)!;
    }

    private static Protocol.DataLinkState[] DataLinkStates { get; } = Enum.GetValues<Protocol.DataLinkState>();

    /// <summary>Copies.</summary>
    public static MetricsSnapshot Take(LmpNode node) => new(node);

    /// <summary>The metrics in the Prometheus text format.</summary>
    public string ToText(NodeLoopStatistics loop)
    {
        var text = new PrometheusText();
        text.Family("lmp_node_info", "gauge", "The node; always 1.").Sample(1, ("name", _node), ("node_id", _nodeId), ("version", DaemonVersion.Text));

        text.Family("lmp_neighbor_up", "gauge", "Whether the LMP adjacency is up.");
        foreach (var (name, up) in _neighbors) text.Sample(up ? 1 : 0, ("neighbor", name));
        text.Family("lmp_control_channel_up", "gauge", "Whether the control channel is Up.");
        foreach (var channel in _channels) text.Sample(channel.Up ? 1 : 0, ("neighbor", channel.Neighbor), ("id", $"{channel.Id}"));
        text.Family("lmp_control_channel_flaps_total", "counter", "How often the control channel left Up other than by the operator's word.");
        foreach (var channel in _channels) text.Sample(channel.Flaps, ("neighbor", channel.Neighbor), ("id", $"{channel.Id}"));

        text.Family("lmp_te_link_up", "gauge", "Whether the TE link is Up.");
        foreach (var link in _links) text.Sample(link.Up ? 1 : 0, ("te_link", link.Name), ("neighbor", link.Neighbor));
        text.Family("lmp_data_links", "gauge", "Data links of a TE link in a state.");
        foreach (var link in _links)
            foreach (var state in DataLinkStates) text.Sample(link.ByState[(int)state], ("te_link", link.Name), ("state", $"{state}"));
        text.Family("lmp_data_links_allocated", "gauge", "Allocated data links of a TE link.");
        foreach (var link in _links) text.Sample(link.Allocated, ("te_link", link.Name));

        text.Family("lmp_alarms", "gauge", "Alarms raised and not suppressed.");
        for (var i = 0; i < _alarms.Length; i++) text.Sample(_alarms[i], ("severity", $"{(Protocol.AlarmSeverity)i}".ToLowerInvariant()));

        WriteCounters(text);
        WriteLoop(text, loop);
        ProcessMetrics.Write(text);
        return text.ToString();
    }

    // The node's totals contain the neighbours': two names, so that nobody adds them up.
    private void WriteCounters(PrometheusText text)
    {
        var infos = _counters.Select(snapshot => snapshot.ToInfo()).ToArray();
        var node = infos.Where(info => info.Scope == CountersInfo.NodeScope).Take(1).ToArray();
        var neighbors = infos.Skip(1).ToArray();
        Messages("sent", "sent, retransmissions included", m => m.Sent);
        Messages("received", "received and decoded", m => m.Received);
        Messages("retransmitted", "sent again", m => m.Retransmitted);

        text.Family("lmp_datagrams_dropped_total", "counter", "Datagrams that changed nothing.");
        foreach (var drop in node.SelectMany(info => info.Drops)) text.Sample(drop.Count, ("reason", drop.Reason));
        text.Family("lmp_neighbor_datagrams_dropped_total", "counter", "Datagrams of a neighbour that changed nothing; those never counted left out.");
        foreach (var info in neighbors)
            foreach (var drop in info.Drops.Where(drop => drop.Count > 0)) text.Sample(drop.Count, ("neighbor", info.Scope), ("reason", drop.Reason));

        void Messages(string verb, string help, Func<MessageCount, long> count)
        {
            text.Family($"lmp_messages_{verb}_total", "counter", $"Messages {help}.");
            foreach (var message in node.SelectMany(info => info.Messages)) text.Sample(count(message), ("type", message.Type));
            text.Family($"lmp_neighbor_messages_{verb}_total", "counter", $"Messages of a neighbour {help}; those never counted left out.");
            foreach (var info in neighbors)
                foreach (var message in info.Messages)
                    if (count(message) > 0) text.Sample(count(message), ("neighbor", info.Scope), ("type", message.Type));
        }
    }

    private static void WriteLoop(PrometheusText text, NodeLoopStatistics loop)
    {
        text.Family("lmp_udp_datagrams_received_total", "counter", "UDP datagrams received.").Sample(loop.DatagramsReceived);
        text.Family("lmp_udp_datagrams_sent_total", "counter", "UDP datagrams sent.").Sample(loop.DatagramsSent);
        text.Family("lmp_udp_datagrams_unsent_total", "counter", "UDP datagrams that the network did not take.").Sample(loop.DatagramsUnsent);
        text.Family("lmp_faults_total", "counter", "Internal errors survived.").Sample(loop.Faults);

        var lateness = loop.Lateness;
        text.Family("lmp_timer_lateness_seconds", "histogram", "How late timers fired.");
        long cumulated = 0;
        for (var i = 0; i < LatenessHistogram.UpperBoundsMicroseconds.Length; i++)
        {
            cumulated += lateness.Count(i);
            text.Sample("_bucket", cumulated, ("le", PrometheusText.Number(LatenessHistogram.UpperBoundsMicroseconds[i] / 1e6)));
        }

        // Read while the node's thread counts on: the buckets must add up to the count whatever Total says by now.
        cumulated += lateness.Count(LatenessHistogram.Buckets - 1);
        text.Sample("_bucket", cumulated, ("le", "+Inf"));
        text.Sample("_sum", lateness.Sum.TotalSeconds);
        text.Sample("_count", cumulated);
    }
}
