// RFC 4204 §11.1.3, Figure 3: every cell of the table, transcribed a second time in Rfc/transitions.tsv.
using static OpenLmp.Protocol.ControlChannelEvent;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class FigureThreeTests
{
    private static readonly Dictionary<string, ControlChannelEvent[]> Numbers = new()
    {
        ["1a"] = [BringUpActive],
        ["1b"] = [BringUpPassive],
        ["2"] = [CcDn],
        ["3"] = [ConfDone],
        ["4"] = [ConfErr],
        ["5"] = [NewConfOk],
        ["6"] = [NewConfErr],
        ["7"] = [ContenWin],
        ["8a"] = [ContenLostAck],
        ["8b"] = [ContenLostNack],
        ["9"] = [AdminDown],
        ["10"] = [NbrGoesDn],
        ["11"] = [HelloRcvd],
        ["12a"] = [HoldTimerActive],
        ["12b"] = [HoldTimerPassive],
        ["13"] = [SeqNumErr],
        ["14"] = [ReconfigActive, ReconfigPassive],
        ["14a"] = [ReconfigActive],
        ["14b"] = [ReconfigPassive],
        ["15"] = [ConfRet],
        ["16"] = [HelloRet],
        ["17"] = [DownTimer],
    };

    private static readonly Dictionary<(ControlChannelState, ControlChannelEvent), ControlChannelState> Arrows = ReadArrows();

    public static TheoryData<ControlChannelState, ControlChannelEvent> Cells()
    {
        var cells = new TheoryData<ControlChannelState, ControlChannelEvent>();
        foreach (var state in Enum.GetValues<ControlChannelState>())
            foreach (var e in Enum.GetValues<ControlChannelEvent>()) cells.Add(state, e);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Each_cell_is_the_arrow_drawn_or_none(ControlChannelState state, ControlChannelEvent e)
    {
        ControlChannelState? expected = Arrows.TryGetValue((state, e), out var next) ? next : null;
        Assert.Equal(expected, ControlChannelFsm.Next(state, e));
    }

    [Fact]
    public void The_table_has_all_46_arrows_and_each_number_an_event()
    {
        // 14 at ConfRcv stands for both sides of the event.
        Assert.Equal(47, Arrows.Count);
        Assert.Equal(Enum.GetValues<ControlChannelEvent>(), Numbers.Values.SelectMany(e => e).Distinct().Order());
    }

    private static Dictionary<(ControlChannelState, ControlChannelEvent), ControlChannelState> ReadArrows()
    {
        var arrows = new Dictionary<(ControlChannelState, ControlChannelEvent), ControlChannelState>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Rfc", "transitions.tsv")))
        {
            if (line.Split('\t') is not [_, "control-channel", var state, var number, var next, ..]) continue;
            foreach (var e in Numbers[number]) arrows.Add((Enum.Parse<ControlChannelState>(state), e), Enum.Parse<ControlChannelState>(next));
        }

        return arrows;
    }
}
