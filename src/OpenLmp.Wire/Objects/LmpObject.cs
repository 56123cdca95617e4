// RFC 4204 §12.2
using System.Diagnostics;

namespace OpenLmp.Wire;

/// <summary>An LMP object as a value. Two objects are equal when class, C-Type, N bit and contents are.</summary>
public abstract record LmpObject
{
    /// <summary>The N bit: whether the values may be negotiated (RFC 4204 §3.1).</summary>
    public bool Negotiable { get; init; }

    /// <summary>The object class.</summary>
    public abstract ObjectClass Class { get; }

    /// <summary>The C-Type.</summary>
    public abstract byte CType { get; }

    /// <summary>Bytes after the object header.</summary>
    public abstract int BodyLength { get; }

    /// <summary>Bytes on the wire, header included.</summary>
    public int Length => ObjectHeader.Size + BodyLength;

    /// <summary>The object's name as the RFCs write it.</summary>
    public string Name => ObjectRegistry.ObjectName(Class, CType);

    /// <summary>Writes what follows the object header: exactly <see cref="BodyLength"/> bytes.</summary>
    protected abstract void WriteBody(ref LmpWriter writer);

    /// <summary>Tells the fields and what they mean.</summary>
    public abstract void Describe(IFieldSink fields);

    /// <summary>Writes the object, header included.</summary>
    public void Write(ref LmpWriter writer)
    {
        var (start, length) = (writer.Written, Length);
        new ObjectHeader(Negotiable, CType, Class, (ushort)length).Write(ref writer);
        WriteBody(ref writer);
        // An id of another form than its object's C-Type would do it.
        Debug.Assert(writer.Overflowed || writer.Written - start == length, "the body is not as long as the object says");
    }
}
