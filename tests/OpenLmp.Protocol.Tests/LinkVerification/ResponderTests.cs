// RFC 4204 §5, §12.5: node a looks for Test messages, b is the test.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;
using static OpenLmp.Protocol.Tests.VerifySteps;

namespace OpenLmp.Protocol.Tests;

public class ResponderTests
{
    [Fact]
    [Requirement("4204-5-8")]
    [Requirement("4204-5-10")]
    [Requirement("4204-5-14")]
    [Requirement("4204-5-16")]
    [Requirement("4204-12.5.2-1")]
    [Requirement("4204-12.5.2-3")]
    [Requirement("4204-12.5.2-4")]
    [Requirement("4204-12.5.5-2")]
    [Requirement("4204-12.5.7-2")]
    public void Each_data_link_gets_a_result()
    {
        var a = Listener();
        a.Send(Ask(8000, transports: VerifyTransport.Payload | VerifyTransport.J0Trace));
        var ack = a.Last<BeginVerifyAckMessage>();
        Assert.Equal((8000u, Identifier.Unnumbered(1)), (ack.MessageIdAck!.Value, ack.LocalLinkId!.Value));
        Assert.Equal(new BeginVerifyAckObject(1000, VerifyTransport.Payload), ack.BeginVerifyAck);

        a.Test(0, 201, ack.VerifyId);
        var success = a.Last<TestStatusSuccessMessage>();
        Assert.Equal((1u, 101u, 201u), ((uint)success.LocalLinkId.Value, (uint)success.LocalInterfaceId.Value, (uint)success.RemoteInterfaceId.Value));
        Assert.Equal(ack.VerifyId, success.VerifyId);
        a.AckStatus();
        a.RunMs(1000);
        Assert.Equal(ack.VerifyId, a.Last<TestStatusFailureMessage>().VerifyId);
        a.AckStatus();
        Assert.Equal((DataLinkState.UpFree, DataLinkState.Down), (a.Links[0].PassiveState, a.Links[1].PassiveState));
        Assert.Contains("no Test message of b arrived within 1000 ms", a.AlarmText(AlarmKind.VerificationFailed, "te1-2"));

        a.Send(new EndVerifyMessage(8001, ack.VerifyId));
        Assert.Equal((8001u, ack.VerifyId), (a.Last<EndVerifyAckMessage>().MessageIdAck!.Value, a.Last<EndVerifyAckMessage>().VerifyId));
    }

