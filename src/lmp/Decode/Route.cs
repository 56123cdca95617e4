using System.Text;
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Decode;

/// <summary>Who writes to whom: one object for as many packets as possible, since endpoints take long to copy and longer to put into words.</summary>
/// <param name="source">The sender.</param>
/// <param name="destination">The receiver.</param>
internal sealed class Route(NetworkEndpoint source, NetworkEndpoint destination)
{
    private byte[]? _text;

    /// <summary>The sender.</summary>
    public NetworkEndpoint Source { get; } = source;

    /// <summary>The receiver.</summary>
    public NetworkEndpoint Destination { get; } = destination;

    /// <summary>Both, as a line shows them: <c> 10.0.0.1:701 > 10.0.0.2:701</c>, with a space before.</summary>
    public ReadOnlySpan<byte> Text => _text ??= Encoding.ASCII.GetBytes($" {TextOf(Source)} > {TextOf(Destination)}");

    /// <summary>Address and port as people write them.</summary>
    public static string TextOf(NetworkEndpoint endpoint) =>
        endpoint.Address.IsIPv6 ? $"[{endpoint.Address}]:{endpoint.Port}" : $"{endpoint.Address}:{endpoint.Port}";
}

/// <summary>The routes met lately, as many as a capture usually has.</summary>
internal sealed class Routes
{
    private const int SlotBits = 8;

    private readonly Route?[] _slots = new Route?[1 << SlotBits];

    /// <summary>The route between two endpoints.</summary>
    public Route Between(in NetworkEndpoint source, in NetworkEndpoint destination)
    {
        var folded = Fold(source) + (3 * Fold(destination));
        ref var slot = ref _slots[(int)((folded * 0x9E37_79B9_7F4A_7C15) >> (64 - SlotBits))];
        if (slot is null || slot.Source != source || slot.Destination != destination) slot = new Route(source, destination);
        return slot;
    }

    private static ulong Fold(in NetworkEndpoint endpoint) =>
        (ulong)endpoint.Address.Value ^ (ulong)(endpoint.Address.Value >> 64) ^ ((ulong)endpoint.Port << 4);
}
