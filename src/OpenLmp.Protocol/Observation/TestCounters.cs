// RFC 4631: what lmpDataLinkPerfTable counts.
namespace OpenLmp.Protocol;

/// <summary>Test messages of one data link and what came of them. Never reset; read on the node's thread.</summary>
public sealed class TestCounters
{
    internal TestCounters(Instant since) => Since = since;

    /// <summary>When counting began: when the data link was configured.</summary>
    public Instant Since { get; }

    /// <summary>Test messages sent.</summary>
    public long Sent { get; internal set; }

    /// <summary>Test messages received.</summary>
    public long Received { get; internal set; }

    /// <summary>Tests of the transmitting side that the neighbour reported as arrived.</summary>
    public long ActiveSuccesses { get; internal set; }

    /// <summary>Tests of the transmitting side that failed.</summary>
    public long ActiveFailures { get; internal set; }

    /// <summary>Tests of the receiving side in which a Test message arrived.</summary>
    public long PassiveSuccesses { get; internal set; }

    /// <summary>Tests of the receiving side in which none arrived.</summary>
    public long PassiveFailures { get; internal set; }
}
