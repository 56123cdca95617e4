// RFC 4204 §13.8, §13.9; RFC 4207 §3.1: which transport mechanisms are offered, and which is chosen.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Correlating;
using static OpenLmp.Protocol.Tests.LinkConfigurations;
using static OpenLmp.Protocol.Tests.VerifySteps;

namespace OpenLmp.Protocol.Tests;

public class TransportTests
{
    private const VerifyTransport Everything = (VerifyTransport)ushort.MaxValue;
    private const VerifyTransport Defined = VerifyTransport.Payload | TestTransports.SonetSdh;

    [Fact]
    public void Each_mechanism_is_known_once_and_belongs_to_the_overhead_byte_of_its_name()
    {
        Assert.Equal(Enum.GetValues<VerifyTransport>().Where(t => t != VerifyTransport.None).Order(), VerifyTransports.All.Select(t => t.Value).Order());
        foreach (var type in Enum.GetValues<TraceType>())
        {
            var transport = Assert.Single(VerifyTransports.All, t => t.Value.Uses(type));
            Assert.Equal($"{TraceTypes.Name(type).Split('-')[1]}-trace", transport.Name);
            Assert.True(transport.Value.IsCorrelated());
        }
    }

    [Fact]
    public void What_the_data_plane_can_do_is_offered_where_the_encoding_gives_it_a_meaning()
    {
        var a = Quiet();
        a.Transports = Everything;
        a.Node.Verify(a.Now, "te1");
        Assert.Equal((EncodingType.Sdh, Defined), (a.Last<BeginVerifyMessage>().BeginVerify!.Encoding, a.Last<BeginVerifyMessage>().BeginVerify!.Transports));

        a = Quiet(sdh: false);
        a.Transports = Everything;
        a.Node.Verify(a.Now, "te1");
        Assert.Equal(VerifyTransport.Payload, a.Last<BeginVerifyMessage>().BeginVerify!.Transports);

        a.Reconfigure(NodeA(t => t with { Verification = Never, DataLinks = [t.DataLinks[0] with { Capabilities = [Tdm(10, 10)] }, t.DataLinks[1]] }));
        a.RunMs(60_000);
        a.Node.Verify(a.Now, "te1");
        Assert.Equal(VerifyTransport.Payload, a.Last<BeginVerifyMessage>().BeginVerify!.Transports);
    }

    [Fact]
    public void Without_RFC_4207_in_common_only_Payload_is_offered_and_accepted()
    {
        var a = Quiet();
        a.Node.AgreeOnExtensions(LmpBehaviors.ConsistencyCheck);
        a.Transports = Everything;
        a.Node.Verify(a.Now, "te1");
        Assert.Equal(VerifyTransport.Payload, a.Last<BeginVerifyMessage>().BeginVerify!.Transports);
        a.Send(Ask(8000, transports: VerifyTransport.J0Trace, encoding: EncodingType.Sdh));
        Assert.Equal(BeginVerifyErrors.UnsupportedTransport, a.Last<BeginVerifyNackMessage>().Errors);
        a.Send(Ask(8001, transports: VerifyTransport.J0Trace | VerifyTransport.Payload, encoding: EncodingType.Sdh));
        Assert.Equal(VerifyTransport.Payload, a.Last<BeginVerifyAckMessage>().BeginVerifyAck.TransportResponse);
    }

