using System.Collections.Concurrent;
using OpenLmp.Api;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>Two whole nodes with an external data plane, four data links between them, and the cables that agents carry Test messages over.</summary>
internal sealed class AgentRig : IAsyncDisposable
{
    public const int Links = 4;
    public const string AllOk = """{"te1-1":"ok","te1-2":"ok","te1-3":"ok","te1-4":"ok"}""";

    private readonly List<Task> _carrying = [];
    private readonly CancellationTokenSource _stop = new();

    private AgentRig(DaemonFiles left, DaemonFiles right, DaemonHost a, DaemonHost b) => (LeftFiles, RightFiles, Left, Right) = (left, right, a, b);

    public DaemonFiles LeftFiles { get; }

    public DaemonFiles RightFiles { get; }

    public DaemonHost Left { get; }

    public DaemonHost Right { get; }

    public IEnumerable<DaemonHost> Both => [Left, Right];

    /// <summary>Where what goes into a data link comes out, for both directions; as configured unless a test swaps some.</summary>
    public ConcurrentDictionary<string, string> Cables { get; } = new(Enumerable.Range(1, Links).Select(i => KeyValuePair.Create($"te1-{i}", $"te1-{i}")));

    public static async Task<AgentRig> StartAsync(string heartbeat = "1h", string encoding = "lambda", string transports = "payload")
    {
        var (left, right) = DaemonFiles.Pair();
        AddLinks(left, "oxc2", 1, 2, heartbeat, encoding, transports);
        AddLinks(right, "oxc1", 2, 1, heartbeat, encoding, transports);
        return new AgentRig(left, right, await StartAsync(left), await StartAsync(right));
    }

    /// <summary>Connects an agent to each node, reports all signals as ok, and carries Test messages between them.</summary>
    public async Task<(TestAgent Left, TestAgent Right)> CarryAsync()
    {
        var left = await TestAgent.ConnectAsync(LeftFiles.Socket);
        var right = await TestAgent.ConnectAsync(RightFiles.Socket);
        _carrying.Add(CarryAsync(left, right));
        _carrying.Add(CarryAsync(right, left));
        foreach (var agent in (TestAgent[])[left, right]) Assert.Equal(200, (await agent.SignalsAsync(AllOk)).Status);
        return (left, right);
    }

    public static Task AllAsync(DaemonHost host, Func<DataLink, bool> condition, string what)
    {
        var seen = "";
        return Eventually.TrueAsync(
            () => host.InvokeAsync((node, _) =>
            {
                var links = node.TeLinks.Single().DataLinks;
                seen = string.Join("; ", links.Select(l => $"{l.Name} {l.State} {l.Signal} verified {l.Verified}: {l.Reason}"));
                return links.All(condition);
            }),
            () => $"{host.Configuration.Node.Name}: {what}; {seen}");
    }

    public static Task AllVerifiedAsync(DaemonHost host) => AllAsync(
        host,
        l => l.Verified && l.State == Protocol.DataLinkState.UpFree && l.TeLink.Verification == VerificationPhase.Idle,
        "all verified");

    public static Task<string[]> AlarmsAsync(DaemonHost host) => host.InvokeAsync((node, _) =>
        node.Alarms.All.Where(x => x.State == Protocol.AlarmState.Raised).Select(x => $"{x.Kind} {x.Object}: {x.Text}").Order(StringComparer.Ordinal).ToArray());

    public static Task AlarmAsync(DaemonHost host, string text) =>
        Eventually.TrueAsync(async () => (await AlarmsAsync(host)).Any(x => x.Contains(text, StringComparison.Ordinal)), () => $"an alarm that says {text}");

    public static Task QuietAsync(DaemonHost host) =>
        Eventually.TrueAsync(async () => (await AlarmsAsync(host)).Length == 0, () => $"no alarm; there is {string.Join("; ", AlarmsAsync(host).Result)}");

    public static Task<DataPlaneInfo> InfoAsync(DaemonHost host) => host.InvokeAsync((node, _) => host.ExternalDataPlane!.Info(node));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var carrying in _carrying) await carrying;
        await Left.DisposeAsync();
        await Right.DisposeAsync();
        LeftFiles.Dispose();
        RightFiles.Dispose();
        _stop.Dispose();
    }

    // Levels that can be changed; nothing is written by it.
    private static readonly DaemonLog Log = DaemonLog.Create(systemd: false, "");

    private static Task<DaemonHost> StartAsync(DaemonFiles files)
    {
        var result = ConfigurationReader.Load(files.Configuration);
        Assert.True(result.IsValid, string.Join('\n', result.Errors));
        return DaemonHost.StartAsync(new DaemonHostOptions { Configuration = result.Configuration, ConfigurationPath = files.Configuration, Log = Log });
    }

    private static void AddLinks(DaemonFiles files, string neighbor, int here, int there, string heartbeat, string encoding, string transports) => files.Write(files.Read() + $"""
        agent: {"{"}heartbeat: {heartbeat}{"}"}
        te-links:
          - name: te1
            neighbor: {neighbor}
            local-id: {here}
            remote-id: {there}
            verification: {"{"}transports: [ {transports} ]{"}"}
            data-links:
        {string.Join('\n', Enumerable.Range(1, Links).Select(i =>
            $"      - {{name: te1-{i}, local-id: {here}0{i}, remote-id: {there}0{i}, interface: p{i}, switching-type: lsc, encoding: {encoding}, bandwidth: 10Gbps}}"))}

        """);

    private async Task CarryAsync(TestAgent from, TestAgent to)
    {
        try
        {
            while (await from.NextAsync(_stop.Token) is { } order)
            {
                if (order.GetProperty("order").GetString() != "test") continue;
                var link = Cables[order.GetProperty("dataLink").GetString()!];
                var message = order.GetProperty("message").GetString();
                await to.PostAsync("tests", $$"""{"session":{{to.Session}},"tests":[{"dataLink":"{{link}}","message":"{{message}}"}]}""");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or HttpRequestException or InvalidOperationException)
        {
            // The test is over, or has closed an agent.
        }
    }
}
