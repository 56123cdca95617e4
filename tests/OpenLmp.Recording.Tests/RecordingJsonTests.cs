using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Recording.Tests;

public class RecordingJsonTests
{
    private const string Small = """
        {"start":{"recording":1,"node":{"nodeId":"10.0.0.1","name":"a","neighbors":[{"name":"b","nodeId":"10.0.0.2",
        "controlChannels":[{"id":1,"local":"10.255.0.1","remote":"10.255.0.2"}]}],"teLinks":[{"name":"te1","neighbor":"b","localId":"1","dataLinks":[{"name":"te1-1","localId":"101"}]}]},
        "options":{"seed":7}}}
        """;

    [Fact]
    public void What_is_left_out_has_the_value_that_records_have_by_themselves()
    {
        var start = Read(Small).Start!;
        var channel = Assert.Single(Assert.Single(start.Node!.Neighbors).ControlChannels);
        Assert.Equal(new ControlChannelConfiguration { Id = 1, Local = At("10.255.0.1"), Remote = At("10.255.0.2") }, channel);
        var teLink = Assert.Single(start.Node.TeLinks);
        Assert.Equal(Identifier.Unnumbered(1), teLink.LocalId);
        Assert.Equal(new TeLinkConfiguration { Name = "te1", Neighbor = "b", LocalId = teLink.LocalId, DataLinks = teLink.DataLinks }, teLink);
        Assert.Equal(new DataLinkConfiguration { Name = "te1-1", LocalId = Identifier.Unnumbered(101) }, Assert.Single(teLink.DataLinks));
        Assert.Equal(new NodeOptions { Seed = 7 }, start.Options);
    }

    [Fact]
    public void What_has_no_default_has_to_be_there() =>
        Assert.Throws<JsonException>(() => Read(Small.Replace("\"name\":\"te1\",", "", StringComparison.Ordinal)));

    [Fact]
    public void Every_property_of_a_configuration_and_of_retained_state_comes_back()
    {
        var full = new RecordedLine
        {
            Start = new RecordingStart
            {
                Recording = 1,
                By = "a test",
                Time = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
                Clock = 123,
                Node = Everything(),
                Options = new NodeOptions
                {
                    Seed = ulong.MaxValue,
                    MessageIdMark = 9,
                    StateLost = false,
                    StateLostBecause = "it is gone",
                    Retained = new RetainedState
                    {
                        TeLinks = [new RetainedTeLink("te1", Identifier.Unnumbered(1), new NodeId(2), Id("192.0.2.1"))],
                        DataLinks =
                        [
                            new RetainedDataLink("te1-1", Id("2001:db8::1"), new NodeId(2)) { Allocated = true, FoundReceive = new RetainedFarEnd(new NodeId(3), Identifier.Unnumbered(4)) },
                        ],
                        ControlChannelsDown = [new RetainedControlChannel(new NodeId(2), 1)],
                        CrossConnects = [CrossConnect.Of("a", "b"), CrossConnect.Of("b", "a", oneWay: true)],
                    },
                },
            },
        };
        Assert.Equal(full, Read(RecordingJson.Text(full)));
    }

    [Fact]
    public void Every_input_and_output_has_a_word_and_comes_back()
    {
        NodeInput[] inputs =
        [
            new DeadlineInput(), new DatagramInput(At("[fe80::1%3]:7011"), At("ff02::1").Address, [1, 2, 255], 4), new TestInput("te1-1", [0]),
            new TransportUpInput(1), new TransportDownInput(1, "eth0 is \"down\""), new ReconfigureInput(Everything()), new DataPlaneInput(""), new StateFileInput(), new SecurityInput("b", "no"),
            new ControlChannelUpCommand("b", 1), new ControlChannelDownCommand("b", 1), new SummarizeCommand("te1"), new VerifyCommand("te1"), new VerifyAllCommand("b", true),
            new AllocateCommand(["a", "b"]), new ReleaseCommand([]), new SignalCommand(["a"], SignalState.Degrade), new SignalCommand(["a"], SignalState.Fail, "interface eth0 is down"), new CrossConnectCommand("a", "b", true), new CrossConnectCommand("b", "a", OneWay: true),
            new ConfirmCommand("te1"), new TraceCommand(TraceVerb.Received, "te1-1", TraceType.SonetJ0, "é\u0001"),
        ];
        NodeOutput[] outputs =
        [
            new SendOutput(1, At("192.0.2.1:7011"), [1]), new OpenOutput(1, 2), new CloseOutput(1), new SendTestOutput("a", [9]), new TestModeOutput("a", true, false),
            new TestTransportsOutput("a", VerifyTransport.Payload), new TraceOutput("a", TraceType.SonetJ0, "x"), new RetainOutput("x"), new EventOutput("x"),
            new AnswerOutput(CommandStatus.Conflict, "no"), new FaultOutput("x"),
        ];
        Assert.Equal(Words<NodeInput>(), inputs.Select(i => i.GetType().Name).Distinct().Order());
        Assert.Equal(Words<NodeOutput>(), outputs.Select(o => o.GetType().Name).Order());
        foreach (var line in inputs.Select(i => new RecordedLine { T = 1.000000001m, In = i }).Concat(outputs.Select(o => new RecordedLine { Out = o })))
            Assert.Equal(line, Read(RecordingJson.Text(line)));
    }

