using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

/// <summary>A node with one control channel to a neighbour, running in a loop of its own.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    public TestNode(NodeConfiguration configuration, NetworkNamespace? space = null, IReadOnlyList<NetworkEndpoint>? listen = null, bool linuxDataPlane = false, ILogger? logger = null)
    {
        Events = new EventHub<NodeEvent>(e => e);
        var options = new NodeLoopOptions
        {
            Configuration = configuration,
            Listen = listen ?? [],
            LinuxDataPlane = linuxDataPlane,
            Node = new NodeOptions { Seed = 1, FirstMessageId = 1 },
            ThreadStarting = space is null ? null : space.Enter,
        };
        Loop = new NodeLoop(options, Events, logger ?? NullLogger.Instance);
        Loop.Start();
    }

    public NodeLoop Loop { get; }

    public EventHub<NodeEvent> Events { get; }

    /// <summary>A node <c>name</c> with the Node_Id 10.0.0.<paramref name="id"/> whose only neighbour is <c>peer</c>, at 10.0.0.<paramref name="peer"/>.</summary>
    public static NodeConfiguration Configuration(
        byte id, byte peer, string local, string remote, string? onInterface = null, ControlChannelRole role = ControlChannelRole.Active, ushort hello = 150)
    {
        var endpoint = SocketRig.Endpoint(local);
        return new NodeConfiguration
        {
            NodeId = new NodeId(0x0A000000u + id),
            Name = "name",
            Neighbors =
            [
                new NeighborConfiguration
                {
                    Name = "peer",
                    NodeId = new NodeId(0x0A000000u + peer),
                    ControlChannels =
                    [
                        new ControlChannelConfiguration
                        {
                            Id = 1,
                            Local = endpoint,
                            Remote = SocketRig.Endpoint(remote),
                            Interface = onInterface,
                            Role = role,
                            HelloInterval = IntervalRange.Exactly(hello),
                            HelloDeadInterval = IntervalRange.Exactly((ushort)(hello * 10)),
                        },
                    ],
                },
            ],
        };
    }

    public static (NodeConfiguration Left, NodeConfiguration Right) Pair(ushort hello = 150)
    {
        var (a, b) = (SocketRig.FreshLoopback() + ":7010", SocketRig.FreshLoopback() + ":7010");
        return (Configuration(1, 2, a, b, hello: hello), Configuration(2, 1, b, a, hello: hello));
    }

    /// <summary>Reads the only control channel, on the node's thread.</summary>
    public Task<T> ChannelAsync<T>(Func<ControlChannel, T> read) =>
        Loop.InvokeAsync((node, _) => read(node.Neighbors.Single().ControlChannels.Single()));

    public Task StateAsync(ControlChannelState state) => ChannelUntilAsync(c => c.State == state, $"{state}");

    public Task ReasonAsync(string reason) => ChannelUntilAsync(c => c.Reason.Contains(reason, StringComparison.Ordinal), reason);

    public async ValueTask DisposeAsync() => await Loop.DisposeAsync();

    private async Task ChannelUntilAsync(Func<ControlChannel, bool> condition, string what)
    {
        var seen = "";
        await Eventually.TrueAsync(
            () => ChannelAsync(c =>
            {
                seen = $"{c.State}, {c.Reason}";
                return condition(c);
            }),
            () => $"{what}; it is {seen}");
    }
}
