using System.Collections.Concurrent;
using System.Diagnostics;

namespace OpenLmp.Hosting.Tests;

/// <summary>A test with strongSwan in network namespaces: as root, with the packages. Elsewhere it is reported as skipped.</summary>
public sealed class StrongSwanFactAttribute : FactAttribute
{
    public StrongSwanFactAttribute()
    {
        if (!NetworkNamespace.IsAvailable) Skip = NetworkNamespace.Missing;
        else if (Charon.Missing is { } missing) Skip = $"SKIPPED, not passed: {missing} is missing; apt-get install charon-systemd strongswan-swanctl libcharon-extra-plugins libstrongswan-standard-plugins tcpdump";
    }
}

/// <summary>strongSwan's daemon in a namespace, with ESP in user space: the kernel needs none.</summary>
internal sealed class Charon : IDisposable
{
    private readonly NetworkNamespace _space;
    private readonly string _configuration;
    private Process? _process;

    public Charon(NetworkNamespace space, string directory, string name)
    {
        _space = space;
        Vici = Path.Combine(directory, $"{name}.vici");
        Log = Path.Combine(directory, $"{name}.charon");
        _configuration = Path.Combine(directory, $"{name}.strongswan");
        File.WriteAllText(_configuration, $$"""
            charon-systemd {
              load_modular = no
              load = random nonce openssl pem pkcs1 pkcs8 x509 pubkey hmac kdf kernel-libipsec kernel-netlink socket-default updown vici
              routing_table = 701
              routing_table_prio = 33000
              plugins {
                vici { socket = unix://{{Vici}} }
                kernel-libipsec { allow_peer_ts = yes }
              }
              filelog { l { path = {{Log}}
              default = 2
              append = yes
              } }
            }
            """);
    }

    /// <summary>What is not installed of what these tests need; null if everything is.</summary>
    public static string? Missing { get; } = new[]
    {
        "/usr/sbin/charon-systemd", "/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so", "/usr/lib/ipsec/plugins/libstrongswan-openssl.so", "/usr/bin/tcpdump",
    }.FirstOrDefault(file => !File.Exists(file));

    public string Vici { get; }

    public string Log { get; }

    public void Start()
    {
        File.Delete(Vici);
        _process = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", _space.Name, "/usr/sbin/charon-systemd"])
        {
            Environment = { ["STRONGSWAN_CONF"] = _configuration },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public void Kill()
    {
        _process!.Kill(); // ip has become charon by exec
        _process.WaitForExit();
    }

    /// <summary>Gives a command over vici.</summary>
    public async Task DoAsync(string command, ViciSection message)
    {
        await using var vici = await ViciClient.ConnectAsync(Vici);
        await vici.DoAsync(command, message, TimeSpan.FromSeconds(60), CancellationToken.None);
    }

    public void Dispose()
    {
        if (_process is not { } process) return;
        if (!process.HasExited) Kill();
        process.Dispose();
    }
}

/// <summary>tcpdump on the wire between two namespaces: a line for each packet.</summary>
internal sealed class Sniffer : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly TaskCompletionSource _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Sniffer(NetworkNamespace space, string filter)
    {
        _process = space.Start("tcpdump", $"-lnni eth0 {filter}");
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is not null) _lines.Enqueue(e.Data);
        };
        _process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data?.StartsWith("listening on", StringComparison.Ordinal) == true) _listens.TrySetResult();
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Task Listens => _listens.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public IReadOnlyCollection<string> Lines => _lines;

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
