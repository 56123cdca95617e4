// RFC 4631 by RFC 2741: a subagent of the machine's SNMP agent.
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OpenLmp.Hosting.Http;
using OpenLmp.Snmp;

namespace OpenLmp.Hosting;

/// <summary>
/// Serves the LMP-MIB through a master agent, and tells it notifications. On threads of its own: whatever the master does or does not, the
/// node's thread is asked for a copy at most once a second, and waits for nothing. A master that is not there is tried again and again.
/// </summary>
internal sealed class SnmpService : IDaemonService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SnmpConfiguration _configuration;
    private readonly ILogger _logger;
    private readonly string _description;
    private readonly UpTime _upTime = new();
    private readonly LmpMibSource _source;
    private readonly NotificationQueue _notifications;
    private readonly NotificationThrottle _throttle;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public SnmpService(INodeAccess node, SnmpConfiguration configuration, ILogger logger)
    {
        (_configuration, _logger) = (configuration, logger);
        _description = $"OpenLMP lmpd {DaemonVersion.Text}";
        _source = new LmpMibSource(node, new LmpMibHost(configuration.Notifications, Libc.IfNameToIndex, node.DataPlaneKind == "linux", _upTime.At));
        _notifications = new NotificationQueue(node, configuration.Notifications.Enabled);
        _throttle = new NotificationThrottle(configuration.Notifications.MaxPerMinute);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(Task.Run(() => _notifications.FillAsync(_stopping.Token), CancellationToken.None), Task.Run(KeepServingAsync, CancellationToken.None));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _source.Dispose();
        _stopping.Dispose();
    }

    private async Task KeepServingAsync()
    {
        var (pause, told) = (FirstPause, "");
        while (!_stopping.IsCancellationRequested)
        {
            var problem = await ServeOnceAsync(() => (pause, told) = (FirstPause, "")).ConfigureAwait(false);
            if (problem != told && !_stopping.IsCancellationRequested) _logger.SnmpNotServed(_configuration.AgentX, problem);
            told = problem;
            await Task.Delay(pause, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // One session, from connecting to its end; returns why it ended.
    private async Task<string> ServeOnceAsync(Action opened)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            patience.CancelAfter(Patience);
            await using var session = new AgentXSession(await _configuration.AgentX.ConnectAsync(patience.Token).ConfigureAwait(false), GetViewAsync, Patience);
            await UntilOneEndsAsync(session.RunAsync, token => TellAsync(session, opened, token), _stopping.Token).ConfigureAwait(false);
            return "the session ended";
        }
        catch (SocketException e)
        {
            return InWords(e);
        }
        catch (AgentXException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return $"no connection within {Patience.TotalSeconds:0} s";
        }
        catch (Exception e)
        {
            // A defect of ours must not end the serving for good.
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    private static string InWords(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused or SocketError.AddressNotAvailable => "nobody listens there; is snmpd running, with \"master agentx\" in its snmpd.conf?",
        SocketError.AccessDenied => "lmpd may not connect there; see agentXPerms in snmpd.conf",
        _ => e.Message,
    };

    private async Task<MibView?> GetViewAsync(CancellationToken cancellation) => (await _source.GetAsync(default, cancellation).ConfigureAwait(false))?.Mib;

    // Everything that is ours to begin: opening, notifications, and whether the master is still there.
    private async Task TellAsync(AgentXSession session, Action opened, CancellationToken cancellation)
    {
        var upTime = await session.OpenAsync(
            _description, LmpMibModule.Objects, LmpMibModule.ReadOnlyCompliance, LmpMibModule.ComplianceText, cancellation).ConfigureAwait(false);
        _upTime.Learn(NodeClock.Now, upTime);
        opened();
        _logger.SnmpServed(_configuration.AgentX);
        await UntilOneEndsAsync(token => PingAsync(session, token), token => NotifyAsync(session, token), cancellation).ConfigureAwait(false);
    }

    // What ends, ends by failing: then the other is ended too.
    private static async Task UntilOneEndsAsync(Func<CancellationToken, Task> one, Func<CancellationToken, Task> other, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] both = [one(ended.Token), other(ended.Token)];
        try
        {
            await (await Task.WhenAny(both).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PingAsync(AgentXSession session, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(PingInterval);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            _upTime.Learn(NodeClock.Now, await session.PingAsync(cancellation).ConfigureAwait(false));
    }

    private async Task NotifyAsync(AgentXSession session, CancellationToken cancellation)
    {
        while (await _notifications.Due.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            while (_throttle.Wait(NodeClock.Now) is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, cancellation).ConfigureAwait(false);
            if (_notifications.TakeLost() is > 0 and var lost) _logger.SnmpNotificationsLost(lost);
            if (!_notifications.Due.TryRead(out var due)) continue;
            if (await _source.GetAsync(due.At, cancellation).ConfigureAwait(false) is not { } view) continue;
            if (_throttle.IsTooEarly(due, view.VerificationInterval) || LmpNotificationObjects.Of(due, view, _upTime.At(due.At)) is not { } pdu) continue;
            _throttle.Sent(NodeClock.Now);
            await session.NotifyAsync(pdu, cancellation).ConfigureAwait(false);
        }
    }
}
