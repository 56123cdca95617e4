using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>Reads configurations and looks at what came of it.</summary>
internal static class Reading
{
    public const string FileName = "lmpd.yaml";

    /// <summary>The configuration; the text has to be right.</summary>
    public static DaemonConfiguration Good(string text)
    {
        var result = ConfigurationReader.Parse(text, FileName);
        Assert.True(result.IsValid, string.Join('\n', result.Errors));
        Assert.Empty(result.Errors);
        return result.Configuration;
    }

    public static ControlChannelConfiguration Channel(string lines, string root = "") => Good(Texts.Channel(lines, root)).Node.Neighbors[0].ControlChannels[0];

    public static TeLinkConfiguration TeLink(string lines) => Good(Texts.TeLink(lines)).Node.TeLinks[0];

    public static DataLinkConfiguration DataLink(string lines) => Good(Texts.DataLink(lines)).Node.TeLinks[0].DataLinks[0];

    /// <summary>Expects exactly these errors, each at its mark in the text.</summary>
    public static void Bad(string marked, params string[] errors)
    {
        var (text, places) = Texts.Unmark(marked);
        Assert.Equal(errors.Length, places.Length);
        var result = ConfigurationReader.Parse(text, FileName);
        Assert.Equal(Lines(places.Zip(errors, (place, error) => $"{FileName}:{place}: {error}")), Lines(result.Errors));
        Assert.False(result.IsValid);
        Assert.Null(result.Configuration);
    }

    /// <summary>Expects a configuration, and exactly these warnings, each at its mark in the text.</summary>
    public static void Doubtful(string marked, params string[] warnings)
    {
        var (text, places) = Texts.Unmark(marked);
        Assert.Equal(warnings.Length, places.Length);
        var result = ConfigurationReader.Parse(text, FileName);
        Assert.Empty(result.Errors);
        Assert.True(result.IsValid);
        Assert.Equal(Lines(places.Zip(warnings, (place, warning) => $"{FileName}:{place}: warning: {warning}")), Lines(result.Warnings));
    }

    private static string Lines(IEnumerable<object> lines) => string.Join('\n', lines);
}
