// RFC 4207 §4.1.1.1
using System.Text;
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>
/// Trace messages as text. The Trace Message field carries the text alone; the frame around it (CRC-7, CR LF, padding: G.707, T1.105) is the data
/// plane's. Pure.
/// </summary>
public static class TraceText
{
    /// <summary>The longest text: a 64-byte frame less CR and LF. A 16-byte frame carries up to 15 characters, a single byte one.</summary>
    public const int MaxLength = 62;

    /// <summary>Bytes of the longest frame: what is received may be anything, its framing included.</summary>
    public const int LongestFrame = 64;

    /// <summary>Whether a text can be what is received: bytes, <see cref="LongestFrame"/> at most.</summary>
    public static bool CanBeReceived(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= LongestFrame && text.All(c => c <= '\xFF');
    }

    /// <summary>Whether a text can be sent or expected: 1 to <see cref="MaxLength"/> printable ASCII characters.</summary>
    public static bool IsUsable(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= MaxLength && text.All(c => c is >= ' ' and <= '~');
    }

    /// <summary>The TRACE object of a text.</summary>
    public static TraceObject ToWire(TraceType type, string text) => new(type, ValueList.Create<byte>(Encoding.Latin1.GetBytes(text)));

    /// <summary>The text of a TRACE object, whatever its bytes.</summary>
    public static string FromWire(TraceObject trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return Encoding.Latin1.GetString(trace.Message.Span);
    }

    /// <summary>A text with unprintable characters, and the backslash, written out as <c>\x0d</c>.</summary>
    public static string Escape(string text) => ToWire(TraceType.SonetJ0, text).Text;

    /// <summary>A text for people: in quotes, with unprintable characters written out.</summary>
    public static string Quote(string? text) => text switch
    {
        null => "another one",
        "" => "none",
        _ => $"'{Escape(text)}'",
    };
}
