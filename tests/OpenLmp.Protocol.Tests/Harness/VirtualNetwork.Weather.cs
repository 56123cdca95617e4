namespace OpenLmp.Protocol.Tests;

public sealed partial class VirtualNetwork
{
    /// <summary>What happens to datagrams that <see cref="Filter"/> lets through; null: each arrives once, after <see cref="Delay"/>.</summary>
    public Weather? Weather { get; set; }

    /// <summary>Whether <see cref="Sent"/> is kept; long runs do without.</summary>
    public bool Recording { get; set; } = true;
}

/// <summary>A network that loses, doubles and delays at random: different delays are reordering. Equal seeds give equal weather.</summary>
public sealed class Weather(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>The share of datagrams that get lost, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>The share of datagrams that arrive twice, 0 to 1.</summary>
    public double Duplication { get; init; }

    public TimeSpan MinDelay { get; init; } = TimeSpan.FromMilliseconds(1);

    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The delays after which one datagram arrives: none, one or two.</summary>
    public IEnumerable<TimeSpan> Fate()
    {
        if (_random.NextDouble() < Loss) yield break;
        yield return NextDelay();
        if (_random.NextDouble() < Duplication) yield return NextDelay();
    }

    private TimeSpan NextDelay() => MinDelay + ((MaxDelay - MinDelay) * _random.NextDouble());
}
