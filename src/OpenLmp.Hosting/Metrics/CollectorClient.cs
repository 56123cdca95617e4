using System.Net.Sockets;

namespace OpenLmp.Hosting.Metrics;

/// <summary>The HTTP client that a collector is reached by: it ends when the daemon does, and knows why something did not arrive.</summary>
internal sealed class CollectorClient(TimeSpan patience, CancellationToken stopping) : DelegatingHandler(Sockets(patience))
{
    /// <summary>Why the last request was not answered well; null: it was, or there was none.</summary>
    public string? Problem { get; set; }

    /// <summary>A client, which lives as long as this.</summary>
    public HttpClient Create() => new(this, disposeHandler: false) { Timeout = patience };

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        try
        {
            return Look(base.Send(request, ends.Token));
        }
        catch (Exception e)
        {
            Problem = InWords(e);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        try
        {
            return Look(await base.SendAsync(request, ends.Token).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            Problem = InWords(e);
            throw;
        }
    }

    // No proxy: where the metrics go is what the configuration says.
    private static SocketsHttpHandler Sockets(TimeSpan patience) => new() { UseProxy = false, ConnectTimeout = patience, AllowAutoRedirect = false };

    private HttpResponseMessage Look(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode) Problem = $"it answers {(int)response.StatusCode} {response.ReasonPhrase}";
        return response;
    }

    private string InWords(Exception e) => (e.InnerException ?? e) switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nobody listens there",
        OperationCanceledException => $"no answer within {patience.TotalSeconds:0.###} s",
        var inner => inner.Message.ReplaceLineEndings(" ").TrimEnd('.'),
    };
}
