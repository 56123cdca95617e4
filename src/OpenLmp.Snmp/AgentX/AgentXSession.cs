// RFC 2741 §7
using System.Collections.Concurrent;

namespace OpenLmp.Snmp;

/// <summary>The session is no good any more. The message says why, in words.</summary>
public sealed class AgentXException(string message) : Exception(message);

/// <summary>One session with a master agent: opened once, used until it fails, then thrown away.</summary>
public sealed class AgentXSession : IAsyncDisposable
{
    private const byte DefaultPriority = 127;
    private const string NotAgentX = "what listens there does not speak AgentX";

    // Where the master does not answer or take anything for so long, it is as good as gone.
    private readonly TimeSpan _patience;
    private readonly Stream _stream;
    private readonly Func<CancellationToken, Task<MibView?>> _view;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<ResponsePdu>> _waiting = new();
    private uint _sessionId;
    private uint _packetId;

    /// <summary>Makes a session; <see cref="RunAsync"/> and <see cref="OpenAsync"/> have to follow, at the same time.</summary>
    /// <param name="stream">The connection; disposed with the session.</param>
    /// <param name="view">Gets the objects to answer with; null: not now.</param>
    /// <param name="patience">How long to wait for the master.</param>
    public AgentXSession(Stream stream, Func<CancellationToken, Task<MibView?>> view, TimeSpan patience) => (_stream, _view, _patience) = (stream, view, patience);

    /// <summary>Opens the session, says what it conforms to, and asks for the requests about a subtree.</summary>
    /// <returns>The master's sysUpTime, hundredths of a second.</returns>
    /// <exception cref="AgentXException">The master refuses, or does not answer.</exception>
    public async Task<uint> OpenAsync(string description, ObjectIdentifier subtree, ObjectIdentifier conformance, string conformanceText, CancellationToken cancellation)
    {
        var opened = await AskAsync(new OpenPdu(0, default, description), cancellation).ConfigureAwait(false);
        _sessionId = opened.SessionId;
        await AskAsync(new AddAgentCapsPdu(conformance, conformanceText), cancellation).ConfigureAwait(false);
        await AskAsync(new RegisterPdu(DefaultPriority, subtree), cancellation).ConfigureAwait(false);
        return opened.SysUpTime;
    }

    /// <summary>Answers the master's requests until the session ends.</summary>
    /// <exception cref="AgentXException">It has ended.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true) await HandleAsync(await ReadAsync(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new AgentXException(e is EndOfStreamException ? "the connection was closed" : e.Message);
        }
    }

    /// <summary>Asks the master whether it is there.</summary>
    /// <returns>Its sysUpTime, hundredths of a second.</returns>
    /// <exception cref="AgentXException">It does not answer.</exception>
    public async Task<uint> PingAsync(CancellationToken cancellation) => (await AskAsync(new PlainPdu(PduType.Ping), cancellation).ConfigureAwait(false)).SysUpTime;

    /// <summary>Has the master send a notification.</summary>
    /// <exception cref="AgentXException">It does not take it.</exception>
    public Task NotifyAsync(NotifyPdu notification, CancellationToken cancellation) => AskAsync(notification, cancellation);

    /// <summary>Tells the master, if it can be told at once, and disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        using var brief = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        try
        {
            if (_sessionId != 0) await SendAsync(new ClosePdu(CloseReason.Shutdown) { SessionId = _sessionId }, brief.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or AgentXException or OperationCanceledException)
        {
            // It is gone already.
        }

        await _stream.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    private async Task<ResponsePdu> AskAsync(AgentXPdu question, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _packetId);
        var answer = new TaskCompletionSource<ResponsePdu>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            await SendAsync(question with { SessionId = _sessionId, PacketId = id }, cancellation).ConfigureAwait(false);
            var response = await answer.Task.WaitAsync(_patience, cancellation).ConfigureAwait(false);
            return response.Error == AgentXError.NoError ? response : throw new AgentXException(Refusal(question, response.Error));
        }
        catch (TimeoutException)
        {
            throw new AgentXException($"no answer to {question.Type} for {_patience.TotalSeconds:0} s");
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    private static string Refusal(AgentXPdu question, AgentXError error) => error switch
    {
        AgentXError.DuplicateRegistration => "another subagent serves the LMP-MIB there; of several lmpd on one machine, only one can",
        AgentXError.OpenFailed => "the master agent opens no session",
        _ => $"{question.Type} is refused: {error}",
    };

    private async Task SendAsync(AgentXPdu pdu, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_patience);
        try
        {
            await _writing.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                await _stream.WriteAsync(pdu.Encode(), limit.Token).ConfigureAwait(false);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new AgentXException($"nothing is taken for {_patience.TotalSeconds:0} s");
        }
        catch (IOException e)
        {
            throw new AgentXException(e.Message);
        }
    }

    private async Task<AgentXPdu> ReadAsync(CancellationToken cancellation)
    {
        var header = new byte[AgentXPdu.HeaderSize];
        await _stream.ReadExactlyAsync(header, cancellation).ConfigureAwait(false);
        if (!AgentXPdu.TryReadLength(header, out var length)) throw new AgentXException(NotAgentX);
        var bytes = new byte[AgentXPdu.HeaderSize + length];
        header.CopyTo(bytes, 0);
        await _stream.ReadExactlyAsync(bytes.AsMemory(AgentXPdu.HeaderSize), cancellation).ConfigureAwait(false);
        return AgentXPdu.TryDecode(bytes, out var pdu) ? pdu : throw new AgentXException(NotAgentX);
    }

    private async Task HandleAsync(AgentXPdu pdu, CancellationToken cancellation)
    {
        if (pdu is ResponsePdu response && _waiting.TryGetValue(response.PacketId, out var asked)) asked.TrySetResult(response);
        if (pdu is ClosePdu close) throw new AgentXException($"the master agent closed the session: {close.Reason}");
        var view = Responder.NeedsView(pdu) ? await _view(cancellation).ConfigureAwait(false) : null;
        if (Responder.Answer(pdu, view) is { } answer) await SendAsync(answer, cancellation).ConfigureAwait(false);
    }
}
