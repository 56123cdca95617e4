using Microsoft.Extensions.Logging;
using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>
/// The external data plane: switch software, the agent, speaks for the data links over the API. One agent at a time holds the session; it gets
/// orders and hands in signals and Test messages. Without one nothing is wrong: signals are unknown, and usable. Once there was one, its loss is
/// an alarm, and the signals stay as last told: traffic does not stop where control software does. Unless said otherwise, everything here
/// belongs to the node's thread.
/// </summary>
public sealed class ExternalDataPlane : IDataPlane
{
    /// <summary>The version of the exchange with agents.</summary>
    public const int Version = 1;

    // Traces can be reported by the operator, as signals can; Test messages only by an agent.
    private const VerifyTransport WithoutAgent = VerifyTransport.Payload | TestTransports.Correlated;

    private readonly ILogger _logger;
    private readonly NodeClock _clock;
    // What may be named, and the data links it stands for: itself, or the sub-channels of a component link.
    private readonly Dictionary<string, List<string>> _links = new(StringComparer.Ordinal);
    private volatile AgentSession? _session;
    // Numbers go on rising over restarts, so that a report meant for a daemon before this one is refused.
    private long _number = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    private long _heartbeat;
    private string _lost = "";
    private long _sessions;
    private long _orders;
    private long _testsSent;
    private long _testsReceived;
    private long _signals;
    private long _refused;

    /// <summary>A data plane that waits for its agent.</summary>
    /// <param name="heartbeat">How often an agent has to be heard of.</param>
    /// <param name="clock">The node's clock.</param>
    /// <param name="logger">Where agents that come and go are logged.</param>
    public ExternalDataPlane(TimeSpan heartbeat, NodeClock clock, ILogger logger)
    {
        (_clock, _logger) = (clock, logger);
        Heartbeat = heartbeat;
    }

