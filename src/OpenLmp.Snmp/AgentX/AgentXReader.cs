// RFC 2741 §5, §6.1
using System.Buffers.Binary;
using System.Text;
using OpenLmp.Wire;

namespace OpenLmp.Snmp;

/// <summary>Reads a payload in the byte order its header tells. After the first thing that does not fit it fails, and gives zeros.</summary>
internal ref struct AgentXReader(ReadOnlySpan<byte> bytes, bool isNetworkOrder)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public bool HasFailed { get; private set; }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte UInt8() => Take(1) is [var value] ? value : (byte)0;

    public ushort UInt16() =>
        Take(2) is not { Length: 2 } b ? (ushort)0 : isNetworkOrder ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b);

    public uint UInt32() =>
        Take(4) is not { Length: 4 } b ? 0 : isNetworkOrder ? BinaryPrimitives.ReadUInt32BigEndian(b) : BinaryPrimitives.ReadUInt32LittleEndian(b);

    public ObjectIdentifier Oid() => Oid(out _);

    public ObjectIdentifier Oid(out bool include)
    {
        int count = UInt8();
        var prefix = UInt8();
        include = UInt8() != 0;
        UInt8();
        if (count > ObjectIdentifier.MaxLength || count * 4 > _rest.Length) HasFailed = true;
        if (HasFailed) return default;
        var skipped = prefix == 0 ? 0 : AgentXWriter.Internet.Length + 1;
        var subIds = new uint[skipped + count];
        if (prefix != 0)
        {
            AgentXWriter.Internet.SubIds.CopyTo(subIds);
            subIds[skipped - 1] = prefix;
        }

        for (var i = skipped; i < subIds.Length; i++) subIds[i] = UInt32();
        return ObjectIdentifier.Of(subIds);
    }

    public SearchRange Range()
    {
        var start = Oid(out var include);
        return new SearchRange(start, include, Oid());
    }

    public ReadOnlySpan<byte> Octets()
    {
        var length = UInt32();
        if (length > _rest.Length) HasFailed = true;
        if (HasFailed) return default;
        var value = Take((int)length);
        Take((4 - ((int)length % 4)) % 4);
        return value;
    }

    public string Text() => Encoding.UTF8.GetString(Octets());

    public VarBind VarBind()
    {
        var type = (SnmpType)UInt16();
        UInt16();
        var name = Oid();
        var value = new SnmpValue { Type = type };
        switch (type)
        {
            case SnmpType.Integer or SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks:
                value = value with { Number = UInt32() };
                break;
            case SnmpType.Counter64:
                // RFC 2741 §5.4: the first word is the high one in network byte order only.
                var (first, second) = (UInt32(), UInt32());
                value = value with { Number = isNetworkOrder ? ((ulong)first << 32) | second : ((ulong)second << 32) | first };
                break;
            case SnmpType.OctetString or SnmpType.IpAddress or SnmpType.Opaque:
                value = value with { Octets = ValueList.Create(Octets()) };
                break;
            case SnmpType.ObjectIdentifier:
                value = value with { Identifier = Oid() };
                break;
            case SnmpType.Null or SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView:
                break;
            default:
                HasFailed = true;
                break;
        }

        return new VarBind(name, value);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (HasFailed || count > _rest.Length)
        {
            HasFailed = true;
            return default;
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
