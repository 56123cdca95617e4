namespace OpenLmp.Wire;

/// <summary>What can be wrong with the bytes of an LMP message: a closed set, so that every case can be counted and explained.</summary>
public enum DecodeErrorKind
{
    /// <summary>No error.</summary>
    None,

    /// <summary>The datagram is shorter than the 8-byte common header (RFC 4204 §12.1). Value: its length.</summary>
    TooShort,

    /// <summary>Vers is not 1 (RFC 4204 §12.1). Value: the version found.</summary>
    BadVersion,

    /// <summary>LMP Length differs from the datagram's length (RFC 4204 §12.1). Value: LMP Length.</summary>
    LengthMismatch,

    /// <summary>An object's Length is below the 4 bytes of its own header (RFC 4204 §12.2). Value: that Length.</summary>
    ObjectTooShort,

    /// <summary>An object reaches beyond the end of the message (RFC 4204 §12.2). Value: its Length, or the bytes left where its header does not fit.</summary>
    ObjectOverrun,

    /// <summary>An object's Length does not fit its Class and C-Type (RFC 4204 §13). Value: its Length.</summary>
    ObjectLength,

    /// <summary>A subobject's Length is below 4, no multiple of 4 where it has to be, or not that of its Type (RFC 4204 §13.12.1). Value: that Length.</summary>
    SubobjectLength,

    /// <summary>A subobject reaches beyond the end of its object (RFC 4204 §13.12.1). Value: its Length, or the bytes left where its header does not fit.</summary>
    SubobjectOverrun,

    /// <summary>An object that the message's format requires is missing (RFC 4204 §12.3-12.7). Value: unused; Class and CType name the object.</summary>
    MissingObject,

    /// <summary>More than one MESSAGE_ID or MESSAGE_ID_ACK object (RFC 4204 §7). Value: unused.</summary>
    DuplicateMessageId,

    /// <summary>TRACE's Trace Length is larger than the bytes that follow it (RFC 4207 §4.1.1.1). Value: Trace Length.</summary>
    TraceLength,
}

/// <summary>Why bytes are not an LMP message: what is wrong, where, and the offending value.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Offset">Where: bytes from the start of the LMP message.</param>
/// <param name="Value">The offending value, as <see cref="DecodeErrorKind"/> says.</param>
/// <param name="Class">The object class concerned; 0 where the error is not about an object.</param>
/// <param name="CType">The C-Type concerned; 0 where the error is not about an object, or concerns every C-Type of the class.</param>
public readonly record struct DecodeError(DecodeErrorKind Kind, int Offset, uint Value, ObjectClass Class = 0, byte CType = 0)
{
    /// <summary>The error in words, for people.</summary>
    public override string ToString()
    {
        var name = Class == 0 ? "" : CType == 0 ? ObjectRegistry.ClassName(Class) : ObjectRegistry.ObjectName(Class, CType);
        var what = Class == 0 ? "object" : "object " + name;
        return Kind switch
        {
            DecodeErrorKind.None => "no error",
            DecodeErrorKind.TooShort => $"{Value} bytes are too few for the 8-byte common header",
            DecodeErrorKind.BadVersion => $"version {Value}, expected 1",
            DecodeErrorKind.LengthMismatch => $"LMP Length {Value} differs from the length of the datagram",
            DecodeErrorKind.ObjectTooShort => $"{what} at byte {Offset}: Length {Value} is below the 4 bytes of its header",
            DecodeErrorKind.ObjectOverrun => $"{what} at byte {Offset}: Length {Value} reaches beyond the end of the message",
            DecodeErrorKind.ObjectLength => $"{what} at byte {Offset}: Length {Value} does not fit this object",
            DecodeErrorKind.SubobjectLength => $"subobject of {name} at byte {Offset}: bad Length {Value}",
            DecodeErrorKind.SubobjectOverrun => $"subobject of {name} at byte {Offset}: Length {Value} reaches beyond the end of its object",
            DecodeErrorKind.MissingObject => $"{what} is missing",
            DecodeErrorKind.DuplicateMessageId => $"a second {name} object at byte {Offset}",
            DecodeErrorKind.TraceLength => $"{what} at byte {Offset}: Trace Length {Value} is larger than the object",
            _ => Kind.ToString(),
        };
    }
}
