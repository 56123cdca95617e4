using System.Buffers;
using System.Globalization;
using System.Text;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Texts to values: names, numbers, words.</summary>
internal static class Conversions
{
    private const int LongestName = 63;
    private const int LongestInterface = 15; // IFNAMSIZ - 1
    private const int LongestSocketPath = 107; // sizeof(sun_path) - 1

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private static readonly (string, bool)[] Booleans = [("true", true), ("false", false)];
    private static readonly (string, DataPlaneKind)[] DataPlanes = [("linux", DataPlaneKind.Linux), ("external", DataPlaneKind.External)];
    private static readonly (string, WdmRole)[] WdmRoles = [("none", WdmRole.None), ("ols", WdmRole.Ols), ("peer", WdmRole.Peer)];
    private static readonly (string, ControlChannelRole)[] Roles = [("active", ControlChannelRole.Active), ("passive", ControlChannelRole.Passive)];
    private static readonly (string, SwitchingType)[] SwitchingTypes = [.. Rfc3471.SwitchingTypes.Select(t => (t.Name, t.Value))];
    private static readonly (string, EncodingType)[] EncodingTypes = [.. Rfc3471.Encodings.Select(t => (t.Name, t.Value))];
    private static readonly (string, LinkProtection)[] Protections = [.. Rfc3471.Protections.Select(t => (t.Name, t.Value))];

    private static readonly (string, TraceType)[] TraceTypeNames = [.. TraceTypes.All.Select(t => (t.Name, t.Value))];
    private static readonly (string, VerifyTransport)[] TransportNames = [.. VerifyTransports.All.Select(t => (t.Name, t.Value))];

    /// <summary>A name: it appears in URLs, in lists with commas and before the / of a channel's name, and must not look like an option or "..".</summary>
    public static Converted<string> Name(string text) =>
        text.Length is > 0 and <= LongestName && text[0] is not ('.' or '-') && !text.AsSpan().ContainsAnyExcept(NameCharacters) ? text
            : new Wrong($"{Findings.Quote(text)} cannot be a name; use 1 to {LongestName} letters, digits, '.', '_' and '-', the first not '.' or '-'");

    /// <summary>A network interface's name, by the kernel's rules.</summary>
    public static Converted<string> InterfaceName(string text) =>
        text.Length is > 0 and <= LongestInterface && text is not ("." or "..") && !text.Any(c => c is '/' or ':' or <= ' ' or > '~') ? text
            : new Wrong($"{Findings.Quote(text)} cannot be a network interface; write a name of at most {LongestInterface} characters, such as eth0");

    /// <summary>A file's path, from the root: what the working directory is, is not seen in the file.</summary>
    public static Converted<string> FilePath(string text) =>
        text.StartsWith('/') && !text.EndsWith('/') && !text.Any(char.IsControl) ? text
            : new Wrong($"{Findings.Quote(text)} is not the full path of a file; write it from the root, such as /var/lib/lmpd/lmpd.db");

    /// <summary>A Unix socket's path, or null for "none".</summary>
    public static Converted<string?> SocketPath(string text)
    {
        if (text == "none") return (string?)null;
        if (FilePath(text).Problem is not null)
        {
            return new Wrong($"{Findings.Quote(text)} is not the full path of a socket; "
                + $"write it from the root, such as {ApiConfiguration.DefaultSocketPath}, or none");
        }

        var length = Encoding.UTF8.GetByteCount(text);
        return length <= LongestSocketPath ? text
            : new Wrong($"the path has {length} bytes, a Unix socket's has at most {LongestSocketPath}; use a shorter one");
    }

    public static Converted<bool> Boolean(string text) => Word(text, Booleans, "a truth value", "write one of");

    public static Converted<DataPlaneKind> DataPlane(string text) => Word(text, DataPlanes, "a data plane", "the data planes are");

    public static Converted<WdmRole> Wdm(string text) => Word(text, WdmRoles, "a WDM role", "the roles are");

    public static Converted<ControlChannelRole> Role(string text) => Word(text, Roles, "a role", "the roles are");

    public static Converted<SwitchingType> Switching(string text) => Word(text, SwitchingTypes, "a switching type", "they are");

    public static Converted<EncodingType> EncodingName(string text) => Word(text, EncodingTypes, "an encoding", "they are");

    public static Converted<LinkProtection> Protection(string text) => Word(text, Protections, "a link protection", "they are");

    public static Converted<TraceType> Trace(string text) => Word(text, TraceTypeNames, "a trace type", "they are");

    public static Converted<VerifyTransport> Transport(string text) => Word(text, TransportNames, "a transport mechanism", "they are");

    /// <summary>A trace message (RFC 4207 §4.1.1.1).</summary>
    public static Converted<string> TraceMessage(string text) =>
        TraceText.IsUsable(text) ? text
            : new Wrong($"{Findings.Quote(text)} cannot be a trace message; use 1 to {TraceText.MaxLength} printable ASCII characters");

    /// <summary>A number of 32 bits, decimal or 0x and hexadecimal.</summary>
    public static Converted<uint> Number(string text) =>
        TryNumber(text, out var value) ? value
            : new Wrong($"{Findings.Quote(text)} is not a number from 0 to {uint.MaxValue}; write it in decimal, or in hexadecimal after 0x");

    /// <summary>A data channel's label (RFC 5818 §5.2): a number of 4 bytes, or bytes.</summary>
    public static Converted<DataChannelLabel> ChannelLabel(string text)
    {
        if (DataChannelLabel.TryParseHex(text, out var label)) return label;
        if (text.StartsWith("hex:", StringComparison.OrdinalIgnoreCase))
            return new Wrong($"{Findings.Quote(text)} is not a label; after hex: write 1 to {DataChannelLabel.MaxLength} bytes, two hexadecimal digits each");
        var (number, problem) = Number(text);
        return problem is null ? DataChannelLabel.Of(number) : new Wrong($"{problem}; labels that are not 4 bytes long as bytes, such as hex:0a0b0c");
    }

    /// <summary>The X of a bit error rate of 10 to the minus X (RFC 4209 §2.3.3).</summary>
    public static Converted<byte> Exponent(string text) =>
        TryNumber(text, out var value) && value <= byte.MaxValue ? (byte)value
            : new Wrong($"{Findings.Quote(text)} is not an exponent from 0 to 255; for a bit error rate of 1e-13 write 13");

    /// <summary>A Link Group ID (RFC 4209 §2.3.1).</summary>
    public static Converted<uint> LinkGroup(string text) =>
        Number(text).If(id => id != uint.MaxValue,
            "0xFFFFFFFF stands for all data links of the TE link (RFC 4209 §2.3.1); remove it, every data link belongs to that group");

    /// <summary>Bytes per second, more than none.</summary>
    public static Converted<float> Rate(string text)
    {
        if (!Bandwidth.TryParse(text, out var value))
            return new Wrong($"{Findings.Quote(text)} is not a bandwidth; write a number and bps, kbps, Mbps, Gbps or Tbps, such as 10Gbps");
        return value > 0 ? value : new Wrong($"{Findings.Quote(text)} is no bandwidth at all; write one above 0, such as 10Gbps");
    }

    internal static bool TryNumber(string text, out uint value) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>One of some words.</summary>
    public static Converted<T> Word<T>(string text, (string Name, T Value)[] words, string what, string otherwise)
    {
        foreach (var word in words)
            if (word.Name == text) return word.Value;
        string[] names = [.. words.Select(w => w.Name)];
        return new Wrong($"{Findings.Quote(text)} is not {what}; {Suggestion.For(text, names, otherwise)}");
    }
}
