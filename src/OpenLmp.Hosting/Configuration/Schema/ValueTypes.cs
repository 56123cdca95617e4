using System.Globalization;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>The kinds of single values.</summary>
internal static class ValueTypes
{
    private const string Ip4 = @"\d{1,3}(\.\d{1,3}){3}";
    private const string Ip6 = @"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[^\]/]+)?";
    private const string Endpoint = $@"^({Ip4}(:\d+)?|{Ip6}|\[{Ip6}\](:\d+)?)$";

    public static readonly ScalarType Truth = new("truth value") { Example = "true", IsTruth = true, Words = ["true", "false"] };

    public static readonly ScalarType Name = new("name") { Example = "oxc9", IsNumber = true, Pattern = "^[A-Za-z0-9_][A-Za-z0-9._-]{0,62}$" };

    public static readonly ScalarType Interface = new("network interface") { Example = "eth9", IsNumber = true, Pattern = @"^[^/:\s]{1,15}$" };

    public static readonly ScalarType NodeId = new("Node_Id") { Example = "10.9.9.9", Pattern = $"^{Ip4}$" };

    public static readonly ScalarType ControlChannelId = Number(1, uint.MaxValue, "9") with { Name = "CC_Id" };

    public static readonly ScalarType LinkId = new("Link_Id")
    {
        Example = "909",
        IsNumber = true,
        Min = 1,
        Max = uint.MaxValue,
        Pattern = $"^({Ip4}|{Ip6})$",
        Canonical = Plain,
    };

    public static readonly ScalarType InterfaceId = LinkId with { Name = "Interface_Id" };

    public static readonly ScalarType Listen = new("address")
    {
        Example = "\"10.255.9.1:701\"",
        Pattern = Endpoint,
        Canonical = text => Addresses.Full(Addresses.Listen(text).Value),
    };

    public static readonly ScalarType Local = new("address") { Example = "10.255.0.1", Pattern = Endpoint };

    public static readonly ScalarType Remote = new("address, or `multicast`")
    {
        Example = "10.255.9.2",
        Pattern = $"^multicast$|{Endpoint}",
        Canonical = text => text == "multicast" ? text : Addresses.Full(Addresses.Remote(text).Value),
    };

    public static readonly ScalarType Http = new("address with port") { Example = "127.0.0.1:7999", Pattern = $@"^({Ip4}|\[{Ip6}\]):\d+$" };

    public static readonly ScalarType Path = new("path") { Example = "/var/lib/lmpd/other.db", Pattern = "^/.*[^/]$" };

    public static readonly ScalarType Socket = new("path, or `none`") { Example = "/run/lmpd/other.sock", Pattern = "^(none|/.*[^/])$" };

    public static readonly ScalarType Master = new("`unix:PATH`, or `tcp:ADDRESS:PORT`") { Example = "tcp:127.0.0.1:705", Pattern = "^(unix:/.*[^/]|tcp:.+)$" };

    public static readonly ScalarType Duration = new("duration")
    {
        Example = "777ms",
        IsNumber = true,
        Min = 0,
        Max = 0,
        Pattern = @"^(0|(\d+(\.\d*)?|\.\d+) *(ms|s|min|h))$",
        Canonical = Milliseconds,
    };

    public static readonly ScalarType Collector = new("URL") { Example = "http://127.0.0.1:4317", Pattern = "^https?://[^/@?#]+(/[^?#]*)?$" };

    public static readonly ScalarType Identity = new("1 to 200 characters") { Example = "oxc9.example.net", IsNumber = true, Pattern = "^.{1,200}$" };

    public static readonly ScalarType Proposal = new("algorithms in strongSwan's words") { Example = "aes128gcm16-prfsha256-x25519", Pattern = "^[a-z0-9_]+(-[a-z0-9_]+)*$" };

    /// <summary>A duration above 0.</summary>
    public static readonly ScalarType PositiveDuration = Duration with { IsNumber = false, Min = null, Max = null, Name = "duration above 0" };

    /// <summary>A Hello parameter: 16 bits of milliseconds (RFC 4204 §13.6).</summary>
    public static readonly ScalarType HelloMilliseconds = PositiveDuration with { Name = "duration, 1ms to 65535ms" };

    public static readonly ScalarType Bandwidth = new("bandwidth")
    {
        Example = "40Gbps",
        Pattern = @"^(\d+(\.\d*)?|\.\d+) *(bps|kbps|Mbps|Gbps|Tbps)$",
        Canonical = Rate,
    };

    public static readonly ScalarType Uint32 = Number(0, uint.MaxValue, "99");

    public static readonly ScalarType Label = new("label")
    {
        Example = "hex:0a0b0c",
        IsNumber = true,
        Min = 0,
        Max = uint.MaxValue,
        Pattern = "^[Hh][Ee][Xx]:([0-9A-Fa-f]{2}){1,251}$",
        Canonical = text => Conversions.ChannelLabel(text).Value.ToString(),
    };

    public static readonly ScalarType TraceText = new("1 to 62 printable ASCII characters") { Example = "NICE", IsNumber = true, Pattern = "^[ -~]{1,62}$" };

    public static readonly ScalarType Transport = Words([.. VerifyTransports.All.Select(t => t.Name)]);

    public static readonly ScalarType Protection = Words([.. Rfc3471.Protections.Select(t => t.Name)]);

    public static readonly ScalarType Switching = Words([.. Rfc3471.SwitchingTypes.Select(t => t.Name)]);

    public static readonly ScalarType Encoding = Words([.. Rfc3471.Encodings.Select(t => t.Name)]);

    public static readonly ScalarType Trace = Words([.. TraceTypes.All.Select(t => t.Name)]);

    /// <summary>One of some words; the example is the last.</summary>
    public static ScalarType Words(params string[] words) => new(string.Join(" ", words.Select(w => $"`{w}`"))) { Example = words[^1], Words = words };

    /// <summary>A number in a range, decimal or hexadecimal.</summary>
    public static ScalarType Number(double min, double max, string example) =>
        new(string.Create(CultureInfo.InvariantCulture, $"number, {min} to {max}"))
        {
            Example = example,
            IsNumber = true,
            Min = min,
            Max = max,
            Pattern = "^0[xX][0-9A-Fa-f]{1,8}$",
            Canonical = Plain,
        };

    /// <summary>A duration in a range, which the name tells.</summary>
    public static ScalarType DurationOf(string range, string example) => PositiveDuration with { Name = $"duration, {range}", Example = example };

    // Numbers are one number, however written; other texts are what they are.
    private static string Plain(string text) => Conversions.TryNumber(text, out var number) ? number.ToString(CultureInfo.InvariantCulture) : text;

    private static string Rate(string text) => Wire.Bandwidth.TryParse(text, out var value) ? Wire.Bandwidth.Format(value).Replace(" ", "", StringComparison.Ordinal) : text;

    private static string Milliseconds(string text)
    {
        if (Durations.Duration(text) is not { Problem: null, Value: var duration }) return text;
        if (duration == TimeSpan.Zero) return "0";
        foreach (var (ticks, unit) in (ReadOnlySpan<(long, string)>)[(TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "min"), (TimeSpan.TicksPerSecond, "s")])
            if (duration.Ticks % ticks == 0) return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / ticks}{unit}");
        return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds}ms");
    }
}
