using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

public class LimitsSectionTests
{
    [Fact]
    public void What_is_left_out_has_its_default()
    {
        Assert.Null(Reading.Good(Texts.Minimal).Node.Limits);
        Assert.Equal(new LimitsConfiguration(100, 20_000), Reading.Good(Texts.Root("limits: {per-source: 100}")).Node.Limits);
        Assert.Equal(new LimitsConfiguration(5_000, 1_000_000), Reading.Good(Texts.Root("limits: {total: 1000000}")).Node.Limits);
    }

    [Theory]
    [InlineData("limits: {total: ¶9}", "total: \"9\" is not a number of messages in a second; write one from 10 to 1000000")]
    [InlineData("limits: {per-source: ¶1000001}", "per-source: \"1000001\" is not a number of messages in a second; write one from 10 to 1000000")]
    [InlineData("limits: {per-source: ¶-5}", "per-source: \"-5\" is not a number of messages in a second; write one from 10 to 1000000")]
    [InlineData("limits: {¶persource: 5}", "limits: there is no key \"persource\"; did you mean per-source?")]
    public void Says_what_is_wrong(string lines, string error) => Reading.Bad(Texts.Root(lines), error);

    [Fact]
    public void Gtsm_is_a_neighbours_and_off_by_default()
    {
        Assert.False(Reading.Good(Texts.Neighbor("")).Node.Neighbors[0].Gtsm);
        Assert.True(Reading.Good(Texts.Neighbor("gtsm: true")).Node.Neighbors[0].Gtsm);
        Reading.Bad(Texts.Neighbor("gtsm: ¶255"), "gtsm: \"255\" is not a truth value; write one of true, false");
    }
}
