using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace OpenLmp.Hosting.Tests.Metrics;

/// <summary>One sample of a metric, or one histogram.</summary>
internal sealed record Sample(string Metric, string Labels, double Value, bool IsMonotonic, ulong[]? Buckets = null, double[]? Bounds = null);

/// <summary>A collector of OpenTelemetry: takes metrics by HTTP or gRPC, and says yes.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private const string GrpcPath = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    private readonly WebApplication _app;
    private readonly BlockingCollection<List<Sample>> _taken = [];

    private Collector(bool grpc)
    {
        // Not the server of our own API, which takes JSON only.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _app = builder.Build();
        _app.MapMethods(grpc ? GrpcPath : "/v1/metrics", ["POST"], grpc ? TakeGrpcAsync : TakeHttpAsync);
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>The status it answers.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    public string Resource { get; private set; } = "";

    public static async Task<Collector> StartAsync(bool grpc = false)
    {
        var collector = new Collector(grpc);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>The next metrics.</summary>
    public Task<List<Sample>> TakeAsync() => Task.Run(() => _taken.TryTake(out var metrics, TimeSpan.FromSeconds(60)) ? metrics : throw new TimeoutException("no metrics came"));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _taken.Dispose();
    }

    private async Task TakeHttpAsync(HttpContext context)
    {
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        Take(await BodyAsync(context));
        context.Response.StatusCode = Status;
    }

    private async Task TakeGrpcAsync(HttpContext context)
    {
        Assert.Equal("application/grpc", context.Request.ContentType);
        // Not compressed, and the length.
        Take((await BodyAsync(context))[5..]);
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        return memory.ToArray();
    }

    // opentelemetry/proto/metrics/v1/metrics.proto
    private void Take(byte[] request)
    {
        var samples = new List<Sample>();
        foreach (var resource in new Protobuf(request).All(1))
        {
            Resource = Labels(resource.Only(1)!, 1);
            foreach (var metric in resource.All(2).SelectMany(scope => scope.All(2)))
            {
                var name = metric.Text(1);
                samples.AddRange(from point in metric.Only(5)?.All(1) ?? [] select new Sample(name, Labels(point, 7), point.Double(4), false));
                samples.AddRange(from point in metric.Only(7)?.All(1) ?? [] select new Sample(name, Labels(point, 7), point.Double(4), metric.Only(7)!.Number(3) == 1));
                samples.AddRange(from point in metric.Only(9)?.All(1) ?? []
                                 select new Sample(
                    name, Labels(point, 9), point.Double(5), true, point.Packed(6), [.. point.Packed(7).Select(BitConverter.UInt64BitsToDouble)]));
            }
        }

        _taken.Add(samples);
    }

    private static string Labels(Protobuf of, int field) =>
        string.Join(',', of.All(field).Select(label => $"{label.Text(1)}=\"{label.Only(2)!.Text(1)}\"").Order(StringComparer.Ordinal));
}
