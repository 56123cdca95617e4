using OpenLmp.Api;
using OpenLmp.Cli.Client;

namespace OpenLmp.Cli.Top;

/// <summary>
/// Keeps the picture of a daemon up to date, through its restarts. What happens faster than it is looked at is read once: nothing queues, however slow
/// the terminal is.
/// </summary>
/// <param name="connect">Makes a client of the daemon.</param>
/// <param name="time">The clock.</param>
/// <param name="changed">Called when there is another picture.</param>
internal sealed class TopFeed(Func<ApiClient> connect, TimeProvider time, Action changed)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    // A busy node is left some air between two rounds of reading.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int PolledBeforeStreaming = 15;

    /// <summary>What is known.</summary>
    public TopPicture Picture { get; private set; } = new();

    /// <summary>Reads everything once.</summary>
    /// <exception cref="CliException">No daemon answers.</exception>
    public async Task ReadOnceAsync(CancellationToken cancellationToken)
    {
        using var client = connect();
        var reader = new TopReader(client, time);
        reader.MarkAll();
        await ReadAsync(reader, TopStatus.Live, "", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Follows the daemon until cancelled; never throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var client = connect();
                await FollowAsync(client, cancellationToken).ConfigureAwait(false);
            }
            catch (CliException e)
            {
                Gone(e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Retry, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(ApiClient client, CancellationToken cancellationToken)
    {
        var reader = new TopReader(client, time);
        try
        {
            await StreamAsync(client, reader, cancellationToken).ConfigureAwait(false);
        }
        catch (CliException e) when (e.ExitCode == ExitCode.No)
        {
            // It answers, but does not stream: so many others look on, or something in between does not let streams through.
            for (var rounds = 0; rounds < PolledBeforeStreaming; rounds++)
            {
                reader.MarkAll();
                await ReadAsync(reader, TopStatus.Polling, e.Message, cancellationToken).ConfigureAwait(false);
                await Task.Delay(Tick, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task StreamAsync(ApiClient client, TopReader reader, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var news = new SemaphoreSlim(0, 1);
        var reading = Task.CompletedTask;
        try
        {
            await foreach (var data in client.EventsAsync(null, Connected, ended.Token).ConfigureAwait(false))
            {
                reader.Happened(client.Parse<EventInfo>(data));
                if (news.CurrentCount == 0) news.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Reading failed: what it says comes below.
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (reading.Exception is { } failed) throw failed.InnerException!;
        throw client.Gone();

        void Connected()
        {
            reader.MarkAll();
            reading = KeepReadingAsync(reader, news, ended);
        }
    }

    private async Task KeepReadingAsync(TopReader reader, SemaphoreSlim news, CancellationTokenSource ended)
    {
        try
        {
            while (true)
            {
                var begun = time.GetTimestamp();
                await ReadAsync(reader, TopStatus.Live, "", ended.Token).ConfigureAwait(false);
                var took = time.GetElapsedTime(begun);
                await Task.Delay(took > Pause ? took : Pause, time, ended.Token).ConfigureAwait(false);
                if (!await news.WaitAsync(Tick, ended.Token).ConfigureAwait(false)) reader.MarkTick();
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(TopReader reader, TopStatus status, string problem, CancellationToken cancellationToken)
    {
        var picture = await reader.ReadAsync(Picture, cancellationToken).ConfigureAwait(false);
        var back = Picture.Status == TopStatus.Gone ? time.GetUtcNow().UtcDateTime : Picture.BackSince;
        Publish(picture with { Status = status, Problem = problem, BackSince = back });
    }

    private void Gone(string why)
    {
        var since = Picture.Status == TopStatus.Gone ? Picture.GoneSince : time.GetUtcNow().UtcDateTime;
        Publish(Picture with { Status = TopStatus.Gone, Problem = why, GoneSince = since, BackSince = null, Rate = null });
    }

    private void Publish(TopPicture picture)
    {
        Picture = picture;
        changed();
    }
}