    /// <summary>How often an agent has to be heard of at least; sessions under way keep what they were told. On any thread.</summary>
    public TimeSpan Heartbeat
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _heartbeat));
        set => Volatile.Write(ref _heartbeat, value.Ticks);
    }

    /// <inheritdoc/>
    public void Apply(LmpNode node, Instant now)
    {
        ArgumentNullException.ThrowIfNull(node);
        _links.Clear();
        foreach (var link in node.TeLinks.SelectMany(t => t.DataLinks))
        {
            Name(link.Name, link.Name);
            if (link.Configuration.ComponentLink is { } component && component != link.Name) Name(component, link.Name);
        }

        if (_session is { } session) Give(session, new AgentOrder(AgentOrderKind.DataLinks, DataLinks: Picture(node)));
    }

    /// <inheritdoc/>
    public VerifyTransport GetTestTransports(DataLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return _session is { } session ? session.LinkTransports.GetValueOrDefault(link.Name, session.Transports) : WithoutAgent;
    }

    /// <inheritdoc/>
    public bool SendTest(DataLink link, uint source, ReadOnlySpan<byte> test)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (_session is not { CanTest: true } session) return false;
        var message = Convert.ToBase64String(test);
        var transport = VerifyTransports.Name(link.TestTransport);
        if (!Give(session, new AgentOrder(AgentOrderKind.Test, DataLink: link.Name, Interface: link.Configuration.Interface, Message: message, Transport: transport)))
            return false;
        _testsSent++;
        return true;
    }

    /// <inheritdoc/>
    public void SetTestMode(DataLink link, bool transmit, bool receive)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (_session is not { CanTest: true } session) return;
        Give(session, new AgentOrder(AgentOrderKind.TestMode, DataLink: link.Name, Interface: link.Configuration.Interface, Transmit: transmit, Receive: receive,
            TransmitTransport: Name(transmit, link.TestTransport), ReceiveTransport: Name(receive, link.ListenTransport)));
    }

    /// <inheritdoc/>
    public void SetTrace(DataLink link, TraceType type, string text)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (_session is { } session) Give(session, TraceOrder(link, type, text));
    }

    /// <inheritdoc/>
    public void Dispose() => _session?.End("lmpd stops");

    /// <summary>An agent connects. It takes over from the one before: that one may be gone without anybody having noticed yet.</summary>
    internal bool Begin(LmpNode node, Instant now, AgentSession session)
    {
        if (session.Last is not null) return false;
        _session?.End($"agent {session.Agent} has taken over", reconnect: false);
        (session.Number, session.Since) = (++_number, now);
        _session = session;
        _sessions++;
        _lost = "";
        var heartbeat = (int)session.Heartbeat.TotalMilliseconds;
        Give(session, new AgentOrder(AgentOrderKind.Hello, Version, node.Name, $"{node.NodeId}", session.Number, heartbeat, Picture(node)));
        foreach (var trace in node.TeLinks.SelectMany(t => t.DataLinks).SelectMany(l => l.Traces))
            if (trace.Transmitted is { } text) Give(session, TraceOrder(trace.Link, trace.Type, text));
        _logger.AgentConnected(session.Agent, session.Number, session.CanTest ? "can test" : "cannot test");
        // Tests begin when its signals are known.
        node.ReportDataPlane(now, "");
        return true;
    }

    /// <summary>The agent's stream has ended: the node is told, unless another agent has taken over.</summary>
    internal bool Close(LmpNode node, Instant now, AgentSession session)
    {
        if (_session != session) return false;
        _session = null;
        var why = session.Last?.Reason;
        _lost = $"agent {session.Agent} is gone: {why}; start it again, signals stay as it told them last";
        _logger.AgentGone(session.Agent, session.Number, why);
        node.ReportDataPlane(now, _lost);
        return true;
    }

    /// <summary>The time to tell all signals is over: what was not told is unknown.</summary>
    internal bool Resynchronize(LmpNode node, Instant now, AgentSession session)
    {
        if (_session != session || session.Told is not { } told) return false;
        session.Told = null;
        string[] untold = [.. node.TeLinks.SelectMany(t => t.DataLinks).Select(l => l.Name).Where(name => !told.Contains(name))];
        if (untold.Length > 0) node.ReportSignal(now, untold, Protocol.SignalState.Unknown);
        node.ReportDataPlane(now, session.CanTest ? null : "");
        return true;
    }

    /// <summary>Takes in signals: all of them, or none if one is of something that is not there.</summary>
    internal CommandResult ReportSignals(LmpNode node, Instant now, AgentSignals report)
    {
        if (Find(report.Session, out var session) is { } refusal) return refusal;
        var signals = report.Signals!;
        foreach (var name in signals.Keys)
            if (!_links.ContainsKey(name)) return NoLink(name);
        foreach (var group in signals.GroupBy(s => s.Value, s => s.Key))
            node.ReportSignal(now, [.. group], ApiWords.Of(group.Key));
        foreach (var name in signals.Keys) session!.Told?.UnionWith(_links[name]);
        _signals += signals.Count;
        if (report.Complete) Resynchronize(node, now, session!);
        return CommandResult.Ok($"{signals.Count} signals");
    }

    /// <summary>Takes in Test messages: all of them, or none if one is of a data link that is not there.</summary>
    internal CommandResult ReceiveTests(LmpNode node, Instant now, long number, IReadOnlyList<(string DataLink, byte[] Message)> tests)
    {
        if (Find(number, out _) is { } refusal) return refusal;
        var links = node.TeLinks.SelectMany(t => t.DataLinks).ToDictionary(l => l.Name, StringComparer.Ordinal);
        foreach (var (name, _) in tests)
            if (!links.ContainsKey(name)) return NoLink(name);
        foreach (var (name, message) in tests) node.ReceiveTest(now, links[name], message);
        _testsReceived += tests.Count;
        return CommandResult.Ok($"{tests.Count} Test messages");
    }

    /// <summary>Takes in what is received as traces: all of it, or nothing if something is of a data link that is not there or has none.</summary>
    internal CommandResult ReportTraces(LmpNode node, Instant now, long number, IReadOnlyList<(string DataLink, TraceType Type, string Received)> traces)
    {
        if (Find(number, out _) is { } refusal) return refusal;
        var links = node.TeLinks.SelectMany(t => t.DataLinks).ToDictionary(l => l.Name, StringComparer.Ordinal);
        foreach (var (name, _, _) in traces)
        {
            if (!links.TryGetValue(name, out var link)) return NoLink(name);
            if (!link.Configuration.IsSonetSdh) return CommandResult.Conflict($"{name}: only SONET and SDH have trace messages; nothing of this report was taken");
        }

        foreach (var (name, type, received) in traces) node.ReportTrace(now, name, type, received);
        return CommandResult.Ok($"{traces.Count} traces");
    }

    /// <summary>Takes in how single data links can be tested: all of it, or nothing if one is not there. It counts from the next test on.</summary>
    internal CommandResult ReportTransports(long number, IReadOnlyDictionary<string, VerifyTransport> transports)
    {
        if (Find(number, out var session) is { } refusal) return refusal;
        foreach (var name in transports.Keys)
            if (!_links.ContainsKey(name)) return NoLink(name);
        foreach (var (name, can) in transports)
            foreach (var link in _links[name]) session!.LinkTransports[link] = can;
        return CommandResult.Ok($"transports of {transports.Count}");
    }

    /// <summary>The agent says that it is there.</summary>
    internal CommandResult Heed(AgentHeartbeat heartbeat) => Find(heartbeat.Session, out _) ?? CommandResult.Ok("");

    /// <summary>An agent was heard of. On any thread: however long the node is busy, it is not the agent that is silent.</summary>
    internal void Heard(long number)
    {
        if (_session is { } session && session.Number == number) session.Heard();
    }

    /// <summary>Something an agent wanted was refused. On any thread.</summary>
    internal void CountRefused() => Interlocked.Increment(ref _refused);

    /// <summary>How it stands.</summary>
    internal DataPlaneInfo Info(LmpNode node) => new(
        "external",
        node.CanTest,
        _session is { } s ? new AgentInfo(s.Agent, s.Number, _clock.ToWallClock(s.Since).UtcDateTime, s.CanTest, s.Told is null) : null,
        new AgentCounters(_sessions, _orders, _testsSent, _testsReceived, _signals, Interlocked.Read(ref _refused)),
        _lost);

    private static CommandResult NoLink(string name) => CommandResult.NotFound($"there is no data link {name}; nothing of this report was taken");

    private static AgentOrder TraceOrder(DataLink link, TraceType type, string text) =>
        new(AgentOrderKind.Trace, DataLink: link.Name, Interface: link.Configuration.Interface, TraceType: TraceTypes.Name(type), Text: text);

    private static AgentDataLink[] Picture(LmpNode node) =>
    [
        .. node.TeLinks.SelectMany(t => t.DataLinks).Select(l => new AgentDataLink(
            l.Name,
            l.TeLink.Name,
            ApiWords.Of(l.LocalId),
            l.Configuration.Interface,
            l.Configuration.ComponentLink,
            l.ActiveState == Protocol.DataLinkState.Test,
            l.PassiveState == Protocol.DataLinkState.PasvTest,
            Name(l.ActiveState == Protocol.DataLinkState.Test, l.TestTransport),
            Name(l.PassiveState == Protocol.DataLinkState.PasvTest, l.ListenTransport))),
    ];

    private static string? Name(bool isInTest, VerifyTransport transport) => isInTest ? VerifyTransports.Name(transport) : null;

    private CommandResult? Find(long number, out AgentSession? session)
    {
        session = _session;
        if (session is { Last: null } && session.Number == number) return null;
        return CommandResult.Conflict(session is { Last: null }
            ? $"session {number} is over; agent {session.Agent} holds session {session.Number}"
            : $"session {number} is over and no agent holds another; connect again");
    }

    private bool Give(AgentSession session, AgentOrder order)
    {
        if (!session.TryOrder(order)) return false;
        _orders++;
        return true;
    }

    private void Name(string name, string link)
    {
        if (!_links.TryGetValue(name, out var links)) _links.Add(name, links = []);
        links.Add(link);
    }
}
