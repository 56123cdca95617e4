using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using OpenLmp.Simulation;
using Xunit.Abstractions;

namespace OpenLmp.Dashboard.Tests;

/// <summary>A node with a thousand data links to ten neighbours. Times are told, not judged.</summary>
[Collection(nameof(Chromium))]
public class ThousandLinksTests(Chromium chromium, ITestOutputHelper output)
{
    private const int Neighbors = 10;
    private const int LinksEach = 100;

    // When the page shows all, and when it shows a fault: looked at before each frame.
    private const string Watch = """
        window.seen = {};
        const look = () => {
          const all = document.querySelector('#panel output')?.textContent === '1000 of 1000' && document.querySelector('.frame .node');
          if (all && !seen.all) seen.all = performance.now();
          const faults = document.querySelectorAll('#panel .row.r-fault').length;
          if (faults > 0 && !seen.fault) seen.fault = Date.now();
          requestAnimationFrame(look);
        };
        look();
        """;

    [ChromiumFact]
    public async Task A_thousand_data_links_are_shown_searched_and_kept_up_to_date()
    {
        await using var lab = await Lab.StartAsync(Hub());
        await using var look = await chromium.OpenAsync(new Uri(lab.Address, "node/hub/"), before: Watch);
        await Assertions.Expect(look.Page.Locator("#panel output")).ToHaveTextAsync("1000 of 1000");
        await Assertions.Expect(look.Page.GetByRole(AriaRole.Grid)).ToHaveAttributeAsync("aria-rowcount", "1001");
        await Assertions.Expect(look.Page.Locator(".node")).ToHaveCountAsync(1 + Neighbors);
        // Only what is in sight is in the document.
        Assert.InRange(await look.Rows.CountAsync(), 5, 100);
        output.WriteLine($"shown: {await SeenAsync(look, "all"):0} ms after the page was asked for, by a browser and of a server that have just started");
        for (var again = 0; again < 3; again++)
        {
            await look.Page.ReloadAsync();
            await look.Page.WaitForFunctionAsync("() => seen.all");
            output.WriteLine($"shown again: {await SeenAsync(look, "all"):0} ms after the page was asked for");
        }

        lab.Set("n3:7", "hub:307", FibreCondition.Cut);
        await look.Page.GetByRole(AriaRole.Searchbox).FillAsync("to-n3-307");
        await Assertions.Expect(look.Rows).ToHaveCountAsync(1);
        await Assertions.Expect(look.Rows.First).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("r-fault"));
        await Assertions.Expect(look.Strands("fault")).ToHaveCountAsync(1);
        lab.Set("n3:7", "hub:307", FibreCondition.Sound);
        await Assertions.Expect(look.Strands("fault")).ToHaveCountAsync(0);

        // From the event, by the node's clock, to the frame in which it is on the screen.
        await look.Page.EvaluateAsync("delete seen.fault");
        lab.Set("n3:7", "hub:307", FibreCondition.Cut);
        await Assertions.Expect(look.Strands("fault")).ToHaveCountAsync(1);
        await look.Page.WaitForFunctionAsync("() => seen.fault");
        var happened = await look.Page.EvaluateAsync<double>("fetch('v1/events?name=to-n3-307').then(r => r.json()).then(e => Date.parse(e.findLast(x => x.type === 'fault-localized').time))");
        output.WriteLine($"a fault is on the screen {await SeenAsync(look, "fault") - happened:0} ms after it was localized");
        await look.Page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await Assertions.Expect(look.Page.Locator("#panel output")).ToHaveTextAsync("1000 of 1000");

        // To the last row and back.
        await look.Rows.First.FocusAsync();
        await look.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(look.Page.Locator("#panel [data-index='999']")).ToBeFocusedAsync();
    }

    private static Task<double> SeenAsync(Look look, string what) => look.Page.EvaluateAsync<double>($"seen.{what}");

    private static string Hub()
    {
        var text = new StringBuilder("name: hub\ntopology:\n  nodes:\n    hub:\n");
        for (var n = 0; n < Neighbors; n++) text.Append(CultureInfo.InvariantCulture, $"    n{n}:\n");
        text.Append("  links:\n");
        for (var n = 0; n < Neighbors; n++)
            for (var l = 0; l < LinksEach; l++)
                text.Append(CultureInfo.InvariantCulture, $"    - endpoints: [\"hub:{(n * LinksEach) + l}\", \"n{n}:{l}\"]\n");
        return text.ToString().Replace("\"hub:0\"", "\"hub:1000\"", StringComparison.Ordinal).Replace(":0\"]", ":100\"]", StringComparison.Ordinal);
    }
}
