using System.Text;
using Microsoft.AspNetCore.Http;
using OpenLmp.Api;
using OpenLmp.Hosting.Metrics;

namespace OpenLmp.Hosting.Http;

/// <summary>What monitoring systems and tools ask for: health, metrics, and the description of the API itself.</summary>
internal static class ServiceRoutes
{
    /// <summary>The routes.</summary>
    public static IEnumerable<ApiRoute> Of(ApiContext api) =>
    [
        new("GET", "/healthz", "Whether the daemon is well: its protocol thread answers.", typeof(HealthInfo), async context =>
        {
            await api.AskAsync(context, (_, now) => now).ConfigureAwait(false);
            await ApiResponse.WriteAsync(context, new HealthInfo("ok")).ConfigureAwait(false);
        })
        {
            Errors = [StatusCodes.Status503ServiceUnavailable],
        },
        new("GET", "/metrics", "Metrics in the Prometheus text format.", null, async context =>
        {
            var snapshot = await api.AskAsync(context, (node, _) => MetricsSnapshot.Take(node, api.Node.SendHellos)).ConfigureAwait(false);
            var text = new PrometheusText();
            snapshot.Write(text, api.Node);
            await ApiResponse.WriteTextAsync(context, Encoding.UTF8.GetBytes(text.ToString()), PrometheusText.ContentType).ConfigureAwait(false);
        })
        {
            MediaType = "text/plain",
        },
        new("GET", "/openapi/v1.json", "This description.", null, context =>
            ApiResponse.WriteTextAsync(context, OpenApiDocument.Bytes, "application/json; charset=utf-8"))
        {
            MediaType = "application/json",
        },
    ];
}
