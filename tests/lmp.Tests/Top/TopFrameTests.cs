using OpenLmp.Api;
using OpenLmp.Cli.Top;

namespace OpenLmp.Cli.Tests.Top;

public class TopFrameTests
{
    private static readonly Terminal Plain = new() { Out = TextWriter.Null, Error = TextWriter.Null };

    public static TheoryData<int, int> Sizes() => new() { { 1, 1 }, { 10, 3 }, { 20, 6 }, { 40, 9 }, { 60, 12 }, { 80, 24 }, { 132, 50 }, { 300, 200 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_frame_is_as_large_as_the_window(int width, int height)
    {
        var picture = Picture(alarms: 30, events: 100);
        for (var selected = 0; selected < TopView.Sections; selected++)
        {
            var frame = TopFrame.Of(picture, new TopView { Selected = selected, Offsets = [5, 5, 5, 5, 5000] }, (width, height), Plain);
            Assert.Equal(height, frame.Lines.Count);
            Assert.All(frame.Lines, line => Assert.True(line.Length <= width, line));
        }
    }

    [Fact]
    public void The_selected_section_has_most_of_the_room_and_scrolls_to_its_end()
    {
        var picture = Picture(alarms: 30, events: 100);
        var frame = TopFrame.Of(picture, new TopView { Selected = 4, Offsets = [0, 0, 0, 0, 5000] }, (100, 40), Plain);
        Assert.True(frame.Rows[4] > frame.Rows[3] && frame.Rows[3] > 1);
        Assert.Equal(100 - frame.Rows[4], frame.Offsets[4]);
        Assert.Contains(frame.Lines, l => l.StartsWith($"> EVENTS  newest first  rows {101 - frame.Rows[4]} to 100 of 100", StringComparison.Ordinal));
        Assert.Contains(frame.Lines, l => l.Contains(" te1 ", StringComparison.Ordinal) && l.Contains("event 1 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Suppressed_alarms_are_below_their_cause_or_where_to_look()
    {
        AlarmInfo[] alarms =
        [
            Alarm(AlarmState.Raised, "fault-localized", "te1-1", null),
            Alarm(AlarmState.Suppressed, "signal-fail", "te1-1", "fault-localized te1-1"),
            Alarm(AlarmState.Suppressed, "signal-fail", "te1-2", "upstream of oxc2"),
            Alarm(AlarmState.Suppressed, "signal-fail", "te1-3", "upstream of oxc2"),
            Alarm(AlarmState.Cleared, "signal-fail", "te1-4", null),
        ];
        Assert.Equal(["critical te1-1 (+1 suppressed) is it", "elsewhere te1-2 (+1 suppressed) cause: upstream of oxc2"], Rows(unfolded: false));
        Assert.Equal(
            ["critical te1-1 is it", " suppressed  te1-1  te1-1: is it", "elsewhere te1-2 cause: upstream of oxc2", " suppressed  te1-2  te1-2: is it", " suppressed  te1-3  te1-3: is it"],
            Rows(unfolded: true));

        IEnumerable<string> Rows(bool unfolded) => AlarmRow.Of(alarms, unfolded).Select(r => $"{r.Severity.Text} {r.Object} {r.Text}");
    }

    [Fact]
    public void A_neighbour_s_texts_cannot_write_on_the_terminal()
    {
        var picture = new TopPicture { Alarms = [Alarm(AlarmState.Raised, "trace-mismatch", "te1-1", null) with { Text = "receives '\u001b]0;owned\u0007'" }] };
        Assert.DoesNotContain(TopFrame.Of(picture, new TopView(), (100, 30), Plain).Lines, l => l.Any(char.IsControl));
        Assert.DoesNotContain(TopFrame.Text(picture, Plain), l => l.Any(char.IsControl));
    }

    [Fact]
    public void A_daemon_that_does_not_answer_is_told()
    {
        var picture = new TopPicture { Status = TopStatus.Live, Read = DateTime.UtcNow - TimeSpan.FromMinutes(1) };
        Assert.StartsWith("lmpd has not answered since ", TopFrame.Of(picture, new TopView(), (100, 30), Plain).Lines[1]);
    }

    private static TopPicture Picture(int alarms, int events) => new()
    {
        Status = TopStatus.Live,
        Read = DateTime.UtcNow,
        Alarms = [.. Enumerable.Range(0, alarms).Select(i => Alarm(AlarmState.Raised, "signal-fail", $"te1-{i}", null))],
        Events = [.. Enumerable.Range(1, events).Select(i => new EventInfo(i, DateTime.UtcNow, EventTypes.TeLinkState, "te1", "Init", "Up", $"event {i} of many, with a text that is longer than any window"))],
    };

    private static AlarmInfo Alarm(AlarmState state, string kind, string name, string? cause) =>
        new(AlarmSeverity.Critical, kind, name, $"{name}: is it", state, DateTime.UtcNow, null, 1, cause, []);
}
