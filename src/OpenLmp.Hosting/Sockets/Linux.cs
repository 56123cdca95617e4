namespace OpenLmp.Hosting;

/// <summary>Numbers of Linux's interface that are in use here (the same on x64 and arm64).</summary>
internal static class Linux
{
    public const int AfInet = 2;
    public const int AfInet6 = 10;
    public const int AfNetlink = 16;
    public const int SockDgram = 2;
    public const int SockRaw = 3;
    public const int SockNonBlock = 0x800;
    public const int SockCloseOnExec = 0x80000;

    public const int SolSocket = 1;
    public const int SoReuseAddress = 2;
    public const int SoSendBuffer = 7;
    public const int SoReceiveBuffer = 8;
    public const int SoBindToDevice = 25;
    public const int SoReceiveBufferForce = 33;
    public const int SoBindToInterfaceIndex = 62;

    public const int IpProtocol = 0;
    public const int IpTtl = 2;
    public const int IpPacketInfo = 8;
    public const int IpMtuDiscover = 10;
    public const int IpReceiveTtl = 12;
    public const int IpMulticastTtl = 33;
    public const int IpMulticastLoop = 34;

    public const int Ipv6Protocol = 41;
    public const int Ipv6UnicastHops = 16;
    public const int Ipv6MulticastHops = 18;
    public const int Ipv6MulticastLoop = 19;
    public const int Ipv6MtuDiscover = 23;
    public const int Ipv6Only = 26;
    public const int Ipv6ReceivePacketInfo = 49;
    public const int Ipv6PacketInfo = 50;
    public const int Ipv6ReceiveHopLimit = 51;
    public const int Ipv6HopLimit = 52;

    /// <summary>What every datagram is sent with, so that its receiver can tell whether it came over a router (RFC 5082).</summary>
    public const int HighestHopLimit = 255;

    /// <summary>Never set DF, never believe a path MTU: the kernel fragments.</summary>
    public const int PathMtuDiscoveryOff = 0;

    public const int MsgTruncated = 0x20;
    public const int MsgDontWait = 0x40;
    public const int MsgNoSignal = 0x4000;

    public const short PollIn = 1;
    public const int EpollCtlAdd = 1;
    public const int EpollCtlDelete = 2;
    public const int EpollCloseOnExec = 0x80000;
    public const uint EpollIn = 1;
    public const int EventFdNonBlock = 0x800;
    public const int EventFdCloseOnExec = 0x80000;

    public const int PrSetTimerSlack = 29;
    public const int SchedOther = 0;
    public const int SchedRoundRobin = 2;
    public const int SchedResetOnFork = 0x40000000;
    public const int LockCurrent = 1;
    public const int LockFuture = 2;
    public const int LockOnFault = 4;
    public const int MadvDontNeed = 4;

    public const int EPERM = 1;
    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int EACCES = 13;
    public const int ENODEV = 19;
    public const int ENOSYS = 38;
    public const int EADDRINUSE = 98;
    public const int EADDRNOTAVAIL = 99;
    public const int ENETUNREACH = 101;
    public const int ENOBUFS = 105;
    public const int ECONNREFUSED = 111;
    public const int EHOSTUNREACH = 113;
}
