using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Hosting.Metrics;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>One running node with everything around it. Several may run in one process.</summary>
public sealed class DaemonHost : INodeAccess, IAsyncDisposable
{
    // systemd advises half of the time; a turn may take long on a busy machine.
    private const int WatchdogSigns = 4;

    private readonly ILogger _logger;
    private readonly string? _path;
    private readonly List<IDaemonService> _services;
    private readonly ApiServer _api;
    private readonly SemaphoreSlim _reloading = new(1);
    private readonly Lazy<Task> _stop;
    private readonly StateWriter? _state;
    private readonly RecordingFile? _recording;
    private readonly IpsecService _ipsec;
    private readonly ServiceManager? _service;
    private readonly ServiceStatus? _status;
    private DaemonConfiguration _configuration;

    private DaemonHost(DaemonHostOptions options)
    {
        _configuration = options.Configuration;
        _path = options.ConfigurationPath;
        _logger = Logger(LogCategories.Daemon);
        (Log, _service) = (options.Log, options.Service);
        if (Log is not null) Log.Levels.Current = _configuration.Log;
        var access = AccessLoader.Load(_configuration.Api, _configuration.FilePath);
        foreach (var warning in access.Warnings) _logger.ConfigurationWarning(warning);
        if (access.Rules is not { } rules) throw new AccessRefusedException(access.Errors);
        if (options.IsProcess && _configuration.Process.LockMemory) ProcessMemory.Lock(_logger);
        var clock = new NodeClock();
        // Without retained state: above everything a run before this one can have used.
        var firstMessageId = MessageIdStart.FromWallClock(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        uint? mark = null;
        StateStore? store = null;
        if (_configuration.StatePath is { } statePath)
        {
            store = StateStore.Open(statePath, _configuration.Node.NodeId, Logger(LogCategories.State), TimeProvider.System);
            if (store.Stored?.MessageIdMark is { } before && (int)(before - firstMessageId) > 0) firstMessageId = before;
            mark = firstMessageId + MessageIdStart.Reserved;
            _state = new StateWriter(store, store.Stored?.State, new MessageIdsReserved(mark.Value));
        }

        try
        {
            if (options.RecordPath is { } record) _recording = RecordingFile.Create(record, Logger(LogCategories.State), TimeProvider.System);
        }
        catch
        {
            _state?.Dispose();
            throw;
        }

        Events = new EventHub<EventInfo>(e => EventPicture.From(e, clock));
        DataPlaneKind = options.DataPlane is not null ? "simulated" : _configuration.DataPlane == Hosting.DataPlaneKind.Linux ? "linux" : "external";
        if (DataPlaneKind == "external") ExternalDataPlane = new ExternalDataPlane(_configuration.AgentHeartbeat, clock, Logger(LogCategories.DataPlane));
        var loop = new NodeLoopOptions
        {
            Configuration = _configuration.Node,
            Listen = _configuration.Listen,
            LinuxDataPlane = DataPlaneKind == "linux",
            DataPlane = ExternalDataPlane is { } external ? _ => external : options.DataPlane,
            RealTime = options.IsProcess && _configuration.Process.RealTime,
            Node = new NodeOptions
            {
                Seed = options.Seed ?? RandomSeed(),
                FirstMessageId = firstMessageId,
                MessageIdMark = mark,
                Retained = store?.Stored?.State,
                StateLostBecause = store?.Lost,
            },
            State = _state,
            Recording = _recording,
            Watchdog = _service is { Watchdog: { } watchdog } ? (watchdog / WatchdogSigns, _service.Alive) : null,
        };
        Loop = new NodeLoop(loop, Events, Logger(LogCategories.Protocol), clock);
        _stop = new Lazy<Task>(StopOnceAsync);
        _ipsec = new IpsecService(Loop, _configuration, _logger);
        _api = new ApiServer(this, _configuration.Api, options.LoggerFactory, rules);
        _services = [_ipsec, _api];
        if (_configuration.Snmp is { } snmp) _services.Add(new SnmpService(this, snmp, Logger(LogCategories.Snmp)));
        if (_configuration.Otlp is { } otlp) _services.Add(new OtlpService(this, otlp, Logger(LogCategories.Otlp)));
        if (_service is not null) _services.Add(_status = new ServiceStatus(this, _service));

        ILogger Logger(string category) => options.LoggerFactory.CreateLogger(LogCategories.LoggerOf(category));
    }

    /// <summary>The thread that owns the node.</summary>
    public NodeLoop Loop { get; }

    /// <inheritdoc/>
    public EventHub<EventInfo> Events { get; }

    /// <inheritdoc/>
    public NodeLoopStatistics Statistics => Loop.Statistics;

    /// <inheritdoc/>
    public NodeClock Clock => Loop.Clock;

    /// <inheritdoc/>
    public string DataPlaneKind { get; }

    /// <inheritdoc/>
    public ExternalDataPlane? ExternalDataPlane { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TunnelStatus> TunnelsTo(string neighbor) => _ipsec.TunnelsTo(neighbor);

    /// <inheritdoc/>
    public DaemonLog? Log { get; }

    /// <summary>The configuration in force.</summary>
    public DaemonConfiguration Configuration => Volatile.Read(ref _configuration);

    /// <summary>Ends when the node has ended; faulted if it could not go on.</summary>
    public Task Completion => Loop.Completion;

    /// <summary>What is wrong with what a configuration names outside of its file: groups, certificates, tokens. <see cref="StartAsync"/> looks at them, too.</summary>
    public static IReadOnlyList<ConfigurationError> Check(DaemonConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return AccessLoader.Load(configuration.Api, configuration.FilePath).Errors;
    }

    /// <summary>Starts a node and its API. Addresses and interfaces that are not there yet are no errors: their control channels wait.</summary>
    /// <exception cref="DaemonStartException">The API cannot be served where it is configured.</exception>
    /// <exception cref="AccessRefusedException">A group or file that the configuration names cannot be used.</exception>
    public static async Task<DaemonHost> StartAsync(DaemonHostOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = new DaemonHost(options);
        try
        {
            // The API's places first: a daemon that finds another one there has said nothing to the neighbours yet. Then the node: the neighbours do
            // not wait for the API, which takes longer to start than everything before.
            foreach (var service in host._services) service.Reserve();
            host.Loop.Start();
            await host.Loop.Started.WaitAsync(cancellation).ConfigureAwait(false);
            foreach (var service in host._services) await service.StartAsync(cancellation).ConfigureAwait(false);
            host._service?.Ready();
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<T> InvokeAsync<T>(Func<LmpNode, Instant, T> command, CancellationToken cancellationToken = default) =>
        Loop.InvokeAsync(command, cancellationToken);

    /// <inheritdoc/>
    public void SendHellos() => Loop.SendHellos();

    /// <summary>Reads the configuration file again and puts it in force. What has not changed goes on undisturbed.</summary>
    /// <returns>False if the file has errors: they are logged, and nothing has changed.</returns>
    /// <exception cref="InvalidOperationException">There is no file.</exception>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    public async Task<bool> ReloadAsync(CancellationToken cancellation = default)
    {
        if (_path is null) throw new InvalidOperationException("this node was not configured by a file");
        await _reloading.WaitAsync(cancellation).ConfigureAwait(false);
        _service?.Reloading();
        try
        {
            var result = ConfigurationReader.Load(_path);
            foreach (var warning in result.Warnings) _logger.ConfigurationWarning(warning);
            foreach (var error in result.Errors) _logger.ConfigurationError(error);
            var old = Configuration;
            var access = result.Configuration is { } read ? AccessChange.Of(old.Api, read.Api, _path) : null;
            foreach (var warning in access?.Result.Warnings ?? []) _logger.ConfigurationWarning(warning);
            foreach (var error in access?.Result.Errors ?? []) _logger.ConfigurationError(error);
            if (result.Configuration is not { } next || access?.Result.Rules is not { } rules)
            {
                _logger.NotReloaded(_path);
                TellReload("it has errors: nothing changed");
                await StatusAsync($"{_path} has errors: nothing changed").ConfigureAwait(false);
                return false;
            }

            if (access.NeedsRestart) _logger.NeedsRestart(_path, "api");
            if (next.StatePath != old.StatePath) _logger.NeedsRestart(_path, "state");
            if (next.DataPlane != old.DataPlane) _logger.NeedsRestart(_path, "data-plane");
            if (next.Process != old.Process) _logger.NeedsRestart(_path, "process");
            if (next.Snmp != old.Snmp) _logger.NeedsRestart(_path, "snmp");
            if (next.Otlp != old.Otlp) _logger.NeedsRestart(_path, "otlp");
            if (ExternalDataPlane is { } external) external.Heartbeat = next.AgentHeartbeat;
            await Loop.ReconfigureAsync(next.Node, next.Listen, cancellation).ConfigureAwait(false);
            await _ipsec.ApplyAsync(next).ConfigureAwait(false);
            _api.Rules = rules;
            _api.Audit.Reopen();
            TellReload("in force");
            Volatile.Write(
                ref _configuration,
                next with { Api = access.Running, StatePath = old.StatePath, DataPlane = old.DataPlane, Snmp = old.Snmp, Otlp = old.Otlp });
            if (Log is not null) Log.Levels.Current = next.Log;
            _logger.Reloaded(_path);
            await StatusAsync(null).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _service?.Ready();
            _reloading.Release();
        }
    }

    /// <summary>Stops. The neighbours are told nothing and data links stay as they are: what carries traffic goes on carrying it.</summary>
    public Task StopAsync() => _stop.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _reloading.Dispose();
    }

    private void TellReload(string result) => _api.Audit.Changed(new Caller("signal", "SIGHUP", ApiRole.Admin), "this machine", $"read {_path}", null, result);

    // The kernel's random numbers, as a Guid has them: System.Security.Cryptography would load OpenSSL for eight bytes. Half and half together, because
    // of the bits that are the same in all Guids.
    private static ulong RandomSeed()
    {
        var random = Guid.NewGuid();
        var halves = MemoryMarshal.Cast<Guid, ulong>(new ReadOnlySpan<Guid>(in random));
        return halves[0] ^ halves[1];
    }

    private Task StatusAsync(string? problem)
    {
        if (_status is null) return Task.CompletedTask;
        _status.Problem = problem;
        return _status.TellAsync();
    }

    private async Task StopOnceAsync()
    {
        _service?.Stopping();
        await Loop.DisposeAsync().ConfigureAwait(false);
        foreach (var service in _services) await service.DisposeAsync().ConfigureAwait(false);
        _state?.Dispose();
        _recording?.Dispose();
    }
}
