// strongSwan's vici protocol, transport: packets over a Unix socket.
using System.Buffers.Binary;
using System.Net.Sockets;

namespace OpenLmp.Hosting;

/// <summary>
/// A connection to charon. One command at a time; events come in between, on the connection's own thread. Whatever goes wrong ends the connection:
/// one has to be made anew.
/// </summary>
internal sealed class ViciClient : IAsyncDisposable
{
    private readonly NetworkStream _stream;
    private readonly Action<string, ViciSection> _onEvent;
    private readonly SemaphoreSlim _one = new(1);
    private readonly Task _reading;
    private TaskCompletionSource<(ViciPacket Kind, byte[] Body)>? _answer;
    private volatile string _why = "it hung up";

    private ViciClient(NetworkStream stream, Action<string, ViciSection> onEvent)
    {
        (_stream, _onEvent) = (stream, onEvent);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Ends when the connection has.</summary>
    public Task Closed => _reading;

    /// <summary>Connects.</summary>
    /// <param name="path">Charon's socket.</param>
    /// <param name="onEvent">Takes events, by name; must be quick.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ViciException">Nobody answers there; says why.</exception>
    public static async Task<ViciClient> ConnectAsync(string path, Action<string, ViciSection>? onEvent = null, CancellationToken cancellation = default)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new ViciClient(new NetworkStream(socket, ownsSocket: true), onEvent ?? ((_, _) => { }));
        }
        catch (Exception e)
        {
            socket.Dispose();
            // The framework's words for a file that is not there are those of an address.
            if (e is SocketException problem) throw new ViciException(File.Exists(path) ? problem.Message : "there is no such socket");
            throw;
        }
    }

    /// <summary>Has events of a name sent.</summary>
    public async Task RegisterAsync(string name, TimeSpan patience, CancellationToken cancellation)
    {
        var (kind, _) = await AskAsync(ViciCodec.Encode(ViciPacket.EventRegister, name), patience, cancellation).ConfigureAwait(false);
        if (kind != ViciPacket.EventConfirm) throw new ViciException($"it knows no event {name}; strongSwan 5.9 or later is needed");
    }

    /// <summary>Gives a command and returns its answer, whatever it says.</summary>
    /// <exception cref="ViciException">There is no answer, or no such command.</exception>
    public async Task<ViciSection> AskAsync(string command, ViciSection message, TimeSpan patience, CancellationToken cancellation)
    {
        var packet = ViciCodec.Encode(ViciPacket.CommandRequest, command, message);
        try
        {
            var (kind, body) = await AskAsync(packet, patience, cancellation).ConfigureAwait(false);
            return kind == ViciPacket.CommandResponse ? ViciCodec.Decode(body) : throw new ViciException($"it knows no command {command}; strongSwan 5.9 or later is needed");
        }
        finally
        {
            // There may have been a secret in it.
            Array.Clear(packet);
        }
    }

    /// <summary>Gives a command that has to succeed.</summary>
    /// <exception cref="ViciException">It did not; says why in charon's words.</exception>
    public async Task DoAsync(string command, ViciSection message, TimeSpan patience, CancellationToken cancellation)
    {
        var answer = await AskAsync(command, message, patience, cancellation).ConfigureAwait(false);
        if (answer["success"] != "yes") throw new ViciException($"{command} was refused: {answer["errmsg"]}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _one.Dispose();
    }

    private async Task<(ViciPacket Kind, byte[] Body)> AskAsync(byte[] packet, TimeSpan patience, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var answer = new TaskCompletionSource<(ViciPacket, byte[])>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _answer, answer);
            if (_reading.IsCompleted) throw new ViciException(_why);
            await _stream.WriteAsync(packet, cancellation).ConfigureAwait(false);
            return await answer.Task.WaitAsync(patience, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A late answer would be taken for the next command's.
            await _stream.DisposeAsync().ConfigureAwait(false);
            throw new ViciException($"no answer within {patience.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new ViciException(_why);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task ReadAsync()
    {
        var header = new byte[4];
        try
        {
            while (true)
            {
                await _stream.ReadExactlyAsync(header).ConfigureAwait(false);
                var length = BinaryPrimitives.ReadUInt32BigEndian(header);
                if (length is 0 or > ViciCodec.MaxPacket) throw new ViciException($"a packet of {length} bytes");
                var packet = new byte[length];
                await _stream.ReadExactlyAsync(packet).ConfigureAwait(false);
                Take(packet);
            }
        }
        catch (ViciException e)
        {
            _why = $"what it says is not vici: {e.Message}";
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or EndOfStreamException)
        {
            // It hung up, or we did.
        }

        await _stream.DisposeAsync().ConfigureAwait(false);
        Volatile.Read(ref _answer)?.TrySetException(new ViciException(_why));
    }

    private void Take(byte[] packet)
    {
        var kind = (ViciPacket)packet[0];
        ReadOnlySpan<byte> rest = packet.AsSpan(1);
        if (kind == ViciPacket.Event)
        {
            var name = ViciCodec.DecodeName(ref rest);
            _onEvent(name, ViciCodec.Decode(rest));
        }
        else if (kind is ViciPacket.CommandResponse or ViciPacket.CommandUnknown or ViciPacket.EventConfirm or ViciPacket.EventUnknown)
        {
            Interlocked.Exchange(ref _answer, null)?.TrySetResult((kind, rest.ToArray()));
        }
        else
        {
            throw new ViciException($"a packet of kind {packet[0]}");
        }
    }
}
