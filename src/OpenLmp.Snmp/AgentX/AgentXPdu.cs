// RFC 2741 §6
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace OpenLmp.Snmp;

/// <summary>The types of PDUs (RFC 2741 §6.1).</summary>
public enum PduType : byte
{
#pragma warning disable CS1591 // The names are the RFC's.
    Open = 1,
    Close = 2,
    Register = 3,
    Unregister = 4,
    Get = 5,
    GetNext = 6,
    GetBulk = 7,
    TestSet = 8,
    CommitSet = 9,
    UndoSet = 10,
    CleanupSet = 11,
    Notify = 12,
    Ping = 13,
    IndexAllocate = 14,
    IndexDeallocate = 15,
    AddAgentCaps = 16,
    RemoveAgentCaps = 17,
    Response = 18,
#pragma warning restore CS1591
}

/// <summary>A PDU of AgentX version 1, in the default context. Sent in network byte order, received in either.</summary>
/// <param name="Type">The type.</param>
public abstract record AgentXPdu(PduType Type)
{
    /// <summary>Octets of the header.</summary>
    public const int HeaderSize = 20;

    /// <summary>The largest payload to take in; a master's are some hundred octets.</summary>
    public const int MaxPayload = 1 << 20;

    internal const byte Version = 1;
    internal const byte NonDefaultContext = 0x08;
    internal const byte NetworkByteOrder = 0x10;

    /// <summary>The session, given by the master in its answer to Open.</summary>
    public uint SessionId { get; init; }

    /// <summary>Which SNMP request of a manager it belongs to.</summary>
    public uint TransactionId { get; init; }

    /// <summary>Which PDU a Response answers.</summary>
    public uint PacketId { get; init; }

    /// <summary>How many octets follow a header.</summary>
    /// <param name="header">The header.</param>
    /// <param name="length">Octets of the payload.</param>
    /// <returns>False: this is no AgentX, or nothing a master sends.</returns>
    public static bool TryReadLength(ReadOnlySpan<byte> header, out int length)
    {
        length = 0;
        if (header.Length < HeaderSize || header[0] != Version) return false;
        var octets = (header[2] & NetworkByteOrder) != 0 ? BinaryPrimitives.ReadUInt32BigEndian(header[16..]) : BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        if (octets > MaxPayload || octets % 4 != 0) return false;
        length = (int)octets;
        return true;
    }

    /// <summary>Decodes a whole PDU, header and payload.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out AgentXPdu? pdu)
    {
        pdu = null;
        if (!TryReadLength(bytes, out var length) || bytes.Length != HeaderSize + length) return false;
        var isNetworkOrder = (bytes[2] & NetworkByteOrder) != 0;
        var header = new AgentXReader(bytes[4..16], isNetworkOrder);
        var (session, transaction, packet) = (header.UInt32(), header.UInt32(), header.UInt32());
        var payload = new AgentXReader(bytes[HeaderSize..], isNetworkOrder);
        // We register in the default context only: what names another is not for us, but has the same shape.
        if ((bytes[2] & NonDefaultContext) != 0) payload.Octets();
        var decoded = Read((PduType)bytes[1], ref payload);
        if (payload.HasFailed) return false;
        pdu = decoded with { SessionId = session, TransactionId = transaction, PacketId = packet };
        return true;
    }

    /// <summary>The octets of the PDU.</summary>
    public byte[] Encode()
    {
        var writer = new AgentXWriter();
        writer.Header(this);
        Write(writer);
        return writer.ToArray();
    }

    private protected virtual void Write(AgentXWriter writer)
    {
    }

    private static AgentXPdu Read(PduType type, ref AgentXReader reader)
    {
        switch (type)
        {
            case PduType.Open:
                var timeout = reader.UInt8();
                reader.UInt8();
                reader.UInt16();
                return new OpenPdu(timeout, reader.Oid(), reader.Text());
            case PduType.Close:
                var reason = (CloseReason)reader.UInt8();
                reader.UInt8();
                reader.UInt16();
                return new ClosePdu(reason);
            case PduType.Register:
                reader.UInt8();
                var priority = reader.UInt8();
                reader.UInt16();
                return new RegisterPdu(priority, reader.Oid());
            case PduType.Get:
                return new GetPdu([.. Ranges(ref reader).Select(range => range.Start)]);
            case PduType.GetNext:
                return new GetNextPdu([.. Ranges(ref reader)]);
            case PduType.GetBulk:
                var (nonRepeaters, maxRepetitions) = (reader.UInt16(), reader.UInt16());
                return new GetBulkPdu(nonRepeaters, maxRepetitions, [.. Ranges(ref reader)]);
            case PduType.TestSet:
                return new TestSetPdu([.. VarBinds(ref reader)]);
            case PduType.Notify:
                return new NotifyPdu([.. VarBinds(ref reader)]);
            case PduType.AddAgentCaps:
                return new AddAgentCapsPdu(reader.Oid(), reader.Text());
            case PduType.Response:
                var (upTime, error, index) = (reader.UInt32(), (AgentXError)reader.UInt16(), reader.UInt16());
                return new ResponsePdu(upTime, error, index, [.. VarBinds(ref reader)]);
            default:
                return new PlainPdu(type);
        }
    }

    private static List<SearchRange> Ranges(ref AgentXReader reader)
    {
        var ranges = new List<SearchRange>();
        while (!reader.IsAtEnd && !reader.HasFailed) ranges.Add(reader.Range());
        return ranges;
    }

    private static List<VarBind> VarBinds(ref AgentXReader reader)
    {
        var binds = new List<VarBind>();
        while (!reader.IsAtEnd && !reader.HasFailed) binds.Add(reader.VarBind());
        return binds;
    }
}
