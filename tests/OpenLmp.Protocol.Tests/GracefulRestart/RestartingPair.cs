using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests.GracefulRestart;

/// <summary>How an end comes through.</summary>
public enum Restart
{
    /// <summary>It was not restarted: the communication was lost.</summary>
    None,

    /// <summary>It was restarted and has its state.</summary>
    Kept,

    /// <summary>It was restarted and has lost its state.</summary>
    Lost,
}

/// <summary>Nodes a (10.0.0.1) and b (10.0.0.2), to be restarted.</summary>
public sealed class RestartingPair
{
    private uint _clock = 1_000_000;

    public RestartingPair(NodeConfiguration? a = null, NodeConfiguration? b = null, bool fibres = false)
    {
        (A, B) = (Network.Add(a ?? A()), Network.Add(b ?? B()));
        if (fibres) Network.FibreAll(A, B);
        RunUntilUp();
        // Until no end tells of its restart any more.
        Network.RunMs(1_000);
    }

    public VirtualNetwork Network { get; } = new();

    public VirtualNode A { get; private set; }

    public VirtualNode B { get; private set; }

    public VirtualNode this[int end] => end == 0 ? A : B;

    /// <summary>Both ends are up, and every data link that is not allocated is free.</summary>
    public void RunUntilUp() => Network.RunUntil(
        () => new[] { A, B }.All(n => n.TeLink.State == TeLinkState.Up && n.TeLink.DataLinks.All(l => l.State == (l.Allocated ? DataLinkState.UpAlloc : DataLinkState.UpFree))),
        "both ends up", seconds: 120);

    /// <summary>Both ends come through a failure at once: the channel is lost if it lasts longer than the dead interval of 500 ms.</summary>
    public void Fail(Restart a, Restart b, int milliseconds, NodeConfiguration? configurationOfA = null, NodeConfiguration? configurationOfB = null)
    {
        var filter = Network.Filter;
        Network.Filter = _ => false;
        var (wasA, wasB) = (A, B);
        if (a != Restart.None) Network.Kill(A);
        if (b != Restart.None) Network.Kill(B);
        Network.RunMs(milliseconds);
        Network.Filter = filter;
        if (a != Restart.None) A = Start(wasA, a, configurationOfA);
        if (b != Restart.None) B = Start(wasB, b, configurationOfB);
        foreach (var (before, after) in new[] { (wasA, A), (wasB, B) })
        {
            if (before == after) continue;
            foreach (var (from, to) in Network.Fibres.ToList())
            {
                if (from.Node == before) Network.Fibres.Remove(from);
                Network.Fibres[from.Node == before ? (after, from.Link) : from] = to.Node == before ? (after, to.Link) : to;
            }

            if (Network.Fibres.Count > 0) after.Node.ReportDataPlane(Network.Now, null);
        }
    }

    public static IReadOnlyList<bool> Allocations(VirtualNode node) => [.. node.TeLink.DataLinks.Select(l => l.Allocated)];

    private VirtualNode Start(VirtualNode before, Restart kind, NodeConfiguration? configuration)
    {
        var options = kind == Restart.Kept
            ? new NodeOptions { Retained = before.StateFile.State, FirstMessageId = before.StateFile.Mark + 100_000, MessageIdMark = before.StateFile.Mark + 200_000 }
            : new NodeOptions { FirstMessageId = _clock += 1_000_000 };
        return Network.Add(configuration ?? before.Node.Configuration, options);
    }
}
