using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>Agents that come, speak, go and misbehave, over the API of whole nodes.</summary>
public class ExternalDataPlaneTests
{
    [Fact]
    public async Task Two_nodes_verify_each_other_over_their_agents_and_a_swap_is_found()
    {
        await using var rig = await AgentRig.StartAsync();
        var (left, right) = await rig.CarryAsync();
        using var _ = left;
        using var __ = right;
        foreach (var host in rig.Both)
        {
            await AgentRig.AllVerifiedAsync(host);
            await AgentRig.QuietAsync(host);
            var info = await AgentRig.InfoAsync(host);
            Assert.Equal(("external", true, "test", true), (info.Kind, info.CanTest, info.Agent!.Name, info.Agent.Resynchronized));
            Assert.InRange(info.Counters!.TestsSent, AgentRig.Links, long.MaxValue);
            Assert.InRange(info.Counters.TestsReceived, AgentRig.Links, long.MaxValue);
            Assert.Equal((1, AgentRig.Links, 0), (info.Counters.Sessions, info.Counters.Signals, info.Counters.Refused));
        }

        (rig.Cables["te1-2"], rig.Cables["te1-3"]) = ("te1-3", "te1-2");
        foreach (var agent in (TestAgent[])[left, right])
        {
            var (status, answer) = await agent.PostAsync("te-links/te1/verify?wait=60s", "", root: "/v1/");
            Assert.Equal((200, "failed"), (status, answer.GetProperty("outcome").GetString()));
        }

        foreach (var host in rig.Both) await AgentRig.AlarmAsync(host, "te1-2 and te1-3 are swapped");
    }

    [Fact]
    public async Task An_agent_that_comes_after_the_other_makes_up_for_what_failed_without_it()
    {
        await using var rig = await AgentRig.StartAsync();
        using (var alone = await TestAgent.ConnectAsync(rig.LeftFiles.Socket))
        {
            await AgentRig.AllAsync(rig.Left, l => l.State == DataLinkState.UpFree, "usable without verification");
            await alone.SignalsAsync(AgentRig.AllOk);
            await AgentRig.AlarmAsync(rig.Left, "no Test message of it arrived");
        }

        var (left, right) = await rig.CarryAsync();
        using var _ = left;
        using var __ = right;
        foreach (var host in rig.Both) await AgentRig.AllVerifiedAsync(host);
        foreach (var host in rig.Both) await AgentRig.QuietAsync(host);
    }

    [Fact]
    public async Task An_agent_that_dies_is_an_alarm_and_its_next_start_a_resynchronization()
    {
        await using var rig = await AgentRig.StartAsync();
        Assert.False(await rig.Left.InvokeAsync((node, _) => node.CanTest));
        Assert.Empty(await AgentRig.AlarmsAsync(rig.Left)); // Without any agent nothing is wrong.
        using (var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket, "sim"))
        {
            Assert.False(await rig.Left.InvokeAsync((node, _) => node.CanTest)); // It has not told its signals.
            Assert.Equal(200, (await agent.SignalsAsync("""{"te1-1":"ok","te1-2":"degrade"}""", complete: false)).Status);
            Assert.Equal(200, (await agent.SignalsAsync("""{"te1-3":"fail"}""")).Status);
            Assert.True(await rig.Left.InvokeAsync((node, _) => node.CanTest));
        }

        await AgentRig.AlarmAsync(rig.Left, "AgentDown oxc1: oxc1: the data plane cannot be used: agent sim is gone: its connection was closed");
        Assert.False(await rig.Left.InvokeAsync((node, _) => node.CanTest));
        Assert.Equal("ok degrade fail unknown", await SignalsAsync(rig.Left));
        Assert.Contains("agent sim is gone", (await AgentRig.InfoAsync(rig.Left)).Reason, StringComparison.Ordinal);

