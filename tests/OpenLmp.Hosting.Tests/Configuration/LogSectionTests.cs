using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting.Tests;

/// <summary>log.</summary>
public class LogSectionTests
{
    [Fact]
    public void Is_information_of_everything_and_warnings_of_the_API_unless_it_is_configured()
    {
        var log = Reading.Good(Texts.Minimal).Log;
        Assert.Equal(new LogConfiguration(), log);
        Assert.All(LogCategories.All, category => Assert.Equal(category == LogCategories.Api ? LogLevel.Warning : LogLevel.Information, log.Of(category)));
    }

    [Fact]
    public void Has_a_level_for_all_and_others_for_some()
    {
        var log = Reading.Good(Texts.Root("log: {level: error, categories: {snmp: none, api: trace, protocol: debug}}")).Log;
        Assert.Equal((LogLevel.Error, LogLevel.Debug, LogLevel.None, LogLevel.Trace), (log.Of("daemon"), log.Of("protocol"), log.Of("snmp"), log.Of("api")));
        // However they are ordered, it is the same configuration.
        Assert.Equal(log, Reading.Good(Texts.Root("log: {level: error, categories: {protocol: debug, snmp: none, api: trace}}")).Log);
        Assert.Equal(LogLevel.Error, Reading.Good(Texts.Root("log: {level: error}")).Log.Of("api"));
    }

    [Theory]
    [InlineData("log: {level: ¶verbose}", "level: \"verbose\" is not a level of the log; the levels are trace, debug, info, warning, error, critical, none")]
    [InlineData("log: {categories: {¶sockets: debug}}", "categories: there is no key \"sockets\"; the keys here are daemon, protocol, data-plane, state, snmp, otlp, api")]
    [InlineData("log: ¶debug", "log: keys with values are expected here, not a single value; the keys here are level, categories")]
    public void What_cannot_be_is_told(string lines, string error) => Reading.Bad(Texts.Root(lines), error);
}
