using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OpenLmp.Benchmarks;

/// <summary>One lmpd in a namespace of a <see cref="Network"/>, side 1 or 2, whose only neighbour is the other side's.</summary>
internal sealed class Lmpd : IAsyncDisposable
{
    private readonly HttpClient _api;

    private Lmpd(Child process, string socket)
    {
        Process = process;
        // Streams of ten thousand channels take their time on a busy machine.
        _api = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stopping) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), stopping);
                return new NetworkStream(connection, ownsSocket: true);
            },
        })
        { BaseAddress = new Uri("http://lmpd/v1/"), Timeout = TimeSpan.FromMinutes(2) };
    }

    public Child Process { get; }

    /// <summary>
    /// The configuration of a side with <paramref name="channels"/> control channels, each between addresses of its own, as BFD's sessions are; one
    /// socket receives for all of them, as BFD's does.
    /// </summary>
    public static string Channels(Bench bench, int side, int channels, Pace pace)
    {
        var text = Head(bench, side, "0.0.0.0:701", "external");
        for (var i = 0; i < channels; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"      - {{id: {i + 1}, local: {Network.Address(side, i)}, remote: {Network.Address(3 - side, i)}, ");
            text.Append(CultureInfo.InvariantCulture, $"hello-interval: {Exactly(pace.HelloMs)}, hello-dead-interval: {Exactly(pace.DeadMs)}}}\n");
        }

        return Write(bench, side, text);

        static string Exactly(int ms) => $"{{prefer: {ms}ms, min: {ms}ms, max: {ms}ms}}";
    }

    /// <summary>The configuration of a side with one control channel and one TE link of as many data links, each an interface d1, d2, ...</summary>
    public static string DataLinks(Bench bench, int side, int dataLinks)
    {
        var other = 3 - side;
        var text = Head(bench, side, $"10.0.0.{side}:701", "linux");
        text.Append(CultureInfo.InvariantCulture, $"      - {{id: 1, local: 10.0.0.{side}, remote: 10.0.0.{other}}}\n");
        text.Append(CultureInfo.InvariantCulture, $"te-links:\n  - name: te1\n    neighbor: bench{other}\n    local-id: {side}\n    remote-id: {other}\n    data-links:\n");
        for (var i = 1; i <= dataLinks; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"      - {{name: te1-{i}, local-id: {(side * 1000) + i}, remote-id: {(other * 1000) + i}, interface: d{i}, ");
            text.Append("switching-type: fsc, encoding: ethernet, bandwidth: 10Gbps}\n");
        }

        return Write(bench, side, text);
    }

    /// <summary>Starts one.</summary>
    /// <param name="configuration">From <see cref="Channels"/> or <see cref="DataLinks"/>.</param>
    /// <param name="executable">Which build of lmpd.</param>
    /// <param name="into">What runs a command in its namespace: <see cref="Network.In"/> or the like.</param>
    public static Lmpd Start(string configuration, string executable, Func<IEnumerable<string>, IEnumerable<string>> into) =>
        new(Child.Start(Path.ChangeExtension(configuration, "log"), into([executable, "-c", configuration])), Path.ChangeExtension(configuration, "sock"));

    public static Lmpd Start(string configuration, string executable, string networkNamespace) =>
        Start(configuration, executable, command => Network.In(networkNamespace, command));

    /// <summary>Asks the API.</summary>
    public async Task<JsonElement> GetAsync(string path, CancellationToken stopping)
    {
        using var document = await JsonDocument.ParseAsync(await _api.GetStreamAsync(path, stopping), default, stopping);
        return document.RootElement.Clone();
    }

    /// <summary>Gives an order through the API.</summary>
    public async Task<string> PostAsync(string path, CancellationToken stopping)
    {
        using var answer = await _api.PostAsync(new Uri(path, UriKind.Relative), null, stopping);
        var text = await answer.Content.ReadAsStringAsync(stopping);
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(text);
    }

    /// <summary>How many of something are up, as <c>lmp show node</c> tells; 0 while the daemon is not ready to say.</summary>
    /// <param name="what"><c>controlChannels</c> or <c>dataLinks</c>.</param>
    /// <param name="stopping">Ends the attempt.</param>
    public async Task<int> UpAsync(string what, CancellationToken stopping)
    {
        Process.MustRun();
        try
        {
            return (await GetAsync("node", stopping))[0].GetProperty(what).GetProperty("up").GetInt32();
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>How often channels have left Up, all together.</summary>
    public async Task<long> FlapsAsync(CancellationToken stopping) =>
        (await GetAsync("control-channels", stopping)).EnumerateArray().Sum(c => c.GetProperty("flaps").GetInt64());

    /// <summary>How often its garbage collector has run.</summary>
    public async Task<long> CollectionsAsync(CancellationToken stopping)
    {
        const string First = "dotnet_gc_collections_total{generation=\"0\"} ";
        var metrics = await _api.GetStringAsync("/metrics", stopping);
        return long.Parse(metrics.Split('\n').Single(line => line.StartsWith(First, StringComparison.Ordinal))[First.Length..], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await Process.DisposeAsync();
    }

    private static StringBuilder Head(Bench bench, int side, string listen, string dataPlane) => new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
        node: {"{"}id: 10.0.0.{side}, name: bench{side}{"}"}
        listen: ["{listen}"]
        api: {"{"}socket: {Path.Combine(bench.Scratch, $"{side}.sock")}{"}"}
        data-plane: {dataPlane}
        neighbors:
          - name: bench{3 - side}
            node-id: 10.0.0.{3 - side}
            control-channels:

        """);

    private static string Write(Bench bench, int side, StringBuilder text)
    {
        var path = Path.Combine(bench.Scratch, $"{side}.yaml");
        File.WriteAllText(path, text.ToString());
        return path;
    }
}

/// <summary>HelloInterval and HelloDeadInterval, milliseconds.</summary>
internal readonly record struct Pace(int HelloMs, int DeadMs)
{
    public override string ToString() => $"{HelloMs}/{DeadMs} ms";
}
