using System.Diagnostics.CodeAnalysis;

namespace OpenLmp.Hosting;

/// <summary>Something wrong in a configuration file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in characters.</param>
/// <param name="Text">What is wrong and what would be right; one line.</param>
public sealed record ConfigurationError(string File, int Line, int Column, string Text)
{
    /// <summary><c>FILE:LINE:COLUMN: text</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Text}";
}

/// <summary>Something in a configuration file that is allowed, but probably not wanted.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in characters.</param>
/// <param name="Text">What is doubtful, and why; one line.</param>
public sealed record ConfigurationWarning(string File, int Line, int Column, string Text)
{
    /// <summary><c>FILE:LINE:COLUMN: warning: text</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: warning: {Text}";
}

/// <summary>What came of reading a configuration file: a configuration, or what is wrong.</summary>
/// <param name="Configuration">The configuration; null if there are errors.</param>
/// <param name="Errors">What is wrong, in the order of the file; empty if there is a configuration.</param>
/// <param name="Warnings">What is doubtful, in the order of the file.</param>
public sealed record ConfigurationResult(
    DaemonConfiguration? Configuration, IReadOnlyList<ConfigurationError> Errors, IReadOnlyList<ConfigurationWarning> Warnings)
{
    /// <summary>The text that was read; null if it could not be.</summary>
    public string? Text { get; init; }

    /// <summary>Whether there is a configuration.</summary>
    [MemberNotNullWhen(true, nameof(Configuration))]
    public bool IsValid => Configuration is not null;
}
