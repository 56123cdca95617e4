using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;
using OpenLmp.Snmp;
using ControlChannelState = OpenLmp.Protocol.ControlChannelState;
using TeLinkState = OpenLmp.Protocol.TeLinkState;

namespace OpenLmp.Hosting;

/// <summary>From what the API tells of the node's events to what may be notified.</summary>
internal static class SnmpHappenings
{
    private static readonly Dictionary<string, AlarmKind> Kinds =
        new[] { AlarmKind.TeLinkMismatch, AlarmKind.DataLinkMismatch, AlarmKind.VerificationFailed }.ToDictionary(ApiWords.Of, StringComparer.Ordinal);

    /// <summary>The happening; null where nothing of it may be notified.</summary>
    public static LmpHappening? From(EventInfo e)
    {
        var at = NodeClock.Now + (e.Time - DateTime.UtcNow);
        return e.Type switch
        {
            EventTypes.ControlChannelState =>
                new ControlChannelHappening(at, e.Object, Enum.Parse<ControlChannelState>(e.From!), Enum.Parse<ControlChannelState>(e.To)),
            EventTypes.TeLinkState => new TeLinkHappening(at, e.Object, Enum.Parse<TeLinkState>(e.From!), Enum.Parse<TeLinkState>(e.To)),
            EventTypes.Alarm when Kinds.TryGetValue(e.Kind!, out var kind) => new AlarmHappening(at, e.Object, kind, e.To == "cleared"),
            _ => null,
        };
    }
}
