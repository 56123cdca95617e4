using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OpenLmp.Hosting.Http;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>Every operation of the OpenAPI document is called, rightly and wrongly, and answers what the document says it does.</summary>
public class OperationTests
{
    // In an order in which each finds what it needs. SESSION is the agent's; a wrong call of null: there is nothing in it that could be wrong.
    private static readonly Call[] Calls =
    [
        new("GET /healthz", "/healthz", null),
        new("GET /metrics", "/metrics", null),
        new("GET /openapi/v1.json", "/openapi/v1.json", null),
        new("GET /v1/node", "/v1/node?name=oxc1", new("/v1/node?name=nosuch", 404)),
        new("GET /v1/node/{name}", "/v1/node/oxc1", new("/v1/node/nosuch", 404)),
        new("GET /v1/neighbors", "/v1/neighbors?name=oxc2", new("/v1/neighbors?name=nosuch", 404)),
        new("GET /v1/neighbors/{name}", "/v1/neighbors/oxc2", new("/v1/neighbors/nosuch", 404)),
        new("GET /v1/control-channels", "/v1/control-channels?name=oxc2", new("/v1/control-channels?name=nosuch", 404)),
        new("GET /v1/control-channels/{neighbor}/{id}", "/v1/control-channels/oxc2/1", new("/v1/control-channels/oxc2/9", 404)),
        new("GET /v1/te-links", "/v1/te-links", new("/v1/te-links?name=nosuch", 404)),
        new("GET /v1/te-links/{name}", "/v1/te-links/te1", new("/v1/te-links/nosuch", 404)),
        new("GET /v1/data-links", "/v1/data-links?name=te1", new("/v1/data-links?name=nosuch", 404)),
        new("GET /v1/data-links/{name}", "/v1/data-links/te1-1", new("/v1/data-links/nosuch", 404)),
        new("GET /v1/alarms", "/v1/alarms?name=te1", new("/v1/alarms?name=nosuch", 404)),
        new("GET /v1/events", "/v1/events?after=0", new("/v1/events?after=yesterday", 400)),
        new("GET /v1/counters", "/v1/counters?name=oxc2", new("/v1/counters?name=nosuch", 404)),
        new("POST /v1/data-links/{names}/allocate", "/v1/data-links/te1-1,te1-2/allocate", new("/v1/data-links/nosuch/allocate", 404)),
        new("POST /v1/data-links/{names}/release", "/v1/data-links/te1-1,te1-2/release", new("/v1/data-links/nosuch/release", 404)),
        new("PUT /v1/cross-connects/{a}/{b}", "/v1/cross-connects/te1-3/te1-4", new("/v1/cross-connects/te1-3/te1-1", 409)),
        new("GET /v1/cross-connects", "/v1/cross-connects", new("/v1/cross-connects?name=nosuch", 404)),
        new("GET /v1/cross-connects/{name}", "/v1/cross-connects/te1-3", new("/v1/cross-connects/te1-1", 404)),
        new("DELETE /v1/cross-connects/{a}/{b}", "/v1/cross-connects/te1-3/te1-4", new("/v1/cross-connects/te1-3/te1-4", 404)),
        new("POST /v1/te-links/{name}/summarize", "/v1/te-links/te1/summarize?wait=30s", new("/v1/te-links/te1/summarize?wait=long", 400)),
        new("POST /v1/te-links/{name}/confirm", "/v1/te-links/te1/confirm", new("/v1/te-links/nosuch/confirm", 404)),
        new("PUT /v1/data-links/{name}/trace", "/v1/data-links/te1-1/trace", new("/v1/data-links/te1-1/trace", 400, "[]"), """{"type":"sonet-j0","send":"PARIS","received":"LYON"}"""),
        new("POST /v1/data-links/{name}/trace", "/v1/data-links/te1-1/trace?type=sonet-j0", new("/v1/data-links/te1-1/trace?type=none", 400)),
        new("PUT /v1/data-links/{names}/signal", "/v1/data-links/te1-1,te1-2/signal", new("/v1/data-links/te1-1/signal", 400, """{"signal":"dark"}"""), """{"signal":"ok"}"""),
        new("GET /v1/data-plane", "/v1/data-plane", null),
        new("POST /v1/data-plane/sessions", "/v1/data-plane/sessions", new("/v1/data-plane/sessions", 400, """{"version":99,"agent":"test"}"""), """{"version":1,"agent":"test","canTest":true}"""),
        new("POST /v1/data-plane/heartbeat", "/v1/data-plane/heartbeat", new("/v1/data-plane/heartbeat", 409, """{"session":1}"""), """{"session":SESSION}"""),
        new("POST /v1/data-plane/transports", "/v1/data-plane/transports", new("/v1/data-plane/transports", 400, """{"session":SESSION}"""), """{"session":SESSION,"transports":{"te1-1":["payload"]}}"""),
        new("POST /v1/data-plane/traces", "/v1/data-plane/traces", new("/v1/data-plane/traces", 404, """{"session":SESSION,"traces":[{"dataLink":"nosuch","type":"sonet-j0","received":"X"}]}"""),
            """{"session":SESSION,"traces":[{"dataLink":"te1-1","type":"sonet-j0","received":"NICE"}]}"""),
        new("POST /v1/data-plane/tests", "/v1/data-plane/tests", new("/v1/data-plane/tests", 400, """{"session":SESSION,"tests":[{"dataLink":"te1-1","message":"?"}]}"""),
            """{"session":SESSION,"tests":[{"dataLink":"te1-1","message":"EAAABQ=="}]}"""),
        new("POST /v1/data-plane/signals", "/v1/data-plane/signals", new("/v1/data-plane/signals", 400, "{}"),
            """{"session":SESSION,"signals":{"te1-1":"ok","te1-2":"ok","te1-3":"ok","te1-4":"ok"},"complete":true}"""),
        new("POST /v1/te-links/{name}/verify", "/v1/te-links/te1/verify", new("/v1/te-links/nosuch/verify", 404)) { Again = true },
        new("GET /v1/verifications", "/v1/verifications", new("/v1/verifications?name=nosuch", 404)),
        new("GET /v1/verifications/{name}", "/v1/verifications/te1", new("/v1/verifications/nosuch", 404)) { Again = true, After = "/v1/te-links/te1/verify" },
        new("POST /v1/neighbors/{name}/verify", "/v1/neighbors/oxc2/verify", new("/v1/neighbors/nosuch/verify", 404)) { Again = true },
        new("GET /v1/log", "/v1/log", null),
        new("PUT /v1/log", "/v1/log", new("/v1/log", 400, """{"level":"loud"}"""), """{"level":"info"}"""),
        new("GET /v1/configuration", "/v1/configuration", null),
        new("GET /v1/configuration/{path}", "/v1/configuration/te-links/te1", new("/v1/configuration/te-links/nosuch", 404)),
        new("POST /v1/configuration/diff", "/v1/configuration/diff", new("/v1/configuration/diff", 400, "node: 1"), Call.Running),
        new("PUT /v1/configuration", "/v1/configuration?save=false", new("/v1/configuration", 400, "node: 1"), Call.Running),
        new("PUT /v1/configuration/{path}", "/v1/configuration/te-links/te1/confirm-interval", new("/v1/configuration/state", 409, "/var/lib/lmpd/other.db"), "1h"),
        new("DELETE /v1/configuration/{path}", "/v1/configuration/te-links/te1/confirm-interval", new("/v1/configuration/te-links/te1/confirm-interval", 404)),
        new("POST /v1/control-channels/{neighbor}/{id}/down", "/v1/control-channels/oxc2/1/down", new("/v1/control-channels/oxc2/x/down", 400)),
        new("POST /v1/control-channels/{neighbor}/{id}/up", "/v1/control-channels/oxc2/1/up", new("/v1/control-channels/oxc2/9/up", 404)),
    ];

