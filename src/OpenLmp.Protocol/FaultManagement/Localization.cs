// RFC 4204 §6.2: where a fault is.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Which side of a data link's end a fault is on. Pure.</summary>
public static class Localization
{
    /// <summary>How bad a signal is: usable 0, degraded 1, failed 2.</summary>
    public static int Rank(this SignalState signal) => signal switch { SignalState.Degrade => 1, SignalState.Fail => 2, _ => 0 };

    /// <summary>Whether a signal is degraded or failed.</summary>
    public static bool IsBad(this SignalState signal) => signal is SignalState.Degrade or SignalState.Fail;

    /// <summary>
    /// "If the failure is clear on the input of the upstream node or internally, then the upstream node will have localized the failure" (RFC
    /// 4204 §6.2): what is worse at the downstream end than at the upstream node's input went wrong in between.
    /// </summary>
    /// <param name="downstream">What the downstream node receives.</param>
    /// <param name="upstream">What the upstream node receives of the same LSP; null: not known yet.</param>
    public static bool IsHere(SignalState downstream, SignalState? upstream) =>
        downstream.IsBad() && upstream is { } known && downstream.Rank() > known.Rank();

    /// <summary>Whether the upstream node has nothing better to send: the fault is further upstream.</summary>
    /// <param name="downstream">What the downstream node receives.</param>
    /// <param name="upstream">What the upstream node receives of the same LSP; null: not known yet.</param>
    public static bool IsElsewhere(SignalState downstream, SignalState? upstream) =>
        downstream.IsBad() && upstream is { } known && downstream.Rank() <= known.Rank();

    /// <summary>A signal as Channel_Status (RFC 4204 §13.13). There is none for a signal that is not known; it counts as usable.</summary>
    internal static ChannelCondition ToCondition(this SignalState signal) => signal switch
    {
        SignalState.Degrade => ChannelCondition.SignalDegrade,
        SignalState.Fail => ChannelCondition.SignalFail,
        _ => ChannelCondition.SignalOkay,
    };

    /// <summary>A Channel_Status as a signal; null for the values that RFC 4204 §13.13 reserves.</summary>
    internal static SignalState? ToSignal(this ChannelCondition condition) => condition switch
    {
        ChannelCondition.SignalOkay => SignalState.Ok,
        ChannelCondition.SignalDegrade => SignalState.Degrade,
        ChannelCondition.SignalFail => SignalState.Fail,
        _ => null,
    };
}
