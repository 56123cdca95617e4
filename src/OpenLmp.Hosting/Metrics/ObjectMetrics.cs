using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Metrics;

/// <summary>A control channel's metrics.</summary>
internal readonly struct ControlChannelMetrics(ControlChannel channel)
{
    private readonly string _neighbor = channel.Neighbor.Name;
    private readonly string _id = $"{channel.Id}";
    private readonly ControlChannelState _state = channel.State;
    private readonly int _flaps = channel.Flaps;
    private readonly long _hellosSent = channel.Counters.Sent(MessageType.Hello);
    private readonly long _hellosReceived = channel.Counters.Received(MessageType.Hello);
    private readonly long _retransmitted = Sums.OfAllTypes(channel.Counters.Retransmitted);
    private readonly long _octetsSent = channel.Counters.OctetsSent;
    private readonly long _octetsReceived = channel.Counters.OctetsReceived;
    private readonly long _unsent = channel.Counters.SendErrors;
    private readonly long _errors = channel.Counters.ReceiveErrors;
    private readonly long _discards = channel.Counters.ReceiveDiscards;

    /// <summary>Writes those of all of them.</summary>
    public static void Write(IMetricWriter writer, List<ControlChannelMetrics> channels)
    {
        Family("up", MetricKind.Gauge, "Whether the control channel is Up.", c => c._state == ControlChannelState.Up ? 1 : 0);
        Family("state", MetricKind.Gauge, $"The control channel's state (RFC 4204 §11.1): {Sums.Names<ControlChannelState>()}.", c => (double)c._state);
        Family("flaps_total", MetricKind.Counter, "How often the control channel left Up other than by the operator's word.", c => c._flaps);
        Family("hellos_sent_total", MetricKind.Counter, "Hellos sent.", c => c._hellosSent);
        Family("hellos_received_total", MetricKind.Counter, "Hellos received.", c => c._hellosReceived);
        Family("retransmissions_total", MetricKind.Counter, "Messages sent again because they were not acknowledged.", c => c._retransmitted);
        Family("octets_sent_total", MetricKind.Counter, "Octets of LMP messages sent.", c => c._octetsSent);
        Family("octets_received_total", MetricKind.Counter, "Octets of LMP messages received.", c => c._octetsReceived);
        Family("unsent_total", MetricKind.Counter, "Messages that this machine could not send.", c => c._unsent);
        Family("receive_errors_total", MetricKind.Counter, "Messages received that are malformed or of no known type.", c => c._errors);
        Family("receive_discards_total", MetricKind.Counter, "Messages received without an error that changed nothing.", c => c._discards);

        void Family(string name, MetricKind kind, string help, Func<ControlChannelMetrics, double> value)
        {
            writer.Family($"lmp_control_channel_{name}", kind, help);
            foreach (var channel in channels) writer.Sample(value(channel), ("neighbor", channel._neighbor), ("id", channel._id));
        }
    }
}

/// <summary>A TE link's metrics.</summary>
internal sealed class TeLinkMetrics
{
    private static readonly DataLinkState[] States = Enum.GetValues<DataLinkState>();

    private readonly string _name;
    private readonly string _neighbor;
    private readonly TeLinkState _state;
    private readonly bool _acceptsConnections;
    private readonly int[] _byState = new int[States.Length];
    private readonly int _allocated;
    private readonly double _unreserved;
    private readonly long _sent;
    private readonly long _received;
    private readonly long _retransmitted;

    public TeLinkMetrics(TeLink link)
    {
        (_name, _neighbor, _state, _acceptsConnections) = (link.Name, link.Neighbor.Name, link.State, link.AcceptsConnections);
        foreach (var dataLink in link.DataLinks)
        {
            _byState[(int)dataLink.State]++;
            if (dataLink.Allocated) _allocated++;
        }

        _unreserved = link.UnreservedBandwidth;
        (_sent, _received, _retransmitted) =
            (Sums.OfAllTypes(link.Counters.Sent), Sums.OfAllTypes(link.Counters.Received), Sums.OfAllTypes(link.Counters.Retransmitted));
    }

