using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenLmp.Api;

namespace OpenLmp.Hosting.Tests.Http;

public class LogEndpointTests
{
    [Fact]
    public async Task Levels_are_told_and_changed()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        Assert.Equal(("info", "info", "warning"), await LevelsAsync(daemon));
        var state = daemon.Log.Factory.CreateLogger("lmpd.state");
        Assert.Equal((true, false), (state.IsEnabled(LogLevel.Information), state.IsEnabled(LogLevel.Debug)));

        var (status, answer) = await daemon.SendAsync("PUT", "/v1/log", """{"level":"debug","category":"state"}""");
        Assert.Equal((200, "state: from debug, until the configuration is read again"), (status, answer.GetProperty("text").GetString()));
        Assert.Equal(("info", "debug", "warning"), await LevelsAsync(daemon));
        Assert.True(state.IsEnabled(LogLevel.Debug));

        (status, answer) = await daemon.SendAsync("PUT", "/v1/log", """{"level":"error"}""");
        Assert.Equal((200, "log: from error, until the configuration is read again"), (status, answer.GetProperty("text").GetString()));
        Assert.Equal(("error", "debug", "error"), await LevelsAsync(daemon));
        Assert.Equal(
            (false, true, false),
            (daemon.Log.Factory.CreateLogger("lmpd").IsEnabled(LogLevel.Warning), state.IsEnabled(LogLevel.Debug), daemon.Log.Factory.CreateLogger("Microsoft.AspNetCore").IsEnabled(LogLevel.Warning)));
    }

    [Theory]
    [InlineData("""{"level":"loud"}""")]
    [InlineData("""{"level":"debug","category":"sockets"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task What_is_no_level_is_refused(string body)
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        var (status, answer) = await daemon.SendAsync("PUT", "/v1/log", body);
        Assert.Equal(400, status);
        Assert.StartsWith("""the body is {"level": "debug"}""", answer.GetProperty("error").GetString());
        Assert.Equal(new LogConfiguration(), daemon.Log.Levels.Current);
    }

    [Fact]
    public void The_levels_of_the_API_are_those_of_the_log_in_the_same_order() =>
        Assert.All(Enum.GetValues<LogSeverity>(), severity => Assert.Equal(
            JsonSerializer.Serialize(severity, ApiJson.TypeInfo<LogSeverity>()).Trim('"'), LogSection.WordOf((LogLevel)severity)));

    [Fact]
    public async Task A_file_read_again_has_the_last_word()
    {
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        using var log = DaemonLog.Create(systemd: false, "");
        left.Write(left.Read() + "log: {level: none}\n");
        await using var host = await DaemonHost.StartAsync(new DaemonHostOptions
        {
            Configuration = ConfigurationReader.Load(left.Configuration).Configuration!,
            ConfigurationPath = left.Configuration,
            LoggerFactory = log.Factory,
            Log = log,
        });
        Assert.Equal(LogLevel.None, log.Levels.Current.Of("daemon"));
        log.Levels.Set(LogLevel.Trace, null);
        left.Write(left.Read().Replace("level: none", "level: critical", StringComparison.Ordinal));
        Assert.True(await host.ReloadAsync());
        Assert.Equal(new LogConfiguration { Level = LogLevel.Critical }, log.Levels.Current);
    }

    private static async Task<(string? Level, string? State, string? Api)> LevelsAsync(TestDaemon daemon)
    {
        var log = await daemon.GetAsync("/v1/log");
        var categories = log.GetProperty("categories").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("level").GetString());
        Assert.Equal(LogCategories.All, categories.Keys);
        return (log.GetProperty("level").GetString(), categories["state"], categories["api"]);
    }
}
