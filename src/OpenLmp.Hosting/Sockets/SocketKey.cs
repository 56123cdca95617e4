using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>What a control channel wants of the network: its own address and port, on one interface or on any, or through a tunnel.</summary>
/// <param name="Local">The control channel's address and port; never a wildcard.</param>
/// <param name="Interface">The interface it is bound to, or null. With a tunnel: the one that has to be there.</param>
/// <param name="Tunnel">The tunnel that everything goes through, or null.</param>
internal readonly record struct TransportKey(NetworkEndpoint Local, string? Interface, TunnelKey? Tunnel = null)
{
    /// <summary>The interface its sockets are bound to: what comes out of a tunnel comes on the tunnel's device.</summary>
    public string? SocketInterface => Tunnel is null ? Interface : null;

    public override string ToString() => Tunnel is not null ? $"{Local} through IPsec" : Interface is null ? $"{Local}" : $"{Local} on {Interface}";
}

/// <summary>What a socket is bound to.</summary>
/// <param name="Bind">Address and port: a control channel's, a wildcard, or a multicast group.</param>
/// <param name="Interface">The interface (SO_BINDTODEVICE), or null.</param>
internal readonly record struct SocketKey(NetworkEndpoint Bind, string? Interface)
{
    public override string ToString() => Interface is null ? $"{Bind}" : $"{Bind} on {Interface}";
}
