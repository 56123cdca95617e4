// RFC 4204 §3.2.1, §13.6
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Reads <c>hello-interval</c> and <c>hello-dead-interval</c>, which have to fit each other.</summary>
internal static class HelloSection
{
    private const string Interval = "hello-interval";
    private const string DeadInterval = "hello-dead-interval";

    public static (IntervalRange Interval, IntervalRange DeadInterval) Read(Section channel, Findings findings)
    {
        var hello = ReadRange(channel, Interval, IntervalRange.DefaultHello, findings);
        var dead = ReadRange(channel, DeadInterval, IntervalRange.DefaultHelloDead, findings);
        if (hello.IsValid && dead.IsValid) Compare(hello, dead, findings);
        return (hello.Value, dead.Value);
    }

    private static Field<IntervalRange> ReadRange(Section channel, string key, IntervalRange fallback, Findings findings)
    {
        if (channel.ChildIfMapping(key, "prefer", "min", "max") is not { } section) return channel.Optional(key, Plain, fallback);
        var prefer = section.Required("prefer", Durations.PositiveMilliseconds, "150ms");
        var around = IntervalRange.Around(prefer.Value);
        var min = section.Optional("min", Durations.PositiveMilliseconds, around.Min);
        var max = section.Optional("max", Durations.PositiveMilliseconds, around.Max);
        var valid = prefer.IsValid && min.IsValid && max.IsValid;
        if (valid && min.Value > max.Value)
        {
            findings.Error(min.At, $"min: {min.Value}ms is above max, {max.Value}ms; swap them");
            valid = false;
        }
        else if (valid && (prefer.Value < min.Value || prefer.Value > max.Value))
        {
            findings.Error(prefer.At,
                $"prefer: {prefer.Value}ms is outside of {min.Value}ms to {max.Value}ms, what this end accepts; write a value in between");
            valid = false;
        }

        return new Field<IntervalRange>(new IntervalRange(prefer.Value, min.Value, max.Value), section.At, IsGiven: true, valid);
    }

    /// <summary>
    /// The preferred values are compared. That some pair can be agreed on follows: each lies in its range, so the greatest dead interval
    /// accepted is above the least interval accepted.
    /// </summary>
    private static void Compare(Field<IntervalRange> hello, Field<IntervalRange> dead, Findings findings)
    {
        var (h, d) = (hello.Value, dead.Value);
        if (h.IsOff && d.IsOff) return;
        // What was written last is pointed at; where only the interval was, it does not fit the default of the other.
        var (key, at) = dead.IsGiven ? (DeadInterval, dead.At) : (Interval, hello.At);
        var here = dead.IsGiven ? d.Prefer : h.Prefer;
        var other = dead.IsGiven ? $"{Interval} is {h.Prefer}ms" : $"{DeadInterval} is {d.Prefer}ms unless said otherwise";
        var threeTimes = Math.Min(3 * h.Prefer, ushort.MaxValue);
        if (h.IsOff || d.IsOff)
            findings.Error(at, $"{key}: {here}ms, but {other}; write 0 for both, which means no Hello, or for neither (RFC 4204 §3.2.1)");
        else if (d.Prefer <= h.Prefer)
        {
            findings.Error(at, $"{key}: {here}ms, but {other}; {DeadInterval} has to be greater than {Interval}, "
                + $"and should be at least 3 times as much, {threeTimes}ms (RFC 4204 §3.2.1)");
        }
        else if (d.Prefer < threeTimes)
        {
            findings.Warning(at, $"{key}: {here}ms, but {other}; {DeadInterval} should be at least 3 times {Interval}, {threeTimes}ms, "
                + "or one or two lost Hellos take the channel down (RFC 4204 §3.2.1)");
        }
    }

    private static Converted<IntervalRange> Plain(string text)
    {
        var (milliseconds, problem) = Durations.Milliseconds(text);
        return problem is not null ? new Wrong(problem) : milliseconds == 0 ? IntervalRange.Off : IntervalRange.Around(milliseconds);
    }
}