    /// <summary>Writes those of all of them.</summary>
    public static void Write(IMetricWriter writer, List<TeLinkMetrics> links)
    {
        Family("lmp_te_link_up", MetricKind.Gauge, "Whether the TE link is Up.", l => l._state == TeLinkState.Up ? 1 : 0);
        Family("lmp_te_link_state", MetricKind.Gauge, $"The TE link's state (RFC 4204 §11.2): {Sums.Names<TeLinkState>()}.", l => (double)l._state);
        Family("lmp_te_link_accepts_connections", MetricKind.Gauge, "Whether new connections may use the TE link.", l => l._acceptsConnections ? 1 : 0);
        Family("lmp_te_link_unreserved_bandwidth_bytes_per_second", MetricKind.Gauge, "What new connections may use.", l => l._unreserved);
        Family("lmp_te_link_messages_sent_total", MetricKind.Counter, "Messages about the TE link sent, retransmissions included.", l => l._sent);
        Family("lmp_te_link_messages_received_total", MetricKind.Counter, "Messages about the TE link received.", l => l._received);
        Family("lmp_te_link_retransmissions_total", MetricKind.Counter, "Messages about the TE link sent again.", l => l._retransmitted);
        writer.Family("lmp_data_links", MetricKind.Gauge, "Data links of a TE link in a state.");
        foreach (var link in links)
            foreach (var state in States) writer.Sample(link._byState[(int)state], ("te_link", link._name), ("state", $"{state}"));
        writer.Family("lmp_data_links_allocated", MetricKind.Gauge, "Allocated data links of a TE link.");
        foreach (var link in links) writer.Sample(link._allocated, ("te_link", link._name));

        void Family(string name, MetricKind kind, string help, Func<TeLinkMetrics, double> value)
        {
            writer.Family(name, kind, help);
            foreach (var link in links) writer.Sample(value(link), ("te_link", link._name), ("neighbor", link._neighbor));
        }
    }
}

/// <summary>A data link's metrics.</summary>
internal readonly struct DataLinkMetrics(DataLink link)
{
    private readonly string _name = link.Name;
    private readonly string _teLink = link.TeLink.Name;
    private readonly DataLinkState _state = link.State;
    private readonly SignalState _signal = link.Signal;
    private readonly long _failures = link.SignalFailures;
    private readonly long _testsSent = link.Tests.Sent;
    private readonly long _testsReceived = link.Tests.Received;
    private readonly long _testsFailed = link.Tests.ActiveFailures + link.Tests.PassiveFailures;

    /// <summary>Writes those of all of them.</summary>
    public static void Write(IMetricWriter writer, List<DataLinkMetrics> links)
    {
        Family("state", MetricKind.Gauge, $"The data link's state (RFC 4204 §11.3): {Sums.Names<DataLinkState>()}.", l => (double)l._state);
        Family("signal", MetricKind.Gauge, $"What the data plane receives: {Sums.Names<SignalState>()}.", l => (double)l._signal);
        Family("signal_failures_total", MetricKind.Counter, "How often the signal failed.", l => l._failures);
        Family("tests_sent_total", MetricKind.Counter, "Test messages sent.", l => l._testsSent);
        Family("tests_received_total", MetricKind.Counter, "Test messages received.", l => l._testsReceived);
        Family("tests_failed_total", MetricKind.Counter, "Tests in which none arrived, here or at the neighbour.", l => l._testsFailed);

        void Family(string name, MetricKind kind, string help, Func<DataLinkMetrics, double> value)
        {
            writer.Family($"lmp_data_link_{name}", kind, help);
            foreach (var link in links) writer.Sample(value(link), ("data_link", link._name), ("te_link", link._teLink));
        }
    }
}

internal static class Sums
{
    public static long OfAllTypes(Func<MessageType, long> count)
    {
        long sum = 0;
        for (var type = 0; type <= MessageTypeRegistry.Highest; type++) sum += count((MessageType)type);
        return sum;
    }

    /// <summary>The states of an enum, each with its number.</summary>
    public static string Names<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select((state, number) => $"{number} {state}"));
}
