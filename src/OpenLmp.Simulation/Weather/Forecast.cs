namespace OpenLmp.Simulation;

/// <summary>Plans the disturbances of a round from the seed alone, so that leaving some out changes nothing about the others.</summary>
internal static class Forecast
{
    private static readonly (DisturbanceKind Kind, int Weight)[] Weights =
    [
        (DisturbanceKind.Loss, 6), (DisturbanceKind.Delay, 5), (DisturbanceKind.Duplication, 3), (DisturbanceKind.Corruption, 3),
        (DisturbanceKind.Partition, 5), (DisturbanceKind.OneWayPartition, 5),
        (DisturbanceKind.Crash, 6), (DisturbanceKind.CrashLosingState, 4), (DisturbanceKind.Freeze, 4), (DisturbanceKind.SlowNode, 3), (DisturbanceKind.SlowDisk, 3),
        (DisturbanceKind.ChannelDown, 4), (DisturbanceKind.HelloChange, 3), (DisturbanceKind.WrongId, 3), (DisturbanceKind.LinkRemoved, 3),
        (DisturbanceKind.ChannelRemoved, 2), (DisturbanceKind.Verify, 4), (DisturbanceKind.Summarize, 2),
        (DisturbanceKind.Provision, 10), (DisturbanceKind.TearDown, 5),
        (DisturbanceKind.Cut, 8), (DisturbanceKind.CableCut, 3), (DisturbanceKind.Degrade, 4), (DisturbanceKind.Flap, 3), (DisturbanceKind.Silence, 3), (DisturbanceKind.Swap, 4),
    ];

    /// <summary>The disturbances of a round, in order of time.</summary>
    public static List<Disturbance> Of(ulong seed, int round, int nodes)
    {
        var chance = new Chance(seed, "forecast", round);
        // Some rounds are wild, some nearly quiet: what needs peace between two disturbances is seen there.
        var count = Math.Min(1 + chance.Below(6 + (3 * nodes)), Disturbance.PerRound);
        var planned = new List<(long At, long Until, DisturbanceKind Kind)>(count);
        for (var i = 0; i < count; i++)
        {
            var kind = Draw(chance);
            var at = chance.Between(0, Calendar.Weather - Timeline.Second);
            var until = Math.Min(at + Duration(kind, chance), Calendar.Weather);
            if (MayStand(kind) && chance.Happens(0.4)) until = Calendar.CheckStanding;
            planned.Add((at, until, kind));
        }

        planned.Sort((a, b) => a.At.CompareTo(b.At));
        return [.. planned.Select((d, i) => new Disturbance((round * Disturbance.PerRound) + i, d.At, d.Until, d.Kind))];
    }

    private static DisturbanceKind Draw(Chance chance)
    {
        var at = chance.Below(Weights.Sum(w => w.Weight));
        foreach (var (kind, weight) in Weights)
        {
            if (at < weight) return kind;
            at -= weight;
        }

        return Weights[0].Kind;
    }

    private static bool MayStand(DisturbanceKind kind) =>
        kind is DisturbanceKind.Cut or DisturbanceKind.CableCut or DisturbanceKind.Degrade or DisturbanceKind.Silence or DisturbanceKind.Swap;

    // From far below a Hello interval to far above all timers.
    private static long Duration(DisturbanceKind kind, Chance chance) => kind switch
    {
        DisturbanceKind.Verify or DisturbanceKind.Summarize or DisturbanceKind.Provision or DisturbanceKind.TearDown => 0,
        DisturbanceKind.Freeze => chance.Between(100 * Timeline.Millisecond, 8 * Timeline.Second),
        _ => chance.Below(3) switch
        {
            0 => chance.Between(20 * Timeline.Millisecond, Timeline.Second),
            1 => chance.Between(Timeline.Second, 10 * Timeline.Second),
            _ => chance.Between(10 * Timeline.Second, 100 * Timeline.Second),
        },
    };
}
