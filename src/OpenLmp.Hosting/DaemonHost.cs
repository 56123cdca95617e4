using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Hosting.Metrics;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>One running node with everything around it. Several may run in one process.</summary>
public sealed partial class DaemonHost : INodeAccess, IAsyncDisposable
{
    // systemd advises half of the time; a turn may take long on a busy machine.
    private const int WatchdogSigns = 4;
    private const string Linux = "linux";
    private const string External = "external";
    private const string Simulated = "simulated";

    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly string? _path;
    private readonly bool _isProcess;
    private readonly IReadOnlyList<Capability> _neededAtStart;
    private readonly ApiServer _api;
    private readonly LiveConfiguration? _live;
    private readonly Lazy<Task> _stop;
    private readonly RecordingFile? _recording;
    private readonly IpsecService _ipsec;
    private readonly ServiceManager? _service;
    private readonly ServiceStatus? _status;
    private DaemonConfiguration _configuration;
    private StateWriter? _state;
    private Timer? _startOver;
    private QuietCollection? _collection;
    private SnmpService? _snmp;
    private OtlpService? _otlp;

    private DaemonHost(DaemonHostOptions options)
    {
        _configuration = options.Configuration;
        _loggers = options.LoggerFactory;
        _path = options.ConfigurationPath;
        _logger = Logger(LogCategories.Daemon);
        (Log, _service) = (options.Log, options.Service);
        if (Log is not null) Log.Levels.Current = _configuration.Log;
        var access = AccessLoader.Load(_configuration.Api, _configuration.FilePath);
        foreach (var warning in access.Warnings) _logger.ConfigurationWarning(warning);
        if (access.Rules is not { } rules) throw new AccessRefusedException(access.Errors);
        _isProcess = options.IsProcess;
        _neededAtStart = NeededCapabilities.Of(_configuration);
        if (_isProcess && _configuration.Process.LockMemory) ProcessMemory.Lock(locked: true, _logger);
        var clock = new NodeClock();
        // Without retained state: above everything a run before this one can have used.
        var firstMessageId = MessageIdStart.FromWallClock(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        StateStore? store = null;
        if (_configuration.StatePath is { } statePath)
        {
            store = StateStore.Open(statePath, _configuration.Node.NodeId, Logger(LogCategories.State), TimeProvider.System);
            if (store.Stored?.MessageIdMark is { } before && (int)(before - firstMessageId) > 0) firstMessageId = before;
            _state = new StateWriter(store, store.Stored?.State, new MessageIdsReserved(firstMessageId + MessageIdStart.Reserved));
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

        // A reader that comes back after a restart has a number of the daemon before: by the clock, ours are higher, and it misses nothing.
        var microseconds = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        Events = new EventHub<EventInfo>(e => EventPicture.From(e, clock), before: microseconds);
        DataPlaneKind = options.DataPlane is not null ? Simulated : _configuration.DataPlane == Hosting.DataPlaneKind.Linux ? Linux : External;
        if (DataPlaneKind == External) ExternalDataPlane = new ExternalDataPlane(_configuration.AgentHeartbeat, clock, Logger(LogCategories.DataPlane));
        var loop = new NodeLoopOptions
        {
            Configuration = _configuration.Node,
            Listen = _configuration.Listen,
            LinuxDataPlane = DataPlaneKind == Linux,
            DataPlane = ExternalDataPlane is { } external ? _ => external : options.DataPlane,
            RealTime = _isProcess && _configuration.Process.RealTime,
            Node = new NodeOptions
            {
                Seed = options.Seed ?? RandomSeed(),
                FirstMessageId = firstMessageId,
                // Without a state file, too: there may come to be one.
                MessageIdMark = firstMessageId + MessageIdStart.Reserved,
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
        if (_configuration.Snmp is { } snmp) _snmp = new SnmpService(this, snmp, Logger(LogCategories.Snmp));
        if (_configuration.Otlp is { } otlp) _otlp = new OtlpService(this, otlp, Logger(LogCategories.Otlp));
        if (_service is not null) _status = new ServiceStatus(this, _service);
        var text = options.ConfigurationText ?? (_path is null ? null : ConfigurationReader.Load(_path).Text);
        if (text is not null) _live = new LiveConfiguration(() => Configuration, PutInForceAsync, _path, text, _logger);
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
    public string DataPlaneKind { get; private set; }

    /// <inheritdoc/>
    public ExternalDataPlane? ExternalDataPlane { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<TunnelStatus> TunnelsTo(string neighbor) => _ipsec.TunnelsTo(neighbor);

    /// <inheritdoc/>
    public DaemonLog? Log { get; }

    /// <summary>The configuration in force.</summary>
    public DaemonConfiguration Configuration => Volatile.Read(ref _configuration);

    /// <inheritdoc/>
    IConfigurationAccess? INodeAccess.Configuration => _live;

    /// <summary>Ends when the node has ended; faulted if it could not go on.</summary>
    public Task Completion => Loop.Completion;

    /// <summary>What is wrong with what a configuration names outside of its file: groups, certificates, tokens. <see cref="StartAsync"/> looks at them, too.</summary>
    public static IReadOnlyList<ConfigurationError> Check(DaemonConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return AccessLoader.Load(configuration.Api, configuration.FilePath, configuration.Process.User is { } user ? LeastPrivilege.Find(user) : null).Errors;
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
            host._api.Reserve();
            host.Loop.Start();
            await host.Loop.Started.WaitAsync(cancellation).ConfigureAwait(false);
            foreach (var service in host.Services) await service.StartAsync(cancellation).ConfigureAwait(false);
            host._service?.Ready();
            if (!host._isProcess) return host;
            host._startOver = new Timer(_ => ProcessMemory.ReleaseStart(), null, ProcessMemory.StartTakes, Timeout.InfiniteTimeSpan);
            host._collection = new QuietCollection(host.Loop.Statistics);
            host._collection.Start();
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

    /// <summary>Stops. The neighbours are told nothing and data links stay as they are: what carries traffic goes on carrying it.</summary>
    public Task StopAsync() => _stop.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _live?.Dispose();
    }

    // In the order in which they start.
    private IEnumerable<IDaemonService> Services
    {
        get
        {
            foreach (var service in (IDaemonService?[])[_ipsec, _api, _snmp, _otlp, _status])
                if (service is not null) yield return service;
        }
    }

    private ILogger Logger(string category) => _loggers.CreateLogger(LogCategories.LoggerOf(category));

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
        _collection?.Dispose();
        if (_startOver is not null) await _startOver.DisposeAsync().ConfigureAwait(false);
        await Loop.DisposeAsync().ConfigureAwait(false);
        foreach (var service in Services) await service.DisposeAsync().ConfigureAwait(false);
        _state?.Dispose();
        _recording?.Dispose();
    }
}
