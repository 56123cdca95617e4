using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace OpenLmp.Hosting.Tests;

/// <summary>A test that makes network namespaces: as root on a machine with iproute2. Elsewhere it is reported as skipped.</summary>
public sealed class NamespaceFactAttribute : FactAttribute
{
    public NamespaceFactAttribute()
    {
        if (!NetworkNamespace.IsAvailable) Skip = NetworkNamespace.Missing;
    }
}

/// <summary>See <see cref="NamespaceFactAttribute"/>.</summary>
public sealed class NamespaceTheoryAttribute : TheoryAttribute
{
    public NamespaceTheoryAttribute()
    {
        if (!NetworkNamespace.IsAvailable) Skip = NetworkNamespace.Missing;
    }
}

/// <summary>A network namespace of a test's own: interfaces and addresses that nobody else sees.</summary>
internal sealed partial class NetworkNamespace : IDisposable
{
    public const string Missing = "SKIPPED, not passed: network namespaces need root and the ip command";

    private const int CloneNewNet = 0x40000000;

    private static readonly Lazy<bool> Available = new(() =>
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return false;
        try
        {
            using var probe = new NetworkNamespace();
            return true;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    });

    private readonly string _name = $"openlmp-{Environment.ProcessId}-{Guid.NewGuid():N}"[..30];

    public NetworkNamespace()
    {
        Run("ip", $"netns add {_name}");
        Ip("link set lo up");
    }

    public static bool IsAvailable => Available.Value;

    public string Name => _name;

    /// <summary>Two namespaces, and a cable from the first one's eth0 to the second one's.</summary>
    public static (NetworkNamespace Left, NetworkNamespace Right) Pair()
    {
        var (left, right) = (new NetworkNamespace(), new NetworkNamespace());
        left.Ip($"link add eth0 type veth peer name eth0 netns {right.Name}");
        return (left, right);
    }

    /// <summary>Gives eth0 an address and takes it up.</summary>
    public NetworkNamespace With(string address)
    {
        // No duplicate address detection: the address is there at once.
        Ip($"address add {address} dev eth0 {(address.Contains(':', StringComparison.Ordinal) ? "nodad" : "")}");
        Ip("link set eth0 up");
        return this;
    }

    /// <summary>Runs <c>ip</c> in the namespace.</summary>
    public void Ip(string arguments) => Run("ip", $"-n {_name} {arguments}");

    /// <summary>Waits until the kernel tells of every veth interface that is up that its far end is, too.</summary>
    public void WaitForCarriers()
    {
        var watch = Stopwatch.StartNew();
        while (Run("ip", $"-n {_name} -o link show up type veth").Split('\n', StringSplitOptions.RemoveEmptyEntries) is var lines
            && !lines.All(line => line.Contains(" state UP ", StringComparison.Ordinal)))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"an interface of {_name} has no carrier: {string.Join("; ", lines)}");
            Thread.Sleep(10);
        }
    }

    /// <summary>Starts a program in the namespace; its output is to be read.</summary>
    public Process Start(string command, string arguments) =>
        Process.Start(new ProcessStartInfo("ip", $"netns exec {_name} {command} {arguments}") { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Sets a kernel parameter of the namespace, as a path below /proc/sys.</summary>
    public void Sysctl(string path, string value) => Do(() => File.WriteAllText($"/proc/thread-self/root/proc/sys/{path}", value));

    /// <summary>Moves the calling thread into the namespace; sockets it opens from now on are there.</summary>
    public void Enter()
    {
        using var file = File.OpenHandle($"/run/netns/{_name}");
        if (SetNamespace(file, CloneNewNet) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Runs a test's body on a thread in the namespace.</summary>
    public void Do(Action body)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter();
                body();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    public void Dispose() => Run("ip", $"netns del {_name}");

    private static string Run(string command, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{command} {arguments}: {errors}");
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeHandle file, int type);
}
