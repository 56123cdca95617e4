using OpenLmp.Api;
using TraceText = OpenLmp.Protocol.TraceText;

namespace OpenLmp.Cli.Show;

/// <summary>The tables: which columns each word has, and what counts as not up.</summary>
internal static class Views
{
    /// <summary>The neighbours.</summary>
    public static TableView<NeighborInfo> Neighbors { get; } = new()
    {
        Word = Words.Neighbors,
        Description = "The neighbours and the LMP adjacencies with them.",
        NameHelp = "A neighbour.",
        Columns = terminal =>
        [
            new("NEIGHBOR", n => Cell.Of(n.Name)),
            new("NODE ID", n => Cell.Of(n.NodeId)),
            new("STATE", n => State(n.State, n.State == AdjacencyState.Up)),
            new("BEHAVIORS", n => Cell.Of(Behaviors(n)), Dispensable: 3),
            new("CONTROL CHANNELS", n => Cell.Of(n.ControlChannels), Dispensable: 1, Short: n => Cell.Of(n.ControlChannels.Count)),
            new("TE LINKS", n => Cell.Of(n.TeLinks), Dispensable: 2, Short: n => Cell.Of(n.TeLinks.Count)),
            new("PROTECTED BY", n => Protection(n.Security, terminal), Dispensable: 4, Short: n => Cell.Of(n.Security.Mode)),
            new("SINCE", n => Cell.Of(terminal.Ago(n.LastChange))),
        ],
        // A neighbour that is legacy is no trouble, but worth its reason.
        Trouble = n => n.State != AdjacencyState.Up ? new Trouble(n.Name, $"{n.State}", n.Reason)
            : n.LegacyReason.Length > 0 ? new Trouble(n.Name, "legacy", n.LegacyReason)
            : null,
    };

    /// <summary>The control channels.</summary>
    public static TableView<ControlChannelInfo> ControlChannels { get; } = new()
    {
        Word = Words.ControlChannels,
        Description = "The control channels (RFC 4204 §3).",
        NameHelp = "A control channel, as NEIGHBOR/ID; or a neighbour: all channels to it.",
        Columns = terminal =>
        [
            new("CHANNEL", c => Cell.Of(c.Name)),
            new("REMOTE", c => Cell.Of(c.RemoteId), Dispensable: 6),
            new("STATE", c => State(c.State, c.State == ControlChannelState.Up)),
            new("LOCAL ADDRESS", c => Cell.Of(c.LocalAddress), Dispensable: 5),
            new("REMOTE ADDRESS", c => Cell.Of(c.RemoteAddress), Dispensable: 1),
            new("ROLE", c => Cell.Of(c.Role == ControlChannelRole.Active ? "active" : "passive"), Dispensable: 7),
            new("HELLO/DEAD", c => Cell.Of(c.HelloDeadInterval == 0 ? "off" : $"{c.HelloInterval}/{c.HelloDeadInterval} ms"), Dispensable: 3),
            new("FLAPS", c => new Cell($"{c.Flaps}", c.Flaps > 0 ? Tone.Fair : Tone.Plain), Dispensable: 2),
            new("SINCE", c => Cell.Of(terminal.Ago(c.LastChange)), Dispensable: 4),
        ],
        Trouble = c => c.State == ControlChannelState.Up ? null : new Trouble(c.Name, $"{c.State}", c.Reason),
    };

    /// <summary>The TE links.</summary>
    public static TableView<TeLinkInfo> TeLinks { get; } = new()
    {
        Word = Words.TeLinks,
        Description = "The TE links (RFC 4204 §4).",
        NameHelp = "A TE link; or a neighbour: all TE links shared with it.",
        Columns = terminal =>
        [
            new("TE LINK", t => Cell.Of(t.Name)),
            new("NEIGHBOR", t => Cell.Of(t.Neighbor), Dispensable: 3),
            new("LOCAL", t => Cell.Of(t.LocalId), Dispensable: 1),
            new("REMOTE", t => Cell.Of(t.RemoteId), Dispensable: 2),
            new("STATE", t => State(t.State, t.State == TeLinkState.Up)),
            new("DATA LINKS", t => Cell.Of(t.DataLinks.Count)),
            new("FAULT MGMT", t => Cell.Of(t.FaultManagement), Dispensable: 5),
            new("VERIFICATION", t => Cell.Of(t.LinkVerification), Dispensable: 6),
            new("SINCE", t => Cell.Of(terminal.Ago(t.LastChange)), Dispensable: 4),
        ],
        Trouble = t => t.State == TeLinkState.Up ? null : new Trouble(t.Name, $"{t.State}", t.Reason),
    };

