using OpenLmp.Api;

namespace OpenLmp.Hosting;

/// <summary>
/// One key of the configuration: what the reference, the JSON Schema of editors and the difference of two configurations are made from. A test compares
/// the keys here with those that <see cref="ConfigurationReader"/> takes.
/// </summary>
/// <param name="Name">The key.</param>
/// <param name="Type">What its value is.</param>
/// <param name="Default">What counts where it is left out, as it would be written; null: nothing, or what <see cref="Otherwise"/> says.</param>
/// <param name="Effect">What a change of it does to a node that runs.</param>
/// <param name="Meaning">What it means, in Markdown, with the sections of the RFCs; those without an RFC are RFC 4204's.</param>
internal sealed record ConfigurationKey(string Name, ConfigurationType Type, string? Default, ConfigurationEffect Effect, string Meaning)
{
    /// <summary>Whether it has to be given.</summary>
    public bool Required { get; init; }

    /// <summary>What counts where it is left out, in words, where that is no value.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Whether the value is kept from everybody: it appears in no answer of the API, and no difference.</summary>
    public bool Secret { get; init; }
}
