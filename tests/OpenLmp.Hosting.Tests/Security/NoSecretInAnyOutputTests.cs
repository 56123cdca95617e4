// RFC 4204 §15.2: "IKE pre-shared authentication key values SHOULD be protected in a manner similar to the user's account password."
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Hosting.Tests;

/// <summary>A daemon that has every kind of secret, and says as much as it can: in nothing that it says or writes is any of them.</summary>
public sealed class NoSecretInAnyOutputTests : IDisposable
{
    private const string Psk = "MarkedPsk-6d5e0c1b";
    private const string IkeKey = "MarkedIkeKey-91f3aa07";
    private const string Token = "MarkedToken-2f8c41d9e6";
    private const string HashedToken = "MarkedHashedToken-77b0c5";
    private const string WrongToken = "MarkedWrongToken-c0ffee";
    private const string Header = "MarkedHeader-5a5a1e";

    private static readonly string Hash = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(HashedToken)));

    private readonly AccessFiles _access;
    private readonly DaemonFiles _files = new();
    private readonly TestAuthority _authority = new();
    private readonly string _tlsKey;
    private readonly string _address = SocketRig.FreshLoopback();

    public NoSecretInAnyOutputTests()
    {
        _access = new AccessFiles { Address = _address };
        var section = _access.WriteSection(_authority, _files.Socket, Audit);
        _tlsKey = File.ReadAllLines(_access["lmpd.key"])[1];
        AccessFiles.Write(_access.Tokens, $"ops admin {Token}\nci read sha256:{Hash}\n");
        AccessFiles.Write(_access["psk"], Psk + "\n");
        AccessFiles.Write(_access["ike.key"], IkeKey);
        foreach (var name in (string[])["ike.crt", "ca.crt"]) AccessFiles.Write(_access[name], _authority.Certificate.ExportCertificatePem());
        _files.Write($$"""
            node: {id: 10.0.0.1, name: oxc1}
            listen: [ "{{_address}}:7010" ]
            log: {level: trace}
            state: {{State}}
            otlp: {endpoint: "http://127.0.0.1:9", interval: 1s}
            {{section}}
            neighbors:
              - name: oxc2
                node-id: 10.0.0.2
                security: ipsec
                ipsec: {vici: {{_access["vici"]}}, device: lo, psk-file: {{_access["psk"]}}}
                control-channels: [ {id: 1, local: {{_address}}, remote: 127.99.0.2} ]
              - name: oxc3
                node-id: 10.0.0.3
                security: ipsec
                ipsec: {vici: {{_access["vici"]}}, device: lo, certificate-file: {{_access["ike.crt"]}}, key-file: {{_access["ike.key"]}}, ca-file: {{_access["ca.crt"]}}}
                control-channels: [ {id: 2, local: {{_address}}, remote: 127.99.0.3} ]
            te-links:
              - {name: te1, neighbor: oxc2, local-id: 1, data-links: [ {name: te1-1, local-id: 101, bandwidth: 10Gbps} ]}
            """);
    }

    private string State => Path.Combine(_files.Directory, "lmpd.db");

    private string Audit => Path.Combine(_files.Directory, "audit");

    private string Recording => Path.Combine(_files.Directory, "recording");

    [Fact]
    [Requirement("4204-15.2-13")]
    public async Task Whatever_is_asked_told_recorded_and_kept()
    {
        var outputs = new Dictionary<string, string>();
        await using (var charon = new FakeCharon(_access["vici"]))
        {
            // Only then is there anything to find.
            using var daemon = new DaemonProcess(["env", $"OTEL_EXPORTER_OTLP_HEADERS=authorization={Header}"], ["-c", _files.Configuration, "--record", Recording]);
            await Eventually.TrueAsync(() => charon.Asked.Any(a => a.Message["data"] == Psk) && charon.Asked.Any(a => a.Message["data"] == IkeKey), () => $"the keys at charon\n{daemon.Errors}");
            await AskEverythingAsync(outputs);
            await BreakEverythingAsync(daemon, outputs);
            daemon.Signal(PosixSignal.SIGTERM);
            Assert.Equal(0, await daemon.ExitAsync());
            outputs["the log"] = daemon.Errors;
        }

        foreach (var file in Directory.GetFiles(_files.Directory).Where(f => File.GetAttributes(f) != FileAttributes.Directory && f != _files.Socket))
            outputs[file] = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));

        // That these are what they should be.
        foreach (var (output, text) in ((string, string)[])[("the log", "IPsec"), (Audit, "\"ops\""), (Recording, "oxc2"), (State, "SQLite format 3"), ("GET /metrics", "lmp_"), ("GET /v1/configuration", "psk-file")])
            Assert.Contains(text, outputs[output], StringComparison.Ordinal);
        foreach (var (output, text) in outputs)
        {
            foreach (var secret in (string[])[Psk, IkeKey, Token, HashedToken, WrongToken, Header, Hash, _tlsKey])
            {
                foreach (var form in (string[])[secret, Convert.ToBase64String(Encoding.ASCII.GetBytes(secret)), Convert.ToHexString(Encoding.ASCII.GetBytes(secret))])
                    Assert.False(text.Contains(form, StringComparison.OrdinalIgnoreCase), $"{secret} is in {output}:\n{text}");
            }
        }
    }

    public void Dispose()
    {
        _files.Dispose();
        _access.Dispose();
        _authority.Dispose();
    }

    // Every route, by an administrator, a reader, and one whom nobody knows.
    private async Task AskEverythingAsync(Dictionary<string, string> outputs)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{_address}:7010") };
        var routes = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json")).RootElement.GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out _)).Select(path => path.Name).ToList();
        Assert.InRange(routes.Count, 10, 1_000);
        foreach (var token in (string[])[WrongToken, HashedToken, Token])
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            foreach (var route in routes.SelectMany(r => (string[])["1", "oxc2", "te1", "te1-1"], (r, name) => Regex.Replace(r, @"\{[^}]+\}", name)).Append("/metrics").Distinct())
            {
                using var response = await client.GetAsync(route);
                outputs[$"GET {route}"] = $"{outputs.GetValueOrDefault($"GET {route}")}\n{response}\n{await response.Content.ReadAsStringAsync()}";
            }

            using var change = await client.PostAsync("/v1/data-links/te1-1/allocate", null);
            Assert.Equal(token == Token ? HttpStatusCode.Conflict : token == WrongToken ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, change.StatusCode);
        }

        // The configuration as it is sent back, and one that is wrong.
        foreach (var text in (string[])[_files.Read(), _files.Read().Replace("psk-file:", "psk-fiel:", StringComparison.Ordinal)])
        {
            using var body = new StringContent(text, Encoding.UTF8, "application/yaml");
            using var answer = await client.PostAsync("/v1/configuration/diff", body);
            outputs[$"diff {text.Length}"] = await answer.Content.ReadAsStringAsync();
        }
    }

    // What cannot be used is told, with its place, and nothing of what is in it.
    private async Task BreakEverythingAsync(DaemonProcess daemon, Dictionary<string, string> outputs)
    {
        var told = 0;
        foreach (var (name, text) in ((string, string)[])[("tokens", $"ops admin {Token} {HashedToken}\n"), ("tokens", $"{Token} admin short\nops {Token} admin\n+{Token} admin ops\n"), ("lmpd.key", $"-----BEGIN PRIVATE KEY-----\n{IkeKey}\n-----END PRIVATE KEY-----\n")])
        {
            var good = await File.ReadAllTextAsync(_access[name]);
            AccessFiles.Write(_access[name], text);
            told = await ReloadAsync($"text {told}");
            AccessFiles.Write(_access[name], good);
        }

        foreach (var name in (string[])["tokens", "lmpd.key", "psk", "ike.key"])
        {
            AccessFiles.SetMode(_access[name], "0604");
            told = await ReloadAsync(name);
            AccessFiles.SetMode(_access[name], "0600");
        }

        async Task<int> ReloadAsync(string what)
        {
            daemon.Signal(PosixSignal.SIGHUP);
            await Eventually.TrueAsync(() => Refusals() > told, () => $"a refusal, {what}:\n{daemon.Errors}");
            var (status, output, errors) = await DaemonProcess.RunAsync("-c", _files.Configuration, "--check");
            Assert.Equal(2, status);
            outputs[$"--check {what}"] = output + errors;
            return Refusals();
        }

        int Refusals() => Regex.Count(daemon.Errors, "nothing changed|nothing has changed");
    }
}
