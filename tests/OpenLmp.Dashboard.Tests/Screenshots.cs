using Microsoft.Playwright;
using OpenLmp.Simulation;

namespace OpenLmp.Dashboard.Tests;

/// <summary>The pictures of docs/operating/dashboard.md: <c>docs/operating/images/make.sh</c> makes them by this.</summary>
[Collection(nameof(Chromium))]
public class Screenshots(Chromium chromium)
{
    /// <summary>The file that each picture is written to, where pictures are wanted.</summary>
    private static readonly string? Directory = Environment.GetEnvironmentVariable("OPENLMP_SCREENSHOTS") == "1" ? Path.Combine(SourceTree.Root, "docs", "operating", "images") : null;

    [ChromiumFact]
    public async Task The_pictures_of_the_documentation_show_the_labs_cut()
    {
        await using var lab = await Lab.OfExampleAsync("line-of-four");
        lab.Set("oxc1:11", "oxc2:1", FibreCondition.Cut);
        await TakeAsync(lab, "network-light", 1280, 860, ColorScheme.Light);
        await TakeAsync(lab, "data-link-dark", 1280, 860, ColorScheme.Dark, "link=to-oxc1-1&at=oxc2");
        await TakeAsync(lab, "phone", 390, 844, ColorScheme.Light);
    }

    private async Task TakeAsync(Lab lab, string name, int width, int height, ColorScheme scheme, string view = "")
    {
        var address = new Uri(lab.Address, $"/?server=node/oxc1&server=node/oxc2&server=node/oxc3&server=node/oxc4&events=network/events#{view}");
        await using var look = await chromium.OpenAsync(address, width, height, scheme);
        await Assertions.Expect(look.Strands("fault")).ToHaveCountAsync(1);
        await Assertions.Expect(look.Strands("dark")).ToHaveCountAsync(2);
        await Assertions.Expect(look.Alarms.First).ToContainTextAsync("3 suppressed alarms");
        if (view.Length > 0) await Assertions.Expect(look.Detail.Locator("canvas")).ToHaveCountAsync(2);
        var picture = await look.Page.ScreenshotAsync();
        Assert.True(picture.Length > 10_000, "a picture with nothing on it");
        if (Directory is not null) await File.WriteAllBytesAsync(Path.Combine(Directory, $"{name}.png"), picture);
    }
}
