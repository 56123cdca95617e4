using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OpenLmp.Benchmarks;

/// <summary>
/// FRR's bfdd in a namespace of a <see cref="Network"/>: the peer in keep-alive. Its sessions are made through its control socket (its text file
/// takes a minute for a thousand), which also tells of state changes without a question that would hold it up.
/// </summary>
internal sealed class Bfdd : IAsyncDisposable
{
    private const byte Version = 1, RequestAdd = 2, Notify = 4;
    private const int HeaderSize = 8, SessionsInRequest = 50;

    private readonly Socket _control = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly HashSet<string> _up = [];
    private int _upCount;
    private long _downs;

    private Bfdd(Child process) => Process = process;

    public Child Process { get; }

    /// <summary>How many sessions are up.</summary>
    public int Up => Volatile.Read(ref _upCount);

    /// <summary>How often sessions have gone down.</summary>
    public long Downs => Volatile.Read(ref _downs);

    /// <summary>Starts one.</summary>
    /// <param name="bench">The run.</param>
    /// <param name="executable">Where bfdd is.</param>
    /// <param name="side">1 or 2.</param>
    /// <param name="into">What runs a command in its namespace.</param>
    /// <param name="configuration">A text file of sessions; none without it.</param>
    public static async Task<Bfdd> StartAsync(
        Bench bench, string executable, int side, Func<IEnumerable<string>, IEnumerable<string>> into, string configuration = "/dev/null")
    {
        // It gives up root, and its sockets lie in a directory of its user's.
        var directory = Directory.CreateDirectory(Path.Combine(bench.Scratch, $"bfdd{side}")).FullName;
        foreach (var left in Directory.GetFiles(directory)) File.Delete(left);
        await Child.RunAsync("chmod", ["go+x", bench.Scratch], bench.Stopping);
        await Child.RunAsync("chown", ["frr:frr", directory], bench.Stopping);
        var control = Path.Combine(directory, "control");
        var process = Child.Start(Path.Combine(bench.Scratch, $"bfdd{side}.log"), into(
        [
            executable, "-u", "frr", "-g", "frr", "-f", configuration, "-i", Path.Combine(directory, "pid"), "--vty_socket", directory,
            "-z", Path.Combine(directory, "zebra"), "--bfdctl", control, "-P", "0", "--log", "stdout",
        ]));
        var bfdd = new Bfdd(process);
        try
        {
            await bench.UntilAsync(() => bfdd.ConnectAsync(control), "bfdd's control socket", 30);
            bfdd.Request(Notify, [255, 255, 255, 255, 255, 255, 255, 255]);
            return bfdd;
        }
        catch
        {
            await bfdd.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes sessions between addresses of their own.</summary>
    public void Add(int side, int sessions, int intervalMs)
    {
        foreach (var some in Enumerable.Range(0, sessions).Chunk(SessionsInRequest))
        {
            var peers = some.Select(i => $$"""
                {"peer-address":"{{Network.Address(3 - side, i)}}","local-address":"{{Network.Address(side, i)}}","multihop":false,"detect-multiplier":3,"receive-interval":{{intervalMs}},"transmit-interval":{{intervalMs}}}
                """);
            Request(RequestAdd, Encoding.UTF8.GetBytes($"{{\"ipv4\":[{string.Join(',', peers)}]}}"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await Process.DisposeAsync();
    }

    private async Task<bool> ConnectAsync(string path)
    {
        Process.MustRun();
        try
        {
            await _control.ConnectAsync(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            return false;
        }

        // On a thread of its own: bfdd would wait for a reader that does not read.
        new Thread(Listen) { IsBackground = true }.Start();
        return true;
    }

    // struct bfd_control_msg: length of what follows, id of the request (0: a notification), type, version.
    private void Request(byte type, ReadOnlySpan<byte> body)
    {
        var message = new byte[HeaderSize + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, body.Length);
        (message[5], message[6], message[7]) = (1, type, Version);
        body.CopyTo(message.AsSpan(HeaderSize));
        _control.Send(message);
    }

    private void Listen()
    {
        try
        {
            using var stream = new NetworkStream(_control);
            var header = new byte[HeaderSize];
            while (true)
            {
                stream.ReadExactly(header);
                var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header)];
                stream.ReadExactly(body);
                if (header[6] == Notify) Hear(body);
                else if (body.AsSpan().IndexOf("error"u8) >= 0) Bench.Say($"bfdd: {Encoding.UTF8.GetString(body)}");
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended, or we have.
        }
    }

    private void Hear(byte[] body)
    {
        using var notification = JsonDocument.Parse(body.AsMemory()[..(body.AsSpan().LastIndexOf((byte)'}') + 1)]);
        var root = notification.RootElement;
        if (!root.TryGetProperty("state", out var state) || !root.TryGetProperty("peer-address", out var peer)) return;
        if (state.GetString() == "up")
        {
            _up.Add(peer.GetString()!);
        }
        else if (_up.Remove(peer.GetString()!))
        {
            Interlocked.Increment(ref _downs);
        }

        Volatile.Write(ref _upCount, _up.Count);
    }
}
