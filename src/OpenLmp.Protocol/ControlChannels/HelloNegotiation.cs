// RFC 4204 §3.1, §3.2.1
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Which Hello parameters a control channel accepts, and what it proposes instead. Pure.</summary>
public static class HelloNegotiation
{
    /// <summary>What to do about a difference; goes after it.</summary>
    internal const string Advice = "; change the hello intervals of one end";

    /// <summary>What a control channel proposes first.</summary>
    public static HelloConfig Preferred(ControlChannelConfiguration channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return new HelloConfig(channel.HelloInterval.Prefer, channel.HelloDeadInterval.Prefer) { Negotiable = true };
    }

    /// <summary>
    /// Whether proposed values are acceptable: both within their ranges, and HelloDeadInterval greater than HelloInterval or both zero.
    /// Hello off agrees only with Hello off.
    /// </summary>
    public static bool Accepts(ControlChannelConfiguration channel, HelloConfig proposed)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(proposed);
        if (channel.HelloInterval.IsOff || proposed is { HelloInterval: 0, HelloDeadInterval: 0 })
            return channel.HelloInterval.IsOff && proposed is { HelloInterval: 0, HelloDeadInterval: 0 };
        return proposed.HelloInterval > 0 && proposed.HelloDeadInterval > proposed.HelloInterval
            && channel.HelloInterval.Contains(proposed.HelloInterval) && channel.HelloDeadInterval.Contains(proposed.HelloDeadInterval);
    }

    /// <summary>The acceptable values nearest to those proposed, for a ConfigNack.</summary>
    public static HelloConfig Nearest(ControlChannelConfiguration channel, HelloConfig proposed)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(proposed);
        if (channel.HelloInterval.IsOff || proposed is { HelloInterval: 0, HelloDeadInterval: 0 }) return Preferred(channel);

        var (hello, dead) = (channel.HelloInterval, channel.HelloDeadInterval);
        var interval = Math.Clamp(proposed.HelloInterval, Math.Max(hello.Min, (ushort)1), hello.Max);
        var deadInterval = Math.Clamp(proposed.HelloDeadInterval, dead.Min, dead.Max);
        if (deadInterval <= interval)
        {
            // Each is acceptable, the pair is not: three times the interval is what RFC 4204 §3.2.1 asks for, if it is in range.
            deadInterval = (ushort)Math.Min(3 * interval, dead.Max);
            if (deadInterval <= interval) interval = (ushort)(deadInterval - 1);
        }

        return new HelloConfig(interval, deadInterval) { Negotiable = true };
    }

    /// <summary>In words, what of the proposed values is not acceptable: <c>hello interval 900-1000 ms here, 1100 ms at oxc2</c>.</summary>
    public static string Difference(ControlChannelConfiguration channel, HelloConfig proposed, string neighbor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(proposed);
        if (channel.HelloInterval.IsOff) return $"Hello is off here, {neighbor} wants {proposed.HelloInterval}/{proposed.HelloDeadInterval} ms";
        if (proposed is { HelloInterval: 0, HelloDeadInterval: 0 }) return $"hello interval {channel.HelloInterval} here, Hello is off at {neighbor}";
        var differences = new List<string>();
        if (proposed.HelloInterval == 0 || !channel.HelloInterval.Contains(proposed.HelloInterval))
            differences.Add($"hello interval {channel.HelloInterval} here, {proposed.HelloInterval} ms at {neighbor}");
        if (!channel.HelloDeadInterval.Contains(proposed.HelloDeadInterval))
            differences.Add($"hello dead interval {channel.HelloDeadInterval} here, {proposed.HelloDeadInterval} ms at {neighbor}");
        if (proposed.HelloDeadInterval <= proposed.HelloInterval)
            differences.Add($"{neighbor}'s hello dead interval of {proposed.HelloDeadInterval} ms is not above its hello interval of {proposed.HelloInterval} ms");
        return string.Join("; ", differences);
    }

    /// <summary>In words: the neighbour refuses what was proposed.</summary>
    internal static string Refusal(HelloConfig sent, string neighbor) =>
        $"{neighbor} refuses a hello interval of {sent.HelloInterval} ms and a hello dead interval of {sent.HelloDeadInterval} ms{Advice}";
}
