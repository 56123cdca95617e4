using System.Globalization;
using System.Net;
using System.Text.Json;
using Xunit.Abstractions;

namespace OpenLmp.Hosting.Tests.Storage;

/// <summary>A real daemon that is killed again and again, and one whose disk is full.</summary>
public sealed class KilledDaemonTests(ITestOutputHelper output)
{
    private const int Kills = 30;
    private const int Links = 6;

    [Fact]
    public async Task Whatever_was_confirmed_is_there_after_each_of_thirty_kills()
    {
        const int Seed = 8204;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        using var rig = new Rig(Links);
        var allocated = new HashSet<string>();
        var channelDown = false;
        // A request that was under way when the daemon was killed may have been carried out or not.
        string? doubtful = null;
        for (var round = 0; round < Kills; round++)
        {
            using var daemon = new DaemonProcess("-c", rig.Configuration);
            await daemon.SaysAsync("node oxc1 (10.0.0.1) starts");
            using var api = DaemonProcess.Client(rig.Socket);

            // Before the neighbour says anything.
            var links = await LinksAsync(api);
            var found = links.Where(l => l.Allocated).Select(l => l.Name).ToHashSet();
            var isDown = await IsChannelDownAsync(api);
            Assert.Equal(allocated.Where(n => n != doubtful).Order(), found.Where(n => n != doubtful).Order());
            if (doubtful != Rig.SecondChannel) Assert.Equal(channelDown, isDown);
            (allocated, channelDown) = (found, isDown);

            // The neighbour has lost its state each time: it takes it from this node.
            await using var neighbor = await rig.StartNeighborAsync();
            await Eventually.TrueAsync(
                async () => (await LinksAsync(api)).All(l => l.State == (l.Allocated ? "UpAlloc" : "UpFree")), () => $"links up in round {round}:\n{daemon.Errors}");
            await Eventually.TrueAsync(
                () => neighbor.InvokeAsync((node, _) => node.TeLinks.Single().DataLinks.Where(l => l.Allocated).Select(l => l.Name).ToHashSet().SetEquals(allocated)),
                () => "the neighbour's allocations");

            for (var i = random.Next(5); i > 0; i--)
            {
                var (path, apply) = NextRequest();
                var answer = await api.PostAsync(new Uri(path, UriKind.Relative), null);
                Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
                apply();
            }

            var (last, _) = NextRequest();
            doubtful = last.Split('/')[^2] is var word && word == "2" ? Rig.SecondChannel : word;
            var pending = api.PostAsync(new Uri(last, UriKind.Relative), null);
            // Any moment of it may be the one.
            await Task.Delay(random.Next(8));
            await daemon.KillAsync();
            if (await Record.ExceptionAsync(() => pending) is null)
            {
                // It came to an answer before the end.
                Assert.True((await pending).IsSuccessStatusCode);
                if (doubtful == Rig.SecondChannel) channelDown = last.EndsWith("down", StringComparison.Ordinal);
                else if (last.EndsWith("allocate", StringComparison.Ordinal)) allocated.Add(doubtful);
                else allocated.Remove(doubtful);
                doubtful = null;
            }
        }

        (string Path, Action Apply) NextRequest()
        {
            if (random.Next(6) == 0)
            {
                var down = !channelDown;
                return ($"/v1/control-channels/oxc2/2/{(down ? "down" : "up")}", () => channelDown = down);
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"te1-{random.Next(1, Links + 1)}");
            return allocated.Contains(name)
                ? ($"/v1/data-links/{name}/release", () => allocated.Remove(name))
                : ($"/v1/data-links/{name}/allocate", () => allocated.Add(name));
        }
    }

