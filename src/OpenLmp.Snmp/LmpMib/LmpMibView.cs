// RFC 4631 §8: rows and their indexes.
using OpenLmp.Wire;

namespace OpenLmp.Snmp;

/// <summary>The LMP-MIB of a node at one moment. Immutable, read on any thread.</summary>
public sealed class LmpMibView
{
    private readonly Dictionary<string, MibRow<ControlChannelRow>> _channels;
    private readonly Dictionary<string, MibRow<TeLinkRow>> _teLinks;
    private readonly Dictionary<string, MibRow<DataLinkRow>> _dataLinks;

    internal LmpMibView(LmpMibData data, LmpMibHost host)
    {
        VerificationInterval = data.VerificationInterval;
        MibRow<NeighborRow>[] neighbors = [.. data.Neighbors.OrderBy(n => n.NodeId).Select(n => new MibRow<NeighborRow>(IndexOf(n), n))];
        MibRow<ControlChannelRow>[] channels = [.. data.ControlChannels.OrderBy(c => c.Id).Select(c => new MibRow<ControlChannelRow>([c.Id], c))];
        var teLinks = InterfaceNumbers.Assign(data.TeLinks, link => link.Name, InterfaceNumbers.Of);
        Func<string, uint>? interfaces = host.DataLinksAreInterfaces ? host.InterfaceIndex : null;
        var dataLinks = InterfaceNumbers.Assign(data.DataLinks, link => link.Name, link => InterfaceNumbers.Of(link, interfaces));
        MibRow<TeLinkRow>[] verified = [.. teLinks.Where(t => t.Row.Configuration.LinkVerification)];
        Mib = new MibView(
        [
            .. Scalars.Table.Bind([new MibRow<(LmpMibData, NotificationSettings)>([0], (data, host.Notifications))]),
            .. NeighborTable.Table.Bind(neighbors),
            .. ControlChannelTable.Of(host).Bind(channels),
            .. PerformanceTables.ControlChannels(host.SysUpTime).Bind(channels),
            .. TeLinkTable.Table.Bind(teLinks),
            .. VerificationTable.Table.Bind(verified),
            .. PerformanceTables.TeLinks(host.SysUpTime).Bind(teLinks),
            .. DataLinkTable.Table.Bind(dataLinks),
            .. PerformanceTables.DataLinks(host.SysUpTime).Bind(dataLinks),
        ]);
        _channels = channels.ToDictionary(c => c.Row.Name, StringComparer.Ordinal);
        _teLinks = teLinks.ToDictionary(t => t.Row.Name, StringComparer.Ordinal);
        _dataLinks = dataLinks.ToDictionary(d => d.Row.Name, StringComparer.Ordinal);
    }

    /// <summary>All objects.</summary>
    public MibView Mib { get; }

    /// <summary>lmpGlobalLinkVerificationInterval; zero: nothing is verified by itself.</summary>
    public TimeSpan VerificationInterval { get; }

    internal MibRow<ControlChannelRow>? ControlChannel(string name) => _channels.TryGetValue(name, out var row) ? row : null;

    internal MibRow<TeLinkRow>? TeLink(string name) => _teLinks.TryGetValue(name, out var row) ? row : null;

    internal MibRow<DataLinkRow>? DataLink(string name) => _dataLinks.TryGetValue(name, out var row) ? row : null;

    // LmpNodeId has a fixed size: no octet that tells the length (RFC 2578 §7.7).
    private static ValueList<uint> IndexOf(NeighborRow neighbor)
    {
        var id = neighbor.NodeId.Value;
        return [id >> 24, (id >> 16) & 0xFF, (id >> 8) & 0xFF, id & 0xFF];
    }
}
