using System.Globalization;
using System.Text;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>Writes the fields of objects for people: one a line, groups indented below their name.</summary>
/// <param name="output">Where they go.</param>
/// <param name="indent">Spaces before the fields of an object.</param>
internal sealed class TextFieldSink(Utf8Text output, int indent) : IFieldSink
{
    private const int Step = 4;
    private const int MostBandwidths = 100;

    // Most of what is written are the starts of lines, and there are not many.
    private readonly List<Dictionary<string, byte[]>> _starts = [];
    private readonly Dictionary<uint, string> _bandwidths = [];
    private int _depth;

    /// <inheritdoc/>
    public void Number(string name, ulong value, string? meaning = null)
    {
        Start(name).Number(value);
        End(meaning);
    }

    /// <inheritdoc/>
    public void Id(string name, Identifier value, string? meaning = null)
    {
        Start(name).Id(value);
        End(meaning);
    }

    /// <inheritdoc/>
    public void Bandwidth(string name, float bytesPerSecond)
    {
        // The shortest digits of a float take long to find, and one capture has but few bandwidths.
        var bits = BitConverter.SingleToUInt32Bits(bytesPerSecond);
        if (!_bandwidths.TryGetValue(bits, out var words))
        {
            if (_bandwidths.Count >= MostBandwidths) _bandwidths.Clear();
            words = $"{((double)bytesPerSecond).ToString(CultureInfo.InvariantCulture)} ({Wire.Bandwidth.Format(bytesPerSecond)})";
            _bandwidths[bits] = words;
        }

        Start(name).Text(words).EndLine();
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

    private Utf8Text Start(string name)
    {
        // The first field of all may be that of a group.
        while (_depth >= _starts.Count) _starts.Add(new Dictionary<string, byte[]>(ReferenceEqualityComparer.Instance));
        if (!_starts[_depth].TryGetValue(name, out var start))
            _starts[_depth][name] = start = Encoding.UTF8.GetBytes($"{new string(' ', indent + (Step * _depth))}{name} = ");
        return output.Text(start);
    }

    private void End(string? meaning)
    {
        if (!string.IsNullOrEmpty(meaning)) output.Text(" ("u8).Text(meaning).Text(")\n"u8);
        else output.EndLine();
    }
}
