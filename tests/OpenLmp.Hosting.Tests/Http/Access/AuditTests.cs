using System.Net.Http.Headers;
using System.Text.Json;
using OpenLmp.Hosting.Http;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>Who changed what is told, in the log and in a file, and no secret with it.</summary>
public sealed class AuditTests : IDisposable
{
    private const string Change = "/v1/data-links/te1-1/allocate";

    private readonly AccessFiles _files = new();
    private readonly TestLog _log = new();

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task Every_change_is_told_with_who_from_where_and_the_result()
    {
        await using (var daemon = await StartAsync())
        {
            using var tcp = Client(daemon, AccessFiles.AdminToken);
            await daemon.SendAsync("GET", "/v1/node");
            await daemon.SendAsync("POST", Change);
            await daemon.SendAsync("POST", "/v1/data-links/nosuch/allocate", client: tcp);
            await daemon.SendAsync("DELETE", "/v1/cross-connects/a%1b/b?x=%0a");
            await daemon.SendAsync("POST", "/v1/data-plane/heartbeat", """{"session":1}""");
        }

        var lines = Lines();
        Assert.Equal(3, lines.Count);
        var (own, name) = (Accounts.EffectiveUser, Accounts.UserName(Accounts.EffectiveUser));
        Assert.Equal(("user", name, own, $"process {Environment.ProcessId}", $"POST {Change}", 200), Fields(lines[0]));
        Assert.StartsWith("allocated: te1-1", lines[0].GetProperty("text").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("token", "ops", null, "POST /v1/data-links/nosuch/allocate", 404), (Text(lines[1], "by"), Text(lines[1], "name"), lines[1].TryGetProperty("uid", out _) ? "uid" : null, Text(lines[1], "action"), lines[1].GetProperty("status").GetInt32()));
        Assert.StartsWith("127.0.0.1:", Text(lines[1], "from"), StringComparison.Ordinal);
        Assert.Contains("a%1B/b?x=%0a", Text(lines[2], "action"), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', File.ReadAllText(_files["audit"]));
        Assert.Contains($"Information 60 change by user {name} ({own}) from process {Environment.ProcessId}: POST {Change}: 200 ", _log.Text, StringComparison.Ordinal);
        Assert.Contains("Information 60 change by token ops from 127.0.0.1:", _log.Text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_files["audit"]));
        Assert.All(lines, line => Assert.InRange(line.GetProperty("time").GetDateTime(), DateTime.UtcNow.AddHours(-1), DateTime.UtcNow));
    }