    [Fact]
    public void Every_door_of_a_node_has_an_input()
    {
        // A door that is new here needs a record in NodeInput.cs or NodeCommand.cs and has to tell LmpNode.Observer: otherwise recordings lack what enters by it.
        string[] known =
        [
            "AddCrossConnect", "Advance", "Allocate", "AskTrace", "Confirm", "ControlChannelDown", "ControlChannelUp", "ExpectTrace", "Receive", "ReceiveTest", "Reconfigure",
            "Release", "RemoveCrossConnect", "ReportDataPlane", "ReportSecurity", "ReportSignal", "ReportStateFile", "ReportTrace", "SendTrace", "Summarize", "TransportDown", "TransportUp", "Verify",
            "VerifyAll",
        ];
        var doors = typeof(LmpNode).GetMethods().Where(m => m.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(Instant)).Select(m => m.Name);
        // By the one nothing enters while the node is observed; what enters by the other is told of as if it were by Receive.
        Assert.Equal(known, doors.Where(name => name is not (nameof(LmpNode.SendHellos) or nameof(LmpNode.ReceiveAhead))).Order(StringComparer.Ordinal));
    }

    private static List<string> Words<T>()
    {
        var concrete = typeof(T).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(T)) && !t.IsAbstract).Select(t => t.Name).Order().ToList();
        Assert.Equal(concrete, typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType.Name).Order());
        return concrete;
    }

    private static NodeConfiguration Everything() => new()
    {
        NodeId = new NodeId(1),
        Name = "a",
        Neighbors =
        [
            new NeighborConfiguration
            {
                Name = "b",
                NodeId = new NodeId(2),
                Wdm = WdmRole.Ols,
                BehaviorNegotiation = false,
                ControlChannels =
                [
                    new ControlChannelConfiguration
                    {
                        Id = 1,
                        Local = At("10.255.0.1"),
                        Remote = At("224.0.0.1"),
                        RemoteId = 5,
                        Role = ControlChannelRole.Passive,
                        Interface = "eth0",
                        HelloInterval = IntervalRange.Off,
                        Retransmit = new RetransmitConfiguration(TimeSpan.FromMilliseconds(1.5), 0.5, 7, TimeSpan.FromDays(2)),
                    },
                ],
            },
        ],
        TeLinks =
        [
            new TeLinkConfiguration
            {
                Name = "te1",
                Neighbor = "b",
                LocalId = Id("192.0.2.1"),
                RemoteId = Id("192.0.2.2"),
                FaultManagement = false,
                Signal = new SignalConfiguration { HoldOff = TimeSpan.FromSeconds(3) },
                DataLinks =
                [
                    new DataLinkConfiguration
                    {
                        Name = "te1-1",
                        LocalId = Identifier.Unnumbered(uint.MaxValue),
                        Port = false,
                        ComponentLink = "c",
                        Capabilities = [new SwitchingCapability(SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, float.MaxValue)],
                        Srlg = [1, 2],
                        Ber = 12,
                        OpticalProtection = LinkProtection.Shared,
                        Channels = [DataChannelLabel.Of(201), new DataChannelLabel([1, 2, 3])],
                    },
                ],
            },
        ],
    };

    private static RecordedLine Read(string text) => RecordingJson.Read(text.ReplaceLineEndings(""));

    private static NetworkEndpoint At(string text) => NetworkEndpoint.TryParse(text, NetworkEndpoint.LmpPort, out var at) ? at : throw new ArgumentException(text);

    private static Identifier Id(string text) => Identifier.TryParse(text, out var id) ? id : throw new ArgumentException(text);
}
