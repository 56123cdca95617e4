using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>Something that happens in a lab once everything runs. What LMP has to find then follows from it: see <see cref="LabTruth"/>.</summary>
/// <param name="At">Not before this, from the moment all runs; nor before what came of the step before is found.</param>
internal abstract record LabStep(TimeSpan At)
{
    /// <summary>What happens, as the story tells it: <c>CUT: both fibres a:1 - b:1</c>.</summary>
    public abstract string Headline { get; }

    /// <summary>The same as a plan: <c>both fibres a:1 - b:1 cut</c>.</summary>
    public abstract string Plan { get; }

    /// <summary>Whether something goes wrong that LMP has to find.</summary>
    public virtual bool IsPlanted => false;

    /// <summary>Whether what it plants shows only once somebody asks.</summary>
    public virtual bool IsSilent => false;

    /// <summary>How it is told of a planted step that it has been made good.</summary>
    public virtual string Undone => "repaired";

    /// <summary>The planted step that this one makes good; null: none.</summary>
    public LabStep? Undoes { get; init; }

    /// <summary>What the file expects after the step, beside what follows from it: at which ports alarms of a kind stand, and at no others.</summary>
    public IReadOnlyList<LabExpectation> Expected { get; set; } = [];

    /// <summary>Lets it happen.</summary>
    /// <returns>Null, or why a node would not.</returns>
    public abstract Task<string?> DoAsync(LabNetwork network, CancellationToken cancellation);

    /// <summary>Seconds, for people.</summary>
    public static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
}

/// <summary>Where alarms of a kind stand, suppressed ones included.</summary>
internal sealed record LabExpectation(AlarmKind Kind, IReadOnlySet<LabPort> Ports);
