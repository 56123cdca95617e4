using System.Diagnostics;

namespace OpenLmp.Hosting.Tests;

/// <summary>lmpd without any privilege, on a high port, as the service manager starts it.</summary>
public class OrdinaryUserTests
{
    private const string Nobody = "65534";

    private static readonly string[] AsNobody =
        ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all", "--no-new-privs"];

    [OtherUserFact]
    public async Task Two_daemons_of_an_ordinary_user_come_up()
    {
        using var systemd = new DatagramListener();
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        foreach (var path in (string[])[left.Directory, right.Directory, Path.GetDirectoryName(systemd.Name)!]) await ChownAsync(path);
        left.Write(left.Read() + $"state: {left.Directory}/lmpd.db\n");
        using var a = new DaemonProcess([.. AsNobody, "env", $"NOTIFY_SOCKET={systemd.Name}", "WATCHDOG_USEC=1000000"], ["-c", left.Configuration]);
        using var b = new DaemonProcess(AsNobody, ["-c", right.Configuration]);
        // Read at once: the socket holds a few datagrams only, and what does not fit is lost.
        var ready = systemd.ReadUntilAsync(text => text == "READY=1");
        await a.SaysAsync("control channel oxc2/1 is Up");
        await b.SaysAsync("control channel oxc1/1 is Up");
        await ready;
        await systemd.ReadUntilAsync(text => text == "WATCHDOG=1");
        var status = await File.ReadAllLinesAsync($"/proc/{a.Id}/status");
        Assert.Contains("CapEff:\t0000000000000000", status);
        Assert.Contains(status, line => line.StartsWith($"Uid:\t{Nobody}\t", StringComparison.Ordinal));
        // The state file is its own, and written.
        Assert.True(File.Exists(Path.Combine(left.Directory, "lmpd.db")));
        var alarms = await DaemonProcess.GetAsync(left.Socket, "/v1/alarms");
        Assert.DoesNotContain(alarms.EnumerateArray(), alarm => alarm.GetProperty("kind").GetString()!.StartsWith("state-", StringComparison.Ordinal));
        a.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM);
        Assert.Equal(0, await a.ExitAsync());
        await systemd.ReadUntilAsync(text => text == "STOPPING=1");
    }

    private static async Task ChownAsync(string path)
    {
        using var chown = Process.Start("chown", ["-R", Nobody, path]);
        await chown.WaitForExitAsync();
        Assert.Equal(0, chown.ExitCode);
    }
}
