using OpenLmp.Api;

namespace OpenLmp.Hosting.Http;

/// <summary>The configuration of a running node, as the API shows and changes it.</summary>
public interface IConfigurationAccess
{
    /// <summary>The text in force, with secrets hidden, and a word that changes with it.</summary>
    (string Text, string Tag) Current { get; }

    /// <summary>A part of what is in force, as YAML, with secrets hidden.</summary>
    /// <param name="path">Keys and names from the top: <c>te-links/te1/confirm-interval</c>.</param>
    /// <exception cref="ConfigurationRefusedException">There is no such part.</exception>
    (string Text, string Tag) Part(string path);

    /// <summary>What a text would change.</summary>
    /// <exception cref="ConfigurationRefusedException">It has errors.</exception>
    ConfigurationAnswer Compare(string text);

    /// <summary>Puts a text in force: all of it, or nothing.</summary>
    /// <param name="change">The text.</param>
    /// <param name="expected">Only if the word of what is in force is this; null: whatever it is.</param>
    /// <param name="save">Whether to write it to the file that the daemon was started with, too.</param>
    /// <param name="cancellation">Gives up while nothing has changed yet.</param>
    /// <exception cref="ConfigurationRefusedException">It is not in force; nothing has changed.</exception>
    Task<ConfigurationAnswer> ApplyAsync(ConfigurationEditRequest change, string? expected, bool save, CancellationToken cancellation);
}

/// <summary>A change of the configuration.</summary>
/// <param name="Path">The part to replace; null: the whole.</param>
/// <param name="Text">Its YAML; null: the part is removed.</param>
public sealed record ConfigurationEditRequest(string? Path, string? Text);
