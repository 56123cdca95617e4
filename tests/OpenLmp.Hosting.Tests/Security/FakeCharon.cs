using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;

namespace OpenLmp.Hosting.Tests;

/// <summary>A vici server that has no keys and no peers: what it is asked is written down, what it answers is the test's to say.</summary>
internal sealed class FakeCharon : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentDictionary<int, NetworkStream> _connections = [];
    private readonly Task _accepting;

    public FakeCharon(string path)
    {
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>What was asked, in order: the command and its message.</summary>
    public ConcurrentQueue<(string Command, ViciSection Message)> Asked { get; } = [];

    /// <summary>What an attempt to set a tunnel up ends with: null, it succeeds; otherwise charon's log of it.</summary>
    public string? Refusal { get; set; }

    /// <summary>Whether there is an association, by connection: the SPI of what is received.</summary>
    public ConcurrentDictionary<string, uint> Associations { get; } = [];

    /// <summary>Bytes to answer the next command with, whatever they are.</summary>
    public byte[]? Rubbish { get; set; }

    /// <summary>How often a command was given.</summary>
    public int Count(string command) => Asked.Count(a => a.Command == command);

    /// <summary>The last message of a command.</summary>
    public ViciSection Last(string command) => Asked.Last(a => a.Command == command).Message;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var connection in _connections.Values) await connection.DisposeAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        for (var number = 0; ; number++)
        {
            var stream = new NetworkStream(await _listener.AcceptAsync(), ownsSocket: true);
            _connections[number] = stream;
            _ = ServeAsync(stream);
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        try
        {
            var header = new byte[4];
            while (true)
            {
                await stream.ReadExactlyAsync(header);
                var packet = new byte[BinaryPrimitives.ReadInt32BigEndian(header)];
                await stream.ReadExactlyAsync(packet);
                foreach (var answer in Answer(packet)) await stream.WriteAsync(answer);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            await stream.DisposeAsync();
        }
    }

    private List<byte[]> Answer(byte[] packet)
    {
        ReadOnlySpan<byte> rest = packet.AsSpan(1);
        var name = ViciCodec.DecodeName(ref rest);
        if (packet[0] == (byte)ViciPacket.EventRegister) return [[0, 0, 0, 1, (byte)ViciPacket.EventConfirm]];
        Asked.Enqueue((name, ViciCodec.Decode(rest)));
        if (Rubbish is { } rubbish) return [rubbish];
        var message = Asked.Last().Message;
        switch (name)
        {
            case "initiate" when Refusal is { } refusal:
                return [Event("control-log", new ViciSection { { "msg", refusal } }), Response(new ViciSection { { "success", "no" }, { "errmsg", "establishing CHILD_SA failed" } })];
            case "initiate":
                Associations[message["ike"]!] = (uint)Asked.Count;
                break;
            case "terminate" when message["ike"] is { } ike:
                Associations.TryRemove(ike, out _);
                break;
            case "list-sas":
                return [.. Associations.Select(a => Event("list-sa", new ViciSection { { a.Key, Association(a.Key, a.Value) } })), Response([])];
        }

        return [Response(new ViciSection { { "success", "yes" } })];
    }

    private static ViciSection Association(string name, uint spi) => new()
    {
        { "state", "ESTABLISHED" },
        {
            "child-sas", new ViciSection
            {
                {
                    $"{name}-1", new ViciSection
                    {
                        { "name", name }, { "state", "INSTALLED" }, { "mode", "TUNNEL" }, { "protocol", "ESP" }, { "spi-in", $"{spi:x8}" }, { "spi-out", "0000beef" },
                        { "encr-alg", "AES_GCM_16" }, { "encr-keysize", "128" }, { "install-time", "0" },
                    }
                },
            }
        },
    };

    private static byte[] Event(string name, ViciSection message) => ViciCodec.Encode(ViciPacket.Event, name, message);

    private static byte[] Response(ViciSection message)
    {
        // As an event without a name.
        var packet = ViciCodec.Encode(ViciPacket.CommandResponse, "", message);
        byte[] response = [.. packet[..5], .. packet[6..]];
        BinaryPrimitives.WriteInt32BigEndian(response, response.Length - 4);
        return response;
    }
}
