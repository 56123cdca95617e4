using System.Text.Json.Serialization;
using OpenLmp.Protocol;

namespace OpenLmp.Recording;

/// <summary>
/// A line of a recording: the start, an input, an output of the input before it, or the end. Compares as a value.
/// </summary>
public sealed record RecordedLine
{
    /// <summary>Of an input and the end: when, in seconds since the start, to the nanosecond.</summary>
    public decimal? T { get; init; }

    /// <summary>The start: always the first line, and only there.</summary>
    public RecordingStart? Start { get; init; }

    /// <summary>What entered the node.</summary>
    public NodeInput? In { get; init; }

    /// <summary>What came of it. Outputs follow their input, or the start.</summary>
    public NodeOutput? Out { get; init; }

    /// <summary>Why the recording ends here. Missing where the recording process was killed.</summary>
    public string? End { get; init; }
}

/// <summary>What a node and its recording start with.</summary>
public sealed record RecordingStart
{
    /// <summary>The version of the format that this build writes, and the highest it reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the format.</summary>
    public int Recording { get; init; }

    /// <summary>The program that recorded.</summary>
    public string By { get; init; } = "";

    /// <summary>The wall-clock time of the start; missing where there was no clock.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The start on the node's clock, in nanoseconds.</summary>
    public long Clock { get; init; }

    /// <summary>
    /// Whether the node is to be called at each of its deadlines, whatever deadlines are in the recording. A daemon is late by some microseconds or
    /// more, and then the recorded ones are what happened; who writes inputs by hand does not want to write deadlines.
    /// </summary>
    public bool MeetDeadlines { get; init; }

    /// <summary>The node's configuration.</summary>
    public NodeConfiguration? Node { get; init; }

    /// <summary>What it was told at its start; what was retained from before a restart included.</summary>
    public NodeOptions? Options { get; init; }
}

/// <summary>Something a node gave out, or its host answered: a closed set.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(SendOutput), "send")]
[JsonDerivedType(typeof(OpenOutput), "open")]
[JsonDerivedType(typeof(CloseOutput), "close")]
[JsonDerivedType(typeof(SendTestOutput), "send-test")]
[JsonDerivedType(typeof(TestModeOutput), "test-mode")]
[JsonDerivedType(typeof(TestTransportsOutput), "test-transports")]
[JsonDerivedType(typeof(TraceOutput), "trace")]
[JsonDerivedType(typeof(RetainOutput), "retain")]
[JsonDerivedType(typeof(EventOutput), "event")]
[JsonDerivedType(typeof(AnswerOutput), "answer")]
[JsonDerivedType(typeof(FaultOutput), "fault")]
public abstract record NodeOutput;
