using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Simulation;

/// <content>What operators do to configurations and control channels.</content>
internal sealed partial class WeatherMaker
{
    private string? Operate(Disturbance d, Chance chance)
    {
        switch (d.Kind)
        {
            case DisturbanceKind.ChannelDown:
                return TakeDown(d, chance);
            case DisturbanceKind.HelloChange:
                return ChangeHello(d, chance);
            case DisturbanceKind.WrongId:
                return Mistype(d, chance);
            case DisturbanceKind.LinkRemoved:
                return RemoveLink(d, chance);
            case DisturbanceKind.ChannelRemoved:
                return RemoveChannel(d, chance);
            default:
                var teLink = chance.Pick(world.Blueprint.TeLinks);
                var end = chance.Happens(0.5) ? teLink.A : teLink.B;
                var result = world[end.Node].Command((node, now) => d.Kind == DisturbanceKind.Verify ? node.Verify(now, end.Name) : node.Summarize(now, end.Name));
                return result.Status == CommandStatus.Ok ? $"operator at {end.Node.Name()}: te-link {(d.Kind == DisturbanceKind.Verify ? "verify" : "summarize")} {end.Name}" : null;
        }
    }

    private string? TakeDown(Disturbance d, Chance chance)
    {
        var plan = chance.Pick(world.Blueprint.Channels);
        var ((at, id, _), (neighbor, _, _)) = chance.Happens(0.5) ? (plan.A, plan.B) : (plan.B, plan.A);
        var node = world[at];
        if (node.Command((n, now) => n.ControlChannelDown(now, neighbor.Name(), id)).Status != CommandStatus.Ok) return null;
        _ends[d.Number] = Up;
        return $"operator at {node.Name}: control-channel down {neighbor.Name()}/{id}";

        void Up()
        {
            var result = node.Command((n, now) => n.ControlChannelUp(now, neighbor.Name(), id));
            if (result.Status == CommandStatus.Ok) return;
            // He tries again until it is done.
            _ends[d.Number] = Up;
            world.Timeline.Schedule(world.Timeline.Now + Patience, this, Ends, d);
        }
    }

    private string ChangeHello(Disturbance d, Chance chance)
    {
        var plan = chance.Pick(world.Blueprint.Channels);
        var (at, id, _) = chance.Happens(0.5) ? plan.A : plan.B;
        var interval = (ushort)chance.Between(20, 600);
        var dead = (ushort)(interval * chance.Between(3, 6));
        Edit(d, world[at], c => c with { Neighbors = [.. c.Neighbors.Select(n => n with { ControlChannels = [.. n.ControlChannels.Select(Change)] })] });
        return $"operator at {at.Name()}: hello intervals of control channel {id} are {interval} and {dead} ms";

        ControlChannelConfiguration Change(ControlChannelConfiguration channel) => channel.Id != id ? channel : channel with
        {
            HelloInterval = IntervalRange.Around(interval),
            HelloDeadInterval = IntervalRange.Around(dead),
        };
    }

    // A number that is nobody's, or that of the data link beside it: a remote-id that is there twice the configuration's reader refuses.
    private string? Mistype(Disturbance d, Chance chance)
    {
        var link = chance.Pick(world.Blueprint.DataLinks);
        var end = chance.Happens(0.5) ? link.A : link.B;
        var (name, wrong) = (link.TeLink.At(end.Node).Name, Identifier.Unnumbered(900u + (uint)(d.Number % Disturbance.PerRound)));
        if (chance.Happens(0.3))
        {
            EditTeLink(d, end.Node, name, t => t with { RemoteId = wrong });
            return $"operator at {end.Node.Name()}: remote-id of {name} is {wrong}";
        }

        if (!link.TeLink.Knows(end.Node)) return null;
        if (chance.Happens(0.5))
        {
            EditTeLink(d, end.Node, name, t => t with { DataLinks = [.. t.DataLinks.Select(l => l.Name == end.Name ? l with { RemoteId = wrong } : l)] });
            return $"operator at {end.Node.Name()}: remote-id of {end.Name} is {wrong}";
        }

        var other = chance.Pick(link.TeLink.DataLinks).At(end.Node).Name;
        if (other == end.Name) return null;
        EditTeLink(d, end.Node, name, Exchange);
        return $"operator at {end.Node.Name()}: the remote-ids of {end.Name} and {other} are exchanged";

        TeLinkConfiguration Exchange(TeLinkConfiguration t)
        {
            DataLinkConfiguration? Find(string of) => t.DataLinks.FirstOrDefault(l => l.Name == of);
            if (Find(end.Name) is not { } first || Find(other) is not { } second) return t;
            return t with
            {
                DataLinks =
                [
                    .. t.DataLinks.Select(l => l == first ? l with { RemoteId = second.RemoteId } : l == second ? l with { RemoteId = first.RemoteId } : l),
                ],
            };
        }
    }

    private string? RemoveLink(Disturbance d, Chance chance)
    {
        var link = chance.Pick(world.Blueprint.DataLinks);
        if (world.Operators.IsInUse(link) || world.Operators.IsReserved(link)) return null;
        world.Operators.Reserve(link);
        LinkEnd[] ends = chance.Below(3) switch { 0 => [link.A], 1 => [link.B], _ => [link.A, link.B] };
        foreach (var end in ends) world[end.Node].Edit(d.Number, c => Without(c, end.Name));
        _ends[d.Number] = () =>
        {
            foreach (var end in ends) world[end.Node].Edit(d.Number, null);
            world.Operators.Unreserve(link);
        };
        return $"operators at {string.Join(" and ", ends.Select(e => e.Node.Name()))}: {link} is taken out of the configuration";

        static NodeConfiguration Without(NodeConfiguration c, string name) =>
            c with { TeLinks = [.. c.TeLinks.Select(t => t with { DataLinks = [.. t.DataLinks.Where(l => l.Name != name)] })] };
    }

    private string RemoveChannel(Disturbance d, Chance chance)
    {
        var plan = chance.Pick(world.Blueprint.Channels);
        var (at, id, _) = chance.Happens(0.5) ? plan.A : plan.B;
        Edit(d, world[at], c => c with { Neighbors = [.. c.Neighbors.Select(n => n with { ControlChannels = [.. n.ControlChannels.Where(x => x.Id != id)] })] });
        return $"operator at {at.Name()}: control channel {id} is taken out of the configuration";
    }

    private void EditTeLink(Disturbance d, int node, string name, Func<TeLinkConfiguration, TeLinkConfiguration> edit) =>
        Edit(d, world[node], c => c with { TeLinks = [.. c.TeLinks.Select(t => t.Name == name ? edit(t) : t)] });

    private void Edit(Disturbance d, SimulatedNode node, Func<NodeConfiguration, NodeConfiguration> edit)
    {
        node.Edit(d.Number, edit);
        _ends[d.Number] = () => node.Edit(d.Number, null);
    }
}
