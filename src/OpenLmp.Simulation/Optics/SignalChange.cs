using OpenLmp.Protocol;

namespace OpenLmp.Simulation;

/// <summary>A port receives something else than before.</summary>
/// <param name="Port">The port.</param>
/// <param name="From">What it received before.</param>
/// <param name="To">What it receives now.</param>
public readonly record struct SignalChange(OpticalPort Port, SignalState From, SignalState To);
