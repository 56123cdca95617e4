using OpenLmp.Wire;

namespace OpenLmp.Protocol.Tests;

/// <summary>A datagram on the virtual network, as a test may look at it, drop it or change it.</summary>
public sealed record Datagram(Instant SentAt, NetworkEndpoint Source, NetworkEndpoint Destination, byte[] Bytes)
{
    public LmpMessage? Message => LmpMessage.TryDecode(Bytes, out var message, out _) ? message : null;

    public MessageType Type => (MessageType)Bytes[3];
}

/// <summary>Nodes on virtual time, joined by a network that delivers after a fixed delay whatever <see cref="Filter"/> lets through.</summary>
public sealed partial class VirtualNetwork
{
    private readonly List<VirtualNode> _nodes = [];
    private readonly PriorityQueue<Datagram, (long At, long Order)> _inFlight = new();
    private readonly PriorityQueue<(VirtualNode Node, string Link, byte[] Bytes), (long At, long Order)> _tests = new();
    private long _order;

    public Instant Now { get; private set; } = new(1_000_000_000);

    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Which datagrams are delivered; all by default.</summary>
    public Func<Datagram, bool> Filter { get; set; } = _ => true;

    /// <summary>Where fibres lead: from a node's data link to another node's. Laid by <see cref="Fibre"/>.</summary>
    public Dictionary<(VirtualNode Node, string Link), (VirtualNode Node, string Link)> Fibres { get; } = [];

    /// <summary>Everything sent so far, dropped or not.</summary>
    public List<Datagram> Sent { get; } = [];

    public IReadOnlyList<VirtualNode> Nodes => _nodes;

    public VirtualNode Add(NodeConfiguration configuration, NodeOptions? options = null, bool start = true)
    {
        var node = new VirtualNode(this, configuration, options ?? new NodeOptions { FirstMessageId = 100 });
        _nodes.Add(node);
        if (start) node.TransportUp();
        return node;
    }

    /// <summary>Lays a pair of fibres between two data links.</summary>
    public void Fibre(VirtualNode a, string linkA, VirtualNode b, string linkB)
    {
        Fibres[(a, linkA)] = (b, linkB);
        Fibres[(b, linkB)] = (a, linkA);
        foreach (var (node, link) in ((VirtualNode, string)[])[(a, linkA), (b, linkB)])
            foreach (var trace in node.Node.TeLinks.SelectMany(t => t.DataLinks).Where(l => l.Name == link).SelectMany(l => l.Traces).ToList())
                if (trace.Transmitted is { } text) SetTrace(node, trace.Link, trace.Type, text);
    }

    /// <summary>Lays fibres between the data links of the same names.</summary>
    public void FibreAll(VirtualNode a, VirtualNode b)
    {
        foreach (var link in a.TeLink.DataLinks) Fibre(a, link.Name, b, link.Name);
        foreach (var node in (VirtualNode[])[a, b]) node.Node.ReportDataPlane(Now, null);
    }

    /// <summary>Takes a node off the network, as if its process had been killed.</summary>
    public void Kill(VirtualNode node) => _nodes.Remove(node);

    /// <summary>Another process takes a node's place.</summary>
    public VirtualNode Restart(VirtualNode node, NodeConfiguration configuration, NodeOptions options)
    {
        var place = _nodes.IndexOf(node);
        var next = _nodes[place] = new VirtualNode(this, configuration, options);
        next.TransportUp();
        return next;
    }

    public void Run(TimeSpan time)
    {
        var end = Now + time;
        while (Next() is var next && next <= end) Step(next);
        Now = end;
    }

    public void RunMs(int milliseconds) => Run(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Runs until a condition holds; fails the test if it does not within a generous virtual time.</summary>
    public void RunUntil(Func<bool> condition, string what = "condition", int seconds = 60)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (!condition())
        {
            var next = Next();
            Assert.True(next <= end, $"not within {seconds} s: {what}; " + string.Join("; ", _nodes.Select(n => n.Summary)));
            Step(next);
        }
    }

    internal void Send(NetworkEndpoint source, NetworkEndpoint destination, ReadOnlySpan<byte> bytes)
    {
        var datagram = new Datagram(Now, source, destination, bytes.ToArray());
        if (Recording) Sent.Add(datagram);
        if (!Filter(datagram)) return;
        if (Weather is null) Inject(datagram);
        else foreach (var delay in Weather.Fate()) Inject(datagram, delay);
    }

    /// <summary>Puts a datagram on its way, whoever it says it is from.</summary>
    public void Inject(Datagram datagram, TimeSpan? delay = null) => _inFlight.Enqueue(datagram, ((Now + (delay ?? Delay)).Nanoseconds, _order++));

    internal void SendTest(VirtualNode node, DataLink link, ReadOnlySpan<byte> bytes)
    {
        if (!Fibres.TryGetValue((node, link.Name), out var end)) return;
        _tests.Enqueue((end.Node, end.Link, bytes.ToArray()), ((Now + Delay).Nanoseconds, _order++));
    }

