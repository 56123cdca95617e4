// RFC 4204 §8
namespace OpenLmp.Cli.Lab;

/// <summary>A node's daemon is stopped and started again; it has its state, the light goes on meanwhile.</summary>
internal sealed record LabRestartStep(TimeSpan At, LabNode Node) : LabStep(At)
{
    public override string Headline => $"RESTART: {Plan}";

    public override string Plan => $"lmpd of {Node.Name} is restarted";

    public override async Task<string?> DoAsync(LabNetwork network, CancellationToken cancellation)
    {
        await network.RestartAsync(Node, cancellation);
        return null;
    }
}
