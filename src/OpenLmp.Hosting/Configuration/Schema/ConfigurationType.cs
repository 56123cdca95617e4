namespace OpenLmp.Hosting;

/// <summary>What the value of a key is.</summary>
/// <param name="Name">In words: <c>duration</c>.</param>
internal abstract record ConfigurationType(string Name);

/// <summary>A single value.</summary>
/// <param name="Name">In words.</param>
internal sealed record ScalarType(string Name) : ConfigurationType(Name)
{
    /// <summary>A right value.</summary>
    public required string Example { get; init; }

    /// <summary>What a text has to look like, as a regular expression of JSON Schema; null: anything.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether YAML may take the value for a number.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether YAML takes the value for a truth value.</summary>
    public bool IsTruth { get; init; }

    /// <summary>The least number.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest number.</summary>
    public double? Max { get; init; }

    /// <summary>The values there are; empty: they are not words.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Makes one text of all that mean the same; gets right texts only.</summary>
    public Func<string, string> Canonical { get; init; } = text => text;
}

/// <summary>A list of single values.</summary>
/// <param name="Item">What each is.</param>
internal sealed record ListType(ScalarType Item) : ConfigurationType($"list of {Item.Name}");

/// <summary>Keys with values.</summary>
/// <param name="Keys">The keys.</param>
internal sealed record SectionType(IReadOnlyList<ConfigurationKey> Keys) : ConfigurationType("keys below")
{
    /// <summary>Whether to leave it out means something else than to leave out each of its keys.</summary>
    public bool IsSwitch { get; init; }
}

/// <summary>A list of entries that are keys with values.</summary>
/// <param name="What">An entry in words: <c>control channel</c>.</param>
/// <param name="Identity">The key that an entry is known by; null: by its place only, and the list is one value.</param>
/// <param name="Keys">An entry's keys.</param>
internal sealed record TableType(string What, string? Identity, IReadOnlyList<ConfigurationKey> Keys) : ConfigurationType("list");

/// <summary>A single value, or keys with values.</summary>
/// <param name="Plain">The single value.</param>
/// <param name="Keys">The keys.</param>
internal sealed record EitherType(ScalarType Plain, IReadOnlyList<ConfigurationKey> Keys) : ConfigurationType($"{Plain.Name}, or keys below");

/// <summary>Keys with values, or a list of such.</summary>
/// <param name="What">An entry in words.</param>
/// <param name="Keys">The keys.</param>
internal sealed record OneOrMoreType(string What, IReadOnlyList<ConfigurationKey> Keys) : ConfigurationType("keys below, or a list of them");
