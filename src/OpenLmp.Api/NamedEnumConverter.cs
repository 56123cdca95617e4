using System.Text.Json.Serialization;

namespace OpenLmp.Api;

/// <summary>Writes and reads an enum by its names only: a number says nothing that stays true when a name is added.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class NamedEnumConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
