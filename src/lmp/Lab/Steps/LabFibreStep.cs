// RFC 4204 §6.3, Figure 2
using OpenLmp.Simulation;

namespace OpenLmp.Cli.Lab;

/// <summary>Fibres that something happens to at once.</summary>
/// <param name="Links">The links they belong to.</param>
/// <param name="OnlyFrom">Null: both fibres of each; otherwise only the one that this end sends on.</param>
/// <param name="Span">The span's name where they are all wavelengths of one; otherwise null.</param>
internal sealed record LabFibres(IReadOnlyList<LabLink> Links, LabPort? OnlyFrom, string? Span)
{
    public override string ToString() =>
        Span is not null ? $"span {Span}, with {Links.Count} wavelengths"
        : OnlyFrom is { } from ? $"the fibre {from} > {Links[0].Other(from)}"
        : $"both fibres {Links[0]}";
}

/// <summary>Fibres are cut, become lossy, or are repaired.</summary>
internal sealed record LabFibreStep(TimeSpan At, LabFibres Fibres, FibreCondition Condition) : LabStep(At)
{
    public override string Headline => $"{What.ToUpperInvariant()}: {Fibres}";

    public override string Plan => $"{Fibres} {What}";

    public override bool IsPlanted => Condition != FibreCondition.Sound;

    /// <summary>The step that makes it good.</summary>
    public LabFibreStep Repaired(TimeSpan at) => new(at, Fibres, FibreCondition.Sound) { Undoes = this };

    private string What => Condition switch { FibreCondition.Cut => "cut", FibreCondition.Degraded => "degraded", _ => "repaired" };

    public override Task<string?> DoAsync(LabNetwork network, CancellationToken cancellation)
    {
        network.Optics.SetCondition(Fibres, Condition);
        return Task.FromResult<string?>(null);
    }
}

/// <summary>The lasers of ports go dark, or come back.</summary>
internal sealed record LabLaserStep(TimeSpan At, IReadOnlyList<LabPort> Ports, bool On) : LabStep(At)
{
    public override string Headline => $"{(On ? "REPAIRED" : "LASER FAILURE")}: {Plan}";

    public override string Plan => $"{(Ports.Count == 1 ? "the laser" : "the lasers")} of {string.Join(", ", Ports)} {(On ? "back" : Ports.Count == 1 ? "fails" : "fail")}";

    public override bool IsPlanted => !On;

    public override Task<string?> DoAsync(LabNetwork network, CancellationToken cancellation)
    {
        network.Optics.SetLasers(Ports, On);
        return Task.FromResult<string?>(null);
    }
}