    /// <summary>The data links.</summary>
    public static TableView<DataLinkInfo> DataLinks { get; } = new()
    {
        Word = Words.DataLinks,
        Description = "The data links (RFC 4204 §11.3).",
        NameHelp = "A data link; or a TE link: all its data links.",
        Columns = terminal =>
        [
            new("DATA LINK", d => Cell.Of(d.Name)),
            new("TE LINK", d => Cell.Of(d.TeLink), Dispensable: 4),
            new("LOCAL", d => Cell.Of(d.LocalId), Dispensable: 1),
            new("REMOTE", d => Cell.Of(d.RemoteId), Dispensable: 2),
            new("FOUND", d => Cell.Of(FoundElsewhere(d)), Dispensable: 3, IsRare: true),
            new("STATE", d => State(d.State, IsUp(d))),
            new("ALLOCATED", d => Cell.Of(d.Allocated), Dispensable: 3),
            new("VERIFIED", d => Cell.Of(d.Verified), Dispensable: 7),
            new("SIGNAL", d => Signal(d.Signal)),
            new("REMOTE SIGNAL", d => Signal(d.RemoteSignal), Dispensable: 5),
            new("THROUGH", d => Cell.Of(d.Through), Dispensable: 9, IsRare: true),
            new("BANDWIDTH", d => Cell.Of(string.Join(", ", d.Capabilities.Select(c => c.Bandwidth))), Dispensable: 8),
            new("SINCE", d => Cell.Of(terminal.Ago(d.LastChange)), Dispensable: 6),
        ],
        Notes = d => d.Traces.Select(t => $"{d.Name} {t.Type}: {Trace(d, t)}"),
        Trouble = d => IsUp(d) ? null : new Trouble(d.Name, $"{d.State}", d.Reason),
    };

    /// <summary>The cross-connects.</summary>
    public static TableView<CrossConnectInfo> CrossConnects { get; } = new()
    {
        Word = Words.CrossConnects,
        Description = "Which data link continues on which.",
        NameHelp = "A data link.",
        Columns = _ => [new("A", c => Cell.Of(c.A)), new("B", c => Cell.Of(c.B)), new("DIRECTION", c => Cell.Of(c.OneWay ? "A to B" : "both"))],
    };

    /// <summary>The verifications under way.</summary>
    public static TableView<VerificationInfo> Verifications { get; } = new()
    {
        Word = Words.Verifications,
        Description = "Link verification procedures (RFC 4204 §5).",
        NameHelp = "A TE link; or a neighbour: all with it.",
        Columns = _ =>
        [
            new("TE LINK", v => Cell.Of(v.TeLink ?? "all")),
            new("NEIGHBOR", v => Cell.Of(v.Neighbor)),
            new("PHASE", v => Cell.Of(v.Phase)),
            new("STATUS", v => Cell.Of(v.Reason)),
        ],
        Nothing = "No verification is under way; lmp show events tells how they ended, lmp show data-links what they found.",
    };

    /// <summary>The alarms.</summary>
    public static TableView<AlarmInfo> Alarms { get; } = new()
    {
        Word = Words.Alarms,
        Description = "The alarms.",
        NameHelp = "What the alarms are about: a data link, TE link, control channel or neighbour.",
        Columns = terminal =>
        [
            new("SEVERITY", a => Severity(a.Severity)),
            new("KIND", a => Cell.Of(a.Kind)),
            new("OBJECT", a => Cell.Of(a.Object)),
            new("STATE", a => Cell.Of(Lower(a.State)), Dispensable: 1),
            new("AGE", a => Cell.Of(terminal.Ago(a.Raised)), Dispensable: 2),
            new("TEXT", a => Cell.Of(TextOf(a)), Wraps: true),
        ],
        Shown = a => a.State != AlarmState.Cleared,
        HiddenAre = "cleared",
    };

