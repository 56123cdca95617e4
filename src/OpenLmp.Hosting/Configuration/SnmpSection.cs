// RFC 4631, RFC 2741
using System.Net;
using OpenLmp.Protocol;
using OpenLmp.Snmp;

namespace OpenLmp.Hosting;

/// <summary>The section <c>snmp</c>.</summary>
internal static class SnmpSection
{
    private const int MostNotifications = 60_000;
    private const string Unix = "unix:";
    private const string Tcp = "tcp:";

    private static readonly (string Name, NotificationGroups Group)[] Groups =
    [
        ("all", NotificationGroups.All), ("link-property", NotificationGroups.LinkProperty), ("unprotected", NotificationGroups.Unprotected),
        ("control-channel", NotificationGroups.ControlChannel), ("te-link", NotificationGroups.TeLink), ("data-link", NotificationGroups.DataLink),
    ];

    /// <summary>Reads it; null where it is left out, or wrong.</summary>
    public static SnmpConfiguration? Read(Section root)
    {
        if (!root.Has("snmp") || root.RequiredChild("snmp", "{agentx: unix:/var/agentx/master}", "agentx", "notifications", "max-notification-rate") is not { } section) return null;
        var agentX = section.Required("agentx", Master, "unix:/var/agentx/master");
        var enabled = NotificationGroups.None;
        foreach (var group in section.Values("notifications", text => Conversions.Word(text, Groups, "a kind of notification", "they are")).Value) enabled |= group;
        var rate = section.Optional("max-notification-rate", Rate, SnmpConfiguration.DefaultMaxNotifications);
        return agentX.IsValid ? new SnmpConfiguration { AgentX = agentX.Value, Notifications = new NotificationSettings(enabled, rate.Value) } : null;
    }

    private static Converted<AgentXEndpoint> Master(string text)
    {
        if (text.StartsWith(Unix, StringComparison.Ordinal) && Conversions.FilePath(text[Unix.Length..]).Problem is null)
        {
            // What is wrong with a path from the root is that it is too long.
            var path = Conversions.SocketPath(text[Unix.Length..]);
            return path.Problem is { } problem ? new Wrong(problem) : new AgentXEndpoint(path.Value, null);
        }

        if (text.StartsWith(Tcp, StringComparison.Ordinal) && NetworkEndpoint.TryParse(text[Tcp.Length..], AgentXEndpoint.DefaultPort, out var endpoint)
            && !endpoint.Address.IsAny && !endpoint.Address.IsMulticast)
        {
            return new AgentXEndpoint(null, new IPEndPoint(endpoint.Address.ToIPAddress(), endpoint.Port));
        }

        return new Wrong($"{Findings.Quote(text)} is not where a master agent listens; write agentXSocket of snmpd.conf, such as unix:/var/agentx/master or tcp:127.0.0.1:705");
    }

    private static Converted<int> Rate(string text) =>
        Conversions.TryNumber(text, out var value) && value <= MostNotifications ? (int)value
            : new Wrong($"{Findings.Quote(text)} is not a number of notifications in a minute; write one from 0, for no bound, to {MostNotifications}");
}
