namespace OpenLmp.Hosting;

/// <summary>What the configuration names outside of itself cannot be used. The message is a line for each thing that is wrong, with its place.</summary>
public sealed class ConfigurationRefusedException : DaemonStartException
{
    internal ConfigurationRefusedException(IReadOnlyList<ConfigurationError> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>What is wrong, with its place.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }
}
