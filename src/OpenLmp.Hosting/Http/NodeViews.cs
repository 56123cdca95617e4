using System.Globalization;
using OpenLmp.Api;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Http;

/// <summary>
/// A node's objects as the API shows them. Run on the node's thread, so they copy and do not format; null where a name was asked for that nothing has.
/// </summary>
/// <param name="time">The wall-clock time of an instant.</param>
/// <param name="sendHellos">Sends what has come due meanwhile: there may be ten thousand objects to show.</param>
/// <param name="tunnels">The IPsec tunnels to a neighbour.</param>
internal sealed class NodeViews(Func<Instant, DateTime> time, Action sendHellos, Func<string, IReadOnlyList<TunnelStatus>> tunnels)
{
    /// <summary>The node itself.</summary>
    public static NodeInfo[]? Node(LmpNode node, string? name, ApiContext api)
    {
        if (name is not null && name != node.Name) return null;
        var (neighbors, channels, links, dataLinks) = (new Tally(), new Tally(), new Tally(), new Tally());
        var allocated = 0;
        foreach (var neighbor in node.Neighbors)
        {
            neighbors.Add(neighbor.IsUp);
            foreach (var channel in neighbor.ControlChannels) channels.Add(channel.State == Protocol.ControlChannelState.Up);
        }

        foreach (var link in node.TeLinks)
        {
            links.Add(link.State == Protocol.TeLinkState.Up);
            foreach (var dataLink in link.DataLinks)
            {
                dataLinks.Add(dataLink.State is Protocol.DataLinkState.UpFree or Protocol.DataLinkState.UpAlloc);
                if (dataLink.Allocated) allocated++;
            }
        }

        return
        [
            new NodeInfo(
                node.Name,
                node.NodeId.ToString(),
                DaemonVersion.Text,
                api.Started,
                neighbors.Count,
                channels.Count,
                links.Count,
                dataLinks.Count,
                allocated,
                node.Alarms.All.Count(alarm => alarm.State == Protocol.AlarmState.Raised),
                api.Loop(),
                Reason(("neighbours", neighbors), ("control channels", channels), ("TE links", links), ("data links", dataLinks)),
                api.DataPlane(node)),
        ];
    }

    /// <summary>Neighbours: one, or all.</summary>
    public NeighborInfo[]? Neighbors(LmpNode node, string? name) =>
        All(Selection.Of(node.Neighbors, name, neighbor => neighbor.Name == name), Neighbor);

    /// <summary>Control channels: one, all to a neighbour, or all.</summary>
    public ControlChannelInfo[]? ControlChannels(LmpNode node, string? name) =>
        All(
            Selection.Of(
                node.Neighbors.SelectMany(neighbor => neighbor.ControlChannels),
                name,
                channel => channel.ToString() == name,
                channel => channel.Neighbor.Name == name),
            ControlChannel);

    /// <summary>TE links: one, all shared with a neighbour, or all.</summary>
    public TeLinkInfo[]? TeLinks(LmpNode node, string? name) =>
        All(Selection.Of(node.TeLinks, name, link => link.Name == name, link => link.Neighbor.Name == name), TeLink);

    /// <summary>Data links: one, all of a TE link or component link, or all.</summary>
    public DataLinkInfo[]? DataLinks(LmpNode node, string? name) =>
        All(
            Selection.Of(
                node.TeLinks.SelectMany(link => link.DataLinks),
                name,
                link => link.Name == name,
                link => link.TeLink.Name == name || link.Configuration.ComponentLink == name),
            DataLink);

    /// <summary>Alarms: of one object, or all; the worst that stand first.</summary>
    public AlarmInfo[]? Alarms(LmpNode node, string? name)
    {
        var effects = node.Alarms.All.Where(alarm => alarm.Cause is not null)
            .ToLookup(alarm => alarm.Cause!, alarm => $"{ApiWords.Of(alarm.Kind)} {alarm.Object}");
        var ordered = node.Alarms.All
            .Where(alarm => name is null || alarm.Object == name)
            .OrderBy(alarm => alarm.State)
            .ThenByDescending(alarm => alarm.Severity)
            .ThenByDescending(alarm => alarm.RaisedAt)
            .ThenBy(alarm => alarm.Object, StringComparer.Ordinal);
        var alarms = All(ordered, alarm => Alarm(alarm, effects))!;
        return alarms.Length > 0 || name is null || Selection.Knows(node, name) ? alarms : null;
    }

