// RFC 4204 §11.2-11.3, Figures 4, 5 and 6
namespace OpenLmp.Protocol.Tests;

/// <summary>Every cell of the link FSMs against the arrows of tests/Rfc/transitions.tsv; where the list has none, there is none.</summary>
public class LinkFigureTests
{
    private static readonly Dictionary<string, TeLinkEvent> TeLinkEvents = new()
    {
        ["1"] = TeLinkEvent.DcUp,
        ["2"] = TeLinkEvent.SumAck,
        ["3"] = TeLinkEvent.SumNack,
        ["4"] = TeLinkEvent.RcvAck,
        ["5"] = TeLinkEvent.RcvNack,
        ["6"] = TeLinkEvent.SumRet,
        ["7"] = TeLinkEvent.CcUp,
        ["8"] = TeLinkEvent.CcDown,
        ["9"] = TeLinkEvent.DcDown,
    };

    private static readonly Dictionary<string, DataLinkEvent> DataLinkEvents = new()
    {
        ["1"] = DataLinkEvent.CcUp,
        ["2"] = DataLinkEvent.CcDown,
        ["3"] = DataLinkEvent.StartTst,
        ["4"] = DataLinkEvent.StartPsv,
        ["5a"] = DataLinkEvent.TestOk,
        ["5b"] = DataLinkEvent.ReadyUntested,
        ["6"] = DataLinkEvent.TestRcv,
        ["7"] = DataLinkEvent.TestFail,
        ["8"] = DataLinkEvent.PsvTestFail,
        ["9"] = DataLinkEvent.LnkAlloc,
        ["10"] = DataLinkEvent.LnkDealloc,
        ["11"] = DataLinkEvent.TestRet,
        ["12"] = DataLinkEvent.SummaryFail,
        ["13"] = DataLinkEvent.LocalizeFail,
        ["14"] = DataLinkEvent.DcDown,
    };

    public static TheoryData<string, string, string?> TeLinkCells => Cells<TeLinkState>("te-link", TeLinkEvents.Keys);

    public static TheoryData<string, string, string?> ActiveDataLinkCells => Cells<DataLinkState>("data-link-active", DataLinkEvents.Keys);

    public static TheoryData<string, string, string?> PassiveDataLinkCells => Cells<DataLinkState>("data-link-passive", DataLinkEvents.Keys);

    [Theory]
    [MemberData(nameof(TeLinkCells))]
    public void Figure_4_has_these_arrows_and_no_other(string state, string e, string? next) =>
        Assert.Equal(next, TeLinkFsm.Next(Enum.Parse<TeLinkState>(state), TeLinkEvents[e])?.ToString());

    [Theory]
    [MemberData(nameof(ActiveDataLinkCells))]
    [Requirement("4204-11.3.3-Down-3")]
    [Requirement("4204-11.3.3-Test-5a")]
    [Requirement("4204-11.3.3-Test-7")]
    [Requirement("4204-11.3.3-Test-11")]
    [Requirement("4204-11.3.3-UpFree-3")]
    [Requirement("4204-11.3.3-UpAlloc-13")]
    public void Figure_5_has_these_arrows_and_no_other(string state, string e, string? next) =>
        Assert.Equal(next, ActiveDataLinkFsm.Next(Enum.Parse<DataLinkState>(state), DataLinkEvents[e])?.ToString());

    [Theory]
    [MemberData(nameof(PassiveDataLinkCells))]
    [Requirement("4204-11.3.4-Down-4")]
    [Requirement("4204-11.3.4-PasvTest-6")]
    [Requirement("4204-11.3.4-PasvTest-8")]
    [Requirement("4204-11.3.4-UpFree-4")]
    [Requirement("4204-11.3.4-UpAlloc-13")]
    public void Figure_6_has_these_arrows_and_no_other(string state, string e, string? next) =>
        Assert.Equal(next, PassiveDataLinkFsm.Next(Enum.Parse<DataLinkState>(state), DataLinkEvents[e])?.ToString());

    [Fact]
    public void The_events_of_the_tables_are_all_there_are()
    {
        Assert.Equal(Enum.GetValues<TeLinkEvent>(), TeLinkEvents.Values);
        Assert.Equal(Enum.GetValues<DataLinkEvent>(), DataLinkEvents.Values);
    }

    // Every state with every event; the third is where the arrow leads, null where there is none.
    private static TheoryData<string, string, string?> Cells<TState>(string machine, IEnumerable<string> events) where TState : struct, Enum
    {
        var arrows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Rfc", "transitions.tsv")).Skip(1)
            .Select(line => line.Split('\t')).Where(f => f[1] == machine).ToDictionary(f => (State: f[2], Event: f[3]), f => f[4]);
        var data = new TheoryData<string, string, string?>();
        var used = 0;
        foreach (var state in Enum.GetNames<TState>())
        {
            foreach (var e in events)
            {
                used += arrows.ContainsKey((state, e)) ? 1 : 0;
                data.Add(state, e, arrows.GetValueOrDefault((state, e)));
            }
        }

        Assert.True(arrows.Count > 0 && used == arrows.Count, $"{machine}: {arrows.Count} arrows listed, {used} compared");
        return data;
    }
}
