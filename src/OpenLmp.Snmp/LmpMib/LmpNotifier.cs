// RFC 4631 §8: the eight notifications, and when they are sent.
using OpenLmp.Protocol;

namespace OpenLmp.Snmp;

/// <summary>The notifications; the numbers are the MIB's.</summary>
public enum LmpNotificationKind
{
#pragma warning disable CS1591 // The names are the MIB's.
    TeLinkPropertyMismatch = 1,
    DataLinkPropertyMismatch = 2,
    Unprotected = 3,
    ControlChannelUp = 4,
    ControlChannelDown = 5,
    TeLinkDegraded = 6,
    TeLinkNotDegraded = 7,
    DataLinkVerificationFailure = 8,
#pragma warning restore CS1591
}

/// <summary>A notification that is due.</summary>
/// <param name="Kind">Which.</param>
/// <param name="At">When it happened.</param>
/// <param name="Object">The control channel, TE link or data link.</param>
public sealed record LmpNotification(LmpNotificationKind Kind, Instant At, string Object)
{
    /// <summary>The state of the control channel after what happened; otherwise meaningless.</summary>
    public ControlChannelState Channel { get; init; }

    /// <summary>The state of the TE link after what happened; otherwise meaningless.</summary>
    public TeLinkState TeLink { get; init; }
}

/// <summary>
/// Tells which of the things that happen are notified. Told of everything in order; notifies changes only, so nothing is repeated while it
/// lasts.
/// </summary>
/// <param name="enabled">Which are sent.</param>
public sealed class LmpNotifier(NotificationGroups enabled)
{
    private readonly HashSet<string> _channelsUp = new(StringComparer.Ordinal);
    private readonly HashSet<(AlarmKind Kind, string Object)> _standing = [];

    /// <summary>What is to be notified of something that happened.</summary>
    public IEnumerable<LmpNotification> Take(LmpHappening happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        List<LmpNotification> due = [];
        switch (happening)
        {
            case ControlChannelHappening channel:
                Take(channel, due);
                break;
            case TeLinkHappening { To: TeLinkState.Degraded } t when t.From != TeLinkState.Degraded:
                due.Add(new LmpNotification(LmpNotificationKind.TeLinkDegraded, t.At, t.Object) { TeLink = t.To });
                break;
            case TeLinkHappening { From: TeLinkState.Degraded } t:
                due.Add(new LmpNotification(LmpNotificationKind.TeLinkNotDegraded, t.At, t.Object) { TeLink = t.To });
                break;
            case AlarmHappening alarm:
                Take(alarm, due);
                break;
        }

        return due.Where(notification => (GroupOf(notification.Kind) & enabled) != 0);
    }

    private void Take(ControlChannelHappening channel, List<LmpNotification> due)
    {
        var neighbor = channel.Object[..(channel.Object.IndexOf('/', StringComparison.Ordinal) + 1)];
        if (channel.To == ControlChannelState.Up && _channelsUp.Add(channel.Object))
        {
            due.Add(new LmpNotification(LmpNotificationKind.ControlChannelUp, channel.At, channel.Object) { Channel = channel.To });
        }
        else if (channel.To != ControlChannelState.Up && _channelsUp.Remove(channel.Object))
        {
            due.Add(new LmpNotification(LmpNotificationKind.ControlChannelDown, channel.At, channel.Object) { Channel = channel.To });
            // "the last redundant control channel has failed": the one that is left stands for its neighbour.
            if (_channelsUp.Where(name => name.StartsWith(neighbor, StringComparison.Ordinal)).Take(2).ToList() is [var last])
                due.Add(new LmpNotification(LmpNotificationKind.Unprotected, channel.At, last));
        }
    }

    private void Take(AlarmHappening alarm, List<LmpNotification> due)
    {
        LmpNotificationKind? kind = alarm.Kind switch
        {
            AlarmKind.TeLinkMismatch => LmpNotificationKind.TeLinkPropertyMismatch,
            AlarmKind.DataLinkMismatch => LmpNotificationKind.DataLinkPropertyMismatch,
            AlarmKind.VerificationFailed => LmpNotificationKind.DataLinkVerificationFailure,
            _ => null,
        };
        if (kind is not { } which) return;
        if (alarm.IsCleared) _standing.Remove((alarm.Kind, alarm.Object));
        else if (_standing.Add((alarm.Kind, alarm.Object))) due.Add(new LmpNotification(which, alarm.At, alarm.Object));
    }

    private static NotificationGroups GroupOf(LmpNotificationKind kind) => kind switch
    {
        LmpNotificationKind.TeLinkPropertyMismatch or LmpNotificationKind.DataLinkPropertyMismatch => NotificationGroups.LinkProperty,
        LmpNotificationKind.Unprotected => NotificationGroups.Unprotected,
        LmpNotificationKind.ControlChannelUp or LmpNotificationKind.ControlChannelDown => NotificationGroups.ControlChannel,
        LmpNotificationKind.TeLinkDegraded or LmpNotificationKind.TeLinkNotDegraded => NotificationGroups.TeLink,
        _ => NotificationGroups.DataLink,
    };
}
