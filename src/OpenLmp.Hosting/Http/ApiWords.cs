using System.Text;
using OpenLmp.Api;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Http;

/// <summary>The protocol's values in the API's words. The API has enums of its own: its names are promised, the protocol's are not.</summary>
internal static class ApiWords
{
    // Both enums list the same states in the same order; a test compares the names.

    /// <summary>A control channel's state.</summary>
    public static Api.ControlChannelState Of(Protocol.ControlChannelState state) => (Api.ControlChannelState)state;

    /// <summary>A TE link's state.</summary>
    public static Api.TeLinkState Of(Protocol.TeLinkState state) => (Api.TeLinkState)state;

    /// <summary>A data link's state.</summary>
    public static Api.DataLinkState Of(Protocol.DataLinkState state) => (Api.DataLinkState)state;

    /// <summary>A signal.</summary>
    public static Api.SignalState Of(Protocol.SignalState signal) => (Api.SignalState)signal;

    /// <summary>A signal, the other way.</summary>
    public static Protocol.SignalState Of(Api.SignalState signal) => (Protocol.SignalState)signal;

    /// <summary>An alarm's severity.</summary>
    public static Api.AlarmSeverity Of(Protocol.AlarmSeverity severity) => (Api.AlarmSeverity)severity;

    /// <summary>An alarm's state.</summary>
    public static Api.AlarmState Of(Protocol.AlarmState state) => (Api.AlarmState)state;

    /// <summary>Whether a neighbour takes part in behaviour negotiation.</summary>
    public static Api.BehaviorSupport Of(Protocol.BehaviorSupport support) => (Api.BehaviorSupport)support;

    /// <summary>Behaviours, each by its word.</summary>
    public static string[] Of(LmpBehaviors behaviors) =>
    [
        .. (behaviors & LmpBehaviors.SonetSdhTrace) != 0 ? ["trace"] : (string[])[],
        .. (behaviors & LmpBehaviors.Dwdm) != 0 ? ["dwdm"] : (string[])[],
        .. (behaviors & LmpBehaviors.ConsistencyCheck) != 0 ? ["consistency-check"] : (string[])[],
    ];

    /// <summary>How a LinkSummary exchange ended.</summary>
    public static CommandOutcome Of(LinkSummaryOutcome outcome) => outcome switch
    {
        LinkSummaryOutcome.Acknowledged => CommandOutcome.Acknowledged,
        LinkSummaryOutcome.Refused => CommandOutcome.Refused,
        LinkSummaryOutcome.Unanswered => CommandOutcome.Unanswered,
        _ => CommandOutcome.Abandoned,
    };

    /// <summary>An alarm's kind.</summary>
    public static string Of(AlarmKind kind) => Kebab.Of(kind);

    /// <summary>A drop's reason.</summary>
    public static string Of(DropReason reason) => Kebab.Of(reason);

    /// <summary>How a verification ended, as commands answer it.</summary>
    public static CommandOutcome Of(VerificationOutcome outcome) => outcome switch
    {
        VerificationOutcome.AllVerified => CommandOutcome.Verified,
        VerificationOutcome.SomeFailed => CommandOutcome.Failed,
        VerificationOutcome.Unwilling => CommandOutcome.Unwilling,
        VerificationOutcome.Refused => CommandOutcome.Refused,
        VerificationOutcome.Unanswered => CommandOutcome.Unanswered,
        _ => CommandOutcome.Abandoned,
    };

    /// <summary>How a status confirmation ended, as commands answer it.</summary>
    public static CommandOutcome Of(ConfirmationOutcome outcome) => outcome switch
    {
        ConfirmationOutcome.Agreed => CommandOutcome.Acknowledged,
        ConfirmationOutcome.Mismatch => CommandOutcome.Mismatch,
        ConfirmationOutcome.Unwilling => CommandOutcome.Unwilling,
        ConfirmationOutcome.Refused => CommandOutcome.Refused,
        ConfirmationOutcome.Unanswered => CommandOutcome.Unanswered,
        _ => CommandOutcome.Abandoned,
    };

    /// <summary>A data channel's label: a number, or <c>hex:</c> and its bytes.</summary>
    public static LinkIdentifier Of(DataChannelLabel label) =>
        label.Number is { } number ? new LinkIdentifier(number, null) : new LinkIdentifier(0, label.ToString());

    /// <summary>What is known of a trace.</summary>
    public static TraceInfo Of(DataLinkTrace trace) =>
        new(TraceTypes.Name(trace.Type), trace.Sent, trace.Expected ?? trace.Monitored, trace.Received, trace.RemoteReceived, trace.Reason);

    /// <summary>A signal as a word, for events.</summary>
    public static string Word(Protocol.SignalState signal) => Kebab.Of(signal);

    /// <summary>What became of an alarm, for events and the log.</summary>
    public static string Word(Protocol.AlarmState state) => Kebab.Of(state);

    /// <summary>How bad an alarm is, for the log.</summary>
    public static string Word(Protocol.AlarmSeverity severity) => Kebab.Of(severity);

    /// <summary>What was settled with a neighbour, for events: the behaviours in use, <c>none</c>, or <c>legacy</c>.</summary>
    public static string Word(BehaviorsChanged settled) => settled switch
    {
        { Support: Protocol.BehaviorSupport.Legacy } => "legacy",
        { Behaviors: LmpBehaviors.None } => "none",
        _ => string.Join(' ', Of(settled.Behaviors)),
    };

    /// <summary>A Link_Id or Interface_Id.</summary>
    public static LinkIdentifier Of(Identifier id) =>
        id.Type == IdentifierType.Unnumbered ? new LinkIdentifier((uint)id.Value, null) : new LinkIdentifier(0, id.ToString());

    /// <summary>A Link_Id or Interface_Id that may not be known.</summary>
    public static LinkIdentifier? Of(Identifier? id) => id is { } known ? Of(known) : null;

    /// <summary>A switching capability.</summary>
    public static CapabilityInfo Of(SwitchingCapability capability) => new(
        Rfc3471.Name(capability.SwitchingType),
        Rfc3471.Name(capability.Encoding),
        Bits(capability.MinimumBandwidth),
        Bits(capability.MaximumBandwidth),
        capability.IsFixed
            ? Bandwidth.Format(capability.MaximumBandwidth)
            : $"{Bandwidth.Format(capability.MinimumBandwidth)} to {Bandwidth.Format(capability.MaximumBandwidth)}");

    // JSON has no infinity, and a neighbour may well say so.
    private static double Bits(float bytesPerSecond) => float.IsFinite(bytesPerSecond) ? bytesPerSecond * 8.0 : 0;

    private static class Kebab
    {
        public static string Of<T>(T value)
            where T : struct, Enum => Names<T>.All.TryGetValue(value, out var name) ? name : value.ToString();

        private static string Convert(string pascal)
        {
            var text = new StringBuilder();
            foreach (var c in pascal)
            {
                if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append('-');
                text.Append(char.ToLowerInvariant(c));
            }

            return text.ToString();
        }

        private static class Names<T>
            where T : struct, Enum
        {
            public static readonly Dictionary<T, string> All = Enum.GetValues<T>().ToDictionary(value => value, value => Convert(value.ToString()));
        }
    }
}
