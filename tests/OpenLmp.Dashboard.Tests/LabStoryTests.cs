using Microsoft.Playwright;
using OpenLmp.Simulation;

namespace OpenLmp.Dashboard.Tests;

/// <summary>The built-in lab's story as it is on the screen.</summary>
[Collection(nameof(Chromium))]
public class LabStoryTests(Chromium chromium)
{
    [ChromiumFact]
    public async Task Swap_cut_and_repair_are_where_they_are()
    {
        await using var lab = await Lab.OfExampleAsync("line-of-four");
        await using var look = await chromium.OpenAsync(lab.Address);

        // Four nodes in a line, three control channels; two of the light paths' data links on each span.
        await Assertions.Expect(look.Page.Locator(".node")).ToHaveCountAsync(4);
        await Assertions.Expect(look.Page.Locator(".frame path.channel.t-alloc")).ToHaveCountAsync(3);
        await Assertions.Expect(look.Strands("alloc")).ToHaveCountAsync(6);
        await Assertions.Expect(look.Strands("free")).ToHaveCountAsync(4);

        // The swapped fibres cross.
        await Assertions.Expect(look.Strands("swapped")).ToHaveCountAsync(2);
        Assert.True(await CrossAsync(look.Strands("swapped")));
        await Assertions.Expect(look.Strands("swapped").First).ToHaveAttributeAsync("aria-label", "Data link oxc2 to-oxc3-13 – oxc3 to-oxc2-3: Down, swapped: ends at Interface_Id 4 instead of 3");
        await Assertions.Expect(look.Alarms).ToHaveCountAsync(1);
        await Assertions.Expect(look.Alarms).ToContainTextAsync("to-oxc3-13 and to-oxc3-14 are swapped");
        await Assertions.Expect(look.Alarms).ToContainTextAsync("told by oxc2 and oxc3");

        // A cut: the fault is on the first span, the light is missing on the two behind it, and what follows from it is folded under it.
        lab.Set("oxc1:11", "oxc2:1", FibreCondition.Cut);
        await Assertions.Expect(look.Strands("fault")).ToHaveCountAsync(1);
        await Assertions.Expect(look.Strands("fault")).ToHaveAttributeAsync("data-link", "to-oxc2-11");
        await Assertions.Expect(look.Strands("fault").Locator(".mark")).ToHaveCountAsync(1);
        await Assertions.Expect(look.Strands("dark")).ToHaveCountAsync(2);
        await Assertions.Expect(look.Alarms).ToHaveCountAsync(2);
        await Assertions.Expect(look.Alarms.First).ToContainTextAsync("fault between oxc1:11 and oxc2:1");
        await Assertions.Expect(look.Alarms.First).ToContainTextAsync("told by oxc1 and oxc2");
        var suppressed = look.Alarms.First.Locator("details");
        await Assertions.Expect(suppressed.Locator("summary")).ToHaveTextAsync("3 suppressed alarms: this is the cause");
        await Assertions.Expect(suppressed.Locator("li").First).ToBeHiddenAsync();
        await suppressed.Locator("summary").ClickAsync();
        await Assertions.Expect(suppressed.Locator("li")).ToHaveCountAsync(3);
        await Assertions.Expect(suppressed.Locator("li").First).ToBeVisibleAsync();
        await Assertions.Expect(look.Page.Locator("[role=log]")).ToContainTextAsync("fault between oxc1:11 and oxc2:1");
        await Assertions.Expect(look.Page.Locator(".latest li.bad").First).ToBeVisibleAsync();

        // Repaired: all clear but for the swap.
        lab.Set("oxc1:11", "oxc2:1", FibreCondition.Sound);
        await Assertions.Expect(look.Strands("fault")).ToHaveCountAsync(0);
        await Assertions.Expect(look.Strands("dark")).ToHaveCountAsync(0);
        await Assertions.Expect(look.Strands("alloc")).ToHaveCountAsync(6);
        await Assertions.Expect(look.Alarms).ToHaveCountAsync(1);
        await Assertions.Expect(look.Page.Locator(".alarms")).ToContainTextAsync("Cleared lately");
        await Assertions.Expect(look.Page.Locator("[role=log]")).ToContainTextAsync("Cleared:");
    }

    [ChromiumFact]
    public async Task A_data_link_is_shown_in_detail_with_the_history_of_its_signal_and_its_other_end()
    {
        await using var lab = await Lab.OfExampleAsync("line-of-four");
        await using var look = await chromium.OpenAsync(lab.Address);
        await look.Page.GetByRole(AriaRole.Searchbox).FillAsync("to-oxc1-2");
        await Assertions.Expect(look.Rows).ToHaveCountAsync(1);
        await look.Rows.First.ClickAsync();
        await Assertions.Expect(look.Detail.Locator("h2")).ToContainTextAsync("to-oxc1-2 at oxc2");
        await Assertions.Expect(look.Detail.Locator("canvas")).ToHaveCountAsync(2);

        lab.Set("oxc1:12", "oxc2:2", FibreCondition.Degraded);
        await Assertions.Expect(look.Detail.Locator(".chart figcaption")).ToContainTextAsync("signal here: degrade");
        await Assertions.Expect(look.Detail.Locator(".chart figcaption")).ToContainTextAsync("1 flap in the time shown");
        await Assertions.Expect(look.Detail.Locator(".history")).ToContainTextAsync("signal ok → degrade");
        await look.Detail.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "oxc1 to-oxc2-12" }).ClickAsync();
        await Assertions.Expect(look.Detail.Locator("h2")).ToContainTextAsync("to-oxc2-12 at oxc1");
        await Assertions.Expect(look.Detail.Locator(".chart figcaption")).ToContainTextAsync("signal there: degrade");
        await look.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(look.Detail).ToHaveCountAsync(0);
    }

    [ChromiumFact]
    public async Task A_node_that_restarts_is_read_again()
    {
        await using var lab = await Lab.OfExampleAsync("line-of-four");
        await using var look = await chromium.OpenAsync(lab.Address);
        var started = await StartedAsync();
        await lab.RestartAsync("oxc4");
        // The numbers of its events begin anew, and so does the page's picture of it.
        await look.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Events" }).ClickAsync();
        await look.Page.Locator("#panel select").First.SelectOptionAsync("oxc4");
        await look.Page.WaitForFunctionAsync("count => Number(document.querySelector('#panel output').textContent.split(' ')[0]) > 0 && Number(document.querySelector('#panel output').textContent.split(' ')[0]) < count", started);
        await Assertions.Expect(look.Page.Locator("[role=status]")).ToHaveTextAsync("live");

        async Task<int> StartedAsync()
        {
            await look.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Events" }).ClickAsync();
            return int.Parse((await look.Page.Locator("#panel output").TextContentAsync())!.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    // Two lines M x y L x y: they begin in one order and end in the other.
    private static async Task<bool> CrossAsync(ILocator strands)
    {
        var lines = new List<double[]>();
        foreach (var strand in await strands.AllAsync())
        {
            var d = (await strand.Locator("path.strand").GetAttributeAsync("d"))!;
            lines.Add([.. d[1..].Split('L', ' ').Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))]);
        }

        return (lines[0][1] - lines[1][1]) * (lines[0][3] - lines[1][3]) < 0;
    }
}
