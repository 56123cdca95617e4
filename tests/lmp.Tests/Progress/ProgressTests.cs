using System.Text.Json;
using OpenLmp.Api;
using OpenLmp.Cli.Decode;
using OpenLmp.Cli.Progress;
using OpenLmp.Cli.Tests.Capture;

namespace OpenLmp.Cli.Tests.Progress;

public class ProgressTests
{
    private static readonly byte[] OneHello = PcapWriter.Of(1, Packets.Ethernet(Packets.IPv4(Packets.Udp(Packets.Hello()))));

    [Theory]
    [InlineData("te-link verify te1 --wait", "te1")]
    [InlineData("te-link verify --neighbor b --wait", null)]
    public async Task A_verification_tells_how_far_it_is_a_line_each_where_it_is_piped(string commandLine, string? teLink)
    {
        var (exitCode, output, error) = await VerifyAsync(commandLine, teLink, interactive: false);
        Assert.Equal((0, "all verified"), (exitCode, output.Trim()));
        var name = teLink ?? "b";
        Assert.Equal([$"{name}: Testing, 1 of 8 data links tested", $"{name}: Testing, 2 of 8 data links tested"], error.Split(Environment.NewLine)[..2]);
        Assert.DoesNotContain('\u001b', error);
    }

    [Fact]
    public async Task On_a_terminal_it_is_a_bar_that_goes_away()
    {
        var (exitCode, output, error) = await VerifyAsync("te-link verify te1 --wait", "te1", interactive: true);
        Assert.Equal((0, "all verified"), (exitCode, output.Trim()));
        Assert.Contains("\r\u001b[K[######..................] te1: Testing, 2 of 8 data links tested", error);
        Assert.EndsWith("\r\u001b[K", error);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void Decoding_tells_how_much_of_the_file_it_has_read()
    {
        using var capture = new MemoryStream(OneHello);
        using var error = new StringWriter();
        using var output = new MemoryStream();
        var terminal = new Terminal { Out = TextWriter.Null, Error = error, IsErrorInteractive = true };
        using (var progress = new ProgressLine(terminal)) DecodeRun.Execute(capture, "some.pcap", new DecodeOptions(PortFilter.Default), output, error, progress);
        Assert.StartsWith("\r\u001b[K[", error.ToString());
        Assert.Contains(" % of some.pcap (", error.ToString());
        Assert.Contains("\r\u001b[K1 messages", error.ToString());
    }

    [ProgramFact("script")]
    public async Task Decode_shows_it_only_where_its_messages_go_elsewhere()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, OneHello);
            Assert.Contains($" % of {file}", (await Programs.OnTerminalAsync($"lmp decode {file} > /dev/null")).Out);
            Assert.DoesNotContain(" % of ", (await Programs.OnTerminalAsync($"lmp decode {file}")).Out);
            Assert.Equal("1 messages, 0 malformed, 0 other packets\n", (await Programs.RunAsync("lmp", ["decode", file])).Error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // The answer comes once two steps have been asked for.
    private static async Task<(int ExitCode, string Out, string Error)> VerifyAsync(string commandLine, string? teLink, bool interactive)
    {
        var asked = 0;
        var done = new TaskCompletionSource();
        await using var daemon = await ScriptedDaemon.StartAsync(async request =>
        {
            if (request.Method == "POST")
            {
                await done.Task;
                return (200, """{"outcome":"verified","text":"all verified"}""");
            }

            var tested = ++asked;
            if (tested > 2) done.TrySetResult();
            VerificationInfo[] all = [new("other", "c", "Testing", 4, 4, ""), new(teLink, "b", "Testing", 8, 8 - Math.Min(tested, 2), "")];
            return (200, JsonSerializer.Serialize(all, ApiJson.TypeInfo<VerificationInfo[]>()));
        });
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal { Out = output, Error = error, IsErrorInteractive = interactive };
        var exitCode = await LmpCli.RunAsync([.. commandLine.Split(' '), "--socket", daemon.SocketPath], terminal);
        return (exitCode, output.ToString(), error.ToString());
    }
}
