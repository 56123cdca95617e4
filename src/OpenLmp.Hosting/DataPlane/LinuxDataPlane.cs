using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// The linux data plane: a data link is a network interface. Its operational state is the signal, told by rtnetlink; Test messages go in and
/// out by packet sockets. Interfaces may come and go; none is ever changed. Belongs to the node's thread.
/// </summary>
internal sealed class LinuxDataPlane(Poller poller, InterfaceTable interfaces, ILogger logger, int firstTag) : IDataPlane
{
    // As many as an interface's socket is read of in one turn; Test messages come every 150 ms.
    private const int MostInTurn = 64;

    private readonly Dictionary<string, Port> _ports = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Port> _byTag = [];
    private readonly byte[] _buffer = new byte[65536];
    private int _nextTag = firstTag;
    private string? _problem;

    /// <inheritdoc/>
    public void Apply(LmpNode node, Instant now)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in node.TeLinks.SelectMany(t => t.DataLinks))
        {
            if (link.Configuration.Interface is not { } name) continue;
            wanted.Add(link.Name);
            if (_ports.TryGetValue(link.Name, out var port) && port.Link == link && port.Interface == name) continue;
            if (port is not null) Remove(port);
            port = new Port(link, name, _nextTag++);
            _ports.Add(link.Name, port);
            _byTag.Add(port.Tag, port);
            Refresh(node, port, now);
        }

        foreach (var port in _ports.Values.Where(p => !wanted.Contains(p.Link.Name)).ToList()) Remove(port);
        ReportCapability(node, now);
    }

    /// <summary>Interfaces have changed.</summary>
    public void Apply(LmpNode node, NetworkChanges changes, Instant now)
    {
        foreach (var port in _ports.Values)
            if (changes.Missed || changes.Interfaces.Contains(port.Interface)) Refresh(node, port, now);
        ReportCapability(node, now);
    }

    /// <inheritdoc/>
    public bool SendTest(DataLink link, uint source, ReadOnlySpan<byte> test)
    {
        if (!_ports.TryGetValue(link.Name, out var port) || port.Socket is not { } socket) return false;
        Span<byte> packet = stackalloc byte[TestPacket.HeaderLength + test.Length];
        // An interface that is down (ENETDOWN) or full loses it, like a fibre: Test messages are sent again.
        return socket.Send(packet[..TestPacket.Write(packet, source, test)]) == 0;
    }

    /// <inheritdoc/>
    public void SetTestMode(DataLink link, bool transmit, bool receive)
    {
        // An interface of this machine is never transparent.
    }

    /// <summary>Delivers what came in on the socket of <paramref name="tag"/>; false if it is none of ours.</summary>
    public bool Receive(LmpNode node, int tag, Instant now)
    {
        if (!_byTag.TryGetValue(tag, out var port)) return false;
        for (var i = 0; i < MostInTurn && port.Socket is { } socket; i++)
        {
            var length = socket.Receive(_buffer);
            if (length == 0) break;
            var test = TestPacket.Read(_buffer.AsSpan(0, length));
            if (!test.IsEmpty) node.ReceiveTest(now, port.Link, test);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var port in _ports.Values) port.Socket?.Dispose();
        _ports.Clear();
        _byTag.Clear();
    }

    private void Refresh(LmpNode node, Port port, Instant now)
    {
        var down = interfaces.ProblemWith(port.Interface);
        var index = Libc.IfNameToIndex(port.Interface);
        // Under the same name there may be another interface now: the old socket is deaf.
        if (port.Socket is { } old && old.InterfaceIndex != index) Close(port);
        if (port.Socket is null && index != 0)
        {
            if (PacketSocket.TryOpen(port.Interface, out var socket, out port.Problem))
            {
                port.Socket = socket;
                poller.Add(socket.Fd, port.Tag);
            }
            else
            {
                logger.DataLinkUnusable(port.Link.Name, port.Problem);
            }
        }

        if (down is not null && down != port.Down) logger.DataLinkDark(port.Link.Name, down);
        port.Down = down;
        node.ReportSignal(now, [port.Link.Name], down is null ? SignalState.Ok : SignalState.Fail, down);
    }

    // Without the privilege no data link can be tested; a single interface that is missing is that data link's own problem.
    private void ReportCapability(LmpNode node, Instant now)
    {
        var problem = _ports.Values.Any(p => p.Socket is not null) ? null : _ports.Values.Select(p => p.Problem).FirstOrDefault(p => p is not null);
        if (node.CanTest == (problem is null) && problem == _problem) return;
        _problem = problem;
        node.ReportDataPlane(now, problem);
    }

    private void Remove(Port port)
    {
        Close(port);
        _ports.Remove(port.Link.Name);
        _byTag.Remove(port.Tag);
    }

    private void Close(Port port)
    {
        if (port.Socket is not { } socket) return;
        poller.Remove(socket.Fd);
        socket.Dispose();
        port.Socket = null;
    }

    private sealed class Port(DataLink link, string @interface, int tag)
    {
        public string? Problem;

        public string? Down;

        public DataLink Link { get; } = link;

        public string Interface { get; } = @interface;

        public int Tag { get; } = tag;

        public PacketSocket? Socket { get; set; }
    }
}