    [Fact]
    public async Task Whatever_was_confirmed_is_there_after_kills_while_the_state_moves_to_another_file()
    {
        const int Seed = 6898;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        using var rig = new Rig(Links);
        string[] places = [rig.State, Path.Combine(Path.GetDirectoryName(rig.State)!, "other.db")];
        string[] pairs = ["te1-1/te1-2", "te1-3/te1-4", "te1-5/te1-6"];
        var connected = new HashSet<string>();
        string? doubtful = null;
        var moves = 0;
        for (var round = 0; round < Kills / 2; round++)
        {
            using var daemon = new DaemonProcess("-c", rig.Configuration);
            await daemon.SaysAsync("node oxc1 (10.0.0.1) starts");
            using var api = DaemonProcess.Client(rig.Socket);
            using var found = JsonDocument.Parse(await api.GetStringAsync(new Uri("/v1/cross-connects", UriKind.Relative)));
            var now = found.RootElement.EnumerateArray().Select(c => $"{c.GetProperty("a").GetString()}/{c.GetProperty("b").GetString()}").ToHashSet();
            Assert.Equal(connected.Where(p => p != doubtful).Order(), now.Where(p => p != doubtful).Order());
            connected = now;

            // Back and forth, and cross-connects in the midst of it: what is answered is kept, at whichever moment the end comes.
            var moving = Task.Run(async () =>
            {
                for (var to = 1; ; to = 1 - to)
                {
                    using var answer = await api.PutAsync(new Uri("/v1/configuration/state?save=true", UriKind.Relative), new StringContent(places[to]));
                    Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
                    moves++;
                }
            });
            var connecting = Task.Run(async () =>
            {
                for (var i = 0; ; i = (i + 1) % pairs.Length)
                {
                    var add = !connected.Contains(pairs[i]);
                    doubtful = pairs[i];
                    using var request = new HttpRequestMessage(add ? HttpMethod.Put : HttpMethod.Delete, $"/v1/cross-connects/{pairs[i]}");
                    using var answer = await api.SendAsync(request);
                    Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
                    if (add) connected.Add(pairs[i]);
                    else connected.Remove(pairs[i]);
                }
            });
            await Task.WhenAny(moving, connecting, Task.Delay(random.Next(500)));
            await daemon.KillAsync();
            foreach (var task in (Task[])[moving, connecting])
                Assert.True(await Record.ExceptionAsync(() => task) is HttpRequestException or IOException, $"{task.Exception}");
        }

        Assert.True(moves > 0, "no move ever came to its end");
        output.WriteLine($"{moves} moves");
    }

