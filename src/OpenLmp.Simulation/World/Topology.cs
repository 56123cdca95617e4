namespace OpenLmp.Simulation;

/// <summary>Who is whose neighbour.</summary>
public enum Topology
{
    /// <summary>Another one for each seed.</summary>
    Any,

    /// <summary>One after the other.</summary>
    Line,

    /// <summary>A line whose ends are joined.</summary>
    Ring,

    /// <summary>The first node has all others as neighbours.</summary>
    Star,

    /// <summary>A tree with a few more spans, drawn by the seed.</summary>
    Mesh,
}

/// <summary>Makes the pairs of neighbours.</summary>
internal static class Topologies
{
    /// <summary>The pairs of neighbours among nodes 0 to <paramref name="nodes"/> - 1, the lower first, no pair twice.</summary>
    public static IReadOnlyList<(int A, int B)> Make(Topology topology, int nodes, ulong seed)
    {
        var chance = new Chance(seed, "topology");
        var kind = topology == Topology.Any ? chance.Pick([Topology.Line, Topology.Ring, Topology.Star, Topology.Mesh, Topology.Mesh]) : topology;
        var pairs = new List<(int A, int B)>();
        for (var i = 1; i < nodes; i++)
        {
            var to = kind switch
            {
                Topology.Star => 0,
                // Not too many at one node: those that came last are as likely as all before.
                Topology.Mesh => (int)chance.Between(Math.Max(0, i - 4), i - 1),
                _ => i - 1,
            };
            pairs.Add((to, i));
        }

        if (kind == Topology.Ring && nodes > 2) pairs.Add((0, nodes - 1));
        if (kind != Topology.Mesh) return pairs;
        for (var more = nodes / 2; more > 0; more--)
        {
            var (a, b) = (chance.Below(nodes), chance.Below(nodes));
            var pair = (Math.Min(a, b), Math.Max(a, b));
            if (a != b && !pairs.Contains(pair)) pairs.Add(pair);
        }

        return pairs;
    }
}
