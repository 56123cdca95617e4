using OpenLmp.Api;

namespace OpenLmp.Hosting;

/// <summary>A configuration was not put in force, and nothing has changed. The message is one line.</summary>
public sealed class ConfigurationRefusedException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">In words, for the operator.</param>
    /// <param name="findings">Where in the configuration, as far as that is known.</param>
    public ConfigurationRefusedException(ConfigurationRefusal reason, string message, params ConfigurationFinding[] findings)
        : base(message) => (Reason, Findings) = (reason, findings);

    /// <summary>Why.</summary>
    public ConfigurationRefusal Reason { get; }

    /// <summary>Where in the configuration, and what would be right.</summary>
    public IReadOnlyList<ConfigurationFinding> Findings { get; }
}

/// <summary>Why a configuration is not put in force.</summary>
public enum ConfigurationRefusal
{
    /// <summary>It has errors.</summary>
    Wrong,

    /// <summary>Another has come into force meanwhile.</summary>
    Outdated,

    /// <summary>It cannot be put in force while the node runs, or not on this machine as it is now.</summary>
    Impossible,

    /// <summary>There is no such part.</summary>
    Missing,
}
