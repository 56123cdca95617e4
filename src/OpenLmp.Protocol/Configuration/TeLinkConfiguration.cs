using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>A TE link and its data links (RFC 4204 §4).</summary>
public sealed record TeLinkConfiguration
{
    /// <summary>The TE link's name, unique within the node.</summary>
    public required string Name { get; init; }

    /// <summary>The neighbour's name.</summary>
    public required string Neighbor { get; init; }

    /// <summary>Our Link_Id.</summary>
    public required Identifier LocalId { get; init; }

    /// <summary>The neighbour's Link_Id, of the same form; null: to be learned.</summary>
    public Identifier? RemoteId { get; init; }

    /// <summary>Fault Management Supported (RFC 4204 §6).</summary>
    public bool FaultManagement { get; init; } = true;

    /// <summary>Link Verification Supported (RFC 4204 §5).</summary>
    public bool LinkVerification { get; init; } = true;

    /// <summary>Link verification parameters.</summary>
    public VerificationConfiguration Verification { get; init; } = VerificationConfiguration.Default;

    /// <summary>Hold-off and hold-on times of the signals on its data links.</summary>
    public SignalConfiguration Signal { get; init; } = SignalConfiguration.Default;

    /// <summary>Data channel status confirmation (RFC 5818).</summary>
    public StatusConfirmationConfiguration Confirmation { get; init; } = StatusConfirmationConfiguration.Default;

    /// <summary>The data links: ports, component links, or sub-channels of component links (RFC 4204 §1).</summary>
    public ValueList<DataLinkConfiguration> DataLinks { get; init; }
}

/// <summary>A data link (RFC 4204 §1.1, §13.12).</summary>
public sealed record DataLinkConfiguration
{
    /// <summary>The data link's name, unique within the node.</summary>
    public required string Name { get; init; }

    /// <summary>Our Interface_Id, unique within the node.</summary>
    public required Identifier LocalId { get; init; }

    /// <summary>The neighbour's Interface_Id, of the same form; null: to be learned by verification.</summary>
    public Identifier? RemoteId { get; init; }

    /// <summary>The network interface, for the linux data plane.</summary>
    public string? Interface { get; init; }

    /// <summary>A port; otherwise a component link, which can multiplex (RFC 4204 §1).</summary>
    public bool Port { get; init; } = true;

    /// <summary>
    /// The component link this data link is a sub-channel of, or null (RFC 4204 §1). Sub-channels of one component link share its fate: a
    /// signal reported for the component link is reported for each of them.
    /// </summary>
    public string? ComponentLink { get; init; }

    /// <summary>
    /// The data link to an optical line system that this link to a peer node begins with, or null (RFC 4209 §2.2). Each is used by one link.
    /// </summary>
    public string? Through { get; init; }

    /// <summary>Interface switching capabilities, at least one.</summary>
    public ValueList<SwitchingCapability> Capabilities { get; init; }

    /// <summary>The wavelength, significant between the two neighbours only; 0: not told.</summary>
    public uint Wavelength { get; init; }

    /// <summary>Shared risk link groups (RFC 4209 §2.3.2).</summary>
    public ValueList<uint> Srlg { get; init; }

    /// <summary>Link Group IDs (RFC 4209 §2.3.1).</summary>
    public ValueList<uint> LinkGroups { get; init; }

    /// <summary>Bit error rate estimate: 10 to the minus this (RFC 4209 §2.3.3); null: not told.</summary>
    public byte? Ber { get; init; }

    /// <summary>Total span length, metres (RFC 4209 §2.3.5); null: not told.</summary>
    public uint? SpanLength { get; init; }

    /// <summary>Optical protection (RFC 4209 §2.3.4, RFC 3471 §7); null: not told.</summary>
    public LinkProtection? OpticalProtection { get; init; }

    /// <summary>Administrative group or color (RFC 4209 §2.3.6); null: not told.</summary>
    public uint? AdministrativeGroup { get; init; }

    /// <summary>Labels of the data channels (RFC 5818 §5.2); empty: one, whose label is the local Interface_Id.</summary>
    public ValueList<DataChannelLabel> Channels { get; init; }

    /// <summary>Trace messages (RFC 4207 §4): at most one of each overhead byte, only where <see cref="IsSonetSdh"/>.</summary>
    public ValueList<TraceConfiguration> Traces { get; init; }

    /// <summary>Whether the link has the overhead of SONET and SDH, which share one encoding type (RFC 4207 §3, RFC 3471 §3.1.1).</summary>
    public bool IsSonetSdh
    {
        get
        {
            foreach (var capability in Capabilities)
                if (capability.Encoding == EncodingType.Sdh) return true;
            return false;
        }
    }

    /// <summary>What is configured of a trace; null: nothing.</summary>
    internal TraceConfiguration? FindTrace(TraceType type)
    {
        foreach (var trace in Traces)
            if (trace.Type == type) return trace;
        return null;
    }

    /// <summary>Whether a bandwidth may be negotiated: any capability has a range.</summary>
    public bool IsNegotiable
    {
        get
        {
            foreach (var capability in Capabilities)
                if (!capability.IsFixed) return true;
            return false;
        }
    }
}

/// <summary>One interface switching capability of a data link (RFC 4204 §13.12.1.1).</summary>
/// <param name="SwitchingType">RFC 3471 switching type.</param>
/// <param name="Encoding">RFC 3471 encoding type.</param>
/// <param name="MinimumBandwidth">Bytes per second.</param>
/// <param name="MaximumBandwidth">Bytes per second; equal to the minimum for a fixed rate, otherwise the range is negotiable.</param>
public readonly record struct SwitchingCapability(SwitchingType SwitchingType, EncodingType Encoding, float MinimumBandwidth, float MaximumBandwidth)
{
    /// <summary>Whether the rate is fixed.</summary>
    public bool IsFixed => MinimumBandwidth.Equals(MaximumBandwidth);
}
