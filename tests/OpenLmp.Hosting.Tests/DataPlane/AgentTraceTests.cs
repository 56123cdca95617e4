// RFC 4207 §3.1 over agents.
using System.Text.Json;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

/// <summary>Traces and transport mechanisms at the boundary to agents.</summary>
public class AgentTraceTests
{
    [Theory]
    [InlineData("j0-trace")]
    [InlineData("dccl")]
    public async Task A_data_link_is_verified_the_way_that_both_agents_can(string transport)
    {
        await using var rig = await AgentRig.StartAsync(encoding: "sdh", transports: transport);
        using var left = await TestAgent.ConnectAsync(rig.LeftFiles.Socket, transports: ["payload", transport]);
        using var right = await TestAgent.ConnectAsync(rig.RightFiles.Socket, transports: [transport]);
        using var stop = new CancellationTokenSource();
        var modes = new List<JsonElement>();
        Task[] carrying = [CarryAsync(left, right), CarryAsync(right, left)];
        foreach (var agent in (TestAgent[])[left, right]) Assert.Equal(200, (await agent.SignalsAsync(AgentRig.AllOk)).Status);
        foreach (var host in rig.Both) await AgentRig.AllVerifiedAsync(host);
        foreach (var host in rig.Both) await AgentRig.QuietAsync(host);
        await stop.CancelAsync();
        await Task.WhenAll(carrying);

        lock (modes)
        {
            foreach (var (word, name) in (ReadOnlySpan<(string, string)>)[("transmit", "transmitTransport"), ("receive", "receiveTransport")])
            {
                Assert.Contains(modes, m => m.GetProperty(word).GetBoolean());
                Assert.All(modes, m => Assert.Equal(m.GetProperty(word).GetBoolean() ? transport : null, m.TryGetProperty(name, out var t) ? t.GetString() : null));
            }
        }

        async Task CarryAsync(TestAgent from, TestAgent to)
        {
            try
            {
                while (await from.NextAsync(stop.Token) is { } order)
                {
                    var link = order.TryGetProperty("dataLink", out var name) ? name.GetString() : null;
                    switch (order.GetProperty("order").GetString())
                    {
                        case "test-mode":
                            lock (modes) modes.Add(order);
                            break;
                        case "test":
                            Assert.Equal("dccl", order.GetProperty("transport").GetString());
                            await to.PostAsync("tests", $$"""{"session":{{to.Session}},"tests":[{"dataLink":"{{link}}","message":"{{order.GetProperty("message").GetString()}}"}]}""");
                            break;
                        case "trace":
                            var (type, text) = (order.GetProperty("traceType").GetString(), order.GetProperty("text").GetString());
                            var (status, _) = await to.PostAsync(
                                "traces", $$"""{"session":{{to.Session}},"traces":[{"dataLink":"{{link}}","type":"{{type}}","received":"{{text}}"}]}""");
                            Assert.Equal(200, status);
                            break;
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }

    [Fact]
    public async Task What_an_agent_says_of_single_data_links_counts_for_them()
    {
        await using var rig = await AgentRig.StartAsync(encoding: "sdh", transports: "payload, j0-trace");
        Assert.Equal(VerifyTransport.Payload | TestTransports.Correlated, await CanAsync(0));
        using var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket, transports: ["payload"]);
        Assert.Equal(VerifyTransport.Payload, await CanAsync(0));
        Assert.Equal(200, (await agent.PostAsync("transports", $$$"""{"session":{{{agent.Session}}},"transports":{"te1-1":["j0-trace","dccs"],"te1-2":[]}}""")).Status);
        Assert.Equal(VerifyTransport.J0Trace | VerifyTransport.Dccs, await CanAsync(0));
        Assert.Equal(VerifyTransport.None, await CanAsync(1));
        Assert.Equal(VerifyTransport.Payload, await CanAsync(2));

        Task<VerifyTransport> CanAsync(int link) =>
            rig.Left.InvokeAsync((node, _) => rig.Left.ExternalDataPlane!.GetTestTransports(node.TeLinks.Single().DataLinks[link]));
    }

    [Theory]
    [InlineData("traces", "{\"session\":S}", 400, "traces is missing")]
    [InlineData("traces", "{\"session\":S,\"traces\":[{\"dataLink\":\"te1-1\",\"type\":\"j0\",\"received\":\"X\"}]}", 400, "'j0' is no trace type")]
    [InlineData("traces", "{\"session\":S,\"traces\":[{\"dataLink\":\"te1-1\",\"type\":\"sonet-j0\"}]}", 400, "traces[0] has no dataLink, or no received")]
    [InlineData("traces", "{\"session\":S,\"traces\":[{\"dataLink\":\"te1-1\",\"type\":\"sonet-j0\",\"received\":\"\u20ac\"}]}", 400, "bytes for characters")]
    [InlineData("traces", "{\"session\":S,\"traces\":[{\"dataLink\":\"te1-1\",\"type\":\"sonet-j0\",\"received\":\"X\"},{\"dataLink\":\"te1-9\",\"type\":\"sonet-j0\",\"received\":\"X\"}]}", 404, "there is no data link te1-9")]
    [InlineData("traces", "{\"session\":1,\"traces\":[]}", 409, "session 1 is over")]
    [InlineData("transports", "{\"session\":S}", 400, "transports is missing")]
    [InlineData("transports", "{\"session\":S,\"transports\":{\"te1-1\":[\"j0\"]}}", 400, "'j0' is no transport mechanism")]
    [InlineData("transports", "{\"session\":S,\"transports\":{\"te1-9\":[\"payload\"]}}", 404, "there is no data link te1-9")]
    [InlineData("transports", "{\"session\":1,\"transports\":{}}", 409, "session 1 is over")]
    public async Task What_is_wrong_is_refused_and_nothing_of_it_taken(string word, string body, int status, string text)
    {
        await using var rig = await AgentRig.StartAsync(encoding: "sdh");
        using var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket);
        var answer = await agent.PostAsync(word, body.Replace("S", $"{agent.Session}", StringComparison.Ordinal));
        Assert.Equal(status, answer.Status);
        Assert.Contains(text, answer.Body.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.True(await rig.Left.InvokeAsync((node, _) => node.TeLinks.Single().DataLinks.All(l => l.Traces.Count == 0)));
    }

    [Fact]
    public async Task An_encoding_without_overhead_has_no_traces()
    {
        await using var rig = await AgentRig.StartAsync();
        using var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket);
        var (status, body) = await agent.PostAsync("traces", $$"""{"session":{{agent.Session}},"traces":[{"dataLink":"te1-1","type":"sonet-j0","received":"X"}]}""");
        Assert.Equal((409, true), (status, body.GetProperty("error").GetString()!.Contains("only SONET and SDH", StringComparison.Ordinal)));
    }
}
