namespace OpenLmp.Protocol.Tests.Timing;

public class DeadlineQueueTests
{
    [Fact]
    public void Deadlines_fire_in_order_of_time_and_equal_ones_in_the_order_they_were_set()
    {
        var (queue, fired) = (new DeadlineQueue(), new List<string>());
        foreach (var (name, at) in ((string, long)[])[("c", 30), ("a", 10), ("b1", 20), ("b2", 20), ("d", 40)])
            queue.Set(new Deadline(now => fired.Add($"{name}@{now.Nanoseconds}")), new Instant(at));
        Assert.Equal(new Instant(10), queue.Next);
        queue.Advance(new Instant(9));
        Assert.Empty(fired);
        queue.Advance(new Instant(30));
        Assert.Equal(["a@30", "b1@30", "b2@30", "c@30"], fired);
        Assert.Equal(new Instant(40), queue.Next);
    }

    [Fact]
    public void What_is_set_while_firing_fires_too_if_it_is_due()
    {
        var (queue, fired) = (new DeadlineQueue(), new List<string>());
        var later = new Deadline(_ => fired.Add("later"));
        var due = new Deadline(_ => fired.Add("due"));
        queue.Set(new Deadline(now =>
        {
            queue.Set(later, now + TimeSpan.FromMilliseconds(1));
            queue.Set(due, now);
        }), new Instant(10));
        queue.Advance(new Instant(20));
        Assert.Equal(["due"], fired);
        Assert.True(later.IsSet);
        Assert.False(due.IsSet);
    }

    [Theory]
    [InlineData(4204, 7)] // all in one tick
    [InlineData(4207, 22)] // around a tick
    [InlineData(4209, 30)] // a second
    [InlineData(5818, 45)] // hours
    [InlineData(6898, 62)] // as far as time goes
    public void Moved_and_cancelled_deadlines_behave_like_a_sorted_list(int seed, int bits)
    {
        var random = new Random(seed);
        var queue = new DeadlineQueue();
        var fired = new List<int>();
        var deadlines = Enumerable.Range(0, 200).Select(i => new Deadline(_ => fired.Add(i))).ToList();
        var model = new Dictionary<int, (long At, long Order)>();
        var now = 0L;
        for (var step = 0L; step < 20_000; step++)
        {
            var i = random.Next(deadlines.Count);
            switch (random.Next(4))
            {
                case 0:
                    deadlines[i].Cancel();
                    model.Remove(i);
                    break;
                case 1:
                    // Mostly little by little; the last of the deadlines is never reached.
                    now += random.NextInt64(1L << random.Next(Math.Max(1, bits - 20)));
                    fired.Clear();
                    queue.Advance(new Instant(now));
                    var due = model.Where(m => m.Value.At <= now).OrderBy(m => m.Value).Select(m => m.Key).ToList();
                    Assert.Equal(due, fired);
                    foreach (var d in due) model.Remove(d);
                    break;
                default:
                    var at = now + random.NextInt64(1L << random.Next(1, bits));
                    queue.Set(deadlines[i], new Instant(at));
                    model[i] = (at, step);
                    break;
            }

            Assert.Equal(model.Count == 0 ? Instant.Never : new Instant(model.Values.Min(m => m.At)), queue.Next);
            Assert.Equal(model.ContainsKey(i), deadlines[i].IsSet);
        }
    }

    [Fact]
    public void What_may_fire_early_does_so_when_something_fires_anyway_and_not_otherwise()
    {
        var (queue, fired) = (new DeadlineQueue(), new List<string>());
        foreach (var (name, at, slack) in ((string, long, long)[])[("a", 1_000, 0), ("b", 5_000, 4_000), ("c", 5_100, 4_200), ("d", 5_200, 100), ("e", 5_300, 5_300)])
        {
            queue.Set(new Deadline(now => fired.Add($"{name}@{now.Nanoseconds}")) { Slack = TimeSpan.FromTicks(slack / TimeSpan.NanosecondsPerTick) }, new Instant(at));
        }

        queue.Advance(new Instant(999));
        Assert.Empty(fired);
        Assert.Equal(new Instant(1_000), queue.Next);
        queue.Advance(new Instant(1_000));
        // What waits makes those behind it wait.
        Assert.Equal(["a@1000", "b@1000", "c@1000"], fired);
        Assert.Equal(new Instant(5_200), queue.Next);
        queue.Advance(new Instant(5_200));
        Assert.Equal(["d@5200", "e@5200"], fired[3..]);
        Assert.Equal(Instant.Never, queue.Next);
    }

    [Fact]
    public void Times_are_nanoseconds_of_which_a_TimeSpan_counts_hundreds()
    {
        var start = new Instant(1_000_000_123);
        Assert.Equal(new Instant(1_150_000_123), start + TimeSpan.FromMilliseconds(150));
        Assert.Equal(TimeSpan.FromMilliseconds(150), start + TimeSpan.FromMilliseconds(150) - start);
        var (same, later) = (new Instant(1_000_000_123), start + TimeSpan.FromTicks(1));
        Assert.Equal([true, true, true, true], (bool[])[start < later, later > start, start <= same, start >= same]);
        Assert.Equal([false, false, false, false], (bool[])[later < start, start > later, later <= same, same >= later]);
        Assert.True(start.CompareTo(Instant.Never) < 0);
    }
}