    [Fact]
    public async Task Attempts_that_were_refused_are_told_too()
    {
        await using (var daemon = await StartAsync())
        {
            using var anyone = Client(daemon, null);
            using var reader = Client(daemon, AccessFiles.ReadToken);
            await daemon.SendAsync("POST", Change, client: anyone);
            await daemon.SendAsync("POST", Change, client: reader);
            await daemon.SendAsync("POST", "/v1/data-plane/heartbeat", """{"session":1}""", client: anyone);
        }

        var lines = Lines();
        Assert.Equal([("anonymous", "", 401), ("token", "metrics", 403), ("anonymous", "", 401)], lines.Select(l => (Text(l, "by"), Text(l, "name"), l.GetProperty("status").GetInt32())));
        Assert.Contains("Warning 61 refused to token metrics from 127.0.0.1:", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_in_the_log_the_audit_or_what_the_API_tells()
    {
        const string Wrong = "wrong-0123456789abcdef";
        string[] secrets = [AccessFiles.AdminToken, AccessFiles.ReadToken, Wrong, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(AccessFiles.ReadToken)))];
        var told = new List<string>();
        await using (var daemon = await StartAsync())
        {
            foreach (var token in new[] { AccessFiles.AdminToken, AccessFiles.ReadToken, Wrong })
            {
                using var client = Client(daemon, token);
                foreach (var route in daemon.Routes.Where(r => r.Pattern is not "/v1/data-plane/sessions"))
                {
                    using var request = new HttpRequestMessage(new HttpMethod(route.Method), System.Text.RegularExpressions.Regex.Replace(route.Pattern, @"\{\w+\}", "1"));
                    using var response = await client.SendAsync(request);
                    told.Add(response + await response.Content.ReadAsStringAsync());
                }
            }
        }

        told.Add(_log.Text);
        told.Add(await File.ReadAllTextAsync(_files["audit"]));
        Assert.All(told, text => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains("refused to token metrics", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_hammers_at_the_door_does_not_fill_the_disk()
    {
        var time = new Clock();
        using var audit = new AuditLog(_log, time);
        for (var i = 0; i < 1000; i++) audit.Refused(Caller.Anonymous(ApiRole.None), "192.0.2.1:1", "POST /", 401, "no");
        Assert.Equal(AuditLog.MostRefusals, _log.Text.Split('\n').Length);
        audit.Changed(Caller.Anonymous(ApiRole.None), "", "POST /", 200, "still told");
        time.Now += TimeSpan.FromMinutes(1);
        audit.Refused(Caller.Anonymous(ApiRole.None), "192.0.2.1:1", "POST /", 401, "no");

        Assert.Contains("still told", _log.Text, StringComparison.Ordinal);
        Assert.Contains($"Warning 62 {1000 - AuditLog.MostRefusals} more changes were refused within that minute", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_hangs_or_is_full_holds_nobody_up()
    {
        var disk = new Disk();
        using (var file = new AuditFile("audit", _ => disk, _log))
        {
            disk.Goes.Reset();
            for (var i = 0; i < 2 * AuditFile.MostWaiting; i++) file.Write("line\n"u8.ToArray());
            disk.IsFull = true;
            disk.Goes.Set();
            await Eventually.TrueAsync(() => _log.Text.Contains("Error 63 api audit audit: no space; until it can be written, changes are in this log only", StringComparison.Ordinal), () => _log.Text);
            disk.IsFull = false;
            await Eventually.TrueAsync(
                () =>
                {
                    file.Write("good\n"u8.ToArray());
                    return disk.Text.Contains("good", StringComparison.Ordinal);
                },
                () => "the disk is written again");
        }

        Assert.Matches("Warning 64 api audit audit: it is written again, [0-9]{4,} lines are missing in it", _log.Text);
        Assert.All(disk.Text.Split('\n'), line => Assert.Contains(line, new[] { "line", "good", "li", "" }));
    }

    [Fact]
    public async Task A_file_that_was_moved_away_is_made_anew_when_it_is_asked_for()
    {
        using (var file = new AuditFile(_files["audit"], AuditFile.Append, _log))
        {
            file.Write("one\n"u8.ToArray());
            await Eventually.TrueAsync(() => new FileInfo(_files["audit"]).Length == 4, () => "one line");
            File.Move(_files["audit"], _files["audit.1"]);
            file.Reopen();
            file.Write("two\n"u8.ToArray());
        }

        Assert.Equal(("one\n", "two\n"), (File.ReadAllText(_files["audit.1"]), File.ReadAllText(_files["audit"])));
    }

    public void Dispose()
    {
        _log.Dispose();
        _files.Dispose();
    }

    private static (string?, string?, uint, string?, string?, int) Fields(JsonElement line) =>
        (Text(line, "by"), Text(line, "name"), line.GetProperty("uid").GetUInt32(), Text(line, "from"), Text(line, "action"), line.GetProperty("status").GetInt32());

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private static HttpClient Client(TestDaemon daemon, string? token)
    {
        var client = new HttpClient { BaseAddress = daemon.Tcp };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private Task<TestDaemon> StartAsync() => TestDaemon.StartAsync(api: api => api with { Tokens = _files.WriteTokens(), AuditPath = _files["audit"] }, log: _log);

    private List<JsonElement> Lines() => [.. File.ReadAllLines(_files["audit"]).Select(line => JsonDocument.Parse(line).RootElement)];

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>A disk that may hang, and may be full: then it takes half of a line.</summary>
    private sealed class Disk : MemoryStream
    {
        private readonly Lock _lock = new();
        private readonly System.Text.StringBuilder _text = new();

        public ManualResetEventSlim Goes { get; } = new(true);

        public bool IsFull { get; set; }

        public string Text
        {
            get
            {
                lock (_lock) return _text.ToString();
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void WriteByte(byte value) => Write([value]);

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Goes.Wait();
            var isFull = IsFull;
            lock (_lock) _text.Append(System.Text.Encoding.ASCII.GetString(isFull ? buffer[..(buffer.Length / 2)] : buffer));
            if (isFull) throw new IOException("no space");
        }
    }
}
