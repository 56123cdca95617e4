using OpenLmp.Hosting;
using OpenLmp.Protocol;
using OpenLmp.Simulation;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>A node's side of the lab's light: its data links are ports of the optical plane.</summary>
internal sealed class LabDataPlane : IDataPlane
{
    private readonly LabOptics _optics;
    private readonly NodeLoop _loop;
    private readonly IReadOnlyDictionary<string, OpticalPort> _ports;
    private readonly Dictionary<OpticalPort, string> _names;
    // The node's thread owns it.
    private readonly Dictionary<OpticalPort, DataLink> _links = [];
    private readonly Dictionary<string, (bool Transmit, bool Receive)> _modes = [];

    /// <summary>Made by <see cref="LabOptics.Attach"/>.</summary>
    public LabDataPlane(LabOptics optics, NodeLoop loop, string node, IReadOnlyDictionary<string, OpticalPort> ports)
    {
        (_optics, _loop, Node, _ports) = (optics, loop, node, ports);
        // Two data links may be on one port: that to a line system, and the one that goes through it (RFC 4209 §2.2). The node knows which is which
        // from either.
        _names = ports.GroupBy(p => p.Value).ToDictionary(p => p.Key, p => p.First().Key);
    }

    /// <summary>The node's name.</summary>
    public string Node { get; }

    /// <inheritdoc/>
    public void Apply(LmpNode node, Instant now)
    {
        _links.Clear();
        foreach (var link in node.TeLinks.SelectMany(t => t.DataLinks))
        {
            if (!_ports.TryGetValue(link.Name, out var port) || _names[port] != link.Name) continue;
            _links.Add(port, link);
            node.ReportSignal(now, [link.Name], _optics.ReceivedAt(port));
            if (!link.Configuration.IsSonetSdh) continue;
            foreach (var (type, text) in _optics.TracesAt(port)) node.ReportTrace(now, link.Name, type, text);
        }

        if (!node.CanTest) node.ReportDataPlane(now, null);
    }

    /// <inheritdoc/>
    public bool SendTest(DataLink link, uint source, ReadOnlySpan<byte> test) => _ports.TryGetValue(link.Name, out var port) && _optics.SendTest(port, test);

    /// <inheritdoc/>
    public void SetTestMode(DataLink link, bool transmit, bool receive)
    {
        if (!_ports.TryGetValue(link.Name, out var port)) return;
        _modes[link.Name] = (transmit, receive);
        var modes = _modes.Where(m => _ports[m.Key] == port).Select(m => m.Value).ToList();
        _optics.SetTestMode(port, modes.Exists(m => m.Transmit), modes.Exists(m => m.Receive));
    }

    /// <inheritdoc/>
    public void SetTrace(DataLink link, TraceType type, string text)
    {
        if (_ports.TryGetValue(link.Name, out var port)) _optics.SetTrace(port, type, text);
    }

    /// <inheritdoc/>
    public VerifyTransport GetTestTransports(DataLink link) => VerifyTransport.Payload | TestTransports.SonetSdh;

    /// <summary>Ports of this node receive something else now; on any thread.</summary>
    public void PostSignals(IReadOnlyList<SignalChange> changes) => _ = PostAsync((node, now) =>
    {
        foreach (var signal in changes.GroupBy(c => c.To)) node.ReportSignal(now, [.. signal.Select(c => _names[c.Port])], signal.Key);
    });

    /// <summary>A port of this node receives another trace now; on any thread. One that is no SONET or SDH link does not look for it.</summary>
    public void PostTrace(OpticalPort port, TraceType type, string text) => _ = PostAsync((node, now) => node.ReportTrace(now, _names[port], type, text));

    /// <summary>A Test message has arrived at a port of this node; on any thread.</summary>
    public void PostTest(OpticalPort port, byte[] test) => _ = PostAsync((node, now) =>
    {
        if (_links.TryGetValue(port, out var link)) node.ReceiveTest(now, link, test);
    });

    /// <inheritdoc/>
    public void Dispose() => _optics.Detach(this);

    private async Task PostAsync(Action<LmpNode, Instant> input)
    {
        try
        {
            await _loop.InvokeAsync((node, now) =>
            {
                input(node, now);
                return true;
            }).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The node has stopped: light falls on nobody's receiver.
        }
        catch (Exception e)
        {
            _optics.Report(Node, e);
        }
    }
}
