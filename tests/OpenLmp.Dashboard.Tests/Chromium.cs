using Microsoft.Playwright;

namespace OpenLmp.Dashboard.Tests;

/// <summary>The machine's Chromium, started once for all tests of the collection: one after the other, labs share their addresses.</summary>
[CollectionDefinition(nameof(Chromium))]
public sealed class Chromium : IAsyncLifetime, ICollectionFixture<Chromium>
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where it is; null: it is not installed.</summary>
    public static string? Path { get; } = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (Path is null) return;
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens a page and waits until it shows what its servers say.</summary>
    public async Task<Look> OpenAsync(Uri address, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, string? before = null, string status = "live", string? expected = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        var look = new Look(page, address) { Expected = expected };
        if (before is not null) await page.AddInitScriptAsync(before);
        await page.GotoAsync(address.ToString());
        await Assertions.Expect(page.Locator("[role=status]")).ToHaveTextAsync(status);
        return look;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>A page that somebody looks at. What is wrong with it behind the scenes fails the test when it is closed.</summary>
public sealed class Look : IAsyncDisposable
{
    private readonly List<string> _problems = [];

    public Look(IPage page, Uri address)
    {
        Page = page;
        page.PageError += (_, error) => _problems.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && (Expected is null || !message.Text.Contains(Expected, StringComparison.Ordinal))) _problems.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Authority != address.Authority) _problems.Add($"a request to {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser may complain of.</summary>
    public string? Expected { get; set; }

    /// <summary>The data links of the map with a look: <c>fault</c>, <c>swapped</c>, <c>dark</c>, ...</summary>
    public ILocator Strands(string tone) => Page.Locator($".frame [data-tone={tone}]");

    public ILocator Alarms => Page.Locator(".alarms .groups > li");

    public ILocator Rows => Page.Locator("#panel [role=row][data-index]");

    public ILocator Detail => Page.Locator("dialog");

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        Assert.Empty(_problems);
    }
}
