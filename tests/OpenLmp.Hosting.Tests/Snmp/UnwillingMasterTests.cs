using System.Net.Sockets;
using OpenLmp.Snmp;

namespace OpenLmp.Hosting.Tests;

/// <summary>Masters that do nothing, or nothing right: LMP goes on all the same.</summary>
public sealed class UnwillingMasterTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("lmp-agentx-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private string Path => System.IO.Path.Combine(_directory.FullName, "master");

    public void Dispose()
    {
        _listener.Dispose();
        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_daemon_lives_and_stops_without_its_master(bool isThere)
    {
        if (isThere) Listen();
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        foreach (var files in (DaemonFiles[])[left, right]) files.Write(files.Read() + $"snmp: {{agentx: \"unix:{Path}\", notifications: [ all ]}}\n");
        await using var a = await StartAsync(left);
        await using var b = await StartAsync(right);
        Socket? held = isThere ? await _listener.AcceptAsync() : null;
        await Eventually.TrueAsync(() => a.InvokeAsync((node, _) => node.Neighbors.Single().IsUp), () => "the adjacency");
        await a.StopAsync();
        held?.Dispose();
    }

    [Fact]
    public async Task A_master_that_does_not_answer_ends_the_session()
    {
        Listen();
        await using var session = await ConnectAsync(TimeSpan.FromMilliseconds(50));
        using var held = await _listener.AcceptAsync();
        var e = await Assert.ThrowsAsync<AgentXException>(() => OpenAsync(session));
        Assert.StartsWith("no answer to Open", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_AgentX_ends_the_session()
    {
        Listen();
        await using var session = await ConnectAsync(TimeSpan.FromSeconds(60));
        using var master = await _listener.AcceptAsync();
        await master.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        var e = await Assert.ThrowsAsync<AgentXException>(() => session.RunAsync(CancellationToken.None));
        Assert.Equal("what listens there does not speak AgentX", e.Message);
    }

    [Theory]
    [InlineData(AgentXError.OpenFailed, "the master agent opens no session")]
    [InlineData(AgentXError.RequestDenied, "Open is refused: RequestDenied")]
    public async Task A_refusal_is_told_in_words(AgentXError error, string words)
    {
        Listen();
        await using var session = await ConnectAsync(TimeSpan.FromSeconds(60));
        using var master = await _listener.AcceptAsync();
        using var stop = new CancellationTokenSource();
        var running = session.RunAsync(stop.Token);
        var opening = OpenAsync(session);
        var question = new byte[1_000];
        Assert.True(await master.ReceiveAsync(question) > AgentXPdu.HeaderSize);
        await master.SendAsync((new ResponsePdu(0, error, 0, []) with { PacketId = 1 }).Encode());
        Assert.Equal(words, (await Assert.ThrowsAsync<AgentXException>(() => opening)).Message);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_master_that_closes_or_is_gone_ends_the_session()
    {
        Listen();
        foreach (var close in (AgentXPdu?[])[new ClosePdu(CloseReason.ByManager), null])
        {
            await using var session = await ConnectAsync(TimeSpan.FromSeconds(60));
            using var master = await _listener.AcceptAsync();
            if (close is not null) await master.SendAsync(close.Encode());
            else master.Dispose();
            var e = await Assert.ThrowsAsync<AgentXException>(() => session.RunAsync(CancellationToken.None));
            Assert.Equal(close is null ? "the connection was closed" : "the master agent closed the session: ByManager", e.Message);
        }
    }

    private void Listen()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
    }

    private async Task<AgentXSession> ConnectAsync(TimeSpan patience) =>
        new(await new AgentXEndpoint(Path, null).ConnectAsync(CancellationToken.None), _ => Task.FromResult<MibView?>(null), patience);

    private static Task<uint> OpenAsync(AgentXSession session) =>
        session.OpenAsync("test", LmpMibModule.Objects, LmpMibModule.ReadOnlyCompliance, LmpMibModule.ComplianceText, CancellationToken.None);

    private static Task<DaemonHost> StartAsync(DaemonFiles files) =>
        DaemonHost.StartAsync(new DaemonHostOptions { Configuration = ConfigurationReader.Load(files.Configuration).Configuration! });
}
