// RFC 4207 §3.1: "the mapping between the Interface_Id over which the J0 Test Message is sent and the J0 pattern sent in-band".
using System.Buffers.Binary;
using System.Security.Cryptography;
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>The trace messages by which data links are told apart in a test. Pure.</summary>
internal static class TracePattern
{
    // Five bits each; together with the prefix they fit the 16-byte format, which every overhead byte can carry.
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string Prefix = "LMP";
    private const int Length = 15;

    /// <summary>
    /// The pattern of one data link in one procedure. Fibres may lead anywhere, also to a node that has given another neighbour the same Verify_Id:
    /// all that makes a data link and a procedure unique is in it.
    /// </summary>
    public static string Of(NodeId node, Identifier interfaceId, uint verifyId)
    {
        Span<byte> unique = stackalloc byte[25];
        BinaryPrimitives.WriteUInt32BigEndian(unique, node.Value);
        BinaryPrimitives.WriteUInt32BigEndian(unique[4..], verifyId);
        unique[8] = (byte)interfaceId.Type;
        BinaryPrimitives.WriteUInt128BigEndian(unique[9..], interfaceId.Value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(unique, hash);
        return string.Create(Length, BinaryPrimitives.ReadUInt64BigEndian(hash), (text, bits) =>
        {
            Prefix.CopyTo(text);
            for (var i = Prefix.Length; i < text.Length; i++, bits >>= 5) text[i] = Digits[(int)(bits & 31)];
        });
    }
}
