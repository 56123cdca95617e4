using Microsoft.Playwright;
using OpenLmp.Hosting;
using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Dashboard.Tests;

/// <summary>A node that wants to know who reads.</summary>
[Collection(nameof(Chromium))]
public class TokenTests(Chromium chromium)
{
    private const string Token = "read-0123456789abcdef";

    [ChromiumFact]
    public async Task The_page_asks_for_the_token_and_keeps_it_for_the_tab()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"noc read {Token}\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await using var daemon = await TestDaemon.StartAsync(api: api => api with { Tokens = new Placed(file), AnonymousRead = false });
            await using var look = await chromium.OpenAsync(daemon.Tcp, status: $"not reached: {daemon.Tcp.Authority}; trying again", expected: "401");
            var status = look.Page.Locator("[role=status]");
            await Assertions.Expect(status).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("it asks for a token"));

            await look.Page.GetByLabel("Token").FillAsync("wrong-0123456789abcdef");
            await look.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(status).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("the token is not one of its own"));

            await look.Page.GetByLabel("Token").FillAsync(Token);
            await look.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(status).ToHaveTextAsync("live");
            await Assertions.Expect(look.Rows).ToHaveCountAsync(2);
            await Assertions.Expect(look.Page.GetByLabel("Token")).ToHaveCountAsync(0);

            await look.Page.ReloadAsync();
            await Assertions.Expect(status).ToHaveTextAsync("live");
            Assert.DoesNotContain(Token, look.Page.Url, StringComparison.Ordinal);
            Assert.Equal("null", await look.Page.EvaluateAsync<string>("String(localStorage.getItem('openlmp-token'))"));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
