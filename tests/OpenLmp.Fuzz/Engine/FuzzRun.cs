using System.Diagnostics;

namespace OpenLmp.Fuzz;

/// <summary>An input that showed something wrong.</summary>
/// <param name="Input">The input, made small.</param>
/// <param name="Signature">What tells it from others.</param>
/// <param name="Failure">What went wrong.</param>
internal sealed record Find(byte[] Input, string Signature, Exception Failure);

/// <summary>When a run ends: whichever comes first.</summary>
/// <param name="Time">How long it goes on; null: no limit.</param>
/// <param name="Inputs">How many inputs it takes; null: no limit.</param>
internal sealed record FuzzLimit(TimeSpan? Time, long? Inputs);

/// <summary>Changes inputs, runs them, keeps what reaches something new. The same seed takes the same inputs in the same order.</summary>
internal sealed class FuzzRun(FuzzTarget target, int seed, Watch? watch = null, KeptInputs? kept = null)
{
    private const int MaxFinds = 10;

    private readonly Draft _draft = new(target.MaxLength);
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Find> _finds = [];

    public long Inputs { get; private set; }

    /// <summary>Inputs that were kept to be changed, the seeds included.</summary>
    public int Kept { get; private set; }

    public TimeSpan Time { get; private set; }

    /// <summary>Processor time: other programs do not count.</summary>
    public TimeSpan Processor { get; private set; }

    public IReadOnlyCollection<Find> Finds => _finds.Values;

    /// <summary>Told of each find as soon as it is small.</summary>
    public Action<Find> Found { get; init; } = _ => { };

    /// <summary>Runs until the limit, or until so much is found that more would not help.</summary>
    public void Execute(FuzzLimit limit, Action<FuzzRun>? progress = null)
    {
        var (start, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var nextReport = TimeSpan.FromMinutes(1);
        var corpus = new Corpus(_random);
        Coverage.Forget();
        foreach (var input in target.Seeds())
        {
            Try(input);
            corpus.Add(input);
        }

        if (kept is not null)
        {
            foreach (var input in kept.Read(target))
            {
                // Without instrumentation nothing is ever new, and all was once.
                if (Try(input) || Coverage.Edges == 0) corpus.Add(input);
            }
        }

        for (var turn = 0; Inputs < (limit.Inputs ?? long.MaxValue) && _finds.Count < MaxFinds; turn++)
        {
            if (turn % 64 == 0)
            {
                (Time, Kept) = (Stopwatch.GetElapsedTime(start), corpus.Count);
                if (Time >= limit.Time) break;
                if (progress is not null && Time >= nextReport)
                {
                    Processor = Environment.CpuUsage.TotalTime - processor;
                    progress(this);
                    nextReport += TimeSpan.FromMinutes(1);
                }
            }

            _draft.Load(corpus.PickToChange());
            target.Mutate(_random, _draft, corpus.Pick);
            if (!Try(_draft.Span) || !target.IsGuided) continue;
            corpus.Add(_draft.Span);
            kept?.Write(target, _draft.Span);
        }

        (Time, Processor, Kept) = (Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - processor, corpus.Count);
        watch?.End();
    }

    // Whether it reached something new.
    private bool Try(ReadOnlySpan<byte> input)
    {
        watch?.Begin(target, input);
        try
        {
            Inputs += target.Run(input);
            return Coverage.TakeNews();
        }
        catch (Exception e)
        {
            Inputs++;
            Coverage.TakeNews();
            Keep(input.ToArray(), e);
            return false;
        }
    }

    private void Keep(byte[] input, Exception failure)
    {
        var signature = Signature(failure);
        if (_finds.ContainsKey(signature)) return;
        _finds.Add(signature, new Find(input, signature, failure));
        var small = Minimizer.Minimize(target, input, less => Failure(less) is { } other && Signature(other) == signature);
        Found(_finds[signature] = new Find(small, signature, Failure(small) ?? failure));
    }

    /// <summary>How an input fails; null if it does not.</summary>
    public Exception? Failure(byte[] input)
    {
        try
        {
            watch?.Begin(target, input);
            target.Run(input);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    // Where it comes from, without what differs from input to input.
    private static string Signature(Exception e)
    {
        var frame = new StackTrace(e).GetFrames().Select(f => f.GetMethod()).FirstOrDefault(m => m?.DeclaringType?.Namespace?.StartsWith("OpenLmp", StringComparison.Ordinal) == true);
        var what = e is FuzzException ? string.Concat(e.Message.TakeWhile(c => c != ':')) : $"{frame?.DeclaringType?.Name}.{frame?.Name}";
        return $"{e.GetType().Name} {what}";
    }
}
