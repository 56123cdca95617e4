// RFC 4204 §5
using OpenLmp.Api;
using OpenLmp.Cli.Client;

namespace OpenLmp.Cli.Progress;

/// <summary>How far a verification has come, asked of the daemon while it lasts.</summary>
/// <param name="line">Where it is shown.</param>
/// <param name="teLink">The TE link under verification; null: all of a neighbour.</param>
/// <param name="neighbor">The neighbour, where all TE links with it are verified.</param>
internal sealed class VerificationProgress(ProgressLine line, string? teLink, string? neighbor)
{
    // Fast enough for the eye, and for a log that is read later.
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(line.IsDrawn ? 0.2 : 1);

    /// <summary>Shows it until the answer is there.</summary>
    public async Task FollowAsync(ApiClient client, Task answer, CancellationToken cancellationToken)
    {
        while (await Task.WhenAny(answer, Task.Delay(_interval, cancellationToken)).ConfigureAwait(false) != answer && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                var all = client.Parse<VerificationInfo[]>(await client.GetTextAsync($"/v1/{Words.Verifications}", cancellationToken).ConfigureAwait(false));
                if (all.FirstOrDefault(v => teLink is not null ? v.TeLink == teLink : v.TeLink is null && v.Neighbor == neighbor) is { } v) Tell(v);
            }
            catch (CliException)
            {
                // The answer that is waited for will tell what is wrong.
            }
        }
    }

    private void Tell(VerificationInfo v)
    {
        var tested = v.DataLinks - v.Undecided;
        line.TellStep(tested, v.DataLinks, $"{v.TeLink ?? v.Neighbor}: {v.Phase}, {tested} of {v.DataLinks} data links tested");
    }
}