    // What one end sends in the overhead of a fibre, the other end's data plane receives at once.
    internal void SetTrace(VirtualNode node, DataLink link, TraceType type, string text)
    {
        if (Fibres.TryGetValue((node, link.Name), out var end)) end.Node.Node.ReportTrace(Now, end.Link, type, text);
    }

    private Instant Next()
    {
        var next = _inFlight.TryPeek(out _, out var at) ? new Instant(at.At) : Instant.Never;
        foreach (var node in _nodes)
            if (node.Node.NextDeadline < next) next = node.Node.NextDeadline;
        if (_tests.TryPeek(out _, out var test) && new Instant(test.At) < next) next = new Instant(test.At);
        return next;
    }

    private void Step(Instant at)
    {
        if (at > Now) Now = at;
        while (_inFlight.TryPeek(out var datagram, out var due) && due.At <= Now.Nanoseconds)
        {
            _inFlight.Dequeue();
            foreach (var node in _nodes.ToList()) node.Deliver(datagram);
        }

        while (_tests.TryPeek(out var test, out var due) && due.At <= Now.Nanoseconds)
        {
            _tests.Dequeue();
            // A data link that is no longer configured receives nothing.
            var link = test.Node.Node.TeLinks.SelectMany(t => t.DataLinks).FirstOrDefault(l => l.Name == test.Link);
            if (link is not null) test.Node.Node.ReceiveTest(Now, link, test.Bytes);
        }

        foreach (var node in _nodes.ToList()) node.Node.Advance(Now);
    }
}

/// <summary>A node on a <see cref="VirtualNetwork"/> and everything it told.</summary>
public sealed class VirtualNode : INodeOutput
{
    private readonly VirtualNetwork _network;
    private readonly List<ControlChannel> _opened = [];

    public VirtualNode(VirtualNetwork network, NodeConfiguration configuration, NodeOptions options)
    {
        _network = network;
        StateFile = new VirtualStateFile(options);
        Node = TestRecording.Start(configuration, options, this, network.Now);
    }

    public LmpNode Node { get; }

    /// <summary>The test mode of each data link, as last told.</summary>
    public Dictionary<string, (bool Transmit, bool Receive)> TestModes { get; } = [];

    /// <summary>What the data plane says it can do.</summary>
    public VerifyTransport Transports { get; set; } = VerifyTransport.Payload;

    public List<NodeEvent> Events { get; } = [];

    /// <summary>What the node has had written down, and so has after a restart.</summary>
    public VirtualStateFile StateFile { get; }

    /// <summary>Told of each event at once, while what it refers to is as it was then.</summary>
    public Action<NodeEvent>? Told { get; set; }

    public IReadOnlyList<ControlChannel> Open => _opened;

    public ControlChannel Channel => Node.Neighbors.Single().ControlChannels[0];

    public TeLink TeLink => Node.TeLinks.First();

    public string Summary => $"{Node.Name}: " + string.Join(", ", Node.Neighbors.SelectMany(n => n.ControlChannels).Select(c => $"{c} {c.State} ({c.Reason})"))
        + " " + string.Join(", ", Node.TeLinks.Select(t => $"{t.Name} {t.State} ({t.Reason})"));

    public void TransportUp()
    {
        foreach (var channel in _opened.ToList()) Node.TransportUp(_network.Now, channel);
    }

    public Alarm? Alarm(AlarmKind kind, string @object) => Node.Alarms.Find(kind, @object) is { State: not AlarmState.Cleared } alarm ? alarm : null;

    public bool IsAt(NetworkEndpoint endpoint) => _opened.Any(c => c.Local == endpoint || (endpoint.Address.IsMulticast && c.Local.Port == endpoint.Port));

    public void Deliver(Datagram datagram)
    {
        // Multicast does not come back to its sender.
        if (!IsAt(datagram.Destination) || (datagram.Destination.Address.IsMulticast && IsAt(datagram.Source))) return;
        Node.Receive(_network.Now, new DatagramOrigin(datagram.Source, datagram.Destination.Address, 0), datagram.Bytes);
    }

    /// <summary>What this node has sent, oldest first.</summary>
    public IEnumerable<Datagram> SentOf(MessageType type) => _network.Sent.Where(d => d.Type == type && _opened.Any(c => c.Local == d.Source));

    void INodeOutput.Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram) =>
        _network.Send(channel.Local, destination, datagram);

    void INodeOutput.Open(ControlChannel channel) => _opened.Add(channel);

    void INodeOutput.Close(ControlChannel channel) => _opened.Remove(channel);

    void INodeOutput.SendTest(DataLink link, ReadOnlySpan<byte> test) => _network.SendTest(this, link, test);

    VerifyTransport INodeOutput.GetTestTransports(DataLink link) => Transports;

    void INodeOutput.SetTestMode(DataLink link, bool transmit, bool receive) => TestModes[link.Name] = (transmit, receive);

    void INodeOutput.Retain(RetainedChange change) => StateFile.Write(change);

    void INodeOutput.SetTrace(DataLink link, TraceType type, string text) => _network.SetTrace(this, link, type, text);

    void INodeOutput.Tell(NodeEvent e)
    {
        Events.Add(e);
        Told?.Invoke(e);
    }
}
