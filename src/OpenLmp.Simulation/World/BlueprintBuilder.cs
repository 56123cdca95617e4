using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Simulation;

/// <summary>Draws a blueprint: what is between neighbours, and which end knows what.</summary>
internal sealed class BlueprintBuilder
{
    private const float Gbps = 1.25e8f;

    private readonly ulong _seed;
    private readonly Blueprint _blueprint;
    private readonly List<NeighborConfiguration>[] _neighbors;
    private readonly List<TeLinkConfiguration>[] _teLinks;
    private readonly uint[] _lastCcId;
    private readonly uint[] _lastLinkId;
    private readonly uint[] _lastInterfaceId;

    private BlueprintBuilder(ulong seed, int nodes, Topology topology)
    {
        _seed = seed;
        _blueprint = new Blueprint { Spans = Topologies.Make(topology, nodes, seed) };
        (_neighbors, _teLinks) = ([.. Lists<NeighborConfiguration>(nodes)], [.. Lists<TeLinkConfiguration>(nodes)]);
        (_lastCcId, _lastLinkId, _lastInterfaceId) = (new uint[nodes], new uint[nodes], new uint[nodes]);
        Array.Fill(_lastInterfaceId, 100u);
    }

    public static Blueprint Build(ulong seed, int nodes, Topology topology)
    {
        var builder = new BlueprintBuilder(seed, nodes, topology);
        for (var span = 0; span < builder._blueprint.Spans.Count; span++) builder.AddSpan(span);
        for (var node = 0; node < nodes; node++)
        {
            builder._blueprint.Nodes.Add(new NodeConfiguration
            {
                NodeId = IdOf(node),
                Name = node.Name(),
                Neighbors = [.. builder._neighbors[node]],
                TeLinks = [.. builder._teLinks[node]],
            });
        }

        return builder._blueprint;
    }

    private static NodeId IdOf(int node) => new(0x0A000001u + (uint)node);

    private static IEnumerable<List<T>> Lists<T>(int count) => Enumerable.Range(0, count).Select(_ => new List<T>());

    private void AddSpan(int span)
    {
        var (a, b) = _blueprint.Spans[span];
        // By the nodes, not by the number: the same two neighbours are the same whoever else there is.
        var chance = new Chance(_seed, "span", ((long)a << 32) | (uint)b);
        var (atA, atB) = AddChannels(span, a, b, chance);
        // One of the two may be older than RFC 6898.
        var (isOldA, isOldB) = (chance.Happens(0.05), chance.Happens(0.05));
        _neighbors[a].Add(new NeighborConfiguration { Name = b.Name(), NodeId = IdOf(b), ControlChannels = [.. atA], BehaviorNegotiation = !isOldA });
        _neighbors[b].Add(new NeighborConfiguration { Name = a.Name(), NodeId = IdOf(a), ControlChannels = [.. atB], BehaviorNegotiation = !isOldB });
        for (var count = 1 + chance.Below(2); count > 0; count--) AddTeLink(a, b, count, chance);
    }

    private (List<ControlChannelConfiguration> A, List<ControlChannelConfiguration> B) AddChannels(int span, int a, int b, Chance chance)
    {
        var (atA, atB) = (new List<ControlChannelConfiguration>(), new List<ControlChannelConfiguration>());
        var (count, sameAddresses, isPassive) = (1 + chance.Below(2), chance.Happens(0.25), chance.Happens(0.2));
        for (var i = 0; i < count; i++)
        {
            var address = 0x0A640000u + ((uint)span * 4) + (sameAddresses ? 0 : (uint)i * 2);
            var (addressA, addressB) = (At(address), At(address + 1));
            var plan = new ChannelPlan(_blueprint.Channels.Count, (a, ++_lastCcId[a], addressA), (b, ++_lastCcId[b], addressB));
            _blueprint.Channels.Add(plan);
            atA.Add(new ControlChannelConfiguration { Id = plan.A.Id, Local = addressA, Remote = addressB });
            atB.Add(new ControlChannelConfiguration
            {
                Id = plan.B.Id,
                Local = addressB,
                Remote = addressA,
                Role = isPassive ? ControlChannelRole.Passive : ControlChannelRole.Active,
            });
        }

        return (atA, atB);
    }

    private void AddTeLink(int a, int b, int number, Chance chance)
    {
        var (isVerified, isFaultManaged) = (chance.Happens(0.9), chance.Happens(0.9));
        // Where nothing is verified, nothing can be learned.
        var knows = !isVerified ? (true, true) : chance.Below(4) switch { 0 => (false, false), 1 => (true, false), _ => (true, true) };
        var teLink = new TeLinkPlan(
            _blueprint.TeLinks.Count,
            new LinkEnd(a, $"{b.Name()}-{number}", Identifier.Unnumbered(++_lastLinkId[a])),
            new LinkEnd(b, $"{a.Name()}-{number}", Identifier.Unnumbered(++_lastLinkId[b])),
            isVerified,
            isFaultManaged)
        { KnowsLinks = knows };
        _blueprint.TeLinks.Add(teLink);
        for (var count = 2 + chance.Below(3); count > 0; count--)
        {
            _blueprint.Add(new DataLinkPlan(
                _blueprint.DataLinks.Count,
                teLink,
                new LinkEnd(a, $"{teLink.A.Name}.{count}", Identifier.Unnumbered(++_lastInterfaceId[a])),
                new LinkEnd(b, $"{teLink.B.Name}.{count}", Identifier.Unnumbered(++_lastInterfaceId[b]))));
        }

        // One end can do more than the other: they agree on what both can do.
        var (least, most) = chance.Happens(0.25) ? (1 * Gbps, 25 * Gbps) : (10 * Gbps, 10 * Gbps);
        var learnsLinkId = isVerified && chance.Happens(0.2);
        _teLinks[a].Add(Configure(teLink, a, knows.Item1, learnsLinkId, least, most));
        _teLinks[b].Add(Configure(teLink, b, knows.Item2, false, 10 * Gbps, 10 * Gbps));
    }

    private static TeLinkConfiguration Configure(TeLinkPlan plan, int node, bool knowsLinks, bool learnsLinkId, float least, float most)
    {
        var (here, there) = plan.A.Node == node ? (plan.A, plan.B) : (plan.B, plan.A);
        return new TeLinkConfiguration
        {
            Name = here.Name,
            Neighbor = there.Node.Name(),
            LocalId = here.Id,
            RemoteId = learnsLinkId ? null : there.Id,
            LinkVerification = plan.IsVerified,
            FaultManagement = plan.IsFaultManaged,
            // What was found to differ is looked at again within a calm.
            Confirmation = StatusConfirmationConfiguration.Default with { Retry = TimeSpan.FromSeconds(30) },
            DataLinks =
            [
                .. plan.DataLinks.Select(link => new DataLinkConfiguration
                {
                    Name = link.At(node).Name,
                    LocalId = link.At(node).Id,
                    RemoteId = knowsLinks ? link.Beyond(node).Id : null,
                    Capabilities = [new SwitchingCapability(SwitchingType.Lsc, EncodingType.Lambda, least, most)],
                }),
            ],
        };
    }

    private static NetworkEndpoint At(uint address) => new(new NetworkAddress(false, address), NetworkEndpoint.LmpPort);
}
