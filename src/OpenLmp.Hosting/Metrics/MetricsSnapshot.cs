using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Metrics;

/// <summary>What the metrics show, copied on the node's thread and written off it.</summary>
internal sealed class MetricsSnapshot
{
    private readonly string _node;
    private readonly string _nodeId;
    private readonly List<(string Name, bool Up)> _neighbors = [];
    private readonly List<ControlChannelMetrics> _channels = [];
    private readonly List<TeLinkMetrics> _teLinks = [];
    private readonly List<DataLinkMetrics> _dataLinks = [];
    private readonly int[] _alarms = new int[Enum.GetValues<Protocol.AlarmSeverity>().Length];
    private readonly List<CounterSnapshot> _counters;

    private MetricsSnapshot(LmpNode node, Action sendHellos)
    {
        (_node, _nodeId) = (node.Name, node.NodeId.ToString());
        foreach (var neighbor in node.Neighbors)
        {
            _neighbors.Add((neighbor.Name, neighbor.IsUp));
            foreach (var channel in neighbor.ControlChannels)
            {
                _channels.Add(new ControlChannelMetrics(channel));
                sendHellos();
            }
        }

        foreach (var link in node.TeLinks)
        {
            foreach (var dataLink in link.DataLinks)
            {
                _dataLinks.Add(new DataLinkMetrics(dataLink));
                sendHellos();
            }

            _teLinks.Add(new TeLinkMetrics(link));
        }

        foreach (var alarm in node.Alarms.All)
            if (alarm.State == Protocol.AlarmState.Raised) _alarms[(int)alarm.Severity]++;
        _counters = CounterSnapshot.Take(node, null)!;
    }

    /// <summary>Copies. On the node's thread.</summary>
    /// <param name="node">The node.</param>
    /// <param name="sendHellos">Sends what has come due meanwhile: there may be ten thousand objects.</param>
    public static MetricsSnapshot Take(LmpNode node, Action sendHellos) => new(node, sendHellos);

    /// <summary>Writes the node's metrics and the daemon's.</summary>
    public void Write(IMetricWriter writer, INodeAccess node)
    {
        writer.Family("lmp_node_info", MetricKind.Gauge, "The node; always 1.").Sample(1, ("name", _node), ("node_id", _nodeId), ("version", DaemonVersion.Text));
        writer.Family("lmp_neighbor_up", MetricKind.Gauge, "Whether the LMP adjacency is up.");
        foreach (var (name, up) in _neighbors) writer.Sample(up ? 1 : 0, ("neighbor", name));
        ControlChannelMetrics.Write(writer, _channels);
        TeLinkMetrics.Write(writer, _teLinks);
        DataLinkMetrics.Write(writer, _dataLinks);
        writer.Family("lmp_alarms", MetricKind.Gauge, "Alarms raised and not suppressed.");
        for (var i = 0; i < _alarms.Length; i++) writer.Sample(_alarms[i], ("severity", $"{(Protocol.AlarmSeverity)i}".ToLowerInvariant()));
        WriteCounters(writer);
        WriteLoop(writer, node.Statistics);
        writer.Family("lmp_log_entries_lost_total", MetricKind.Counter, "Entries of the log that nobody took in time.").Sample(node.Log?.Lost ?? 0);
        ProcessMetrics.Write(writer);
    }

    // The node's totals contain the neighbours': two names, so that nobody adds them up.
    private void WriteCounters(IMetricWriter writer)
    {
        var infos = _counters.Select(snapshot => snapshot.ToInfo()).ToArray();
        var node = infos.Where(info => info.Scope == CountersInfo.NodeScope).Take(1).ToArray();
        var neighbors = infos.Skip(1).ToArray();
        Messages("sent", "sent, retransmissions included", m => m.Sent);
        Messages("received", "received and decoded", m => m.Received);
        Messages("retransmitted", "sent again", m => m.Retransmitted);

        writer.Family("lmp_datagrams_dropped_total", MetricKind.Counter, "Datagrams that changed nothing.");
        foreach (var drop in node.SelectMany(info => info.Drops)) writer.Sample(drop.Count, ("reason", drop.Reason));
        writer.Family("lmp_neighbor_datagrams_dropped_total", MetricKind.Counter, "Datagrams of a neighbour that changed nothing; those never counted left out.");
        foreach (var info in neighbors)
            foreach (var drop in info.Drops.Where(drop => drop.Count > 0)) writer.Sample(drop.Count, ("neighbor", info.Scope), ("reason", drop.Reason));

        void Messages(string verb, string help, Func<MessageCount, long> count)
        {
            writer.Family($"lmp_messages_{verb}_total", MetricKind.Counter, $"Messages {help}.");
            foreach (var message in node.SelectMany(info => info.Messages)) writer.Sample(count(message), ("type", message.Type));
            writer.Family($"lmp_neighbor_messages_{verb}_total", MetricKind.Counter, $"Messages of a neighbour {help}; those never counted left out.");
            foreach (var info in neighbors)
                foreach (var message in info.Messages)
                    if (count(message) > 0) writer.Sample(count(message), ("neighbor", info.Scope), ("type", message.Type));
        }
    }

    private static void WriteLoop(IMetricWriter writer, NodeLoopStatistics loop)
    {
        writer.Family("lmp_udp_datagrams_received_total", MetricKind.Counter, "UDP datagrams received.").Sample(loop.DatagramsReceived);
        writer.Family("lmp_udp_datagrams_sent_total", MetricKind.Counter, "UDP datagrams sent.").Sample(loop.DatagramsSent);
        writer.Family("lmp_udp_datagrams_unsent_total", MetricKind.Counter, "UDP datagrams that the network did not take.").Sample(loop.DatagramsUnsent);
        writer.Family("lmp_faults_total", MetricKind.Counter, "Internal errors survived.").Sample(loop.Faults);
        writer.Family("lmp_wakeups_total", MetricKind.Counter, "How often the protocol thread woke.").Sample(loop.Turns);
        writer.Family("lmp_commands_total", MetricKind.Counter, "What others asked of the protocol thread: API, SNMP, metrics.").Sample(loop.Commands);
        writer.Histogram("lmp_timer_lateness_seconds", "How late timers fired.", loop.Lateness);
        writer.Histogram("lmp_hello_lateness_seconds", "How late Hellos were sent.", loop.HelloLateness);
    }
}
