using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenLmp.Hosting.Tests;

/// <summary>A test that runs net-snmp's programs. Where they are not installed, it is reported as skipped.</summary>
public sealed class NetSnmpFactAttribute : FactAttribute
{
    public NetSnmpFactAttribute()
    {
        if (!NetSnmp.IsAvailable) Skip = "SKIPPED, not passed: it needs net-snmp's snmpd, snmptrapd and snmpwalk (packages snmpd, snmptrapd and snmp)";
    }
}

/// <summary>net-snmp's snmpd as master agent and its snmptrapd, with files and ports of a test's own.</summary>
internal sealed class NetSnmp : IDisposable
{
    private static readonly string[] Folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lmp-snmp-");
    private readonly int _port = FreePort();
    private readonly int _trapPort = FreePort();
    private readonly StringBuilder _output = new();
    private readonly Process _trapd;
    private Process? _snmpd;

    public NetSnmp()
    {
        Directory.CreateDirectory(Path.Combine(_directory.FullName, "persistent"));
        File.WriteAllText(PathOf("snmpd.conf"), $"""
            agentAddress udp:127.0.0.1:{_port}
            rwcommunity test 127.0.0.1
            master agentx
            agentXSocket unix:{Socket}
            trap2sink 127.0.0.1:{_trapPort} test

            """);
        File.WriteAllText(PathOf("snmptrapd.conf"), "disableAuthorization yes\n");
        _trapd = Start("snmptrapd", "-f -Lo -On -C -c", PathOf("snmptrapd.conf"), $"udp:127.0.0.1:{_trapPort}");
        StartAgent();
    }

    public static bool IsAvailable { get; } = new[] { "snmpd", "snmptrapd", "snmpwalk" }.All(name => Find(name) is not null);

    /// <summary>Where subagents connect.</summary>
    public string Socket => PathOf("agentx");

    /// <summary>All that the programs have written: for messages.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public void StartAgent() => _snmpd = Start("snmpd", "-f -Lo -C -I -systemstats -c", PathOf("snmpd.conf"));

    /// <summary>Lets it be there and do nothing.</summary>
    public void StopAgent()
    {
        using var kill = Process.Start("kill", ["-STOP", $"{_snmpd!.Id}"]);
        kill.WaitForExit();
    }

    public void KillAgent()
    {
        _snmpd!.Kill();
        _snmpd.WaitForExit();
        _snmpd.Dispose();
        _snmpd = null;
    }

    /// <summary>Whether snmptrapd has written a text.</summary>
    public bool HasTrap(string text) => Output.Contains(text, StringComparison.Ordinal);

    /// <summary>The instances below an object and their values, as net-snmp prints them; empty where the agent did not answer all that was asked.</summary>
    public async Task<Dictionary<string, string>> WalkAsync(string oid, string program = "snmpwalk")
    {
        // -On -Oe -OU: numbers only, no names, no units; -Ot: time in ticks; -Ox: octets in hexadecimal.
        var text = await RunAsync(program, $"-v2c -c test -On -Oe -OU -Ot -Ox -m  127.0.0.1:{_port} {oid}");
        if (text.Contains("Timeout: ", StringComparison.Ordinal) || text.Contains("Error in packet", StringComparison.Ordinal)) return [];
        return text.Split('\n').Where(line => line.StartsWith(".1.3.6", StringComparison.Ordinal) && line.Contains(" = ", StringComparison.Ordinal))
            .Where(line => !line.Contains("No Such", StringComparison.Ordinal) && !line.Contains("No more", StringComparison.Ordinal))
            .Select(line => line.Split(" = ", 2)).ToDictionary(part => part[0][1..], part => part[1].Trim(), StringComparer.Ordinal);
    }

    /// <summary>Tries to set a value, and returns what snmpset says.</summary>
    public Task<string> SetAsync(string oid, int value) => RunAsync("snmpset", $"-v2c -c test -On -m  127.0.0.1:{_port} {oid} i {value}");

    public void Dispose()
    {
        if (_snmpd is not null) KillAgent();
        _trapd.Kill();
        _trapd.WaitForExit();
        _trapd.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task<string> RunAsync(string program, string arguments)
    {
        using var process = new Process { StartInfo = Information(program, arguments.Replace("-m  ", "-m \"\" ", StringComparison.Ordinal)) };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text + await errors;
    }

    private Process Start(string program, string arguments, params string[] more)
    {
        var process = new Process { StartInfo = Information(program, string.Join(' ', [arguments, .. more])) };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        lock (_output) _output.AppendLine(CultureInfo.InvariantCulture, $"{e.Data}");
    }

    private ProcessStartInfo Information(string program, string arguments) => new(Find(program)!, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        // Nothing of the machine's own configuration and state.
        Environment = { ["SNMPCONFPATH"] = _directory.FullName, ["SNMP_PERSISTENT_DIR"] = PathOf("persistent"), ["MIBS"] = "" },
    };

    private string PathOf(string file) => Path.Combine(_directory.FullName, file);

    private static string? Find(string program) => Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