    /// <summary>What happened.</summary>
    public static TableView<EventInfo> Events { get; } = new()
    {
        Word = Words.Events,
        Description = "What happened lately, oldest first.",
        NameHelp = "What the events are about: a data link, TE link, control channel or neighbour.",
        Columns = terminal =>
        [
            new("TIME", e => Cell.Of(terminal.LocalTime(e.Time)), Short: e => Cell.Of(terminal.LocalTime(e.Time)["yyyy-MM-dd ".Length..])),
            new("EVENT", e => Cell.Of(e.Type), Dispensable: 1),
            new("OBJECT", e => Cell.Of(e.Object)),
            new("CHANGE", e => new Cell(EventText.Change(e), EventText.ToneOf(e))),
            new("TEXT", e => Cell.Of(e.Text), Wraps: true),
        ],
    };

    /// <summary>Every word of the API.</summary>
    public static IReadOnlyList<IView> All { get; } =
        [new NodeView(), Neighbors, ControlChannels, TeLinks, DataLinks, CrossConnects, Verifications, Alarms, Events, new CountersView()];

    // Where verification found another end than the one that counts: of both directions, if they differ.
    private static string? FoundElsewhere(DataLinkInfo link)
    {
        LinkIdentifier[] found = [.. ((LinkIdentifier?[])[link.FoundTransmit, link.FoundReceive]).OfType<LinkIdentifier>().Distinct()];
        return found.All(id => id == link.RemoteId) ? null : string.Join(" and ", found);
    }

    private static string Behaviors(NeighborInfo neighbor) => neighbor.BehaviorSupport switch
    {
        BehaviorSupport.Legacy => "legacy",
        BehaviorSupport.Unknown => "unknown",
        _ => neighbor.Behaviors.Count == 0 ? "none" : string.Join(' ', neighbor.Behaviors),
    };

    private static Cell Protection(SecurityInfo security, Terminal terminal) => security switch
    {
        { Mode: "none" } => new("none: anyone on the path can forge", Tone.Fair),
        { State: not TunnelState.Up } => new($"IPsec: {(security.State is { } state ? Lower(state) : "unknown")}", Tone.Bad),
        { SpiIn: { } spiIn, SpiOut: { } spiOut } => new(
            $"IPsec {security.Encryption}, SPI in {spiIn} out {spiOut}, since {(security.Established is { } since ? terminal.Ago(since) : "-")}, rekeys {security.Rekeys}", Tone.Good),
        _ => new($"IPsec, {security.Encryption}", Tone.Good),
    };

    private static string TextOf(AlarmInfo alarm) =>
        alarm.Cause is { } cause ? $"{alarm.Text} (cause: {cause})"
        : alarm.Suppresses.Count == 0 ? alarm.Text
        : $"{alarm.Text} (suppresses {string.Join(", ", alarm.Suppresses.Take(3))}{(alarm.Suppresses.Count > 3 ? $" and {alarm.Suppresses.Count - 3} more" : "")})";

    /// <summary>Whether a data link is in service.</summary>
    public static bool IsUp(DataLinkInfo link) => link.State is DataLinkState.UpFree or DataLinkState.UpAlloc;

    /// <summary>The cell of an alarm's severity.</summary>
    public static Cell Severity(AlarmSeverity severity) => new(Lower(severity), severity >= AlarmSeverity.Major ? Tone.Bad : Tone.Fair);

    private static Cell State<T>(T state, bool up)
        where T : struct, Enum => new($"{state}", up ? Tone.Good : $"{state}" == "Down" ? Tone.Bad : Tone.Fair);

    private static Cell Signal(SignalState signal) =>
        new(Lower(signal), signal switch { SignalState.Ok => Tone.Good, SignalState.Degrade => Tone.Fair, SignalState.Fail => Tone.Bad, _ => Tone.Plain });

    private static string Trace(DataLinkInfo link, TraceInfo trace)
    {
        var parts = new List<string>();
        if (trace.Send is { } send) parts.Add($"sends {TraceText.Quote(send)}");
        if (trace.Expect is { } expect) parts.Add($"expects {TraceText.Quote(expect)}");
        if (trace.Received is { } received) parts.Add($"receives {TraceText.Quote(received)}");
        if (trace.RemoteReceived is { } remote) parts.Add($"{link.Neighbor} receives {TraceText.Quote(remote)}");
        return string.Join(", ", parts) + (trace.Reason.Length > 0 ? $"; {trace.Reason}" : "");
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => $"{value}".ToLowerInvariant();
}