    public static TheoryData<BeginVerifyErrors, BeginVerifyMessage> Refusals => new()
    {
        { BeginVerifyErrors.UnsupportedTransport, Ask(transports: VerifyTransport.J0Trace) },
        { BeginVerifyErrors.UnsupportedTransport, Ask(transports: VerifyTransport.None) },
        { BeginVerifyErrors.LinkIdConfiguration, Ask(remote: 99) },
        { BeginVerifyErrors.LinkIdConfiguration, Ask(local: 99) },
        { BeginVerifyErrors.LinkIdConfiguration, Ask(local: 99, remote: null) },
        { BeginVerifyErrors.LinkIdConfiguration, Ask(remote: 0) },
        { BeginVerifyErrors.UnknownCType, new BeginVerifyMessage([new LocalLinkId(Identifier.Unnumbered(2)), new MessageId(8000), new UnknownObject(ObjectClass.BeginVerify, 9, [])]) },
        { BeginVerifyErrors.Unwilling, Ask(flags: BeginVerifyFlags.None, local: 0, remote: null) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    [Requirement("4204-12.5.3-1")]
    [Requirement("4204-12.5.3-3")]
    [Requirement("4204-12.5.3-7")]
    [Requirement("4204-12.5.3-8")]
    [Requirement("4204-12.5.3-9")]
    public void What_cannot_be_is_refused_with_the_reason(BeginVerifyErrors errors, BeginVerifyMessage begin)
    {
        var a = Listener();
        a.Send(begin);
        var nack = Assert.IsType<BeginVerifyNackMessage>(Assert.Single(a.Messages));
        Assert.Equal((errors, 8000u), (nack.Errors, nack.MessageIdAck!.Value));
        Assert.All(a.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
    }

    [Fact]
    [Requirement("4204-5-2")]
    [Requirement("4204-12.5.3-4")]
    public void A_TE_link_without_verification_refuses_it_together_with_what_else_is_wrong()
    {
        var a = Listener(t => t with { LinkVerification = false });
        a.Send(Ask());
        Assert.Equal(BeginVerifyErrors.NotSupported, a.Last<BeginVerifyNackMessage>().Errors);
        a.Send(Ask(8001, transports: VerifyTransport.Dccs));
        Assert.Equal(BeginVerifyErrors.NotSupported | BeginVerifyErrors.UnsupportedTransport, a.Last<BeginVerifyNackMessage>().Errors);
    }

    [Fact]
    [Requirement("4204-12.5.3-5")]
    public void A_TE_link_in_test_or_in_use_is_unwilling()
    {
        var a = Listener();
        a.Send(Ask(8000));
        a.Send(Ask(8001));
        Assert.Equal((8001u, BeginVerifyErrors.Unwilling), (a.Last<BeginVerifyNackMessage>().MessageIdAck!.Value, a.Last<BeginVerifyNackMessage>().Errors));

        a = Listener();
        a.Node.Allocate(a.Now, ["te1-1", "te1-2"]);
        a.Send(Ask(8002));
        Assert.Equal(BeginVerifyErrors.Unwilling, a.Last<BeginVerifyNackMessage>().Errors);
        Assert.All(a.Links, l => Assert.Equal(DataLinkState.UpAlloc, l.State));
    }

    [Fact]
    [Requirement("4204-5-9")]
    public void Verify_Ids_in_use_are_all_different()
    {
        var links = Enumerable.Range(1, 50).Select(i => NodeA().TeLinks[0] with
        {
            Name = $"te{i}",
            LocalId = Identifier.Unnumbered((uint)i),
            RemoteId = Identifier.Unnumbered((uint)i + 1000),
            DataLinks = [Configurations.Link($"l{i}", (uint)i, (uint)i)],
        });
        var a = new LinkPartner(NodeA([.. links]));
        for (uint i = 1; i <= 50; i++) a.Send(Ask(8000 + i, links: 1, local: i + 1000, remote: i));
        Assert.Equal(50, a.Messages.OfType<BeginVerifyAckMessage>().Select(m => m.VerifyId).Distinct().Count());
    }

    [Fact]
    public void A_repeated_BeginVerify_is_the_same_procedure_and_a_copy_after_its_end_begins_nothing()
    {
        var a = Listener();
        a.Send(Ask());
        var ack = a.Last<BeginVerifyAckMessage>();
        a.Send(Ask());
        Assert.Equal(ack, a.Last<BeginVerifyAckMessage>());
        a.Test(0, 201, ack.VerifyId);
        a.Test(1, 202, ack.VerifyId);
        a.Send(new EndVerifyMessage(8001, ack.VerifyId));
        var before = a.Picture();
        a.Send(Ask());
        Assert.Equal(before, a.Picture());
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.OutOfOrder));
        // The end is acknowledged again: its acknowledgement may have been lost.
        a.Send(new EndVerifyMessage(8001, ack.VerifyId));
        Assert.Equal(2, a.Count<EndVerifyAckMessage>());
    }

    [Fact]
    [Requirement("4204-5-12")]
    public void Results_are_repeated_until_acknowledged_or_the_retry_limit()
    {
        var a = Listener();
        a.Send(Ask());
        var id = a.Last<BeginVerifyAckMessage>().VerifyId;
        a.Test(0, 201, id);
        a.Test(0, 201, id);
        Assert.Equal(1, a.Count<TestStatusSuccessMessage>());
        a.RunMs(20_000);
        Assert.Equal((3, 3), (a.Count<TestStatusSuccessMessage>(), a.Count<TestStatusFailureMessage>()));
        Assert.Single(a.Messages.OfType<TestStatusSuccessMessage>().Select(m => m.MessageId!.Value).Distinct());
    }

    [Theory]
    [InlineData(150, 1000)]
    [InlineData(2000, 6000)]
    [InlineData(65535, 65535)]
    public void A_neighbour_that_sends_Test_messages_seldom_is_listened_to_for_longer(ushort interval, ushort deadInterval)
    {
        var a = Listener();
        a.Send(Ask(interval: interval));
        Assert.Equal(deadInterval, a.Last<BeginVerifyAckMessage>().BeginVerifyAck.VerifyDeadInterval);
        a.RunMs(deadInterval - 1);
        Assert.Equal(0, a.Count<TestStatusFailureMessage>());
        a.RunMs(1);
        Assert.Equal(1, a.Count<TestStatusFailureMessage>());
    }

    [Fact]
    public void A_success_after_the_failure_still_counts()
    {
        var a = Listener();
        a.Send(Ask());
        var id = a.Last<BeginVerifyAckMessage>().VerifyId;
        a.RunMs(1001);
        Assert.Equal(2, a.RaisedAlarms.Count);
        a.Test(0, 201, id);
        a.Test(1, 202, id);
        Assert.Empty(a.RaisedAlarms);
        Assert.All(a.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
    }

    [Fact]
    public void Data_links_that_the_neighbour_does_not_test_are_not_blamed()
    {
        // b has te1-2 allocated, say: it tests one, two are free here.
        var a = Listener();
        a.Send(Ask(8000, links: 1));
        a.Test(0, 201, a.Last<BeginVerifyAckMessage>().VerifyId);
        a.RunMs(5000);
        Assert.Empty(a.RaisedAlarms);
        Assert.All(a.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
        Assert.Equal(0, a.Count<TestStatusFailureMessage>());

        // Nothing comes: which of the two is not known here.
        a = Listener();
        a.Send(Ask(8000, links: 1));
        a.RunMs(5000);
        Assert.NotEqual(0, a.Count<TestStatusFailureMessage>());
        Assert.Empty(a.RaisedAlarms);
        Assert.All(a.Links, l => Assert.Equal(DataLinkState.UpFree, l.State));
    }

    [Fact]
    public void Without_the_flag_those_that_are_not_up_are_looked_at()
    {
        var a = Listener();
        a.Node.ReportSignal(a.Now, ["te1-2"], SignalState.Fail);
        a.Send(Ask(8000, flags: BeginVerifyFlags.None, links: 1));
        Assert.Equal([DataLinkState.UpFree, DataLinkState.PasvTest], a.Links.Select(l => l.PassiveState));

        // None is down here, but at b one may be.
        a = Listener();
        a.Send(Ask(8000, flags: BeginVerifyFlags.None, links: 1));
        Assert.All(a.Links, l => Assert.Equal(DataLinkState.PasvTest, l.PassiveState));
    }

    [Fact]
    public void A_neighbour_that_never_ends_its_procedure_is_forgotten_and_nothing_hangs()
    {
        var a = Listener();
        a.Send(Ask());
        var id = a.Last<BeginVerifyAckMessage>().VerifyId;
        a.RunMs(600_000);
        a.Test(0, 201, id);
        Assert.Equal(1, a.Node.Counters.Dropped(DropReason.UnknownVerifyId));
        a.Send(Ask(8001));
        Assert.NotEqual(id, a.Last<BeginVerifyAckMessage>().VerifyId);
    }

    [Fact]
    public void A_Test_message_on_an_allocated_data_link_or_with_Interface_Id_0_is_counted_and_ignored()
    {
        var a = Listener();
        a.Node.Allocate(a.Now, ["te1-1"]);
        a.Send(Ask());
        var before = a.Picture();
        a.Test(0, 201, a.Last<BeginVerifyAckMessage>().VerifyId);
        a.Test(1, 0, a.Last<BeginVerifyAckMessage>().VerifyId);
        a.Node.ReceiveTest(a.Now, a.Links[1], [1, 2, 3]);
        Assert.Equal(before, a.Picture());
        Assert.Equal((1, 1, 1), (a.Node.Counters.Dropped(DropReason.WrongState), a.Node.Counters.Dropped(DropReason.ZeroId), a.Node.Counters.Dropped(DropReason.Malformed)));
    }
}
