namespace OpenLmp.Hosting;

/// <summary>
/// What control channels with one local address, port and interface send and receive through. Its slot stays the same while any of them exists.
/// </summary>
internal sealed class Transport(int slot, TransportKey key)
{
    /// <summary>What <see cref="Protocol.ControlChannel.TransportSlot"/> holds.</summary>
    public int Slot { get; } = slot;

    public TransportKey Key { get; } = key;

    /// <summary>How many control channels use it.</summary>
    public int Users { get; set; }

    /// <summary>How many of them expect multicast.</summary>
    public int MulticastUsers { get; set; }

    /// <summary>Sends, and receives unicast.</summary>
    public SocketEntry? Unicast { get; set; }

    /// <summary>Receives multicast, where <see cref="Unicast"/> does not.</summary>
    public SocketEntry? Group { get; set; }

    /// <summary>Sends in the place of <see cref="Unicast"/>: through a tunnel in IPv6.</summary>
    public UdpSocket? Sender { get; set; }

    /// <summary>The index of its interface; 0 if it has none.</summary>
    public uint InterfaceIndex { get; set; }

    /// <summary>Why it does not work, in words; null if it does.</summary>
    public string? Problem { get; set; } = "not yet opened";

    /// <summary>Whether its tunnel has not been heard of yet: no time to call it down.</summary>
    public bool IsPending { get; set; }

    /// <summary>Whether each datagram must say which address and interface it leaves from: the socket alone does not settle it.</summary>
    public bool MustSaySource { get; set; }
}

/// <summary>A socket that is wanted: open, or not and why.</summary>
internal sealed class SocketEntry(SocketKey key, int tag)
{
    private readonly Dictionary<Protocol.NetworkAddress, int> _routes = [];
    private readonly Dictionary<(Protocol.NetworkAddress Destination, uint Interface), int> _interfaceRoutes = [];
    private readonly Dictionary<(Protocol.NetworkAddress Destination, Protocol.NetworkAddress Source), (uint Device, int Slot)> _tunnelRoutes = [];
    private readonly Dictionary<SocketKey, UdpSocket> _senders = [];

    public SocketKey Key { get; } = key;

    /// <summary>Its tag in the <see cref="Poller"/>.</summary>
    public int Tag { get; } = tag;

    public UdpSocket? Open { get; set; }

    /// <summary>Why it is not open, in words.</summary>
    public string? Problem { get; set; }

    /// <summary>What the log said of <see cref="Problem"/> last; at first that there is no telling.</summary>
    public string? Told { get; set; } = "";

    /// <summary>Not to be opened earlier: it failed in use.</summary>
    public Protocol.Instant NotBefore { get; set; }

    /// <summary>Whether some transport uses it; otherwise it only listens.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Datagrams received in the turn <see cref="Turn"/>.</summary>
    public int ReceivedInTurn { get; set; }

    public long Turn { get; set; }

    /// <summary>The slot of the transport a datagram belongs to; -1 if it is nobody's.</summary>
    public int SlotOf(in ReceivedDatagram datagram)
    {
        // RFC 4204 §15.2: a neighbour's that IPsec is configured for comes through its tunnel, or is nobody's.
        if (_tunnelRoutes.Count > 0 && _tunnelRoutes.TryGetValue((datagram.Destination, datagram.Source.Address), out var tunnel))
            return tunnel.Device == (uint)datagram.InterfaceIndex ? tunnel.Slot : -1;
        // Most sockets have routes of one kind only.
        if (_interfaceRoutes.Count > 0 && _interfaceRoutes.TryGetValue((datagram.Destination, (uint)datagram.InterfaceIndex), out var slot)) return slot;
        return _routes.TryGetValue(datagram.Destination, out slot) ? slot : -1;
    }

    /// <summary>What is sent to an address, and received on an interface unless that is 0, belongs to a transport; the first to say so has it.</summary>
    public void AddRoute(in Protocol.NetworkAddress destination, uint interfaceIndex, int slot)
    {
        if (interfaceIndex == 0) _routes.TryAdd(destination, slot);
        else _interfaceRoutes.TryAdd((destination, interfaceIndex), slot);
    }

    /// <summary>What a tunnel's far end sends belongs to a transport if it came in on the tunnel's device; 0: to none.</summary>
    public void AddTunnelRoute(in TransportKey key, uint device, int slot) =>
        _tunnelRoutes.TryAdd((key.Local.Address, key.Tunnel!.Value.Remote), (device, slot));

    /// <summary>The socket that sends from an address of this one on a device and nowhere else; null: there is none, and why.</summary>
    public UdpSocket? SenderOn(in SocketKey key, uint device, out string? why)
    {
        why = null;
        if (_senders.TryGetValue(key, out var sender) && sender.InterfaceIndex == device) return sender;
        sender?.Dispose();
        _senders.Remove(key);
        if (Open!.TryOpenSender(key, device, out sender, out why)) _senders[key] = sender;
        return sender;
    }

    /// <summary>Closes the senders, but for those that some transport uses.</summary>
    public void CloseSenders(IReadOnlySet<UdpSocket> inUse)
    {
        foreach (var (key, sender) in _senders)
        {
            if (inUse.Contains(sender)) continue;
            sender.Dispose();
            _senders.Remove(key);
        }
    }

    public void ClearRoutes()
    {
        _tunnelRoutes.Clear();
        _routes.Clear();
        _interfaceRoutes.Clear();
    }
}
