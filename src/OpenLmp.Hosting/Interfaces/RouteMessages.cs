using System.Text;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Reads the messages of an rtnetlink socket (linux/rtnetlink.h) into an <see cref="InterfaceTable"/>.</summary>
internal static class RouteMessages
{
    private const int MessageHeader = 16;    // nlmsghdr: length 4, type 2, flags 2, sequence 4, port 4
    private const int LinkHeader = 16;       // ifinfomsg: family 1, pad 1, type 2, index 4, flags 4, change 4
    private const int AddressHeader = 8;     // ifaddrmsg: family 1, prefix length 1, flags 1, scope 1, index 4
    private const int AttributeHeader = 4;   // rtattr: length 2, type 2

    private const ushort NewLink = 16;
    private const ushort DeleteLink = 17;
    private const ushort NewAddress = 20;
    private const ushort DeleteAddress = 21;

    private const ushort LinkName = 3;       // IFLA_IFNAME
    private const ushort Address = 1;        // IFA_ADDRESS: on a point-to-point interface the other end's
    private const ushort LocalAddress = 2;   // IFA_LOCAL

    /// <summary>Reads one datagram of messages.</summary>
    public static void Read(ReadOnlySpan<byte> datagram, InterfaceTable table)
    {
        while (datagram.Length >= MessageHeader)
        {
            var length = (int)Math.Min(BitConverter.ToUInt32(datagram), (uint)datagram.Length);
            if (length < MessageHeader) break;
            var body = datagram[MessageHeader..length];
            switch (BitConverter.ToUInt16(datagram[4..]))
            {
                case NewLink when IsDevice(body):
                    if (TryReadName(body[LinkHeader..], out var name)) table.Set(BitConverter.ToInt32(body[4..]), name, BitConverter.ToUInt32(body[8..]), BitConverter.ToUInt16(body[2..]));
                    break;
                case DeleteLink when IsDevice(body):
                    table.Remove(BitConverter.ToInt32(body[4..]));
                    break;
                case NewAddress:
                    table.Changes.AddressesNew = true;
                    break;
                case DeleteAddress when body.Length >= AddressHeader:
                    if (TryReadAddress(body, out var address)) table.Changes.AddressesGone.Add(address);
                    break;
            }

            datagram = datagram[Math.Min((length + 3) & ~3, datagram.Length)..];
        }
    }

    // A bridge port coming or going is told in the same messages, of another family; the device itself stays.
    private static bool IsDevice(ReadOnlySpan<byte> body) => body.Length >= LinkHeader && body[0] == 0;

    private static bool TryReadName(ReadOnlySpan<byte> attributes, out string name)
    {
        name = "";
        while (TryReadAttribute(ref attributes, out var type, out var value))
            if (type == LinkName) name = Encoding.UTF8.GetString(value.TrimEnd((byte)0));
        return name.Length > 0;
    }

    private static bool TryReadAddress(ReadOnlySpan<byte> body, out NetworkAddress address)
    {
        address = default;
        var ipv6 = body[0] == Linux.AfInet6;
        if (!ipv6 && body[0] != Linux.AfInet) return false;
        var found = body[..0];
        var local = false;
        var attributes = body[AddressHeader..];
        while (TryReadAttribute(ref attributes, out var type, out var value))
        {
            if (type != LocalAddress && (type != Address || local)) continue;
            found = value;
            local |= type == LocalAddress;
        }

        if (found.Length != (ipv6 ? 16 : 4)) return false;
        address = ipv6 ? NativeAddress.ReadIPv6(found) : NativeAddress.ReadIPv4(found);
        return true;
    }

    private static bool TryReadAttribute(scoped ref ReadOnlySpan<byte> attributes, out int type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = attributes[..0];
        if (attributes.Length < AttributeHeader) return false;
        int length = BitConverter.ToUInt16(attributes);
        if (length < AttributeHeader || length > attributes.Length) return false;
        type = BitConverter.ToUInt16(attributes[2..]) & 0x3FFF; // the two highest bits are flags
        value = attributes[AttributeHeader..length];
        attributes = attributes[Math.Min((length + 3) & ~3, attributes.Length)..];
        return true;
    }
}
