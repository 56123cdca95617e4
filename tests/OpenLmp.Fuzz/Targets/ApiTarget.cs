using System.Net;
using System.Text;
using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Fuzz;

/// <summary>
/// The API over its Unix socket: a request is a line with method and path, and the body. Whatever is asked, no answer is 500 or worse, and the node
/// goes on. The server has threads of its own, so nothing tells which ways a request took.
/// </summary>
internal sealed class ApiTarget : FuzzTarget
{
    // What a node has told is kept; with a new one now and then memory stays as it is.
    private const int RequestsPerDaemon = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TextMutations _mutations = new(
        "te1", "te1-1", "te1-2", "te1-1,te1-2", "b", "a", "1", "/v1/", "/up", "/down", "/verify", "/confirm", "/summarize", "/allocate", "/release", "/signal", "/trace", "?wait=1ms", "?unassigned=true",
        "?type=sonet-j0", "?name=te1", "\"signal\":", "\"ok\"", "\"fail\"", "\"type\":", "\"sonet-j0\"", "\"send\":", "\"expect\":", "\"received\":", "{\"a\":", "[[", "\"\\u0000\"", "\"\\ud800\"", "GET ", "PUT ", "POST ", "DELETE ", "HEAD ");

    private TestDaemon? _daemon;
    private int _requests;

    public override string Name => "api";

    public override bool IsGuided => false;

    public override IEnumerable<byte[]> Seeds()
    {
        foreach (var route in Daemon.Routes)
        {
            var path = route.Pattern.Replace("{neighbor}", "b").Replace("{id}", "1").Replace("{names}", "te1-1,te1-2").Replace("{a}", "te1-1").Replace("{b}", "te1-2")
                .Replace("{name}", route.Pattern.Contains("te-links") ? "te1" : route.Pattern.Contains("data-links") ? "te1-1" : "b");
            yield return Encoding.UTF8.GetBytes($"{route.Method} {path}\n");
            foreach (var (name, _) in route.Query) yield return Encoding.UTF8.GetBytes($"{route.Method} {path}?{name}={(name == "wait" ? "1ms" : "te1")}\n");
            if (route.Body is null) continue;
            yield return Encoding.UTF8.GetBytes($"{route.Method} {path}\n{{\"signal\": \"fail\"}}");
            yield return Encoding.UTF8.GetBytes($"{route.Method} {path}\n{{\"type\": \"sonet-j0\", \"send\": \"from a\", \"expect\": \"from b\"}}");
            yield return Encoding.UTF8.GetBytes($"{route.Method} {path}\n{{\"version\": 1, \"agent\": \"x\", \"session\": 1, \"signals\": {{\"te1-1\": \"ok\"}}, \"tests\": []}}");
        }
    }

    public override void Mutate(Random random, Draft draft, Func<byte[]> other) => _mutations.Mutate(random, draft, other);

    public override int Run(ReadOnlySpan<byte> input)
    {
        if (++_requests % RequestsPerDaemon == 0) Stop();

        var text = Encoding.UTF8.GetString(input);
        var end = text.IndexOf('\n') is var newline and >= 0 ? newline : text.Length;
        var space = text.AsSpan(0, end).IndexOf(' ');
        if (space <= 0 || text[(space + 1)..end] is not ['/', ..] path) return 1;
        AskAsync(text[..space], path.TrimEnd('\r'), text[Math.Min(text.Length, end + 1)..]).GetAwaiter().GetResult();
        return 1;
    }

    public override string Describe(byte[] input) => Encoding.UTF8.GetString(input);

    public override void Dispose()
    {
        Stop();
        base.Dispose();
    }

    private TestDaemon Daemon => _daemon ??= TestDaemon.StartAsync().GetAwaiter().GetResult();

    private void Stop()
    {
        _daemon?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _daemon = null;
    }

    private async Task AskAsync(string method, string path, string body)
    {
        // Procedures wait in real time for what happens in virtual time, which stands still; the longest wait is for the tests of the API.
        var waits = path.Contains("wait", StringComparison.OrdinalIgnoreCase);
        using var limit = new CancellationTokenSource(waits ? TimeSpan.FromMilliseconds(200) : Patience);
        HttpRequestMessage request;
        try
        {
            request = new HttpRequestMessage(new HttpMethod(method), new Uri("http://localhost" + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
            {
                Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json"),
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return; // No such method, no such URI: nothing that could be sent.
        }

        try
        {
            using var response = await Daemon.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            // A blank in the path makes what follows the HTTP version: 505 is the server's own answer.
            Require(response.StatusCode is < HttpStatusCode.InternalServerError or HttpStatusCode.HttpVersionNotSupported, $"the answer is {(int)response.StatusCode} {response.StatusCode}");
            // A stream of events has no end.
            if (response.Content.Headers.ContentLength is null) return;
            var answer = await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
            // 400 without a word is the server's own, for what is no HTTP.
            Require(method == "HEAD" || response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest || answer.Contains("error", StringComparison.Ordinal) || path.Contains("healthz", StringComparison.Ordinal), "refused without a word");
        }
        catch (OperationCanceledException)
        {
            Require(waits, "no answer");
        }
        catch (HttpRequestException)
        {
            // The client itself refuses, or the server closed what was no HTTP: what counts is that it still answers.
            Require((await Daemon.Http.GetAsync("/healthz").ConfigureAwait(false)).StatusCode == HttpStatusCode.OK, "not well after a bad request");
        }
        finally
        {
            request.Dispose();
        }
    }
}
