using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>The section <c>api</c>. What it names outside of the file is looked at by <see cref="Http.AccessLoader"/>.</summary>
internal static class ApiSection
{
    private const int MostOfAnything = 10_000;

    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Anyones = ApiConfiguration.DefaultSocketMode | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads it; the defaults where it is left out.</summary>
    public static ApiConfiguration Read(Section root, Scope scope)
    {
        if (root.Child(
            "api", "socket", "mode", "read-group", "admin-group", "http", "https", "tls", "tokens", "anonymous-read", "audit", "limits") is not { } section)
            return new ApiConfiguration();
        var http = section.OptionalValue("http", Addresses.Http);
        if (http.Value is { } plain && !Addresses.IsLoopback(plain.Address))
        {
            scope.Findings.Error(
                http.At, $"http: {plain.Address} can be reached from other machines, and nothing is encrypted; write 127.0.0.1:{plain.Port}, or use https: with tls:");
        }

        var https = section.OptionalValue("https", Addresses.Http);
        if (https.Value is { } secure && secure == http.Value)
            scope.Findings.Error(https.At, $"https: http: has {Addresses.Full(secure)} already; give them a port each");
        var api = new ApiConfiguration
        {
            SocketPath = section.Optional("socket", Conversions.SocketPath, ApiConfiguration.DefaultSocketPath).Value,
            SocketMode = section.Optional("mode", Mode, ApiConfiguration.DefaultSocketMode).Value,
            ReadGroup = Named(section, "read-group", Group),
            AdminGroup = Named(section, "admin-group", Group),
            Http = http.Value,
            Https = https.Value,
            Tls = ReadTls(section),
            Tokens = Named(section, "tokens", Conversions.FilePath),
            AnonymousRead = section.OptionalValue("anonymous-read", Conversions.Boolean).Value,
            AuditPath = section.OptionalText("audit", Conversions.FilePath).Value,
            Limits = ReadLimits(section),
        };
        CheckTls(section, scope, api, https);
        return api;
    }

    private static void CheckTls(Section section, Scope scope, ApiConfiguration api, Field<NetworkEndpoint?> https)
    {
        if (https.IsGiven && !section.Has("tls"))
            scope.Findings.Error(section.KeyAt("https"), "https: tls is missing; add it beside, such as tls: {certificate: /etc/lmpd/lmpd.crt, key: /etc/lmpd/lmpd.key}");
        else if (https.IsUsable && api.Tls is { ClientCa: null } && !section.Has("tokens") && api.AnonymousRead != true)
            scope.Findings.Error(section.KeyAt("https"), "https: nobody may use it; add tokens:, or client-ca: below tls:, or anonymous-read: true");
        if (!https.IsGiven && section.Has("tls")) scope.Findings.Warning(section.KeyAt("tls"), "tls: without https: nothing uses it");
    }

    private static ApiTlsConfiguration? ReadTls(Section api)
    {
        if (api.Child("tls", "certificate", "key", "client-ca", "admins") is not { } section) return null;
        var certificate = section.Required("certificate", Conversions.FilePath, "/etc/lmpd/lmpd.crt");
        var key = section.Required("key", Conversions.FilePath, "/etc/lmpd/lmpd.key");
        return new ApiTlsConfiguration
        {
            Certificate = At(certificate),
            Key = At(key),
            ClientCa = Named(section, "client-ca", Conversions.FilePath),
            Admins = section.Values("admins", CommonName).Value,
        };
    }

    private static ApiLimits ReadLimits(Section api)
    {
        var defaults = new ApiLimits();
        if (api.Child("limits", "connections", "connections-per-peer", "event-streams", "event-streams-per-peer") is not { } section) return defaults;
        return new ApiLimits
        {
            Connections = section.Optional("connections", Count, defaults.Connections).Value,
            ConnectionsPerPeer = section.Optional("connections-per-peer", Count, defaults.ConnectionsPerPeer).Value,
            EventStreams = section.Optional("event-streams", Count, defaults.EventStreams).Value,
            EventStreamsPerPeer = section.Optional("event-streams-per-peer", Count, defaults.EventStreamsPerPeer).Value,
        };
    }

    private static Placed? Named(Section section, string key, Conversion<string> convert)
    {
        var field = section.OptionalText(key, convert);
        return field.Value is { } text ? new Placed(text, field.At.Line, field.At.Column) : null;
    }

    private static Placed At(Field<string> field) => new(field.Value, field.At.Line, field.At.Column);

    private static Converted<UnixFileMode> Mode(string text)
    {
        var mode = UnixFileMode.None;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '7') return NoMode(text);
            mode = (UnixFileMode)(((int)mode << 3) | (digit - '0'));
        }

        return text.Length is 3 or 4 && (mode & ~Anyones) == 0 && (mode & Owners) == Owners ? mode : NoMode(text);
    }

    private static Wrong NoMode(string text) =>
        new($"{Findings.Quote(text)} is not a mode for a socket; write 0600 for its owner, 0660 for its owner and group, or 0666 for all, who are then told apart by user and group");

    private static Converted<string> Group(string text) =>
        text.Length is > 0 and <= 63 && text[0] != '-' && !text.Any(c => c is ':' or ',' or '/' or <= ' ' or > '~') ? text
            : new Wrong($"{Findings.Quote(text)} cannot be a group; write its name or number, such as lmpd");

    private static Converted<string> CommonName(string text) =>
        text.Length is > 0 and <= 64 && !text.Any(char.IsControl) ? text : new Wrong($"{Findings.Quote(text)} cannot be a common name; write that of a client's certificate");

    private static Converted<int> Count(string text) =>
        Conversions.TryNumber(text, out var value) && value is > 0 and <= MostOfAnything ? (int)value
            : new Wrong($"{Findings.Quote(text)} is not a number from 1 to {MostOfAnything}");
}