    private TInfo[]? All<T, TInfo>(IEnumerable<T>? objects, Func<T, TInfo> show)
    {
        if (objects is null) return null;
        var shown = new List<TInfo>();
        foreach (var o in objects)
        {
            shown.Add(show(o));
            sendHellos();
        }

        return [.. shown];
    }

    private NeighborInfo Neighbor(Neighbor neighbor) => new(
        neighbor.Name,
        neighbor.NodeId.ToString(),
        neighbor.IsUp ? AdjacencyState.Up : AdjacencyState.Down,
        neighbor.Configuration.Wdm switch { WdmRole.Ols => "ols", WdmRole.Peer => "peer", _ => "none" },
        ApiWords.Of(neighbor.BehaviorSupport),
        ApiWords.Of(neighbor.Behaviors),
        neighbor.LegacyReason,
        [.. neighbor.ControlChannels.Select(channel => channel.ToString())],
        [.. neighbor.TeLinks.Select(link => link.Name)],
        neighbor.Reason,
        time(neighbor.LastChange),
        Security(neighbor));

    // Of several tunnels the one that is worst off; how many there are is said beside it.
    private SecurityInfo Security(Neighbor neighbor)
    {
        if (neighbor.Configuration.Security == NeighborSecurity.None) return SecurityInfo.None;
        var all = tunnels(neighbor.Name);
        var worst = all.FirstOrDefault(t => t.State != Hosting.TunnelState.Up) ?? (all.Count > 0 ? all[0] : null);
        return new SecurityInfo(
            "ipsec",
            worst?.State switch { Hosting.TunnelState.Up => Api.TunnelState.Up, Hosting.TunnelState.Down => Api.TunnelState.Down, _ => Api.TunnelState.Starting },
            worst?.Encryption ?? "",
            worst?.SpiIn?.ToString("x8", CultureInfo.InvariantCulture),
            worst?.SpiOut?.ToString("x8", CultureInfo.InvariantCulture),
            worst?.Established,
            all.Sum(t => t.Rekeys),
            new UpCount(all.Count, all.Count(t => t.State == Hosting.TunnelState.Up)),
            worst?.Problem ?? "");
    }

    private ControlChannelInfo ControlChannel(ControlChannel channel) => new(
        channel.ToString(),
        channel.Neighbor.Name,
        channel.Id,
        channel.RemoteId,
        channel.Local.ToString(),
        channel.Remote?.ToString(),
        channel.Configuration.Interface,
        channel.Configuration.Role == Protocol.ControlChannelRole.Active ? Api.ControlChannelRole.Active : Api.ControlChannelRole.Passive,
        channel.AdminDown ? AdminState.Down : AdminState.Up,
        ApiWords.Of(channel.State),
        channel.HelloInterval,
        channel.HelloDeadInterval,
        channel.TxSeqNum,
        channel.RcvSeqNum,
        channel.Flaps,
        channel.Reason,
        time(channel.LastChange));

    /// <summary>The verification procedures under way; null where a TE link or neighbour is named that does not exist.</summary>
    public static VerificationInfo[]? Verifications(LmpNode node, string? name)
    {
        var ofTeLinks = node.TeLinks.Select(t => (t.Name, TeLink: (string?)t.Name, t.Neighbor, Phase: t.Verification, Progress: t.VerificationProgress));
        var ofNeighbors = node.Neighbors.Select(n => (n.Name, TeLink: (string?)null, Neighbor: n, Phase: n.Verification, Progress: n.VerificationProgress));
        var named = ofTeLinks.Concat(ofNeighbors).Where(v => name is null || v.Name == name || v.Neighbor.Name == name).ToList();
        if (named.Count == 0 && name is not null) return null;
        return [.. named.Where(v => v.Phase != VerificationPhase.Idle).Select(v => Verification(v.TeLink, v.Neighbor, v.Phase, v.Progress))];
    }

    private static VerificationInfo Verification(string? teLink, Neighbor neighbor, VerificationPhase phase, (int Total, int Undecided) progress)
    {
        var (total, undecided) = progress;
        var reason = phase switch
        {
            VerificationPhase.Beginning => $"waiting for {neighbor.Name} to take part",
            VerificationPhase.Testing => $"{total - undecided} of {total} data links tested so far",
            _ => $"{total - undecided} of {total} data links tested; telling {neighbor.Name} of the end",
        };
        return new VerificationInfo(teLink, neighbor.Name, $"{phase}", total, undecided, reason);
    }

