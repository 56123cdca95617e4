using System.Diagnostics;
using OpenLmp.Hosting.Http;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>Who may do what over the Unix socket: the kernel says who it is.</summary>
public class PeerAccessTests
{
    private const string Readers = "54321";
    private const string Admins = "54322";
    private const string Nobody = "--reuid 65534 --regid 65534";

    [OtherUserTheory("curl")]
    [InlineData($"{Nobody} --clear-groups", 403, 403)]
    [InlineData($"{Nobody} --groups 1,2,3", 403, 403)]
    [InlineData($"--reuid 65534 --regid {Readers} --clear-groups", 200, 403)]
    [InlineData($"--reuid 65534 --regid {Admins} --clear-groups", 200, 200)]
    [InlineData($"{Nobody} --groups 1,{Readers}", 200, 403)]
    [InlineData($"{Nobody} --groups {Readers},{Admins}", 200, 200)]
    [InlineData($"--reuid 0 --regid {Readers} --clear-groups", 200, 200)]
    public async Task Users_and_groups_are_told_apart(string privileges, int read, int change)
    {
        await using var daemon = await StartAsync("0666", new Placed(Readers), new Placed(Admins));

        Assert.Equal(read, (await AskAsync(daemon, privileges, "GET", "/v1/node")).Status);
        Assert.Equal(read, (await AskAsync(daemon, privileges, "GET", "/")).Status);
        var (status, answer) = await AskAsync(daemon, privileges, "POST", "/v1/data-links/te1-1/allocate");
        Assert.Equal(change, status);
        Assert.Equal(change == 200, daemon.A.TeLink.DataLinks[0].Allocated);
        if (change != 200)
        {
            Assert.Contains($"user nobody (65534) may {(read == 200 ? "only read: changes are for" : "not use this API: it is for")} root, the daemon's user, and the members of api:", answer, StringComparison.Ordinal);
        }
    }

    [OtherUserTheory("curl")]
    [InlineData($"{Nobody} --clear-groups", 403)]
    [InlineData("--reuid 65534 --regid 0 --clear-groups", 200)]
    public async Task Without_groups_the_daemons_own_may_change(string privileges, int status)
    {
        await using var daemon = await StartAsync("0666", null, null);

        Assert.Equal(status, (await AskAsync(daemon, privileges, "POST", "/v1/data-links/te1-1/allocate")).Status);
    }

    [OtherUserTheory("curl")]
    [InlineData("0660", $"{Nobody} --clear-groups", null)]
    [InlineData("0660", $"{Nobody} --groups {Readers}", 200)]
    [InlineData("0600", $"{Nobody} --groups {Readers}", null)]
    public async Task The_file_of_the_socket_belongs_to_the_group(string mode, string privileges, int? status)
    {
        await using var daemon = await StartAsync(mode, new Placed(Readers), null);

        // curl exits with 7 where the kernel does not let it connect.
        Assert.Equal(status ?? 0, (await AskAsync(daemon, privileges, "GET", "/v1/node")).Status);
    }

    [Theory]
    [InlineData("1000")]
    public void Groups_by_number_need_no_name_and_those_without_either_are_told(string number)
    {
        Assert.Equal(uint.Parse(number), AccessLoader.Load(new ApiConfiguration { AdminGroup = new Placed(number) }, "f").Rules!.AdminGroup);
        Assert.Equal(0u, AccessLoader.Load(new ApiConfiguration { AdminGroup = new Placed("root") }, "f").Rules!.AdminGroup);
        Assert.Equal(
            "lmpd.yaml:3:9: read-group: this machine has no group nosuchgroup; make it (groupadd --system nosuchgroup), or name another",
            Assert.Single(AccessLoader.Load(new ApiConfiguration { ReadGroup = new Placed("nosuchgroup", 3, 9) }, "lmpd.yaml").Errors).ToString());
    }

    private static async Task<TestDaemon> StartAsync(string mode, Placed? readers, Placed? admins)
    {
        var daemon = await TestDaemon.StartAsync(api: api => api with { SocketMode = (UnixFileMode)Convert.ToInt32(mode, 8), ReadGroup = readers, AdminGroup = admins });
        AccessFiles.SetMode(Path.GetDirectoryName(daemon.SocketPath)!, "0755");
        return daemon;
    }

    private static async Task<(int Status, string Body)> AskAsync(TestDaemon daemon, string privileges, string method, string path)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "setpriv", $"{privileges} curl -s -m 60 -X {method} -w \\n%{{http_code}} --unix-socket {daemon.SocketPath} http://localhost{path}")
        { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var end = output.LastIndexOf('\n');
        return (int.Parse(output.AsSpan(end + 1)), output[..end]);
    }
}