    [Fact]
    public async Task Every_operation_answers_as_the_document_says()
    {
        await using var rig = await AgentRig.StartAsync("1h", "sdh");
        await AgentRig.AllAsync(rig.Left, l => l.State == OpenLmp.Protocol.DataLinkState.UpFree, "links in service");
        using var http = DaemonProcess.Client(rig.LeftFiles.Socket);
        var document = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json"))!;
        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(o => ($"{o.Key.ToUpperInvariant()} {path.Key}", o.Value!.AsObject()))).ToDictionary(o => o.Item1, o => o.Item2);
        Assert.True(operations.Keys.Except(Calls.Select(c => c.Operation)).ToList() is [], $"listed, but not called: {string.Join(", ", operations.Keys.Except(Calls.Select(c => c.Operation)))}; add a Call");
        Assert.True(Calls.Select(c => c.Operation).Except(operations.Keys).ToList() is [], $"called, but not listed: {string.Join(", ", Calls.Select(c => c.Operation).Except(operations.Keys))}");

        using var caller = new Caller(http, document);
        var findings = new List<string>();
        foreach (var call in Calls)
        {
            var operation = operations[call.Operation];
            findings.AddRange((await caller.RightAsync(call, operation)).Select(finding => $"{call.Operation}: {finding}"));
            if (call.Wrong is not null) findings.AddRange((await caller.WrongAsync(call, operation)).Select(finding => $"{call.Operation}, called wrongly: {finding}"));
            else if (operation["parameters"] is not null || operation["requestBody"] is not null) findings.Add($"{call.Operation} takes something: call it wrongly, too");
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    [Fact]
    public async Task Everything_served_is_in_the_document()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var paths = JsonNode.Parse(OpenApiDocument.Bytes.Span)!["paths"]!.AsObject();
        var listed = paths.SelectMany(path => path.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(daemon.Routes.Select(r => $"{r.Method} {r.Pattern.Replace("{**", "{", StringComparison.Ordinal)}").Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private sealed record Call(string Operation, string Right, WrongCall? Wrong, string? Body = null)
    {
        /// <summary>A body: the configuration in force.</summary>
        public const string Running = "RUNNING";

        /// <summary>Whether it may find the node at work with the one before, or too late for it, and is to be tried again.</summary>
        public bool Again { get; init; }

        /// <summary>What is asked for before each try.</summary>
        public string? After { get; init; }

        public string Method => Operation.Split(' ')[0];
    }

    private sealed record WrongCall(string Path, int Status, string? Body = null);

    private sealed class Caller(HttpClient http, JsonNode document) : IDisposable
    {
        private readonly JsonSchemaCheck _check = new(document);
        private string _session = "0";
        private HttpResponseMessage? _stream;

        public async Task<IEnumerable<string>> RightAsync(Call call, JsonObject operation)
        {
            HttpResponseMessage answer = null!;
            await Eventually.TrueAsync(
                async () =>
                {
                    if (call.After is { } before) (await SendAsync("POST", before, null, operation)).Dispose();
                    answer = await SendAsync(call.Method, call.Right, call.Body, operation);
                    return !call.Again || answer.IsSuccessStatusCode;
                },
                () => $"{call.Operation}; the last answer was {answer.StatusCode}");
            var media = answer.Content.Headers.ContentType!.MediaType!;
            // A stream goes on for ever: its first line is looked at. The agent's session lasts as long as its stream is open.
            var isStream = media == DataPlaneRoutes.OrderLines;
            if (isStream) _stream = answer;
            using var over = isStream ? null : answer;
            var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            var body = isStream ? (await reader.ReadLineAsync())! : await reader.ReadToEndAsync();
            if ((int)answer.StatusCode != 200) return [$"{(int)answer.StatusCode}: {body}"];
            if (operation["responses"]!["200"]!["content"]![media]?["schema"] is not { } schema) return [$"answers {media}, which the document does not say"];
            var value = media.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(body) : JsonValue.Create(body);
            if (isStream) _session = value!["session"]!.ToJsonString();
            return _check.Findings(value, schema);
        }

        public async Task<IEnumerable<string>> WrongAsync(Call call, JsonObject operation)
        {
            var wrong = call.Wrong!;
            using var answer = await SendAsync(call.Method, wrong.Path, wrong.Body ?? call.Body, operation);
            var body = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode != wrong.Status) return [$"{(int)answer.StatusCode}, not {wrong.Status}: {body}"];
            return operation["responses"]![$"{wrong.Status}"]?["content"]?["application/json"]?["schema"] is { } schema
                ? _check.Findings(JsonNode.Parse(body), schema) : [$"answers {wrong.Status}, which the document does not say"];
        }

        public void Dispose() => _stream?.Dispose();

        private async Task<HttpResponseMessage> SendAsync(string method, string path, string? body, JsonObject operation)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (body == Call.Running) body = await http.GetStringAsync("/v1/configuration");
            if (body is not null)
            {
                request.Content = new StringContent(body.Replace("SESSION", _session, StringComparison.Ordinal), Encoding.UTF8);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(operation["requestBody"]!["content"]!.AsObject().Single().Key);
            }

            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
    }
}
