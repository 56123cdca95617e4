using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

internal sealed record Received(NetworkEndpoint Source, NetworkAddress Destination, int Slot, byte HopLimit, byte[] Bytes);

/// <summary>The sockets of a node without the node: what its thread does with them, done by the test's thread.</summary>
internal sealed class SocketRig : IDisposable
{
    private const int RouteTag = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Poller _poller = new();
    private readonly InterfaceTable _interfaces = new();
    private readonly RouteSocket _routes;
    private readonly SendBatch _outgoing;
    private readonly ReceiveBatch _incoming = new();
    private readonly Queue<Received> _received = new();

    public SocketRig()
    {
        _outgoing = new SendBatch(Statistics, (_, errno) => LastError = errno);
        Assert.True(RouteSocket.TryOpen(_interfaces, out var routes, out var why), why);
        _routes = routes!;
        _poller.Add(_routes.Fd, RouteTag);
        _routes.Read();
        _interfaces.Changes.Clear();
        Table = new TransportTable(_poller, _interfaces, NullLogger.Instance, _outgoing.Flush);
    }

    public TransportTable Table { get; }

    public NodeLoopStatistics Statistics { get; } = new();

    public int LastError { get; private set; }

    /// <summary>An address of 127.0.0.0/8 that no other test uses.</summary>
    public static string FreshLoopback() => $"127.{RandomNumberGenerator.GetInt32(1, 255)}.{RandomNumberGenerator.GetInt32(256)}.{RandomNumberGenerator.GetInt32(1, 255)}";

    public static NetworkEndpoint Endpoint(string text)
    {
        Assert.True(NetworkEndpoint.TryParse(text, NetworkEndpoint.LmpPort, out var endpoint));
        return endpoint;
    }

    /// <summary>A UDP port that was free a moment ago.</summary>
    public static int FreePort(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public Transport Open(string local, string? onInterface = null, bool multicast = false)
    {
        var transport = Table.Acquire(new TransportKey(Endpoint(local), onInterface), multicast);
        Table.Settle(NodeClock.Now);
        return transport;
    }

    public void Send(Transport transport, string destination, ReadOnlySpan<byte> bytes)
    {
        Assert.Null(transport.Problem);
        NetworkAddress? source = transport.MustSaySource ? transport.Key.Local.Address : null;
        _outgoing.Add(transport.Unicast!.Open!, source, (int)transport.InterfaceIndex, Endpoint(destination), bytes);
        _outgoing.Flush();
    }

    /// <summary>Waits for the next datagram.</summary>
    public Received Receive()
    {
        Until(() => _received.Count > 0, "a datagram");
        return _received.Dequeue();
    }

    /// <summary>Does what is to be done until something holds.</summary>
    public void Until(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, $"waited {Patience} for {what}");
            _poller.Wait(Math.Max(0, Math.Min(50_000_000, Table.RetryAt.Nanoseconds - NodeClock.Now.Nanoseconds)), new int[Poller.MostReady]);
            Turn();
        }
    }

    /// <summary>Receives what is there, without keeping it; returns how much.</summary>
    public int Discard()
    {
        var count = _received.Count;
        _received.Clear();
        return count;
    }

    public void Turn()
    {
        Span<int> ready = stackalloc int[Poller.MostReady];
        var count = _poller.Ready(ready);
        for (var i = 0; i < count; i++)
        {
            if (ready[i] == RouteTag) _routes.Read();
            else if (Table.TryGetSocket(ready[i], out var socket)) Receive(socket);
        }

        if (_interfaces.Changes.Any) Table.Apply(_interfaces.Changes);
        _interfaces.Changes.Clear();
        Table.Settle(NodeClock.Now);
    }

    public void Dispose()
    {
        Table.Dispose();
        _routes.Dispose();
        _poller.Dispose();
        _outgoing.Dispose();
        _incoming.Dispose();
    }

    private void Receive(SocketEntry socket)
    {
        var received = _incoming.Receive(socket.Open!, out var errno);
        Assert.Equal(0, errno);
        for (var i = 0; i < received; i++)
        {
            var datagram = _incoming[i];
            _received.Enqueue(new Received(datagram.Source, datagram.Destination, socket.SlotOf(datagram), datagram.HopLimit, datagram.Bytes.ToArray()));
        }
    }
}
