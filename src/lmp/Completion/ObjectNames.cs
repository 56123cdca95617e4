using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text.Json;
using OpenLmp.Api;

namespace OpenLmp.Cli.Completion;

/// <summary>The names of a daemon's objects, for completion. Without a daemon, or with a slow one, there are none.</summary>
internal static class ObjectNames
{
    // What one waits for at a keyboard without taking it for broken, in seconds. A daemon far away may need more.
    private const double Patience = 1;
    private const double MostPatience = 60;
    private const string PatienceVariable = "LMP_COMPLETION_TIMEOUT";

    /// <summary>The words of the API whose objects' names <c>lmp show WORD</c> takes.</summary>
    public static string[] SelectableBy(string word) => word switch
    {
        Words.ControlChannels => [Words.ControlChannels, Words.Neighbors],
        Words.TeLinks or Words.Verifications => [Words.TeLinks, Words.Neighbors],
        Words.DataLinks => [Words.DataLinks, Words.TeLinks],
        Words.CrossConnects => [Words.DataLinks],
        Words.Alarms or Words.Events => [Words.ControlChannels, Words.TeLinks, Words.DataLinks, Words.Neighbors],
        Words.Counters => [Words.Neighbors, Words.Node],
        _ => [word],
    };

    /// <summary>Asks the daemon that a command line names.</summary>
    public static IEnumerable<CompletionItem> Ask(CliContext context, ParseResult parsed, IReadOnlyList<string> words)
    {
        var seconds = double.TryParse(context.Terminal.Variable(PatienceVariable), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var set) ? set : Patience;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Min(seconds, MostPatience)));
        try
        {
            return AskAsync(context, parsed, words, patience.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is CliException or OperationCanceledException or JsonException or InvalidOperationException)
        {
            // In the middle of a line that is being typed, where values of options may be missing, a message helps nobody.
            return [];
        }
    }

    private static async Task<List<CompletionItem>> AskAsync(CliContext context, ParseResult parsed, IReadOnlyList<string> words, CancellationToken patience)
    {
        using var client = context.Connect(parsed);
        var names = new List<CompletionItem>();
        foreach (var word in words)
        {
            using var objects = JsonDocument.Parse(await client.GetTextAsync($"/v1/{word}", patience).ConfigureAwait(false));
            foreach (var o in objects.RootElement.EnumerateArray())
            {
                if (o.GetProperty("name").GetString() is not { } name) continue;
                var state = o.TryGetProperty("state", out var s) ? $" {s.GetString()}" : "";
                names.Add(new CompletionItem(name, detail: $"{Kind(word)}{state}"));
            }
        }

        return names;
    }

    private static string Kind(string word) => word switch
    {
        Words.Neighbors => "neighbour",
        Words.ControlChannels => "control channel",
        Words.TeLinks => "TE link",
        Words.DataLinks => "data link",
        _ => word,
    };
}
