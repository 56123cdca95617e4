using System.Text;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting.Tests;

public class LogLineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 30, 15, 7, TimeSpan.FromHours(2));

    [Theory]
    [InlineData(LogLevel.Trace, "<7>", "trce")]
    [InlineData(LogLevel.Debug, "<7>", "dbug")]
    [InlineData(LogLevel.Information, "<6>", "info")]
    [InlineData(LogLevel.Warning, "<4>", "warn")]
    [InlineData(LogLevel.Error, "<3>", "fail")]
    [InlineData(LogLevel.Critical, "<2>", "crit")]
    public void An_entry_is_a_line_with_its_level(LogLevel level, string priority, string word)
    {
        Assert.Equal($"{priority}lmpd[7] up\n", Write(level, systemd: true, "up"));
        Assert.Equal($"2026-03-01T12:30:15.007+02:00 {word}: lmpd[7] up\n", Write(level, systemd: false, "up"));
    }

    [Fact]
    public void A_terminal_sees_the_word_emphasized_and_nothing_else()
    {
        Assert.Equal("2026-03-01T12:30:15.007+02:00 \e[1m\e[33mwarn\e[39m\e[22m\e[49m: lmpd[7] up\n", Write(LogLevel.Warning, systemd: false, "up", color: true));
        Assert.Equal("<4>lmpd[7] up\n", Write(LogLevel.Warning, systemd: true, "up", color: true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Line_breaks_of_text_and_exception_tear_no_line_apart(bool systemd)
    {
        var line = Write(LogLevel.Error, systemd, "two\nlines", exception: new InvalidOperationException("more\nlines"));
        Assert.EndsWith("lmpd[7] two lines System.InvalidOperationException: more lines\n", line);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
    }

    private static string Write(LogLevel level, bool systemd, string text, bool color = false, Exception? exception = null)
    {
        var lines = new StringBuilder();
        new LogLine(systemd, color).Write(lines, new LogEntry(Noon, level, "lmpd", 7, text, exception));
        return lines.ToString();
    }
}
