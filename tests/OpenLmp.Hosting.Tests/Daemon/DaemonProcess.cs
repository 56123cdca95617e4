using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OpenLmp.Hosting.Tests;

/// <summary><c>lmpd</c> as a process of its own.</summary>
internal sealed partial class DaemonProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    public int Id => _process.Id;

    public DaemonProcess(params string[] arguments)
        : this([], arguments)
    {
    }

    /// <summary>Starts it by another program, whose arguments end with the command to run.</summary>
    public DaemonProcess(string[] wrapper, string[] arguments)
    {
        // The SDK's host that runs these tests; the executable beside lmpd.dll would look for an installed runtime.
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        string[] command = [.. wrapper, host, Path.Combine(AppContext.BaseDirectory, "lmpd.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("JOURNAL_STREAM");
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not null) _errors.Enqueue(e.Data);
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>
    /// Whether this process, and so those it starts, was started with SIGINT ignored, as a shell does for what it runs in the background.
    /// </summary>
    public static bool IsInterruptIgnored
    {
        get
        {
            var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("SigIgn:", StringComparison.Ordinal));
            return (Convert.ToUInt64(line["SigIgn:".Length..].Trim(), 16) & (1UL << (2 - 1))) != 0;
        }
    }

    /// <summary>What it has written to standard error.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Status, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = new DaemonProcess(arguments);
        var output = await process._process.StandardOutput.ReadToEndAsync();
        return (await process.ExitAsync(), output, process.Errors);
    }

    public Task SaysAsync(string text) =>
        Eventually.TrueAsync(() => Errors.Contains(text, StringComparison.Ordinal), () => $"'{text}' in:\n{Errors}");

    public void Signal(PosixSignal signal) => Assert.Equal(0, Kill(_process.Id, signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        _ => 15,
    }));

    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it at once, as a failure of the machine would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    /// <summary>Asks the API.</summary>
    public static async Task<JsonElement> GetAsync(string socketPath, string path)
    {
        using var client = Client(socketPath);
        return await client.GetFromJsonAsync<JsonElement>(new Uri($"http://localhost{path}"));
    }

    /// <summary>A client of the API behind a socket.</summary>
    public static HttpClient Client(string socketPath)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://localhost") };
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
