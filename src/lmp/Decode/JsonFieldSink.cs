using System.Text.Json;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>Writes the fields of objects as JSON properties; consecutive groups of one name as an array of objects.</summary>
/// <param name="json">Inside an object.</param>
internal sealed class JsonFieldSink(Utf8JsonWriter json) : IFieldSink
{
    // The array that is open at each depth, the innermost last.
    private readonly List<string?> _arrays = [null];

    /// <inheritdoc/>
    public void Number(string name, ulong value, string? meaning = null)
    {
        CloseArray();
        json.WriteNumber(name, value);
    }

    /// <inheritdoc/>
    public void Bandwidth(string name, float bytesPerSecond)
    {
        CloseArray();
        // JSON has no infinities and no NaN.
        if (float.IsFinite(bytesPerSecond)) json.WriteNumber(name, (double)bytesPerSecond);
        else json.WriteNull(name);
    }

    /// <inheritdoc/>
    public void Text(string name, string value, string? meaning = null)
    {
        CloseArray();
        json.WriteString(name, value);
    }

    /// <inheritdoc/>
    public void Flag(string name, bool value, string? meaning = null)
    {
        CloseArray();
        json.WriteBoolean(name, value);
    }

    /// <inheritdoc/>
    public void Begin(string name)
    {
        if (_arrays[^1] != name)
        {
            CloseArray();
            json.WriteStartArray(name);
            _arrays[^1] = name;
        }

        json.WriteStartObject();
        _arrays.Add(null);
    }

    /// <inheritdoc/>
    public void End()
    {
        CloseArray();
        _arrays.RemoveAt(_arrays.Count - 1);
        json.WriteEndObject();
    }

    /// <summary>Ends an object: to be called after all its fields.</summary>
    public void Finish() => CloseArray();

    private void CloseArray()
    {
        if (_arrays[^1] is null) return;
        json.WriteEndArray();
        _arrays[^1] = null;
    }
}
