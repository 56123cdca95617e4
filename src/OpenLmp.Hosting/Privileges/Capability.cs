namespace OpenLmp.Hosting;

/// <summary>What root may do, in parts (capabilities(7)): those lmpd may need. The values are the kernel's.</summary>
internal enum Capability
{
    /// <summary>Ports below 1024.</summary>
    NetBindService = 10,

    /// <summary>Test messages over a given interface; sockets bound to one.</summary>
    NetRaw = 13,

    /// <summary>Memory that is never paged out.</summary>
    IpcLock = 14,

    /// <summary>Real-time scheduling.</summary>
    SysNice = 23,
}

/// <summary>Which capabilities a configuration needs.</summary>
internal static class NeededCapabilities
{
    private const int FirstFreePort = 1024;

    /// <summary>The capabilities, lowest first.</summary>
    public static IReadOnlyList<Capability> Of(DaemonConfiguration configuration)
    {
        var channels = configuration.Node.Neighbors.SelectMany(n => n.ControlChannels).ToList();
        var ports = configuration.Listen.Select(l => l.Port).Concat(channels.Select(c => c.Local.Port));
        if (configuration.Api.Http is { } http) ports = ports.Append(http.Port);
        if (configuration.Api.Https is { } https) ports = ports.Append(https.Port);
        return
        [
            .. If(ports.Any(p => p is > 0 and < FirstFreePort), Capability.NetBindService),
            .. If(configuration.DataPlane == DataPlaneKind.Linux || channels.Any(c => c.Interface is not null), Capability.NetRaw),
            .. If(configuration.Process.LockMemory, Capability.IpcLock),
            .. If(configuration.Process.RealTime, Capability.SysNice),
        ];
    }

    private static Capability[] If(bool isNeeded, Capability capability) => isNeeded ? [capability] : [];
}
