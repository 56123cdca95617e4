using System.Collections.Concurrent;
using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Cli.Tests.Top;

/// <summary><c>lmp top</c> on a virtual terminal with a keyboard.</summary>
internal sealed class LiveTop : IAsyncDisposable
{
    private readonly BlockingCollection<ConsoleKeyInfo> _keys = [];
    private readonly CancellationTokenSource _cancel = new();

    public LiveTop(string socket, int width = 120, int height = 40)
    {
        Screen = new VirtualScreen(width, height);
        var terminal = new Terminal
        {
            Out = Screen,
            Error = TextWriter.Null,
            IsInteractive = true,
            Colors = true,
            Width = width,
            Size = () => Screen.Size,
            ReadKey = _keys.Take,
        };
        ExitCode = Task.Run(() => LmpCli.RunAsync(["top", "--socket", socket], terminal, _cancel.Token));
    }

    public VirtualScreen Screen { get; }

    public Task<int> ExitCode { get; }

    public void Type(string text)
    {
        foreach (var c in text) Press(c == '\r' ? ConsoleKey.Enter : default, c);
    }

    public void Press(ConsoleKey key, char c = '\0', bool shift = false) => _keys.Add(new ConsoleKeyInfo(c, key, shift, alt: false, control: false));

    public void Cancel() => _cancel.Cancel();

    /// <summary>Waits until the screen shows something.</summary>
    public Task ShowsAsync(string text) => ShowsAsync(lines => lines.Any(line => line.Contains(text, StringComparison.Ordinal)), text);

    /// <summary>Waits until the screen is as it should be.</summary>
    public async Task ShowsAsync(Func<string[], bool> condition, string what)
    {
        try
        {
            await TestDaemon.Eventually(() => condition(Screen.Lines));
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"not shown: {what}\n{Screen.Text}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Screen.Gate.Set();
        await _cancel.CancelAsync();
        await ExitCode.WaitAsync(TimeSpan.FromSeconds(60));
        _keys.CompleteAdding();
        _cancel.Dispose();
    }
}
