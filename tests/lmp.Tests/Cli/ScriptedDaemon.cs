using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Cli.Tests;

/// <summary>What answers as a test says, on a Unix socket of its own.</summary>
internal sealed class ScriptedDaemon : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lmp-scripted-").FullName;
    private readonly WebApplication _server;

    private ScriptedDaemon(Func<HttpRequest, Task<(int Status, string Json)>> answer)
    {
        SocketPath = Path.Combine(_directory, "lmpd.sock");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(SocketPath));
        _server = builder.Build();
        _server.Run(async context =>
        {
            var (status, json) = await answer(context.Request);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json);
        });
    }

    public string SocketPath { get; }

    public static async Task<ScriptedDaemon> StartAsync(Func<HttpRequest, Task<(int Status, string Json)>> answer)
    {
        var daemon = new ScriptedDaemon(answer);
        await daemon._server.StartAsync();
        return daemon;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
