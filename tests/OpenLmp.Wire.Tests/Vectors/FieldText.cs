using System.Globalization;
using System.Text;

namespace OpenLmp.Wire.Tests.Vectors;

/// <summary>Shows fields as text: <c>name = value: meaning</c>, a line each, groups indented.</summary>
internal sealed class FieldText : IFieldSink
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public static string Of(LmpObject o)
    {
        var sink = new FieldText();
        o.Describe(sink);
        return sink.Finish();
    }

    public static string Of(DataLinkSubobject o)
    {
        var sink = new FieldText();
        o.Describe(sink);
        return sink.Finish();
    }

    public void Number(string name, ulong value, string? meaning = null) => Line(name, value.ToString(CultureInfo.InvariantCulture), meaning);

    public void Bandwidth(string name, float bytesPerSecond) =>
        Line(name, ((double)bytesPerSecond).ToString("R", CultureInfo.InvariantCulture), Wire.Bandwidth.Format(bytesPerSecond));

    public void Text(string name, string value, string? meaning = null) => Line(name, $"\"{value}\"", meaning);

    public void Flag(string name, bool value, string? meaning = null) => Line(name, value ? "true" : "false", meaning);

    public void Begin(string name)
    {
        _text.Append(' ', 2 * _depth++).Append(name).Append('\n');
    }

    public void End()
    {
        Assert.True(_depth > 0, "a group ended that was not begun");
        _depth--;
    }

    private string Finish()
    {
        Assert.Equal(0, _depth);
        return _text.ToString().TrimEnd('\n');
    }

    private void Line(string name, string value, string? meaning) =>
        _text.Append(' ', 2 * _depth).Append(name).Append(" = ").Append(value).Append(meaning is null ? "" : ": " + meaning).Append('\n');
}
