namespace OpenLmp.Api;

/// <summary>An alarm: one per kind and object.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="Kind">What kind of condition, such as <c>control-channel-down</c>.</param>
/// <param name="Object">What it is about: <c>te1-2</c>, <c>te1</c>, <c>peer/1</c>.</param>
/// <param name="Text">Cause, effect and what to do.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Raised">When it was raised last, UTC.</param>
/// <param name="Cleared">When it was cleared, UTC; null while it is not.</param>
/// <param name="Count">How often it was raised.</param>
/// <param name="Cause">What causes it: another alarm, as <c>fault-localized te1</c>, or where the cause is; null unless suppressed.</param>
/// <param name="Suppresses">The alarms it is the cause of, as <c>signal-fail te1-2</c>.</param>
public sealed record AlarmInfo(
    AlarmSeverity Severity,
    string Kind,
    string Object,
    string Text,
    AlarmState State,
    DateTime Raised,
    DateTime? Cleared,
    int Count,
    string? Cause,
    IReadOnlyList<string> Suppresses);
