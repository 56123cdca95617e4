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
public sealed record AlarmInfo(
    AlarmSeverity Severity,
    string Kind,
    string Object,
    string Text,
    AlarmState State,
    DateTime Raised,
    DateTime? Cleared,
    int Count);
