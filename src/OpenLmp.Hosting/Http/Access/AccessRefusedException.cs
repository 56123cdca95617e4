namespace OpenLmp.Hosting;

/// <summary>What <c>api:</c> names outside of the configuration (a group, tokens, certificates) cannot be used. The message is a line for each thing that is wrong, with its place.</summary>
public sealed class AccessRefusedException : DaemonStartException
{
    internal AccessRefusedException(IReadOnlyList<ConfigurationError> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>What is wrong, with its place.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }
}
