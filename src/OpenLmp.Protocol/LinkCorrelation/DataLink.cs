// RFC 4204 §11.3, §13.12
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>A data link of a TE link (RFC 4204 §11.3).</summary>
public sealed class DataLink
{
    internal DataLink(TeLink teLink, DataLinkConfiguration configuration, Instant now)
    {
        TeLink = teLink;
        Configuration = configuration;
        RemoteId = configuration.RemoteId;
        AgreedCapabilities = configuration.Capabilities;
        LastChange = now;
    }

    /// <summary>The TE link it belongs to.</summary>
    public TeLink TeLink { get; }

    /// <summary>The configuration in force.</summary>
    public DataLinkConfiguration Configuration { get; internal set; }

    /// <summary>The data link's name.</summary>
    public string Name => Configuration.Name;

    /// <summary>Our Interface_Id.</summary>
    public Identifier LocalId => Configuration.LocalId;

    /// <summary>The neighbour's Interface_Id: configured, or learned; null while it is to be learned.</summary>
    public Identifier? RemoteId { get; internal set; }

    /// <summary>State of the transmitting side (RFC 4204 Figure 5).</summary>
    public DataLinkState ActiveState { get; internal set; }

    /// <summary>State of the receiving side (RFC 4204 Figure 6).</summary>
    public DataLinkState PassiveState { get; internal set; }

    /// <summary>The common state of both sides; Test or PasvTest while one of them tests, Down if either is.</summary>
    public DataLinkState State => ActiveState == PassiveState ? ActiveState
        : ActiveState == DataLinkState.Test ? DataLinkState.Test
        : PassiveState == DataLinkState.PasvTest ? DataLinkState.PasvTest
        : DataLinkState.Down;

    /// <summary>Whether the link is allocated to user traffic. Only a release changes it back, never a failure.</summary>
    public bool Allocated { get; internal set; }

    /// <summary>Whether the last verification of the link succeeded (RFC 4204 §5).</summary>
    public bool Verified { get; internal set; }

    /// <summary>What our data plane receives.</summary>
    public SignalState Signal { get; internal set; }

    /// <summary>What the neighbour last said it receives.</summary>
    public SignalState RemoteSignal { get; internal set; }

    /// <summary>The switching capabilities with the bandwidths agreed; as configured before agreement.</summary>
    public ValueList<SwitchingCapability> AgreedCapabilities { get; internal set; }

    /// <summary>Why the data link is not up, and the next step to take; empty while it is.</summary>
    public string Reason { get; internal set; } = "";

    /// <summary>When the state changed last.</summary>
    public Instant LastChange { get; internal set; }
}
