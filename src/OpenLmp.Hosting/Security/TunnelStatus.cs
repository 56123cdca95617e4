// RFC 4204 §15.2: the crypto channel.
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>An IPsec tunnel by its two ends; the control channels between two addresses share one.</summary>
/// <param name="Local">Our address.</param>
/// <param name="Remote">The neighbour's address.</param>
public readonly record struct TunnelKey(NetworkAddress Local, NetworkAddress Remote)
{
    /// <summary>The tunnel of a control channel.</summary>
    public static TunnelKey Of(ControlChannelConfiguration channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return new TunnelKey(channel.Local.Address, channel.Remote.Address);
    }
}

/// <summary>States of a tunnel.</summary>
public enum TunnelState
{
    /// <summary>The first attempt to set it up is under way.</summary>
    Starting,

    /// <summary>It protects what is sent through it.</summary>
    Up,

    /// <summary>It is not there, although it should be.</summary>
    Down,
}

/// <summary>How a tunnel is; a snapshot. Has no secrets in it.</summary>
public sealed record TunnelStatus
{
    /// <summary>Which tunnel.</summary>
    public required TunnelKey Key { get; init; }

    /// <summary>The neighbour it leads to.</summary>
    public required string Neighbor { get; init; }

    /// <summary>The network device that what is sent through it leaves on, and what is received through it comes in on.</summary>
    public required string Device { get; init; }

    /// <summary>The state.</summary>
    public TunnelState State { get; init; }

    /// <summary>Why it is not up, and what to do; null while it is.</summary>
    public string? Problem { get; init; }

    /// <summary>What protects: algorithms and key lengths, such as <c>AES_GCM_16-128</c>; empty while nothing does.</summary>
    public string Encryption { get; init; } = "";

    /// <summary>The SPI of what is received; null where it is not known.</summary>
    public uint? SpiIn { get; init; }

    /// <summary>The SPI of what is sent; null where it is not known.</summary>
    public uint? SpiOut { get; init; }

    /// <summary>Since when these keys have been in use, UTC; null where it is not known.</summary>
    public DateTime? Established { get; init; }

    /// <summary>How often the keys were replaced since the daemon started.</summary>
    public int Rekeys { get; init; }
}