    // An Interface_Id of another node than the configured neighbour means nothing here; the alarm names that node.
    private static LinkIdentifier? FoundOf(DataLink link, FarEnd? found) =>
        found is { } end && end.Neighbor == link.TeLink.Neighbor ? ApiWords.Of(end.InterfaceId) : null;

    private TeLinkInfo TeLink(TeLink link) => new(
        link.Name,
        link.Neighbor.Name,
        ApiWords.Of(link.LocalId),
        ApiWords.Of(link.RemoteId),
        ApiWords.Of(link.State),
        link.FaultManagement,
        link.LinkVerification,
        link.AcceptsConnections,
        double.IsFinite(link.UnreservedBandwidth) ? link.UnreservedBandwidth * 8 : 0,
        [.. link.DataLinks.Select(dataLink => dataLink.Name)],
        link.Reason,
        time(link.LastChange),
        ApiWords.Of(link.Configuration.RemoteId));

    private DataLinkInfo DataLink(DataLink link)
    {
        var properties = link.Properties;
        return new DataLinkInfo(
            link.Name,
            link.TeLink.Name,
            link.TeLink.Neighbor.Name,
            ApiWords.Of(link.LocalId),
            ApiWords.Of(link.RemoteId),
            link.Configuration.Interface,
            link.Configuration.Port,
            link.Configuration.ComponentLink,
            ApiWords.Of(link.State),
            ApiWords.Of(link.ActiveState),
            ApiWords.Of(link.PassiveState),
            link.Allocated,
            link.Verified,
            ApiWords.Of(link.Signal),
            ApiWords.Of(link.RemoteSignal),
            ApiWords.Of(link.SettledSignal),
            link.SignalFailures,
            link.IsWatched,
            link.IsActiveThere,
            link.ContinuesOn?.Name,
            link.ComesFrom?.Name,
            link.Fault is { } fault ? EventPicture.Fault(link, fault, time) : null,
            [.. link.AgreedCapabilities.Select(ApiWords.Of)],
            link.Configuration.Wavelength,
            [.. properties.Srlg],
            [.. properties.LinkGroups],
            properties.Ber,
            properties.SpanLength,
            properties.OpticalProtection is { } protection ? [.. Rfc3471.Names(protection)] : null,
            properties.AdministrativeGroup,
            [.. link.Configuration.Channels.Select(ApiWords.Of)],
            [.. link.Traces.Select(ApiWords.Of)],
            link.Reason,
            time(link.LastChange),
            ApiWords.Of(link.Configuration.RemoteId),
            FoundOf(link, link.FoundTransmit),
            FoundOf(link, link.FoundReceive),
            link.Through?.Name,
            ApiWords.Of((link.Through ?? link).LineSignal));
    }

    /// <summary>Cross-connects: all, or that of a data link.</summary>
    public static CrossConnectInfo[]? CrossConnects(LmpNode node, string? name) =>
        Selection.Of(node.CrossConnects, name, c => c.A == name || c.B == name)?.Select(c => new CrossConnectInfo(c.A, c.B, c.OneWay)).ToArray();

    private AlarmInfo Alarm(Alarm alarm, ILookup<string, string> effects) => new(
        ApiWords.Of(alarm.Severity),
        ApiWords.Of(alarm.Kind),
        alarm.Object,
        alarm.Text,
        ApiWords.Of(alarm.State),
        time(alarm.RaisedAt),
        alarm.State == Protocol.AlarmState.Cleared ? time(alarm.ClearedAt) : null,
        alarm.Count,
        alarm.Cause,
        alarm.State == Protocol.AlarmState.Cleared ? [] : [.. effects[$"{ApiWords.Of(alarm.Kind)} {alarm.Object}"]]);

    private static string Reason(params ReadOnlySpan<(string What, Tally Tally)> tallies)
    {
        var parts = new List<string>();
        foreach (var (what, tally) in tallies)
            if (tally.Down > 0) parts.Add($"{tally.Down} of {tally.Count.Total} {what}");
        return parts.Count == 0 ? "" : $"not up: {string.Join(", ", parts)}";
    }

    private sealed class Tally
    {
        private int _total;
        private int _up;

        public UpCount Count => new(_total, _up);

        public int Down => _total - _up;

        public void Add(bool up)
        {
            _total++;
            if (up) _up++;
        }
    }
}
