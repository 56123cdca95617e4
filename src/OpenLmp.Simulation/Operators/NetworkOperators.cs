using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>
/// Those who put light paths into service and take them out: at every node it passes, and again and again until it is done. They know what they have
/// ordered, and nothing of what the nodes tell one another.
/// </summary>
internal sealed class NetworkOperators : IHappening
{
    private static readonly long Turn = 5 * Timeline.Second;

    private readonly World _world;
    private readonly List<LightPath> _paths = [];
    private readonly Dictionary<DataLinkPlan, int> _reserved = [];

    public NetworkOperators(World world)
    {
        _world = world;
        world.Timeline.Schedule(Turn, this, 0);
    }

    /// <summary>Whether a light path goes over a data link, or went and is not all gone.</summary>
    public bool IsInUse(DataLinkPlan link) => _paths.Exists(p => p.Links.Contains(link)) || _world.Allocations.MayBeAllocated(link);

    public bool IsReserved(DataLinkPlan link) => _reserved.ContainsKey(link);

    public void Reserve(DataLinkPlan link) => _reserved[link] = _reserved.GetValueOrDefault(link) + 1;

    public void Unreserve(DataLinkPlan link)
    {
        if (--_reserved[link] == 0) _reserved.Remove(link);
    }

    /// <summary>Orders a light path along a walk through the network; null where there is no room for one.</summary>
    public string? Provision(Chance chance)
    {
        var nodes = new List<int> { chance.Below(_world.Nodes.Count) };
        var links = new List<DataLinkPlan>();
        for (var spans = 1 + chance.Below(4); spans > 0; spans--)
        {
            var here = nodes[^1];
            var free = _world.Blueprint.DataLinks.FindAll(l =>
                (l.A.Node == here || l.B.Node == here) && !nodes.Contains(l.Beyond(here).Node) && !IsInUse(l) && !IsReserved(l) && !_world.Lights.IsDisturbed(l));
            if (free.Count == 0) break;
            var link = chance.Pick(free);
            links.Add(link);
            nodes.Add(link.Beyond(here).Node);
        }

        if (links.Count == 0) return null;
        var path = new LightPath(nodes, links);
        _paths.Add(path);
        Work(path);
        return $"operators: light path {path} into service";
    }

    /// <summary>Orders a light path out of service; null where there is none.</summary>
    public string? TearDown(Chance chance)
    {
        var wanted = _paths.FindAll(p => p.IsWanted);
        if (wanted.Count == 0) return null;
        var path = chance.Pick(wanted);
        path.IsWanted = false;
        Work(path);
        return $"operators: light path {path} out of service";
    }

    /// <summary>What is not in service by now will not be: it is given up.</summary>
    public void GiveUpUnfinished()
    {
        foreach (var path in _paths)
            if (path.IsWanted && !IsUp(path)) path.IsWanted = false;
    }

    public void Happen(int what, object? with)
    {
        foreach (var path in _paths.ToArray()) Work(path);
        _world.Timeline.Schedule(_world.Timeline.Now + Turn, this, 0);
    }

    private bool IsUp(LightPath path) =>
        path.Ends.All(e => _world[e.Node].Lmp?.FindPort(e.Name)?.Allocated == true)
        && path.Joints.All(j => _world.Lights.Port(j.Node, j.In).CrossConnect?.Name == j.Out && IsJoined(j));

    private bool IsJoined((int Node, string In, string Out) joint) =>
        _world[joint.Node].Lmp?.CrossConnects.Contains(CrossConnect.Of(joint.In, joint.Out)) == true;

    private void Work(LightPath path)
    {
        if (path.IsWanted) PutUp(path);
        else if (TakeDown(path)) _paths.Remove(path);
    }

    private void PutUp(LightPath path)
    {
        foreach (var end in path.Ends) Order(end, allocated: true);
        if (!path.Ends.All(e => _world[e.Node].Lmp?.FindPort(e.Name)?.Allocated == true)) return;
        foreach (var joint in path.Joints)
        {
            var (a, b) = (_world.Lights.Port(joint.Node, joint.In), _world.Lights.Port(joint.Node, joint.Out));
            var result = _world[joint.Node].Command((node, now) => node.AddCrossConnect(now, joint.In, joint.Out));
            if (result.Status == CommandStatus.Ok) _world.Lights.CrossConnect(a, b);
        }
    }

    // The switch first: what is joined there must not carry somebody else's light.
    private bool TakeDown(LightPath path)
    {
        var done = true;
        foreach (var joint in path.Joints)
        {
            var result = _world[joint.Node].Command((node, now) => node.RemoveCrossConnect(now, joint.In, joint.Out));
            var isGone = result.Status is CommandStatus.Ok or CommandStatus.NotFound;
            done &= isGone;
            if (isGone && _world.Lights.Port(joint.Node, joint.In).CrossConnect?.Name == joint.Out) _world.Lights.RemoveCrossConnect(_world.Lights.Port(joint.Node, joint.In));
        }

        foreach (var end in path.Ends) done &= Order(end, allocated: false);
        return done;
    }

    private bool Order(LinkEnd end, bool allocated)
    {
        var node = _world[end.Node];
        if (_world.Allocations.Is(end) == allocated) return true;
        // A node that has lost its state is to learn of its allocations from its neighbours (RFC 4204 §8): that is theirs to get right.
        if (allocated && _world.Allocations.IsToBeLearned(end)) return false;
        return _world.Allocations.Order(node, end, allocated);
    }
}
