using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Where the node listens, found by address: a node may have an address for each of thousands of control channels.</summary>
internal sealed class ListenAddresses
{
    private readonly List<NetworkEndpoint> _all = [];
    private readonly Dictionary<NetworkAddress, List<ushort>> _ports = [];

    // The first of each in the list.
    private readonly Dictionary<NetworkEndpoint, int> _endpoints = [];
    private readonly Dictionary<(bool IsIPv6, ushort Port), int> _sockets = [];
    private readonly Dictionary<(bool IsIPv6, ushort Port), int> _wildcards = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<NetworkEndpoint> All => _all;

    /// <summary>0.0.0.0 or ::, the address of what receives for all of a family.</summary>
    public static NetworkAddress Any(bool isIPv6) => new(isIPv6, 0);

    public void Add(NetworkEndpoint endpoint)
    {
        var (family, index) = ((endpoint.Address.IsIPv6, endpoint.Port), _all.Count);
        _all.Add(endpoint);
        _endpoints.TryAdd(endpoint, index);
        _sockets.TryAdd(family, index);
        if (endpoint.Address.IsAny) _wildcards.TryAdd(family, index);
        if (!_ports.TryGetValue(endpoint.Address, out var ports)) _ports.Add(endpoint.Address, ports = []);
        ports.Add(endpoint.Port);
    }

    /// <summary>Whether this very address and port is among them.</summary>
    public bool Contains(NetworkEndpoint endpoint) => _endpoints.ContainsKey(endpoint);

    /// <summary>The first that would receive some of what this one receives; null: there is none.</summary>
    public NetworkEndpoint? Overlapped(NetworkEndpoint endpoint)
    {
        var family = (endpoint.Address.IsIPv6, endpoint.Port);
        var first = int.MaxValue;
        if (endpoint.Address.IsAny) return _sockets.TryGetValue(family, out first) ? _all[first] : null;
        if (_endpoints.TryGetValue(endpoint, out var same)) first = same;
        if (_wildcards.TryGetValue(family, out var wildcard)) first = Math.Min(first, wildcard);
        return first < _all.Count ? _all[first] : null;
    }

    /// <summary>The ports of an address; of them only <paramref name="port"/>, unless that is 0.</summary>
    public IReadOnlyList<ushort> PortsOf(NetworkAddress address, ushort port) =>
        port != 0 ? Contains(new NetworkEndpoint(address, port)) ? [port] : []
        : _ports.TryGetValue(address, out var ports) ? ports : [];
}
