using System.Globalization;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>Writes the fields of objects for people: one a line, groups indented below their name.</summary>
/// <param name="output">Where they go.</param>
/// <param name="indent">Spaces before the fields of an object.</param>
internal sealed class TextFieldSink(Utf8Output output, int indent) : IFieldSink
{
    private const int Step = 4;

    private int _depth;

    /// <inheritdoc/>
    public void Number(string name, ulong value, string? meaning = null)
    {
        Start(name).Number(value);
        End(meaning);
    }

    /// <inheritdoc/>
    public void Real(string name, double value, string? meaning = null)
    {
        Start(name).Text(value.ToString(CultureInfo.InvariantCulture));
        End(meaning);
    }

    /// <inheritdoc/>
    public void Text(string name, string value, string? meaning = null)
    {
        Start(name).Text(value);
        End(meaning);
    }

    /// <inheritdoc/>
    public void Flag(string name, bool value, string? meaning = null)
    {
        Start(name).Text(value ? "1"u8 : "0"u8);
        End(meaning);
    }

    /// <inheritdoc/>
    public void Begin(string name)
    {
        output.Repeat(' ', indent + (Step * _depth)).Text(name).Text(":"u8).EndLine();
        _depth++;
    }

    /// <inheritdoc/>
    public void End() => _depth--;

    private Utf8Output Start(string name) => output.Repeat(' ', indent + (Step * _depth)).Text(name).Text(" = "u8);

    private void End(string? meaning)
    {
        if (!string.IsNullOrEmpty(meaning)) output.Text(" ("u8).Text(meaning).Text(")"u8);
        output.EndLine();
    }
}
