namespace OpenLmp.Dashboard.Tests;

/// <summary>A test that looks at the page in Chromium. Without Chromium, or without a page in this build, it is reported as skipped.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    private const string NoBrowser = "SKIPPED, not passed: the dashboard is looked at in Chromium; apt-get install chromium";
    private const string NoPage = "SKIPPED, not passed: this build has no dashboard; apt-get install nodejs npm, and build again";

    public ChromiumFactAttribute()
    {
        if (!DashboardRoutes.IsBuilt) Skip = NoPage;
        else if (Chromium.Path is null) Skip = NoBrowser;
    }
}
