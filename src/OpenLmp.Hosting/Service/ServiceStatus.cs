using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Keeps the line that <c>systemctl status</c> shows true.</summary>
internal sealed class ServiceStatus(INodeAccess node, ServiceManager service) : IDaemonService
{
    // What happens together is told once.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private string? _told;

    /// <summary>What is wrong with the file that was to be read again; null: nothing.</summary>
    public string? Problem { get; set; }

    /// <summary>How the node is, in a line.</summary>
    public static string Words(LmpNode node)
    {
        var alarms = node.Alarms.All.Count(alarm => alarm.State == AlarmState.Raised);
        return $"{node.Name}: up are {Of("neighbours", node.Neighbors.Select(neighbor => neighbor.IsUp))}, "
            + $"{Of("TE links", node.TeLinks.Select(link => link.State == TeLinkState.Up))}; alarms: {alarms}";

        static string Of(string what, IEnumerable<bool> up)
        {
            var all = up.ToList();
            return $"{all.Count(isUp => isUp)} of {all.Count} {what}";
        }
    }

    /// <summary>Tells it, if it is not what was told last.</summary>
    public async Task TellAsync()
    {
        var words = await node.InvokeAsync((n, _) => Words(n), _stopping.Token).ConfigureAwait(false);
        if (Problem is { } problem) words = $"{words}; {problem}";
        if (Interlocked.Exchange(ref _told, words) != words) service.Status(words);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(FollowAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task FollowAsync()
    {
        // That something happened, not what.
        using var happened = node.Events.Subscribe(capacity: 1);
        do
        {
            await TellAsync().ConfigureAwait(false);
            await Task.Delay(Pause, _stopping.Token).ConfigureAwait(false);
        }
        while (await happened.Reader.ReadAsync(_stopping.Token).ConfigureAwait(false) is { Number: > 0 });
    }
}
