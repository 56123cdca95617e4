// RFC 2741 §5, §6.1
using System.Buffers.Binary;
using System.Text;

namespace OpenLmp.Snmp;

/// <summary>Writes a PDU in network byte order, the payload's length at the end.</summary>
internal sealed class AgentXWriter
{
    // 1.3.6.1: what AgentX can leave out (RFC 2741 §5.1).
    internal static readonly ObjectIdentifier Internet = ObjectIdentifier.Of(1, 3, 6, 1);

    private const int LengthAt = 16;

    private readonly List<byte> _bytes = new(256);

    public void Header(AgentXPdu pdu)
    {
        UInt8(AgentXPdu.Version);
        UInt8((byte)pdu.Type);
        UInt8(AgentXPdu.NetworkByteOrder);
        UInt8(0);
        UInt32(pdu.SessionId);
        UInt32(pdu.TransactionId);
        UInt32(pdu.PacketId);
        UInt32(0);
    }

    public void UInt8(byte value) => _bytes.Add(value);

    public void UInt16(ushort value)
    {
        UInt8((byte)(value >> 8));
        UInt8((byte)value);
    }

    public void UInt32(uint value)
    {
        UInt16((ushort)(value >> 16));
        UInt16((ushort)value);
    }

    public void Oid(in ObjectIdentifier value, bool include = false)
    {
        var subIds = value.SubIds;
        // Only with a fifth sub-identifier of one octet, which then stands for all five; 0 there means that nothing is left out.
        var isShort = subIds.Length > 4 && subIds.StartsWith(Internet.SubIds) && subIds[4] is > 0 and <= byte.MaxValue;
        var rest = isShort ? subIds[5..] : subIds;
        UInt8((byte)rest.Length);
        UInt8(isShort ? (byte)subIds[4] : (byte)0);
        UInt8(include ? (byte)1 : (byte)0);
        UInt8(0);
        foreach (var subId in rest) UInt32(subId);
    }

    public void Octets(ReadOnlySpan<byte> value)
    {
        UInt32((uint)value.Length);
        _bytes.AddRange(value);
        while (_bytes.Count % 4 != 0) UInt8(0);
    }

    public void Text(string value) => Octets(Encoding.UTF8.GetBytes(value));

    public void VarBind(in VarBind bind)
    {
        UInt16((ushort)bind.Value.Type);
        UInt16(0);
        Oid(bind.Name);
        switch (bind.Value.Type)
        {
            case SnmpType.Integer or SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks:
                UInt32((uint)bind.Value.Number);
                break;
            case SnmpType.Counter64:
                UInt32((uint)(bind.Value.Number >> 32));
                UInt32((uint)bind.Value.Number);
                break;
            case SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque:
                Octets(bind.Value.Octets.Span);
                break;
            case SnmpType.ObjectIdentifier:
                Oid(bind.Value.Identifier);
                break;
        }
    }

    public byte[] ToArray()
    {
        byte[] bytes = [.. _bytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(LengthAt), (uint)(bytes.Length - AgentXPdu.HeaderSize));
        return bytes;
    }
}
