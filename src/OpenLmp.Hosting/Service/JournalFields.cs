using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>What an entry of the log is about, while it is written.</summary>
/// <param name="Node">The node; null while it is being made.</param>
/// <param name="Event">What it told.</param>
internal sealed record EventScope(LmpNode? Node, NodeEvent Event);

/// <summary>What an entry of the log is about, as fields of the journal.</summary>
internal static class JournalFields
{
    private const string Neighbor = "LMP_NEIGHBOR";
    private const string ControlChannel = "LMP_CONTROL_CHANNEL";
    private const string TeLink = "LMP_TE_LINK";
    private const string DataLink = "LMP_DATA_LINK";

    /// <summary>The syslog severity of an alarm (RFC 5674 §2, Table 1: those of ITU-T X.733); null of other events.</summary>
    public static int? PriorityOf(NodeEvent e) => e switch
    {
        AlarmChanged { State: not AlarmState.Raised } => 5,
        AlarmChanged { Severity: AlarmSeverity.Critical } => 1,
        AlarmChanged { Severity: AlarmSeverity.Major } => 2,
        AlarmChanged { Severity: AlarmSeverity.Minor } => 3,
        AlarmChanged => 4,
        _ => null,
    };

    /// <summary>Adds those of an event. On the node's thread.</summary>
    public static void AddOf(EventScope scope, NodeClock clock, JournalEntry entry)
    {
        var e = scope.Event;
        var picture = EventPicture.From(e, clock);
        entry.Add("LMP_NODE", scope.Node?.Name).Add("LMP_EVENT", picture.Type).Add("LMP_OBJECT", picture.Object);
        switch (e)
        {
            case ControlChannelStateChanged c: Add(entry, c.Channel); break;
            case AdjacencyChanged a: Add(entry, a.Neighbor); break;
            case BehaviorsChanged b: Add(entry, b.Neighbor); break;
            case VerificationFinished { TeLink: null } v: Add(entry, v.Neighbor); break;
            case VerificationFinished v: Add(entry, v.TeLink); break;
            case TeLinkStateChanged t: Add(entry, t.TeLink); break;
            case TeLinkAvailabilityChanged t: Add(entry, t.TeLink); break;
            case LinkSummaryFinished f: Add(entry, f.TeLink); break;
            case ConfirmationFinished f: Add(entry, f.TeLink); break;
            case Resynchronized r: Add(entry, r.TeLink); break;
            case LinkGroupTold g: Add(entry, g.TeLink); break;
            case LinkGroupUnknown g: Add(entry, g.TeLink); break;
            case DataLinkStateChanged d: Add(entry, d.DataLink); break;
            case AllocationChanged a: Add(entry, a.DataLink); break;
            case SignalChanged s: Add(entry, s.DataLink); break;
            case RemoteSignalChanged s: Add(entry, s.DataLink); break;
            case LineSignalChanged s: Add(entry, s.DataLink); break;
            case ChannelActivationChanged a: Add(entry, a.DataLink); break;
            case FaultLocalized f: Add(entry, f.DataLink); break;
            case FaultCleared f: Add(entry, f.DataLink); break;
            case TraceReceived t: Add(entry, t.DataLink); break;
            case TraceRequestFinished t: Add(entry, t.DataLink); break;
            case CrossConnectAdded c: entry.Add(DataLink, c.CrossConnect.A).Add(DataLink, c.CrossConnect.B); break;
            case CrossConnectRemoved c: entry.Add(DataLink, c.CrossConnect.A).Add(DataLink, c.CrossConnect.B); break;
            case AlarmChanged a:
                entry.Add("LMP_ALARM_KIND", ApiWords.Of(a.Alarm.Kind))
                    .Add("LMP_ALARM_SEVERITY", $"{a.Severity}".ToLowerInvariant())
                    .Add("LMP_ALARM_STATE", $"{a.State}".ToLowerInvariant());
                AddByName(entry, scope.Node, a.Alarm.Object);
                break;
            default: AddByName(entry, scope.Node, picture.Object); break;
        }
    }

    /// <summary>Adds those that a message has by name.</summary>
    public static void AddNamed(IReadOnlyList<KeyValuePair<string, object?>> values, JournalEntry entry)
    {
        foreach (var (name, value) in values)
        {
            switch (name, value)
            {
                case (_, ControlChannel channel): Add(entry, channel); break;
                case ("DataLink", string link): entry.Add(DataLink, link); break;
                default: break;
            }
        }
    }

    private static void Add(JournalEntry entry, Neighbor neighbor) => entry.Add(Neighbor, neighbor.Name);

    private static void Add(JournalEntry entry, ControlChannel channel)
    {
        entry.Add(ControlChannel, channel.ToString());
        Add(entry, channel.Neighbor);
    }

    private static void Add(JournalEntry entry, TeLink link)
    {
        entry.Add(TeLink, link.Name);
        Add(entry, link.Neighbor);
    }

    private static void Add(JournalEntry entry, DataLink link)
    {
        entry.Add(DataLink, link.Name);
        Add(entry, link.TeLink);
    }

    // A control channel's name has its neighbour's in front of a '/', which no other name has.
    private static void AddByName(JournalEntry entry, LmpNode? node, string name)
    {
        if (name.IndexOf('/', StringComparison.Ordinal) is > 0 and var end) entry.Add(ControlChannel, name).Add(Neighbor, name[..end]);
        else if (node?.FindDataLink(name) is { } dataLink) Add(entry, dataLink);
        else if (node?.FindTeLink(name) is { } teLink) Add(entry, teLink);
        else if (node?.Neighbors.Any(neighbor => neighbor.Name == name) == true) entry.Add(Neighbor, name);
    }
}
