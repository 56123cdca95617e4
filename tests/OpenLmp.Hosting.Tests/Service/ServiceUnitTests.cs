using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenLmp.Hosting.Tests;

/// <summary>packaging/systemd/lmpd.service is what systemd understands, and as closed as docs/operating/service.md says.</summary>
public partial class ServiceUnitTests
{
    [SystemdFact]
    public async Task The_unit_has_no_mistakes_and_the_exposure_that_is_promised()
    {
        var directory = Directory.CreateTempSubdirectory("lmpd-unit-");
        try
        {
            var unit = Path.Combine(directory.FullName, "lmpd.service");
            var text = await File.ReadAllTextAsync(Path.Combine(Tree.Root, "packaging", "systemd", "lmpd.service"));
            // The daemon is not installed here, and verify looks for it.
            Assert.Contains("ExecStart=/usr/bin/lmpd ", text);
            await File.WriteAllTextAsync(unit, text.Replace("ExecStart=/usr/bin/lmpd ", "ExecStart=/bin/true ", StringComparison.Ordinal));

            // What it does not know it only says.
            Assert.Equal("", await RunAsync("verify", "--man=no", unit));
            var exposure = Exposure().Match(await RunAsync("security", "--offline=true", "--no-pager", unit));
            var promised = Promised().Match(await File.ReadAllTextAsync(Path.Combine(Tree.Root, "docs", "operating", "service.md")));
            Assert.True(double.Parse(exposure.Groups[1].Value, CultureInfo.InvariantCulture) <= double.Parse(promised.Groups[1].Value, CultureInfo.InvariantCulture));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_compiler_at_run_time_may_write_code()
    {
        var unit = await File.ReadAllLinesAsync(Path.Combine(Tree.Root, "packaging", "systemd", "lmpd.service"));

        Assert.DoesNotContain(unit, line => line.StartsWith("MemoryDenyWriteExecute", StringComparison.Ordinal));
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("systemd-analyze", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output + await errors;
    }

    [GeneratedRegex(@"Overall exposure level for lmpd\.service: ([0-9.]+)")]
    private static partial Regex Exposure();

    [GeneratedRegex(@"systemd-analyze security --offline=true packaging/systemd/lmpd\.service` says ([0-9.]+)")]
    private static partial Regex Promised();

    /// <summary>A test that needs systemd-analyze. Elsewhere it is reported as skipped.</summary>
    private sealed class SystemdFactAttribute : FactAttribute
    {
        public SystemdFactAttribute()
        {
            if (!File.Exists("/usr/bin/systemd-analyze")) Skip = "SKIPPED, not passed: the unit is checked by systemd-analyze (package systemd)";
        }
    }
}
