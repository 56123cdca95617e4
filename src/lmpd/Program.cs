using System.Runtime.InteropServices;
using OpenLmp.Daemon;
using OpenLmp.Hosting;

// lmpd: one LMP node. Everything it does is in OpenLmp.Hosting; here are the command line and the signals.
const int Failed = 1;
const int Refused = 2;

var command = CommandLine.Parse(args, out var error);
switch (command)
{
    case null:
        Console.Error.WriteLine($"lmpd: {error}");
        Console.Error.WriteLine(CommandLine.Usage);
        return Refused;
    case { Action: CommandLineAction.Help }:
        Console.WriteLine(CommandLine.Help);
        return 0;
    case { Action: CommandLineAction.Version }:
        Console.WriteLine(CommandLine.Version);
        return 0;
}

var result = ConfigurationReader.Load(command.File);
if (command.Action == CommandLineAction.Run && result.Configuration is { } privileged)
{
    try
    {
        // Before anything is said: as another user, it is all done once more.
        LeastPrivilege.Take(privileged);
    }
    catch (DaemonStartException e)
    {
        Console.Error.WriteLine($"lmpd: {e.Message}");
        return Failed;
    }
}

foreach (var warning in result.Warnings) Console.Error.WriteLine(warning);
foreach (var wrong in result.Errors) Console.Error.WriteLine(wrong);
if (result.Configuration is not { } configuration) return Refused;
if (command.Action == CommandLineAction.Check)
{
    var refused = DaemonHost.Check(configuration);
    foreach (var wrong in refused) Console.Error.WriteLine(wrong);
    if (refused.Count > 0) return Refused;
    Console.WriteLine($"{command.File}: valid");
    return 0;
}

// What is left of a large file's text and tree would stay in memory: a node with nothing to do never collects it.
if (GC.CollectionCount(0) > 0) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

// From the first moment: a stop asked for while starting is a stop.
using var stopping = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
var reload = new TaskCompletionSource<DaemonHost>();
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload);

using var log = DaemonLog.Create();
using var service = ServiceManager.FromEnvironment();
try
{
    await using var daemon = await DaemonHost.StartAsync(
        new DaemonHostOptions
        {
            Configuration = configuration,
            ConfigurationPath = command.File,
            ConfigurationText = result.Text,
            LoggerFactory = log.Factory,
            Log = log,
            Service = service,
            IsProcess = true,
            RecordPath = command.Record,
        },
        stopping.Token);
    reload.SetResult(daemon);
    await daemon.Completion.WaitAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    return stopping.IsCancellationRequested ? 0 : Failed;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}
catch (AccessRefusedException e)
{
    Console.Error.WriteLine(e.Message);
    return Refused;
}
catch (DaemonStartException e)
{
    Console.Error.WriteLine($"lmpd: {e.Message}");
    return Failed;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}

async void Reload(PosixSignalContext context)
{
    context.Cancel = true;
    var daemon = await reload.Task;
    try
    {
        await daemon.ReloadAsync(stopping.Token);
    }
    catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
    {
        // Stopping meanwhile.
    }
}
