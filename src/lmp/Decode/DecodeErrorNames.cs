using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>Stable names of what can be wrong with a message, for JSON.</summary>
internal static class DecodeErrorNames
{
    /// <summary>The kind in kebab-case.</summary>
    public static string Name(DecodeErrorKind kind) => kind switch
    {
        DecodeErrorKind.TooShort => "too-short",
        DecodeErrorKind.BadVersion => "bad-version",
        DecodeErrorKind.LengthMismatch => "length-mismatch",
        DecodeErrorKind.ObjectTooShort => "object-too-short",
        DecodeErrorKind.ObjectOverrun => "object-overrun",
        DecodeErrorKind.ObjectLength => "object-length",
        DecodeErrorKind.SubobjectLength => "subobject-length",
        DecodeErrorKind.SubobjectOverrun => "subobject-overrun",
        DecodeErrorKind.MissingObject => "missing-object",
        DecodeErrorKind.DuplicateMessageId => "duplicate-message-id",
        DecodeErrorKind.TraceLength => "trace-length",
        _ => "none",
    };
}
