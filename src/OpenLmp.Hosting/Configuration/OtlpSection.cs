namespace OpenLmp.Hosting;

/// <summary>The section <c>otlp</c>.</summary>
internal static class OtlpSection
{
    private const string MetricsPath = "/v1/metrics";

    private static readonly (string, OtlpProtocol)[] Protocols = [("http", OtlpProtocol.Http), ("grpc", OtlpProtocol.Grpc)];

    /// <summary>Reads it; null where it is left out, or wrong.</summary>
    public static OtlpConfiguration? Read(Section root)
    {
        const string Example = "http://127.0.0.1:4318";
        if (!root.Has("otlp") || root.RequiredChild("otlp", $"{{endpoint: \"{Example}\"}}", "endpoint", "interval", "protocol") is not { } section) return null;
        var endpoint = section.Required("endpoint", Collector, Example);
        var interval = section.Optional("interval", Durations.OtlpInterval, OtlpConfiguration.DefaultInterval);
        var protocol = section.Optional("protocol", text => Conversions.Word(text, Protocols, "a protocol", "they are"), OtlpProtocol.Http);
        if (!endpoint.IsValid) return null;
        return new OtlpConfiguration
        {
            Endpoint = protocol.Value == OtlpProtocol.Http ? OfMetrics(endpoint.Value) : endpoint.Value,
            Interval = interval.Value,
            Protocol = protocol.Value,
        };
    }

    private static Converted<Uri> Collector(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? uri
            : new Wrong($"{Findings.Quote(text)} is not where a collector listens; write http:// or https://, a host and a port, such as http://127.0.0.1:4318");

    // Like OTEL_EXPORTER_OTLP_ENDPOINT: the endpoint of all signals, to which that of the metrics is appended.
    private static Uri OfMetrics(Uri endpoint) =>
        endpoint.AbsolutePath.EndsWith(MetricsPath, StringComparison.Ordinal) ? endpoint : new UriBuilder(endpoint) { Path = endpoint.AbsolutePath.TrimEnd('/') + MetricsPath }.Uri;
}
