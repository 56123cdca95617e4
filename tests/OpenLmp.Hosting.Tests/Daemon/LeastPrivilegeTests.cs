using System.Globalization;
using System.Runtime.Versioning;

namespace OpenLmp.Hosting.Tests;

/// <summary>What a daemon that root has started may still do as another user: what its configuration needs, and nothing else.</summary>
[SupportedOSPlatform("linux")]
public class LeastPrivilegeTests
{
    private const string User = "nobody";

    // include/uapi/linux/capability.h
    private const ulong NetBindService = 1UL << 10, NetRaw = 1UL << 13, IpcLock = 1UL << 14, SysNice = 1UL << 23;

    [OtherUserTheory]
    [InlineData("701", "", NetBindService | SysNice)]
    [InlineData("7010", "process: {real-time: false}", 0UL)]
    [InlineData("701", "process: {lock-memory: true}\ndata-plane: linux", NetBindService | NetRaw | IpcLock | SysNice)]
    public async Task Goes_on_as_another_user_with_what_it_needs(string port, string more, ulong capabilities)
    {
        using var files = new DaemonFiles();
        var directory = Path.Combine(Path.GetDirectoryName(files.Configuration)!, "run");
        File.SetUnixFileMode(Path.GetDirectoryName(files.Configuration)!, (UnixFileMode)Convert.ToInt32("755", 8));
        var socket = Path.Combine(directory, "lmpd.sock");
        var text = $$"""
            node: {id: 10.0.0.1, name: oxc1}
            listen: [ "{{SocketRig.FreshLoopback()}}:{{port}}" ]
            api: {socket: {{socket}}}
            state: {{directory}}/lmpd.db
            {{more}}

            """;
        var user = $"user: {User}";
        files.Write(more.Contains("process: {", StringComparison.Ordinal) ? text.Replace("process: {", $"process: {{{user}, ", StringComparison.Ordinal) : $"{text}process: {{{user}}}\n");
        using var daemon = new DaemonProcess("-c", files.Configuration);
        await daemon.SaysAsync("node oxc1 (10.0.0.1) starts");
        Assert.DoesNotContain("not listening", daemon.Errors, StringComparison.Ordinal);
        Assert.Equal("oxc1", (await DaemonProcess.GetAsync(socket, "/v1/node"))[0].GetProperty("name").GetString());

        // Every thread, those of the runtime too.
        var (id, _) = OtherUser.Ids(User);
        Assert.All(Directory.GetDirectories($"/proc/{daemon.Id}/task"), task =>
        {
            var status = File.ReadLines(Path.Combine(task, "status")).Select(l => l.Split(':', 2)).ToDictionary(l => l[0], l => l[1].Trim());
            Assert.Equal($"{id}\t{id}\t{id}\t{id}", status["Uid"]);
            foreach (var set in (string[])["CapEff", "CapPrm", "CapInh", "CapAmb", "CapBnd"])
                Assert.Equal((set, capabilities), (set, ulong.Parse(status[set], NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
            Assert.Equal("1", status["NoNewPrivs"]);
        });
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(directory) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute));
    }

    [OtherUserFact]
    public async Task A_user_that_is_not_there_and_one_that_cannot_be_taken_are_told()
    {
        using var files = new DaemonFiles();
        files.Write($"node: {{id: 10.0.0.1, name: oxc1}}\nlisten: [ \"127.0.0.1:7010\" ]\napi: {{socket: {files.Socket}}}\nprocess: {{user: no-such-user}}\n");
        Assert.Equal((1, "", "lmpd: process: user: there is no user no-such-user"), await DaemonProcess.RunAsync("-c", files.Configuration));

        files.Write(files.Read().Replace("no-such-user", "root", StringComparison.Ordinal));
        File.SetUnixFileMode(Path.GetDirectoryName(files.Configuration)!, (UnixFileMode)Convert.ToInt32("755", 8));
        using var daemon = new DaemonProcess(["setpriv", "--reuid", User, "--clear-groups"], ["-c", files.Configuration]);
        Assert.Equal(1, await daemon.ExitAsync());
        await daemon.SaysAsync("lmpd: process: user: only root can go on as root; start lmpd as one of the two");
    }
}