        using var again = await TestAgent.ConnectAsync(rig.LeftFiles.Socket, "sim");
        Assert.DoesNotContain(await AgentRig.AlarmsAsync(rig.Left), x => x.StartsWith("AgentDown", StringComparison.Ordinal));
        Assert.Equal(["te1-1", "te1-2", "te1-3", "te1-4"], again.Hello.GetProperty("dataLinks").EnumerateArray().Select(l => l.GetProperty("name").GetString()));
        Assert.Equal("p1", again.Hello.GetProperty("dataLinks")[0].GetProperty("interface").GetString());
        Assert.Equal("ok degrade fail unknown", await SignalsAsync(rig.Left));
        await again.SignalsAsync("""{"te1-1":"ok","te1-4":"ok"}""");
        Assert.Equal("ok unknown unknown ok", await SignalsAsync(rig.Left));
    }

    [Fact]
    public async Task An_agent_is_told_which_traces_to_send_and_again_when_it_comes_back()
    {
        await using var rig = await AgentRig.StartAsync();
        await rig.Left.InvokeAsync((node, now) =>
        {
            var sdh = new SwitchingCapability(Wire.SwitchingType.Tdm, Wire.EncodingType.Sdh, 1.25e9f, 1.25e9f);
            node.Reconfigure(now, node.Configuration with
            {
                TeLinks = [.. node.Configuration.TeLinks.Select(t => t with { DataLinks = [.. t.DataLinks.Select(l => l with { Capabilities = [sdh] })] })],
            });
            return 0;
        });
        using (var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket))
        {
            await rig.Left.InvokeAsync((node, now) => node.SendTrace(now, "te1-1", Wire.TraceType.SonetJ0, "PARIS"));
            Told(await agent.NextAsync("trace"));
            var (status, _) = await agent.PostAsync("data-links/te1-1/trace", """{"type":"sonet-j0","received":"LYON"}""", "PUT", "/v1/");
            Assert.Equal(200, status);
            Assert.Equal("LYON", await rig.Left.InvokeAsync((node, _) => node.TeLinks.Single().DataLinks[0].Traces.Single().Received));
        }

        using var again = await TestAgent.ConnectAsync(rig.LeftFiles.Socket);
        Told(await again.NextAsync("trace"));

        static void Told(System.Text.Json.JsonElement order) => Assert.Equal(
            ("te1-1", "p1", "sonet-j0", "PARIS"),
            (Text(order, "dataLink"), Text(order, "interface"), Text(order, "traceType"), Text(order, "text")));

        static string? Text(System.Text.Json.JsonElement order, string name) => order.GetProperty(name).GetString();
    }

    [Fact]
    public async Task An_agent_lost_in_the_midst_of_a_verification_leaves_the_data_links_as_they_were()
    {
        await using var rig = await AgentRig.StartAsync();
        await AgentRig.AllAsync(rig.Left, l => l.State == DataLinkState.UpFree, "usable without verification");
        using (var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket))
        {
            await agent.SignalsAsync(AgentRig.AllOk);
            var mode = await agent.NextAsync("test-mode");
            Assert.True(mode.GetProperty("transmit").GetBoolean());
            var test = await agent.NextAsync("test");
            Assert.True(Wire.LmpMessage.TryDecode(test.GetProperty("message").GetBytesFromBase64(), out var message, out _));
            Assert.IsType<Wire.TestMessage>(message);
        }

        await AgentRig.AlarmAsync(rig.Left, "AgentDown");
        await AgentRig.AllAsync(rig.Left, l => l.State == DataLinkState.UpFree, "as they were");
        Assert.DoesNotContain(await AgentRig.AlarmsAsync(rig.Left), x => x.StartsWith("VerificationFailed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_silent_agent_is_taken_for_dead()
    {
        await using var rig = await AgentRig.StartAsync("100ms");
        using var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket);
        Assert.Equal(100, agent.Hello.GetProperty("heartbeat").GetInt32());
        var end = await agent.NextAsync("end");
        Assert.Equal(("nothing was heard of it for 0.1 s", true), (end.GetProperty("reason").GetString(), end.GetProperty("reconnect").GetBoolean()));
        Assert.Null(await agent.NextAsync());
        await AgentRig.AlarmAsync(rig.Left, "nothing was heard of it for 0.1 s");
        Assert.Equal(409, (await agent.PostAsync("heartbeat", $$"""{"session":{{agent.Session}}}""")).Status);
    }

    [Fact]
    public async Task A_new_agent_takes_over_and_the_old_ones_reports_are_refused()
    {
        await using var rig = await AgentRig.StartAsync();
        using var old = await TestAgent.ConnectAsync(rig.LeftFiles.Socket, "old");
        await old.SignalsAsync(AgentRig.AllOk);
        using var young = await TestAgent.ConnectAsync(rig.LeftFiles.Socket, "young");
        var end = await old.NextAsync("end");
        Assert.Equal(("agent young has taken over", false), (end.GetProperty("reason").GetString(), end.GetProperty("reconnect").GetBoolean()));
        Assert.Null(await old.NextAsync());
        Assert.InRange(young.Session, old.Session + 1, long.MaxValue);

        foreach (var (word, body) in ((string, string)[])
        [
            ("signals", $$"""{"session":{{old.Session}},"signals":{"te1-1":"fail"} }"""),
            ("tests", $$"""{"session":{{old.Session}},"tests":[{"dataLink":"te1-1","message":"EAAA"}]}"""),
            ("heartbeat", $$"""{"session":{{old.Session}}}"""),
        ])
        {
            var (status, answer) = await old.PostAsync(word, body);
            Assert.Equal(409, status);
            Assert.Equal($"session {old.Session} is over; agent young holds session {young.Session}", answer.GetProperty("error").GetString());
        }

        Assert.Equal("ok ok ok ok", await SignalsAsync(rig.Left));
        Assert.Empty(await AgentRig.AlarmsAsync(rig.Left));
        var info = await AgentRig.InfoAsync(rig.Left);
        Assert.Equal(("young", 2L, 3L), (info.Agent!.Name, info.Counters!.Sessions, info.Counters.Refused));
    }

    [Fact]
    public async Task A_changed_configuration_is_told_as_the_whole_new_list()
    {
        await using var rig = await AgentRig.StartAsync();
        using var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket, canTest: false);
        rig.LeftFiles.Write(rig.LeftFiles.Read().Replace("te1-4", "te1-9", StringComparison.Ordinal));
        Assert.True(await rig.Left.ReloadAsync());
        var order = await agent.NextAsync("data-links");
        Assert.Equal(["te1-1", "te1-2", "te1-3", "te1-9"], order.GetProperty("dataLinks").EnumerateArray().Select(l => l.GetProperty("name").GetString()));
        Assert.Equal(200, (await agent.SignalsAsync("""{"te1-9":"ok"}""")).Status);
        Assert.Equal(404, (await agent.SignalsAsync("""{"te1-4":"ok"}""")).Status);
        Assert.False(await rig.Left.InvokeAsync((node, _) => node.CanTest));
    }

    [Fact]
    public async Task An_operator_reports_signals_with_and_without_an_agent()
    {
        await using var rig = await AgentRig.StartAsync();
        using var client = TestAgent.Client(rig.LeftFiles.Socket);
        using var fail = new StringContent("""{"signal":"fail"}""");
        Assert.True((await client.PutAsync(new Uri("/v1/data-links/te1-1/signal", UriKind.Relative), fail)).IsSuccessStatusCode);
        Assert.Equal("fail unknown unknown unknown", await SignalsAsync(rig.Left));
        using var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket);
        await agent.SignalsAsync(AgentRig.AllOk);
        Assert.Equal(200, (await agent.PostAsync("data-links/te1-2/signal", """{"signal":"degrade"}""", "PUT", "/v1/")).Status);
        Assert.Equal("ok degrade ok ok", await SignalsAsync(rig.Left));
    }

    [Fact]
    public async Task An_agent_is_told_that_the_daemon_stops()
    {
        await using var rig = await AgentRig.StartAsync();
        using var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket);
        var stopping = rig.Left.StopAsync();
        Assert.Equal("lmpd stops", (await agent.NextAsync("end")).GetProperty("reason").GetString());
        await stopping;
    }

    [Theory]
    [InlineData("sessions", """{"version":2,"agent":"x"}""", 400, "version 2 of the exchange with agents is not supported; this daemon speaks version 1")]
    [InlineData("sessions", """{"agent":"x"}""", 400, "version 0")]
    [InlineData("sessions", """{"version":1}""", 400, "1 to 63 characters")]
    [InlineData("sessions", """{"version":1,"agent":"a\nb"}""", 400, "1 to 63 characters")]
    [InlineData("sessions", "GET", 400, "wrong at $")]
    [InlineData("signals", "", 400, "wrong at")]
    [InlineData("signals", "null", 400, "a JSON object")]
    [InlineData("signals", """{"session":SESSION}""", 400, "signals is missing")]
    [InlineData("signals", """{"signals":{"te1-1":"fail"}}""", 400, "session is missing")]
    [InlineData("signals", """{"session":SESSION,"signals":{"te1-1":"fail","te1-2":"bright"}}""", 400, "wrong at $.signals.te1-2")]
    [InlineData("signals", """{"session":SESSION,"signals":{"te1-1":"fail","nosuch":"fail"}}""", 404, "there is no data link nosuch")]
    [InlineData("tests", """{"session":SESSION}""", 400, "tests is missing")]
    [InlineData("tests", """{"session":SESSION,"tests":[null]}""", 400, "tests[0] has no dataLink")]
    [InlineData("tests", """{"session":SESSION,"tests":[{"dataLink":"te1-1","message":"%%"}]}""", 400, "tests[0], of te1-1: message is not the bytes")]
    [InlineData("tests", """{"session":SESSION,"tests":[{"dataLink":"te1-1"}]}""", 400, "tests[0], of te1-1: message is not the bytes")]
    [InlineData("tests", """{"session":SESSION,"tests":[{"dataLink":"te1-1","message":"EAAA"},{"dataLink":"nosuch","message":"EAAA"}]}""", 404, "no data link nosuch")]
    [InlineData("heartbeat", """{"session":1}""", 409, "session 1 is over; agent test holds session")]
    public async Task What_is_not_understood_is_told_and_changes_nothing(string word, string body, int status, string text)
    {
        await using var rig = await AgentRig.StartAsync();
        using var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket);
        await agent.SignalsAsync(AgentRig.AllOk);
        var received = await rig.Left.InvokeAsync((node, _) => node.Counters.Dropped(DropReason.Malformed));
        var (actual, answer) = await agent.PostAsync(word, body.Replace("SESSION", $"{agent.Session}", StringComparison.Ordinal));
        Assert.Equal(status, actual);
        Assert.Contains(text, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("ok ok ok ok", await SignalsAsync(rig.Left));
        Assert.Equal(received, await rig.Left.InvokeAsync((node, _) => node.Counters.Dropped(DropReason.Malformed)));
        var info = await AgentRig.InfoAsync(rig.Left);
        Assert.Equal((agent.Session, 1L, 0L), (info.Agent!.Session, info.Counters!.Refused, info.Counters.TestsReceived));
    }

    [Fact]
    public async Task A_huge_report_is_refused_and_bytes_that_are_no_Test_message_are_counted()
    {
        await using var rig = await AgentRig.StartAsync();
        using var agent = await TestAgent.ConnectAsync(rig.LeftFiles.Socket);
        var huge = $$"""{"session":{{agent.Session}},"signals":{"te1-1":"fail","{{new string('x', 70_000)}}":"ok"} }""";
        Assert.Equal(413, (await agent.PostAsync("signals", huge)).Status);
        Assert.Equal("unknown unknown unknown unknown", await SignalsAsync(rig.Left));

        // What comes out of a fibre is nothing an agent has to understand.
        Assert.Equal(200, (await agent.PostAsync("tests", $$"""{"session":{{agent.Session}},"tests":[{"dataLink":"te1-1","message":"AAAA"}]}""")).Status);
        Assert.Equal(1, await rig.Left.InvokeAsync((node, _) => node.Counters.Dropped(DropReason.Malformed)));
    }

    private static Task<string> SignalsAsync(DaemonHost host) =>
        host.InvokeAsync((node, _) => string.Join(' ', node.TeLinks.Single().DataLinks.Select(l => $"{l.Signal}".ToLowerInvariant())));
}
