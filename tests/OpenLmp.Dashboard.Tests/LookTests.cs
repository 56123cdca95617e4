using Microsoft.Playwright;

namespace OpenLmp.Dashboard.Tests;

/// <summary>The page for who has no mouse, a small screen, or dark surroundings.</summary>
[Collection(nameof(Chromium))]
public class LookTests(Chromium chromium)
{
    private const string Pair = """
        name: pair
        topology:
          nodes: {a: , b: }
          links: [{endpoints: ["a:1", "b:1"]}, {endpoints: ["a:2", "b:2"]}, {endpoints: ["a:3", "b:3"]}]
        """;

    [ChromiumFact]
    public async Task Everything_is_reached_by_keyboard()
    {
        await using var lab = await Lab.StartAsync(Pair);
        await using var look = await chromium.OpenAsync(lab.Address);
        var keyboard = look.Page.Keyboard;

        // The map is one stop; the arrow keys go from thing to thing.
        await look.Page.Locator(".frame [data-item][tabindex='0']").First.FocusAsync();
        await Assertions.Expect(look.Page.Locator(".node").First).ToBeFocusedAsync();
        await keyboard.PressAsync("Home");
        await Assertions.Expect(look.Page.Locator(".frame [aria-label^='Control channel a b/2: Up']")).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowRight");
        await keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(look.Page.Locator(".frame [data-link='to-b-1']")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(look.Detail.Locator("h2")).ToContainTextAsync("to-b-1");
        await keyboard.PressAsync("Escape");
        await Assertions.Expect(look.Detail).ToHaveCountAsync(0);
        await Assertions.Expect(look.Page.Locator(".frame [data-link='to-b-1']")).ToBeFocusedAsync();

        // Tabs by arrow keys, the rows of a table too.
        await look.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Data links" }).FocusAsync();
        await keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(look.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "TE links" })).ToBeFocusedAsync();
        await Assertions.Expect(look.Rows).ToHaveCountAsync(2);
        await keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(look.Rows).ToHaveCountAsync(6);
        await look.Rows.First.FocusAsync();
        await keyboard.PressAsync("End");
        await Assertions.Expect(look.Rows.Nth(5)).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(look.Rows.Nth(4)).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(look.Detail.Locator("h2")).ToContainTextAsync("to-a-2 at b");
        await keyboard.PressAsync("Escape");

        // A head sorts, and says so.
        var head = look.Page.GetByRole(AriaRole.Columnheader, new PageGetByRoleOptions { Name = "Data link", Exact = true });
        await head.GetByRole(AriaRole.Button).FocusAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(head).ToHaveAttributeAsync("aria-sort", "ascending");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(head).ToHaveAttributeAsync("aria-sort", "descending");
        await Assertions.Expect(look.Rows.First).ToContainTextAsync("to-b-3");
    }

    [ChromiumFact]
    public async Task Everything_has_a_name_for_screen_readers()
    {
        await using var lab = await Lab.StartAsync(Pair);
        await using var look = await chromium.OpenAsync(lab.Address);
        var nameless = await look.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, select, input, [role=button], [role=img], [role=grid], section')]
              .filter(e => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.closest('label')?.textContent.trim() || e.textContent.trim()))
              .map(e => e.outerHTML.slice(0, 100))
            """);
        Assert.Empty(nameless);
        await Assertions.Expect(look.Page.GetByRole(AriaRole.Grid)).ToHaveAttributeAsync("aria-rowcount", "7");
        await Assertions.Expect(look.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToContainTextAsync("Network");
        // States are words, not only colours.
        await Assertions.Expect(look.Rows.First).ToContainTextAsync("Up/Free");
        await Assertions.Expect(look.Page.Locator(".frame text.label").First).ToHaveTextAsync("control channel Up");
    }

    [ChromiumFact]
    public async Task Light_and_dark_follow_the_system_or_the_choice_with_enough_contrast()
    {
        await using var lab = await Lab.StartAsync(Pair);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using var look = await chromium.OpenAsync(lab.Address, scheme: scheme);
            Assert.Equal(scheme == ColorScheme.Dark, await IsDarkAsync(look));
            Assert.True(await ContrastAsync(look, "main > section", "h2") >= 7);
            Assert.True(await ContrastAsync(look, "main > section", ".chip") >= 3);
            Assert.True(await ContrastAsync(look, "main > section", ".legend") >= 4.5);
            await look.Page.GetByLabel("Colours").SelectOptionAsync(scheme == ColorScheme.Dark ? "light" : "dark");
            await look.Page.WaitForFunctionAsync("() => document.documentElement.dataset.theme !== 'auto'");
            Assert.Equal(scheme != ColorScheme.Dark, await IsDarkAsync(look));
            await look.Page.ReloadAsync();
            Assert.Equal(scheme != ColorScheme.Dark, await IsDarkAsync(look));
        }
    }

    [ChromiumFact]
    public async Task On_a_phone_nothing_is_wider_than_the_screen()
    {
        await using var lab = await Lab.OfExampleAsync("line-of-four");
        await using var look = await chromium.OpenAsync(lab.Address, 390, 844);
        Assert.True(await look.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        // The map stands upright, and all of it is in sight.
        Assert.True(await look.Page.EvaluateAsync<bool>("(() => { const n = [...document.querySelectorAll('.node rect')].map(r => r.getBoundingClientRect()); return n.every(r => r.left >= 0 && r.right <= innerWidth) && n[0].bottom < n[1].top; })()"));
        Assert.True(await look.Page.EvaluateAsync<bool>("[...document.querySelectorAll('.frame text.label')].every(t => { const r = t.getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth; })"));
        await Assertions.Expect(look.Page.GetByRole(AriaRole.Columnheader)).ToHaveCountAsync(4);
    }

    private static Task<bool> IsDarkAsync(Look look) => look.Page.EvaluateAsync<bool>(
        "(() => { const c = getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number); return c[0] + c[1] + c[2] < 384; })()");

    // WCAG 2 contrast of a text and what is behind it.
    private static Task<double> ContrastAsync(Look look, string behind, string text) => look.Page.EvaluateAsync<double>(
        """
        ([behind, text]) => {
          const luminance = c => { const [r, g, b] = c.match(/[\d.]+/g).map(Number).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const [a, b] = [luminance(getComputedStyle(document.querySelector(behind)).backgroundColor), luminance(getComputedStyle(document.querySelector(text)).color)].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05);
        }
        """,
        new[] { behind, text });
}
