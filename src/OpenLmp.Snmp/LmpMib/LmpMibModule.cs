// RFC 4631 §8
using OpenLmp.Protocol;

namespace OpenLmp.Snmp;

/// <summary>The LMP-MIB: its names, and its tables filled with a node.</summary>
public static class LmpMibModule
{
    /// <summary>lmpMIB: { transmission 227 }.</summary>
    public static readonly ObjectIdentifier Root = ObjectIdentifier.Of(1, 3, 6, 1, 2, 1, 10, 227);

    /// <summary>lmpNotifications.</summary>
    public static readonly ObjectIdentifier Notifications = Root.Append(0);

    /// <summary>lmpObjects.</summary>
    public static readonly ObjectIdentifier Objects = Root.Append(1);

    /// <summary>lmpModuleReadOnlyCompliance: what this implementation conforms to.</summary>
    public static readonly ObjectIdentifier ReadOnlyCompliance = Root.Append(2, 1, 2);

    /// <summary>What is said of it in sysORTable.</summary>
    public const string ComplianceText =
        "LMP-MIB (RFC 4631) by OpenLMP, lmpModuleReadOnlyCompliance: read-write and read-create objects are read-only";

    /// <summary>The objects of a node.</summary>
    /// <param name="data">The node.</param>
    /// <param name="host">What the node does not know itself.</param>
    public static LmpMibView View(LmpMibData data, LmpMibHost host)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(host);
        return new LmpMibView(data, host);
    }
}

/// <summary>What the LMP-MIB needs beside the node.</summary>
/// <param name="Notifications">What is notified.</param>
/// <param name="InterfaceIndex">The kernel's number of a network interface, 0 if it is not there.</param>
/// <param name="DataLinksAreInterfaces">Whether data links are network interfaces of this machine.</param>
/// <param name="SysUpTime">The master's sysUpTime at an instant, hundredths of a second; 0 at one before the master's start.</param>
public sealed record LmpMibHost(
    NotificationSettings Notifications, Func<string, uint> InterfaceIndex, bool DataLinksAreInterfaces, Func<Instant, uint> SysUpTime);

/// <summary>Which notifications are sent (RFC 4631: lmpNotificationMaxRate and the five enabling scalars).</summary>
/// <param name="Enabled">The groups that are sent.</param>
/// <param name="MaxPerMinute">lmpNotificationMaxRate: at most so many in a minute; 0: no bound.</param>
public sealed record NotificationSettings(NotificationGroups Enabled, int MaxPerMinute)
{
    /// <summary>None: the MIB's defaults.</summary>
    public static readonly NotificationSettings Off = new(NotificationGroups.None, 0);
}

/// <summary>What one enabling scalar of the MIB stands for.</summary>
[Flags]
public enum NotificationGroups
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>lmpLinkPropertyNotificationsEnabled: lmpTeLinkPropertyMismatch and lmpDataLinkPropertyMismatch.</summary>
    LinkProperty = 1,

    /// <summary>lmpUnprotectedNotificationsEnabled: lmpUnprotected.</summary>
    Unprotected = 2,

    /// <summary>lmpCcUpDownNotificationsEnabled: lmpControlChannelUp and lmpControlChannelDown.</summary>
    ControlChannel = 4,

    /// <summary>lmpTeLinkNotificationsEnabled: lmpTeLinkDegraded and lmpTeLinkNotDegraded.</summary>
    TeLink = 8,

    /// <summary>lmpDataLinkNotificationsEnabled: lmpDataLinkVerificationFailure.</summary>
    DataLink = 16,

    /// <summary>All of them.</summary>
    All = LinkProperty | Unprotected | ControlChannel | TeLink | DataLink,
}
