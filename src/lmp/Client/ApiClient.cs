using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OpenLmp.Api;

namespace OpenLmp.Cli.Client;

/// <summary>The API of one daemon. What goes wrong becomes a <see cref="CliException"/> that says what was tried and what to do.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly string _target;
    private readonly string _advice;

    private ApiClient(HttpClient http, string target, string advice)
    {
        _http = http;
        _target = target;
        _advice = advice;
        _http.Timeout = Timeout.InfiniteTimeSpan; // Streams have no end; each request brings its own limit.
    }

    /// <summary>A daemon behind a Unix socket.</summary>
    public static ApiClient OverUnixSocket(string path)
    {
        return new ApiClient(
            new HttpClient(HandlerOf(path)) { BaseAddress = new Uri("http://localhost") },
            path,
            "Is lmpd running? Its socket is named by api: socket: in its configuration; name it here with --socket PATH or LMP_SOCKET.");
    }

    /// <summary>Speaks HTTP over a Unix socket.</summary>
    internal static SocketsHttpHandler HandlerOf(string path) => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>A daemon's API over TCP.</summary>
    /// <param name="url">Where it is; without a scheme, http.</param>
    /// <param name="credentials">What it is shown.</param>
    /// <exception cref="CliException">The URL is none, or the credentials cannot be used.</exception>
    public static ApiClient OverTcp(string url, Credentials credentials)
    {
        if (!Uri.TryCreate(url.Contains("://", StringComparison.Ordinal) ? url : $"http://{url}", UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https"))
            throw new CliException(ExitCode.BadUsage, $"'{url}' is no URL of a daemon: write it as http://127.0.0.1:7010.");
        var server = uri.GetLeftPart(UriPartial.Authority);
        return new ApiClient(
            credentials.ClientOf(new Uri(server)),
            server,
            $"Is lmpd running, and does its configuration have api: {uri.Scheme}: with this address?");
    }

    /// <summary>What the API answers to a GET, as it is.</summary>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, AnswerTimeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a command.</summary>
    /// <param name="method">POST or PUT.</param>
    /// <param name="path">The path, escaped.</param>
    /// <param name="body">The JSON body, or null.</param>
    /// <param name="wait">How long the daemon was asked to wait, beyond the time an answer takes anyway.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer's JSON.</returns>
    public async Task<string> CommandAsync(HttpMethod method, string path, string? body, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return await SendAsync(request, AnswerTimeout + wait, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request whose refusal is an answer, too; a body is YAML.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, escaped.</param>
    /// <param name="yaml">The body, or null.</param>
    /// <param name="tag">Only if the ETag is still this one; null: whatever it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Exchange> ExchangeAsync(HttpMethod method, string path, string? yaml, string? tag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (yaml is not null) request.Content = new StringContent(yaml, new MediaTypeHeaderValue("application/yaml"));
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
        using var response = await OpenAsync(request, AnswerTimeout, cancellationToken).ConfigureAwait(false);
        return new Exchange(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false), response.Headers.ETag?.ToString());
    }

    /// <summary>What a refusal says.</summary>
    public ErrorAnswer ErrorOf(Exchange exchange) => ErrorIn(exchange.Body) ?? new ErrorAnswer($"{_target} answered {(int)exchange.Status} {exchange.Status}");

    /// <summary>Reads JSON of the API.</summary>
    public T Parse<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ApiJson.TypeInfo<T>()) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCode.No, $"The answer from {_target} is not understood ({e.Message}). Are lmp and lmpd of the same version?");
        }
    }

    /// <summary>The events as they happen: each the JSON of an <see cref="EventInfo"/>. The enumeration ends with the daemon.</summary>
    /// <param name="after">Begin with what the daemon remembers after this event; null: with the next event.</param>
    /// <param name="connected">Called once the daemon streams: what happens from then on is not missed.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<string> EventsAsync(long? after, Action connected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/{Words.Events}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (after is { } id) request.Headers.Add("Last-Event-ID", id.ToString());
        using var response = await ConnectAsync(request, AnswerTimeout, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        connected();
        var data = "";
        while (await NextLineAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data = line["data: ".Length..];
            }
            else if (line.Length == 0 && data.Length > 0)
            {
                yield return data;
                data = "";
            }
        }
    }

    /// <summary>That the daemon was there and is no more.</summary>
    public CliException Gone() => new(ExitCode.NoDaemon, $"The daemon at {_target} has gone.");

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<string?> NextLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null; // A daemon that was killed ends its stream without a last chunk.
        }
    }

    private async Task<string> SendAsync(HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var response = await ConnectAsync(request, timeout, cancellationToken).ConfigureAwait(false);
        try
        {
            return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Gone(); // In the midst of its answer.
        }
    }

    private async Task<HttpResponseMessage> ConnectAsync(HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var response = await OpenAsync(request, timeout, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new CliException(response.StatusCode == HttpStatusCode.BadRequest ? ExitCode.BadUsage : ExitCode.No, ErrorOf(response, text));
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException(ExitCode.NoDaemon, $"The daemon at {_target} took the connection but did not answer within {timeout.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or ArgumentException)
        {
            throw new CliException(ExitCode.NoDaemon, $"No daemon answers at {_target}: {Why(e)}. {_advice}");
        }
    }

    private static string Why(Exception e) => (e.InnerException ?? e) switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused",
        // What .NET makes of ENOENT on a Unix socket.
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "there is no such socket",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "permission denied (the socket's group may use it, others may not)",
        ArgumentException => "a Unix socket's path has at most 107 bytes",
        // What is wrong with a certificate is told by the exception within.
        System.Security.Authentication.AuthenticationException { InnerException: { } tls } failed => $"{failed.Message.TrimEnd('.')}: {tls.Message.TrimEnd('.')}",
        var inner => inner.Message.TrimEnd('.'),
    };

    private static string ErrorOf(HttpResponseMessage response, string text) =>
        ErrorIn(text)?.Error ?? $"{response.RequestMessage?.RequestUri?.PathAndQuery}: {(int)response.StatusCode} {response.ReasonPhrase}";

    private static ErrorAnswer? ErrorIn(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ApiJson.TypeInfo<ErrorAnswer>()) is { Error.Length: > 0 } answer ? answer : null;
        }
        catch (JsonException)
        {
            return null; // Not our API: a proxy, another service on that port.
        }
    }
}

/// <summary>What came back of a request.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="Tag">The ETag; null: none.</param>
internal sealed record Exchange(HttpStatusCode Status, string Body, string? Tag);
