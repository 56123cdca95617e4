// RFC 4204 §12: the <X Message> ::= ... grammars, as data.
namespace OpenLmp.Wire;

/// <summary>One object of a message's format.</summary>
/// <param name="Class">The object class.</param>
/// <param name="CTypes">The C-Types that fill the slot; empty: any, those not known included (they have answers of their own).</param>
/// <param name="Required">Whether at least one has to be there.</param>
/// <param name="Repeatable">Whether there may be more than one.</param>
internal sealed record Slot(ObjectClass Class, byte[] CTypes, bool Required, bool Repeatable = false)
{
    public static readonly byte[] Any = [];

    /// <summary>LINK_ID and INTERFACE_ID: C-Types of the local forms.</summary>
    public static readonly byte[] Local = [1, 3, 5];

    /// <summary>LINK_ID and INTERFACE_ID: C-Types of the remote forms.</summary>
    public static readonly byte[] Remote = [2, 4, 6];

    public bool Matches(LmpObject o) => o.Class == Class && (CTypes.Length == 0 || Array.IndexOf(CTypes, o.CType) >= 0);
}

/// <summary>The format of a message type: which objects, in which order.</summary>
internal sealed class MessageFormat(Func<ValueList<LmpObject>, LmpMessage> create, params Slot[] slots)
{
    /// <summary>The objects in the order in which they SHOULD be sent.</summary>
    public IReadOnlyList<Slot> Slots => slots;

    /// <summary>Makes the message; the objects have to satisfy <see cref="FindMissing"/>.</summary>
    public LmpMessage Create(ValueList<LmpObject> objects) => create(objects);

    /// <summary>The first required object that is not there, or null.</summary>
    public Slot? FindMissing(ReadOnlySpan<LmpObject> objects)
    {
        foreach (var slot in slots)
            if (slot.Required && !Contains(slot, objects)) return slot;
        return null;
    }

    private static bool Contains(Slot slot, ReadOnlySpan<LmpObject> objects)
    {
        foreach (var o in objects)
            if (slot.Matches(o)) return true;
        return false;
    }
}

/// <summary>Slots that many formats share.</summary>
internal static class Slots
{
    public static readonly Slot LocalCcid = new(ObjectClass.Ccid, [1], Required: true);
    public static readonly Slot RemoteCcid = new(ObjectClass.Ccid, [2], Required: true);
    public static readonly Slot LocalNodeId = new(ObjectClass.NodeId, [1], Required: true);
    public static readonly Slot RemoteNodeId = new(ObjectClass.NodeId, [2], Required: true);
    public static readonly Slot LocalLinkId = new(ObjectClass.LinkId, Slot.Local, Required: true);
    public static readonly Slot RemoteLinkId = new(ObjectClass.LinkId, Slot.Remote, Required: true);
    public static readonly Slot LocalInterfaceId = new(ObjectClass.InterfaceId, Slot.Local, Required: true);
    public static readonly Slot RemoteInterfaceId = new(ObjectClass.InterfaceId, Slot.Remote, Required: true);
    public static readonly Slot MessageId = new(ObjectClass.MessageId, [1], Required: true);
    public static readonly Slot MessageIdAck = new(ObjectClass.MessageId, [2], Required: true);
    public static readonly Slot VerifyId = new(ObjectClass.VerifyId, [1], Required: true);
    public static readonly Slot DataLink = new(ObjectClass.DataLink, Slot.Any, Required: true);
    public static readonly Slot ChannelStatus = new(ObjectClass.ChannelStatus, Slot.Any, Required: true, Repeatable: true);
    public static readonly Slot Trace = new(ObjectClass.Trace, [1], Required: true);
    public static readonly Slot TraceError = new(ObjectClass.ErrorCode, [3], Required: true);

    public static Slot Optional(this Slot slot) => slot with { Required = false };

    public static Slot Repeated(this Slot slot) => slot with { Repeatable = true };
}
