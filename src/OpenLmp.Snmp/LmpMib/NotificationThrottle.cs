// RFC 4631 §8: lmpNotificationMaxRate, and what its notifications say of themselves.
using OpenLmp.Protocol;

namespace OpenLmp.Snmp;

/// <summary>Keeps notifications within the MIB's bounds.</summary>
/// <param name="maxPerMinute">lmpNotificationMaxRate: at most so many in any minute; 0: no bound.</param>
public sealed class NotificationThrottle(int maxPerMinute)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<Instant> _sent = new();
    private readonly Dictionary<string, Instant> _failures = new(StringComparer.Ordinal);

    /// <summary>How long to wait before the next one may be sent.</summary>
    public TimeSpan Wait(Instant now)
    {
        while (_sent.TryPeek(out var first) && now - first >= Minute) _sent.Dequeue();
        return maxPerMinute == 0 || _sent.Count < maxPerMinute ? TimeSpan.Zero : _sent.Peek() + Minute - now;
    }

    /// <summary>One is sent.</summary>
    public void Sent(Instant now)
    {
        if (maxPerMinute > 0) _sent.Enqueue(now);
    }

    /// <summary>
    /// Whether it is too early for a notification: "For a given data link, this notification can occur no more than once per verification
    /// interval", which is said of lmpDataLinkVerificationFailure.
    /// </summary>
    /// <param name="notification">The notification.</param>
    /// <param name="interval">lmpGlobalLinkVerificationInterval; zero: there is none.</param>
    public bool IsTooEarly(LmpNotification notification, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(notification);
        if (notification.Kind != LmpNotificationKind.DataLinkVerificationFailure) return false;
        if (_failures.TryGetValue(notification.Object, out var last) && notification.At - last < interval) return true;
        _failures[notification.Object] = notification.At;
        return false;
    }
}