    [NamespaceFact]
    public async Task On_a_full_disk_nothing_is_confirmed_that_is_not_saved_and_all_is_saved_once_there_is_room()
    {
        const int Many = 60;
        using var rig = new Rig(Many, longNames: true);
        // A file system of its own, in a mount namespace of its own: it is gone with the daemon.
        var disk = Path.GetDirectoryName(rig.State)!;
        using var daemon = new DaemonProcess(
            ["unshare", "--mount", "sh", "-c", """mount -t tmpfs -o size=160k tmpfs "$0" && exec "$@" """.TrimEnd(), disk], ["-c", rig.Configuration]);
        await daemon.SaysAsync("node oxc1 (10.0.0.1) starts");
        using var api = DaemonProcess.Client(rig.Socket);
        await using var neighbor = await rig.StartNeighborAsync();
        await Eventually.TrueAsync(async () => (await LinksAsync(api)).All(l => l.State == "UpFree"), () => $"links up:\n{daemon.Errors}");
        var names = string.Join(',', (await LinksAsync(api)).Select(l => l.Name));

        var filler = $"/proc/{daemon.Id}/root{disk}/filler";
        Fill(filler);

        var answer = await api.PostAsync(new Uri($"/v1/data-links/{names}/allocate", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Contains("done, but not saved, a restart would lose it: the disk is full; make room on it", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("raised", await AlarmAsync());
        Assert.All(await LinksAsync(api), l => Assert.True(l.Allocated));

        File.Delete(filler);
        await Eventually.TrueAsync(async () => await AlarmAsync() == "cleared", () => $"saved:\n{daemon.Errors}");
        answer = await api.PostAsync(new Uri($"/v1/data-links/{names}/allocate", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await daemon.KillAsync();

        async Task<string?> AlarmAsync()
        {
            var alarms = await DaemonProcess.GetAsync(rig.Socket, "/v1/alarms");
            return alarms.EnumerateArray().Where(a => a.GetProperty("kind").GetString() == "state-not-saved").Select(a => a.GetProperty("state").GetString()).SingleOrDefault();
        }
    }

    private static void Fill(string path)
    {
        using var file = File.Create(path, 1);
        var block = new byte[1024];
        try
        {
            while (file.Length < 1 << 20) file.Write(block);
            Assert.Fail("the disk is not full");
        }
        catch (IOException)
        {
            // It is.
        }
    }

    private static async Task<IReadOnlyList<(string Name, string State, bool Allocated)>> LinksAsync(HttpClient api)
    {
        using var links = JsonDocument.Parse(await api.GetStringAsync(new Uri("/v1/data-links", UriKind.Relative)));
        return [.. links.RootElement.EnumerateArray().Select(l => (l.GetProperty("name").GetString()!, l.GetProperty("state").GetString()!, l.GetProperty("allocated").GetBoolean()))];
    }

    private static async Task<bool> IsChannelDownAsync(HttpClient api)
    {
        using var channels = JsonDocument.Parse(await api.GetStringAsync(new Uri("/v1/control-channels", UriKind.Relative)));
        return channels.RootElement.EnumerateArray().Single(c => c.GetProperty("id").GetInt32() == 2).GetProperty("adminState").GetString() == "down";
    }

    /// <summary>Node oxc1 with a state file, for a process, and its neighbour oxc2 without, for this one.</summary>
    private sealed class Rig : IDisposable
    {
        public const string SecondChannel = "oxc2/2";

        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lmpd-killed-");
        private readonly DaemonConfiguration _neighbor;

        public Rig(int links, bool longNames = false)
        {
            var (a, b) = (SocketRig.FreshLoopback(), SocketRig.FreshLoopback());
            Directory.CreateDirectory(Path.GetDirectoryName(State)!);
            File.WriteAllText(Configuration, Text("oxc1", 1, a, Socket, "oxc2", 2, b, $"state: {State}"));
            var other = Path.Combine(_directory.FullName, "oxc2.yaml");
            File.WriteAllText(other, Text("oxc2", 2, b, Path.Combine(_directory.FullName, "oxc2.sock"), "oxc1", 1, a, ""));
            var result = ConfigurationReader.Load(other);
            Assert.True(result.IsValid, string.Join('\n', result.Errors));
            _neighbor = result.Configuration;

            string Text(string name, int id, string local, string socket, string neighbor, int neighborId, string remote, string more) => $"""
                node: {"{"}id: 10.0.0.{id}, name: {name}{"}"}
                listen: [ "{local}:7010", "{local}:7011" ]
                api: {"{"}socket: {socket}{"}"}
                {more}
                neighbors:
                  - name: {neighbor}
                    node-id: 10.0.0.{neighborId}
                    control-channels:
                      - {"{"}id: 1, local: "{local}:7010", remote: "{remote}:7010", hello-interval: 150ms, hello-dead-interval: 5s{"}"}
                      - {"{"}id: 2, local: "{local}:7011", remote: "{remote}:7011", hello-interval: 150ms, hello-dead-interval: 5s{"}"}
                te-links:
                  - name: te1
                    neighbor: {neighbor}
                    local-id: {id}
                    remote-id: {neighborId}
                    data-links:
                {string.Join('\n', Enumerable.Range(1, links).Select(i => $"      - {{name: {Name(i)}, local-id: {(id * 1000) + i}, remote-id: {(neighborId * 1000) + i}, bandwidth: 10Gbps}}"))}

                """;

            string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"te1-{i}") + (longNames ? new string('x', 50) : "");
        }

        public string Configuration => Path.Combine(_directory.FullName, "oxc1.yaml");

        public string Socket => Path.Combine(_directory.FullName, "oxc1.sock");

        public string State => Path.Combine(_directory.FullName, "state", "lmpd.db");

        public Task<DaemonHost> StartNeighborAsync() => DaemonHost.StartAsync(new DaemonHostOptions { Configuration = _neighbor });

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
