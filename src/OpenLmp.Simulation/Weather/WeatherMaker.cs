namespace OpenLmp.Simulation;

/// <summary>Makes planned disturbances happen, and takes them back.</summary>
internal sealed partial class WeatherMaker(World world) : IHappening
{
    private const int Begins = 0;
    private const int Ends = 1;
    private const int Flaps = 2;

    private static readonly long Patience = Timeline.Second;

    private readonly int[] _made = new int[Enum.GetValues<DisturbanceKind>().Length];
    // How each disturbance under way is taken back.
    private readonly Dictionary<int, Action> _ends = [];

    /// <summary>How many disturbances of a kind had an effect.</summary>
    public int Made(DisturbanceKind kind) => _made[(int)kind];

    /// <summary>Schedules a round's disturbances from now on.</summary>
    public void Plan(IReadOnlyList<Disturbance> disturbances)
    {
        var start = world.Timeline.Now;
        foreach (var d in disturbances)
        {
            world.Timeline.Schedule(start + d.At, this, Begins, d);
            world.Timeline.Schedule(start + d.Until, this, Ends, d);
        }
    }

    public void Happen(int what, object? with)
    {
        switch (what)
        {
            case Begins:
                Begin((Disturbance)with!);
                break;
            case Ends:
                if (_ends.Remove(((Disturbance)with!).Number, out var end)) end();
                break;
            default:
                Flap((Flapping)with!);
                break;
        }
    }

    private void Begin(Disturbance d)
    {
        var chance = new Chance(world.Options.Seed, "disturbance", d.Number);
        var words = d.Kind switch
        {
            DisturbanceKind.Loss or DisturbanceKind.Delay or DisturbanceKind.Duplication or DisturbanceKind.Corruption
                or DisturbanceKind.Partition or DisturbanceKind.OneWayPartition => DisturbNetwork(d, chance),
            DisturbanceKind.Crash or DisturbanceKind.CrashLosingState or DisturbanceKind.Freeze or DisturbanceKind.SlowNode
                or DisturbanceKind.SlowDisk => DisturbNode(d, chance),
            DisturbanceKind.Cut or DisturbanceKind.CableCut or DisturbanceKind.Degrade or DisturbanceKind.Flap
                or DisturbanceKind.Silence or DisturbanceKind.Swap => DisturbLight(d, chance),
            DisturbanceKind.Provision => world.Operators.Provision(chance),
            DisturbanceKind.TearDown => world.Operators.TearDown(chance),
            _ => Operate(d, chance),
        };
        if (words is null) return;
        _made[(int)d.Kind]++;
        var howLong = d.Until <= d.At ? "" : d.Until == Calendar.CheckStanding ? ", until it is found" : $", for {Story.InWords(d.Until - d.At)}";
        world.Story.Planted(d.Number, words + howLong);
    }

    private string DisturbNetwork(Disturbance d, Chance chance)
    {
        var path = chance.Pick(world.Network.Paths);
        var trouble = d.Kind switch
        {
            DisturbanceKind.Loss => new PathTrouble { Loss = chance.Between(5, 70) / 100.0 },
            DisturbanceKind.Delay => new PathTrouble { Delay = chance.Between(0, 200) * Timeline.Millisecond, Jitter = chance.Between(5, 600) * Timeline.Millisecond },
            DisturbanceKind.Duplication => new PathTrouble { Duplication = chance.Between(10, 100) / 100.0, Jitter = chance.Between(0, 300) * Timeline.Millisecond },
            DisturbanceKind.Corruption => new PathTrouble { Corruption = chance.Between(5, 60) / 100.0 },
            _ => new PathTrouble { Loss = 1 },
        };
        NetworkPath[] paths = d.Kind == DisturbanceKind.OneWayPartition || (d.Kind != DisturbanceKind.Partition && chance.Happens(0.5)) ? [path] : [path, path.Back];
        foreach (var p in paths) p.Begin(trouble);
        _ends[d.Number] = () =>
        {
            foreach (var p in paths) p.End(trouble);
        };
        var how = d.Kind switch
        {
            DisturbanceKind.Loss => $"{Story.InPercent(trouble.Loss)} of datagrams are lost",
            DisturbanceKind.Delay => $"datagrams take {Story.InWords(trouble.Delay)} to {Story.InWords(trouble.Delay + trouble.Jitter)} longer",
            DisturbanceKind.Duplication => $"{Story.InPercent(trouble.Duplication)} of datagrams arrive twice",
            DisturbanceKind.Corruption => $"{Story.InPercent(trouble.Corruption)} of datagrams are damaged",
            _ => "no datagram arrives",
        };
        return $"{path.FromNode.Name()} {(paths.Length == 1 ? "->" : "<->")} {path.ToNode.Name()}: {how}";
    }

    private string? DisturbNode(Disturbance d, Chance chance)
    {
        var node = world[chance.Below(world.Nodes.Count)];
        switch (d.Kind)
        {
            case DisturbanceKind.Freeze:
                node.Freeze(world.Timeline.Now + d.Until - d.At);
                return $"{node.Name} is stopped";
            case DisturbanceKind.SlowNode:
                var cost = chance.Between(1, 40) * Timeline.Millisecond;
                node.Slowness += cost;
                _ends[d.Number] = () => node.Slowness -= cost;
                return $"{node.Name} takes {Story.InWords(cost)} for each input";
            case DisturbanceKind.SlowDisk:
                var delay = chance.Between(50, 4000) * Timeline.Millisecond;
                node.Disk.Delay += delay;
                _ends[d.Number] = () => node.Disk.Delay -= delay;
                return $"{node.Name}'s disk takes {Story.InWords(delay)} longer";
            default:
                if (node.Lmp is null) return null;
                node.Crash(d.Kind == DisturbanceKind.CrashLosingState);
                _ends[d.Number] = node.Start;
                return d.Kind == DisturbanceKind.Crash ? $"{node.Name} crashes" : $"{node.Name} crashes and loses its state";
        }
    }
}
