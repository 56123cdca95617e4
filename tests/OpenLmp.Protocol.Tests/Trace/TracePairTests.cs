// RFC 4207 §4: traces between two real nodes over fibres.
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Trace.Tracing;

namespace OpenLmp.Protocol.Tests.Trace;

public class TracePairTests
{
    private readonly VirtualNetwork _network = new();

    private (VirtualNode A, VirtualNode B) Pair(bool swapped = false)
    {
        var (a, b) = (_network.Add(Sdh(Configurations.A())), _network.Add(Sdh(Configurations.B()), new NodeOptions { FirstMessageId = 5000 }));
        _network.Fibre(a, "te1-1", b, swapped ? "te1-2" : "te1-1");
        _network.Fibre(a, "te1-2", b, swapped ? "te1-1" : "te1-2");
        _network.RunUntil(() => a.TeLink.DataLinks.Concat(b.TeLink.DataLinks).All(l => l.State == DataLinkState.UpFree), "data links free");
        return (a, b);
    }

    private static IEnumerable<string> Mismatches(VirtualNode node) => node.TeLink.DataLinks.Select(l => node.Alarm(AlarmKind.TraceMismatch, l.Name)?.Text ?? "");

    [Fact]
    public void Fibres_as_planned_carry_what_is_sent_and_expected()
    {
        var (a, b) = Pair();
        foreach (var type in Enum.GetValues<TraceType>())
        {
            a.Node.SendTrace(_network.Now, "te1-1", type, $"A1 {type}");
            a.Node.ExpectTrace(_network.Now, "te1-1", type, $"B1 {type}");
        }

        _network.Run(TimeSpan.FromSeconds(10));
        Assert.All(a.TeLink.DataLinks[0].Traces, t => Assert.Equal(($"A1 {t.Type}", $"B1 {t.Type}", ""), (t.Sent, t.Received, t.Reason)));
        Assert.All(b.TeLink.DataLinks[0].Traces, t => Assert.Equal(($"B1 {t.Type}", $"A1 {t.Type}", $"A1 {t.Type}"), (t.Sent, t.Received, t.Monitored)));
        Assert.Equal(6, b.TeLink.DataLinks[0].Traces.Count);
        Assert.All(Mismatches(a).Concat(Mismatches(b)), Assert.Empty);
    }

    [Fact]
    [Requirement("4207-4-1")]
    public void Swapped_fibres_are_told_at_both_ends_with_both_texts_and_over_when_they_are_right()
    {
        var (a, b) = Pair(swapped: true);
        foreach (var link in (string[])["te1-1", "te1-2"]) a.Node.SendTrace(_network.Now, link, J0, $"a {link}");
        _network.Run(TimeSpan.FromSeconds(10));
        const string J0InWords = "SONET Section Trace (J0 Byte)";
        Assert.Equal(
            [
                $"te1-1: {J0InWords}: b receives 'a te1-2', 'a te1-1' is sent; check where the fibre really ends",
                $"te1-2: {J0InWords}: b receives 'a te1-1', 'a te1-2' is sent; check where the fibre really ends",
            ],
            Mismatches(a));
        Assert.Equal(
            [
                $"te1-1: {J0InWords}: 'a te1-2' is received, 'a te1-1' is expected; check where the fibre really ends",
                $"te1-2: {J0InWords}: 'a te1-1' is received, 'a te1-2' is expected; check where the fibre really ends",
            ],
            Mismatches(b));

        foreach (var link in (string[])["te1-1", "te1-2"])
        {
            _network.Fibre(a, link, b, link);
            b.Node.ReportTrace(_network.Now, link, J0, $"a {link}");
        }

        Assert.All(Mismatches(b), Assert.Empty);
        _network.Run(TimeSpan.FromSeconds(70));
        Assert.All(Mismatches(a), Assert.Empty);
    }

    [Fact]
    public void Loss_of_every_third_message_is_survived()
    {
        var (a, b) = Pair(swapped: true);
        var count = 0;
        _network.Filter = d => (byte)d.Type is < 21 or > 31 || ++count % 3 != 0;
        foreach (var link in (string[])["te1-1", "te1-2"])
        {
            a.Node.SendTrace(_network.Now, link, J0, $"a {link}");
            b.Node.SendTrace(_network.Now, link, J0, $"b {link}");
        }

        _network.Run(TimeSpan.FromMinutes(3));
        Assert.All(Mismatches(a).Concat(Mismatches(b)), Assert.NotEmpty);
        Assert.True(count > 20);
    }
}
