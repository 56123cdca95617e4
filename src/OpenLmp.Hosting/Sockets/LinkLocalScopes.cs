// RFC 4007 §11: fe80::1%3
using System.Runtime.InteropServices;
using System.Text;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>
/// A link-local address can be written with its interface (<c>fe80::1%3</c>), or without where the control channel names it. Here the two
/// become one: the interface belongs to the channel, and addresses carry no scope, as those of received datagrams do not. Otherwise one
/// neighbour would have two addresses that are not equal.
/// </summary>
internal static class LinkLocalScopes
{
    /// <summary>The configuration with scopes turned into interfaces; the same one if there are none.</summary>
    public static NodeConfiguration Resolve(NodeConfiguration configuration)
    {
        foreach (var neighbor in configuration.Neighbors)
            foreach (var channel in neighbor.ControlChannels)
                if (channel.Local.Address.Scope != 0 || channel.Remote.Address.Scope != 0) return Rewrite(configuration);
        return configuration;
    }

    /// <summary>What to listen on with its scope turned into an interface.</summary>
    public static SocketKey Resolve(NetworkEndpoint listen) => new(Strip(listen), NameOf(listen.Address.Scope));

    private static NodeConfiguration Rewrite(NodeConfiguration configuration) => configuration with
    {
        Neighbors =
        [
            .. from neighbor in (IEnumerable<NeighborConfiguration>)configuration.Neighbors
               select neighbor with { ControlChannels = [.. from channel in (IEnumerable<ControlChannelConfiguration>)neighbor.ControlChannels select Rewrite(channel)] },
        ],
    };

    private static ControlChannelConfiguration Rewrite(ControlChannelConfiguration channel) => channel with
    {
        Local = Strip(channel.Local),
        Remote = Strip(channel.Remote),
        Interface = channel.Interface ?? NameOf(channel.Local.Address.Scope) ?? NameOf(channel.Remote.Address.Scope),
    };

    private static NetworkEndpoint Strip(NetworkEndpoint endpoint) => endpoint with { Address = endpoint.Address with { Scope = 0 } };

    private static unsafe string? NameOf(uint index)
    {
        if (index == 0) return null;
        var name = stackalloc byte[16]; // IF_NAMESIZE
        // Of an interface that is not there only the number is known: as a name it will be said not to exist.
        return Libc.IfIndexToName(index, name) == null ? $"{index}" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
    }
}
