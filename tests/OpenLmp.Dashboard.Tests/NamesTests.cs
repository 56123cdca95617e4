using Microsoft.Playwright;
using OpenLmp.Hosting.Tests.Http;
using OpenLmp.Protocol.Tests;

namespace OpenLmp.Dashboard.Tests;

/// <summary>Names come from configurations: whatever they are, they are text.</summary>
[Collection(nameof(Chromium))]
public class NamesTests(Chromium chromium)
{
    private const string Evil = "<img src=x onerror=\"document.title='run'\">&amp;'";

    [ChromiumFact]
    public async Task A_name_is_never_markup()
    {
        var a = Configurations.A(teLink: t => t with { Name = Evil, DataLinks = [t.DataLinks[0] with { Name = Evil + "1" }, t.DataLinks[1]] }) with { Name = Evil };
        await using var daemon = await TestDaemon.StartAsync(up: false, a);
        await using var look = await chromium.OpenAsync(daemon.Tcp);
        await Assertions.Expect(look.Page.Locator("h1")).ToContainTextAsync(Evil);
        await Assertions.Expect(look.Page.Locator("#panel")).ToContainTextAsync(Evil + "1");
        await look.Rows.Filter(new LocatorFilterOptions { HasText = Evil + "1" }).ClickAsync();
        await Assertions.Expect(look.Detail.Locator("h2")).ToContainTextAsync(Evil + "1");
        await Assertions.Expect(look.Detail.Locator("canvas")).ToHaveCountAsync(2);
        await Assertions.Expect(look.Page.Locator("img")).ToHaveCountAsync(0);
        Assert.Contains("OpenLMP", await look.Page.TitleAsync());
    }

    [ChromiumFact]
    public async Task A_server_of_another_origin_is_told_as_not_reached()
    {
        await using var daemon = await TestDaemon.StartAsync(up: false);
        await using var look = await chromium.OpenAsync(new Uri(daemon.Tcp, "/?server=./&server=http://127.0.0.1:1/"), status: "not reached: 127.0.0.1:1; trying again");
        await Assertions.Expect(look.Page.Locator("[role=status]")).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("another origin"));
        await Assertions.Expect(look.Rows).ToHaveCountAsync(2);
    }
}
