namespace OpenLmp.Hosting.Tests;

/// <summary>otlp.</summary>
public class OtlpSectionTests
{
    [Fact]
    public void Is_off_unless_it_is_configured() => Assert.Null(Reading.Good(Texts.Minimal).Otlp);

    [Theory]
    [InlineData("endpoint: \"http://127.0.0.1:4318\"", "http://127.0.0.1:4318/v1/metrics", OtlpProtocol.Http, 10)]
    [InlineData("endpoint: \"https://collector.example/otlp/\", interval: 1min", "https://collector.example/otlp/v1/metrics", OtlpProtocol.Http, 60)]
    [InlineData("endpoint: \"http://[::1]:4318/v1/metrics\", protocol: http", "http://[::1]:4318/v1/metrics", OtlpProtocol.Http, 10)]
    [InlineData("endpoint: \"http://127.0.0.1:4317\", protocol: grpc, interval: 1s", "http://127.0.0.1:4317/", OtlpProtocol.Grpc, 1)]
    public void Has_a_collector(string keys, string endpoint, OtlpProtocol protocol, int seconds) =>
        Assert.Equal(
            new OtlpConfiguration { Endpoint = new Uri(endpoint), Protocol = protocol, Interval = TimeSpan.FromSeconds(seconds) },
            Reading.Good(Texts.Root($"otlp: {{{keys}}}")).Otlp);

    [Theory]
    [InlineData("¶otlp:", "configuration: otlp is missing or empty; add it, such as otlp: {endpoint: \"http://127.0.0.1:4318\"}")]
    [InlineData("otlp: ¶{interval: 10s}", "otlp: endpoint is missing; add it, such as endpoint: http://127.0.0.1:4318")]
    [InlineData("otlp: {endpoint: ¶\"127.0.0.1:4318\"}", "endpoint: \"127.0.0.1:4318\" is not where a collector listens; write http:// or https://, a host and a port, such as http://127.0.0.1:4318")]
    [InlineData("otlp: {endpoint: ¶\"http://a:b@c:4318\"}", "endpoint: \"http://a:b@c:4318\" is not where a collector listens; write http:// or https://, a host and a port, such as http://127.0.0.1:4318")]
    [InlineData("otlp: {endpoint: \"http://c\", interval: ¶500ms}", "interval: \"500ms\" is not between 1s and 1h; 10s is usual")]
    [InlineData("otlp: {endpoint: \"http://c\", protocol: ¶tcp}", "protocol: \"tcp\" is not a protocol; they are http, grpc")]
    public void What_cannot_be_is_told(string lines, string error) => Reading.Bad(Texts.Root(lines), error);
}
