using System.Runtime.InteropServices;
using System.Text.Json;

namespace OpenLmp.Hosting.Tests;

/// <summary>The daemon as users meet it: command line, signals, log, API.</summary>
public class DaemonProcessTests
{
    [Fact]
    public async Task Two_daemons_come_up_read_their_files_again_and_stop_when_asked()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        using var a = new DaemonProcess("-c", left.Configuration);
        using var b = new DaemonProcess("-c", right.Configuration);
        await a.SaysAsync("control channel oxc2/1 is Up");
        await b.SaysAsync("control channel oxc1/1 is Up");
        Assert.Equal("Up", (await ChannelAsync(left)).GetProperty("state").GetString());

        var good = left.Read();
        left.Write(good.Replace("node-id: 10.0.0.2", "node-id: nonsense", StringComparison.Ordinal));
        a.Signal(PosixSignal.SIGHUP);
        await a.SaysAsync("has errors");
        Assert.Contains($"{left.Configuration}:6:", a.Errors, StringComparison.Ordinal);

        left.Write(good.Replace("name: oxc1", "name: renamed", StringComparison.Ordinal));
        a.Signal(PosixSignal.SIGHUP);
        await a.SaysAsync("in force");
        Assert.Equal("renamed", (await OnlyAsync(left, "/v1/node")).GetProperty("name").GetString());
        Assert.Equal("Up", (await ChannelAsync(left)).GetProperty("state").GetString());
        Assert.Equal(0, (await ChannelAsync(left)).GetProperty("flaps").GetInt32());

        a.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await a.ExitAsync());
        b.Signal(DaemonProcess.IsInterruptIgnored ? PosixSignal.SIGTERM : PosixSignal.SIGINT);
        Assert.Equal(0, await b.ExitAsync());
        Assert.DoesNotContain("   at ", a.Errors + b.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_daemon_in_the_same_place_gives_way()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        using var first = new DaemonProcess("-c", left.Configuration);
        await first.SaysAsync("node oxc1 (10.0.0.1) starts");

        var (status, output, errors) = await DaemonProcess.RunAsync("-c", left.Configuration);

        Assert.Equal((1, ""), (status, output));
        Assert.StartsWith($"lmpd: api socket {left.Socket}: ", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_checked_without_running()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        Assert.Equal((0, $"{left.Configuration}: valid\n", ""), await DaemonProcess.RunAsync("-c", left.Configuration, "--check"));

        left.Write(left.Read().Replace("id: 10.0.0.1", "id: nonsense", StringComparison.Ordinal).Replace("node-id: 10.0.0.2", "node-id: nonsense", StringComparison.Ordinal));
        var (status, output, errors) = await DaemonProcess.RunAsync("-c", left.Configuration, "--check");
        Assert.Equal((2, ""), (status, output));
        Assert.Collection(
            errors.Split('\n'),
            line => Assert.StartsWith($"{left.Configuration}:1:", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"{left.Configuration}:6:", line, StringComparison.Ordinal));

        // Running it comes to the same.
        Assert.Equal((status, output, errors), await DaemonProcess.RunAsync("-c", left.Configuration));
    }

    [Theory]
    [InlineData("no configuration file: -c FILE is missing")]
    [InlineData("no configuration file: -c FILE is missing", "--check")]
    [InlineData("-c needs a file", "-c")]
    [InlineData("one file only", "-c", "a", "-c", "b")]
    [InlineData("unknown argument --chekc", "-c", "a", "--chekc")]
    public async Task Wrong_usage_is_said_in_two_lines(string error, params string[] arguments) =>
        Assert.Equal((2, "", $"lmpd: {error}\nusage: lmpd -c FILE [--check] [--record FILE]"), await DaemonProcess.RunAsync(arguments));

    [Fact]
    public async Task Help_and_version_are_answers()
    {
        var (status, output, errors) = await DaemonProcess.RunAsync("--help");
        Assert.Equal((0, ""), (status, errors));
        Assert.StartsWith("usage: lmpd -c FILE [--check] [--record FILE]\n", output, StringComparison.Ordinal);
        (status, output, errors) = await DaemonProcess.RunAsync("--version");
        Assert.Equal((0, ""), (status, errors));
        Assert.Matches(@"^lmpd \d+\.\d+\.\d+\n$", output);
    }

    private static Task<JsonElement> ChannelAsync(DaemonFiles files) => OnlyAsync(files, "/v1/control-channels");

    private static async Task<JsonElement> OnlyAsync(DaemonFiles files, string path) =>
        (await DaemonProcess.GetAsync(files.Socket, path)).EnumerateArray().Single();
}
