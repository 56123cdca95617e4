using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>What of the machine's interfaces and addresses changed.</summary>
internal sealed class NetworkChanges
{
    /// <summary>Names of interfaces that came, went, or changed.</summary>
    public HashSet<string> Interfaces { get; } = new(StringComparer.Ordinal);

    /// <summary>Addresses that are no longer on some interface.</summary>
    public HashSet<NetworkAddress> AddressesGone { get; } = [];

    /// <summary>Whether some interface has got an address.</summary>
    public bool AddressesNew { get; set; }

    /// <summary>Whether changes were missed: anything may have happened.</summary>
    public bool Missed { get; set; }

    public bool Any => Interfaces.Count > 0 || AddressesGone.Count > 0 || AddressesNew || Missed;

    public void Clear()
    {
        Interfaces.Clear();
        AddressesGone.Clear();
        AddressesNew = false;
        Missed = false;
    }
}

/// <summary>The machine's network interfaces, as the kernel reports them. Belongs to the node's thread.</summary>
internal sealed class InterfaceTable
{
    private const uint Up = 0x1;             // IFF_UP: the administrator wants it
    private const uint Running = 0x40;       // IFF_RUNNING: its operational state is up, or unknown (RFC 2863)
    private const uint LowerUp = 0x10000;    // IFF_LOWER_UP: it has a carrier

    private const ushort NoLinkLayer = 0xFFFE; // ARPHRD_NONE

    private readonly Dictionary<int, Interface> _byIndex = [];

    /// <summary>Whether the kernel tells; otherwise only the existence of an interface is known, and only by asking.</summary>
    public bool IsWatched { get; set; }

    /// <summary>What changed since somebody last looked and cleared it.</summary>
    public NetworkChanges Changes { get; } = new();

    /// <summary>Why an interface cannot be used, in words; null if it can.</summary>
    public string? ProblemWith(string name)
    {
        if (!IsWatched) return Libc.IfNameToIndex(name) == 0 ? $"interface {name} does not exist" : null;
        foreach (var found in _byIndex.Values)
        {
            if (found.Name != name) continue;
            if ((found.Flags & Up) == 0) return $"interface {name} is down";
            return (found.Flags & (Running | LowerUp)) == (Running | LowerUp) ? null : $"interface {name} is down (no carrier)";
        }

        return $"interface {name} does not exist";
    }

    /// <summary>
    /// Whether an interface has no link layer, as a TUN device and an XFRM interface have none: no frame of a neighbour on a wire comes in on it. True
    /// where the kernel does not tell.
    /// </summary>
    public bool IsTunnel(string name) => !IsWatched || _byIndex.Values.Any(found => found.Name == name && found.Type == NoLinkLayer);

    /// <summary>An interface is as told.</summary>
    public void Set(int index, string name, uint flags, ushort type = 0)
    {
        var now = new Interface(name, flags & (Up | Running | LowerUp), type);
        if (_byIndex.TryGetValue(index, out var before))
        {
            if (before == now) return;
            Changes.Interfaces.Add(before.Name);
        }

        _byIndex[index] = now;
        Changes.Interfaces.Add(name);
    }

    /// <summary>An interface is gone.</summary>
    public void Remove(int index)
    {
        if (_byIndex.Remove(index, out var before)) Changes.Interfaces.Add(before.Name);
    }

    /// <summary>Changes were missed: what was known may be wrong.</summary>
    public void Forget()
    {
        _byIndex.Clear();
        Changes.Missed = true;
    }

    private readonly record struct Interface(string Name, uint Flags, ushort Type);
}
