namespace OpenLmp.Simulation;

/// <content>What happens to fibres.</content>
internal sealed partial class WeatherMaker
{
    private string? DisturbLight(Disturbance d, Chance chance)
    {
        var link = chance.Pick(world.Blueprint.DataLinks);
        // What stays until it has been found is one thing at a time for each data link: of several, nobody could say what is to be found.
        var stands = d.Until > Calendar.Weather;
        if (d.Kind == DisturbanceKind.CableCut ? stands && link.TeLink.DataLinks.Exists(world.Lights.IsDisturbed) : stands && world.Lights.IsDisturbed(link)) return null;
        if (d.Kind == DisturbanceKind.Swap) return Swap(d, link, chance);
        var (a, b) = (world.Lights.Port(link.A.Node, link.A.Name), world.Lights.Port(link.B.Node, link.B.Name));
        Fibre[] fibres = chance.Below(3) switch { 0 => [a.Outgoing!], 1 => [b.Outgoing!], _ => [a.Outgoing!, b.Outgoing!] };
        var where = fibres.Length == 2 ? $"{a} <-> {b}" : $"{fibres[0].From} -> {fibres[0].To}";
        _ends[d.Number] = () => world.Lights.Repair(d.Number);
        switch (d.Kind)
        {
            case DisturbanceKind.Cut:
                world.Lights.Cut(d.Number, FibreCondition.Cut, fibres);
                return $"cut: {where}";
            case DisturbanceKind.CableCut:
                var cable = link.TeLink.DataLinks
                    .SelectMany(l => (Fibre[])[world.Lights.Port(l.A.Node, l.A.Name).Outgoing!, world.Lights.Port(l.B.Node, l.B.Name).Outgoing!]).ToArray();
                world.Lights.Cut(d.Number, FibreCondition.Cut, cable);
                return $"cut: all {cable.Length} fibres of {link.TeLink}";
            case DisturbanceKind.Degrade:
                world.Lights.Cut(d.Number, FibreCondition.Degraded, fibres);
                return $"degraded: {where}";
            case DisturbanceKind.Silence:
                world.Lights.Silence(d.Number, fibres);
                return $"silent: light arrives, nothing that is in it: {where}";
            default:
                Flap(new Flapping(d, fibres, chance));
                return $"comes and goes: {where}";
        }
    }

    private string? Swap(Disturbance d, DataLinkPlan link, Chance chance)
    {
        var others = link.TeLink.DataLinks.FindAll(l => l != link && !world.Lights.IsDisturbed(l));
        if (others.Count == 0 || world.Lights.IsDisturbed(link)) return null;
        var other = chance.Pick(others);
        // Nobody unplugs what is labelled as in use.
        if (world.Operators.IsInUse(link) || world.Operators.IsInUse(other)) return null;
        var node = chance.Happens(0.5) ? link.A.Node : link.B.Node;
        var (first, second) = (world.Lights.Port(node, link.At(node).Name), world.Lights.Port(node, other.At(node).Name));
        if (!world.Lights.Swap(d.Number, first, second)) return null;
        _ends[d.Number] = () => world.Lights.Repair(d.Number);
        return $"swapped at {node.Name()}: the fibres of {first.Name} and {second.Name}";
    }

    private void Flap(Flapping flapping)
    {
        var (d, fibres, chance) = (flapping.Of, flapping.Fibres, flapping.Chance);
        if (!_ends.ContainsKey(d.Number)) return;
        flapping.IsDark = !flapping.IsDark;
        if (flapping.IsDark) world.Lights.Cut(d.Number, FibreCondition.Cut, fibres);
        else world.Lights.Repair(d.Number);
        world.Timeline.Schedule(world.Timeline.Now + chance.Between(5, 3000) * Timeline.Millisecond, this, Flaps, flapping);
    }

    private sealed record Flapping(Disturbance Of, Fibre[] Fibres, Chance Chance)
    {
        public bool IsDark { get; set; }
    }
}
