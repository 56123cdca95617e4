using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>A datagram on its way.</summary>
/// <param name="Path">The way.</param>
/// <param name="Bytes">The UDP payload.</param>
internal sealed record Datagram(NetworkPath Path, byte[] Bytes);

/// <summary>The network that the control channels run over: one path for each direction between two addresses.</summary>
internal sealed class ControlNetwork
{
    private readonly Dictionary<NetworkEndpoint, NetworkPath> _bySource = [];
    private readonly List<NetworkPath> _paths = [];

    public ControlNetwork(ulong seed, Blueprint blueprint)
    {
        foreach (var channel in blueprint.Channels)
        {
            // Several channels may share their addresses, and so their paths.
            if (_bySource.ContainsKey(channel.A.At)) continue;
            Add(seed, channel.A, channel.B);
            Add(seed, channel.B, channel.A);
        }

        foreach (var path in _paths) path.Back = _bySource[path.To];
    }

    public IReadOnlyList<NetworkPath> Paths => _paths;

    /// <summary>The path that begins at an address.</summary>
    public NetworkPath From(NetworkEndpoint source) => _bySource[source];

    private void Add(ulong seed, (int Node, uint Id, NetworkEndpoint At) from, (int Node, uint Id, NetworkEndpoint At) to)
    {
        var path = new NetworkPath(seed, _paths.Count, from.Node, from.At, to.Node, to.At);
        _paths.Add(path);
        _bySource.Add(from.At, path);
    }
}