    [Theory]
    [InlineData(Defined, Defined, VerifyTransport.Payload)]
    [InlineData(TestTransports.SonetSdh, Defined, VerifyTransport.Dccs)]
    [InlineData(Defined, TestTransports.Correlated, VerifyTransport.J0Trace)]
    [InlineData(VerifyTransport.J1Trace | VerifyTransport.J2Trace, VerifyTransport.J2Trace | VerifyTransport.Dccl, VerifyTransport.J2Trace)]
    [InlineData(Defined, Defined, VerifyTransport.J1Trace, VerifyTransport.J1Trace, VerifyTransport.Payload)]
    [InlineData(VerifyTransport.Payload | VerifyTransport.Dccl, Defined, VerifyTransport.Payload, VerifyTransport.J1Trace, VerifyTransport.Payload)]
    public void The_preferred_one_of_those_that_both_ends_can_do_is_chosen(VerifyTransport offered, VerifyTransport possible, VerifyTransport chosen, params VerifyTransport[] preference)
    {
        var a = Quiet(transports: preference);
        a.Transports = possible;
        a.Send(Ask(8000, transports: offered, encoding: EncodingType.Sdh));
        Assert.Equal(chosen, a.Last<BeginVerifyAckMessage>().BeginVerifyAck.TransportResponse);
        Assert.All(a.Links, l => Assert.Equal(chosen, l.ListenTransport));
    }

    [Theory]
    [InlineData(VerifyTransport.Payload, EncodingType.Sdh)] // Not wanted.
    [InlineData(VerifyTransport.Dccl, EncodingType.Sdh)] // Not possible.
    [InlineData(VerifyTransport.J0Trace, EncodingType.Lambda)] // Some other mechanism, of an encoding type that defines none yet.
    [InlineData((VerifyTransport)0x0011, EncodingType.Sdh)] // Reserved.
    public void What_is_not_wanted_not_possible_or_not_defined_is_refused(VerifyTransport offered, EncodingType encoding)
    {
        var a = Quiet(transports: [VerifyTransport.J0Trace, VerifyTransport.Dccl]);
        a.Transports = VerifyTransport.J0Trace | VerifyTransport.Payload | (VerifyTransport)0x0011;
        a.Send(Ask(8000, transports: offered, encoding: encoding));
        Assert.Equal(BeginVerifyErrors.UnsupportedTransport, a.Last<BeginVerifyNackMessage>().Errors);
    }

    [Fact]
    public void Data_links_in_test_do_not_make_a_transport_unsupported()
    {
        var a = Quiet(transports: [VerifyTransport.J0Trace]);
        a.Transports = VerifyTransport.J0Trace;
        a.Send(Ask(8000, transports: VerifyTransport.J0Trace, encoding: EncodingType.Sdh));
        a.Send(Ask(8001, transports: VerifyTransport.J0Trace, encoding: EncodingType.Sdh));
        Assert.Equal(BeginVerifyErrors.Unwilling, a.Last<BeginVerifyNackMessage>().Errors);
    }

    [Fact]
    public void Where_nothing_wanted_is_possible_nothing_is_begun()
    {
        var a = Quiet(transports: [VerifyTransport.Dccs]);
        a.Transports = VerifyTransport.Payload;
        Assert.Contains("the data plane has no means", a.Node.Verify(a.Now, "te1").Text, StringComparison.Ordinal);
        Assert.Equal(0, a.Count<BeginVerifyMessage>());
    }

    [Theory]
    [InlineData(VerifyTransport.Dccs)]
    [InlineData(VerifyTransport.Dccl)]
    public void Over_a_DCC_the_Test_message_is_the_one_of_RFC_4204(VerifyTransport dcc)
    {
        var a = Quiet(transports: [dcc]);
        a.Transports = dcc;
        a.Node.Verify(a.Now, "te1");
        a.Accept(transport: dcc);
        Assert.Equal([new LocalInterfaceId(Identifier.Unnumbered(101)), new VerifyId(TheirVerifyId)], a.Tests[0].Test.Objects);
        Assert.Equal(2, a.Tests.Count);
        Assert.All(a.Links, l => Assert.Equal(dcc, l.TestTransport));
        Assert.Empty(a.TracesSet);
        Assert.DoesNotContain(a.Messages, m => m is TestMessage);
        foreach (var (ours, theirs) in ((uint, uint)[])[(101, 201), (102, 202)]) a.Succeed(ours, theirs);
        a.AckEnd();
        Assert.All(a.Links, l => Assert.True(l.Verified));
    }
}
