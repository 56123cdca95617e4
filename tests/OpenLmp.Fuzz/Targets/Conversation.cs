// RFC 4204 §13
using System.Buffers.Binary;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Fuzz;

/// <summary>The ids that are in use between nodes: with them, a message that was made up gets past the first checks.</summary>
internal sealed class Conversation
{
    private static readonly uint[] Ids = [1, 2, 3, 4, 5, 6, 101, 102, 103, 104, 105, 106, 201, 202, 203, 204, 205, 206];

    private readonly List<uint> _sentIds = [];
    private uint _verifyId;
    private uint _nextId = 1_000_000;

    /// <summary>Takes note of a datagram.</summary>
    public void Hear(ReadOnlySpan<byte> message, bool isFromNode)
    {
        Span<(int At, int Length)> objects = stackalloc (int, int)[64];
        foreach (var (at, length) in objects[..MessageMutations.Find(message, objects)])
        {
            if (length != 8) continue;
            var value = BinaryPrimitives.ReadUInt32BigEndian(message[(at + 4)..]);
            switch ((ObjectClass)message[at + 1])
            {
                case ObjectClass.MessageId when isFromNode && (message[at] & 0x7F) == 1:
                    if (_sentIds.Count == 32) _sentIds.RemoveAt(0);
                    if (!_sentIds.Contains(value)) _sentIds.Add(value);
                    break;
                case ObjectClass.VerifyId:
                    _verifyId = value;
                    break;
            }
        }
    }

    /// <summary>Puts ids in use into a message, as if a neighbour had sent it over a control channel.</summary>
    public void Fit(Span<byte> message, Random random, ControlChannel? channel)
    {
        Span<(int At, int Length)> objects = stackalloc (int, int)[64];
        foreach (var (at, length) in objects[..MessageMutations.Find(message, objects)])
        {
            var isFirst = (message[at] & 0x7F) == 1;
            for (var word = at + 4; word + 4 <= at + length; word += 4)
                if (Value((ObjectClass)message[at + 1], isFirst, word - at, random, channel, BinaryPrimitives.ReadUInt32BigEndian(message[word..])) is { } value)
                    BinaryPrimitives.WriteUInt32BigEndian(message[word..], value);
        }
    }

    private uint? Value(ObjectClass @class, bool isFirst, int offset, Random random, ControlChannel? channel, uint value) => @class switch
    {
        ObjectClass.Ccid when channel is not null => isFirst ? channel.RemoteId ?? channel.Id + 10 : channel.Id,
        ObjectClass.NodeId when channel is not null => isFirst ? channel.Neighbor.NodeId.Value : 0x0A000001,
        ObjectClass.MessageId when isFirst => random.Next(8) == 0 ? value : _nextId += (uint)random.Next(3),
        ObjectClass.MessageId when _sentIds.Count > 0 => _sentIds[^Math.Min(_sentIds.Count, 1 + random.Next(random.Next(4) == 0 ? 32 : 4))],
        ObjectClass.VerifyId => _verifyId,
        ObjectClass.Hello when channel is not null => offset == 4 ? channel.RcvSeqNum + (uint)random.Next(2) : channel.TxSeqNum,
        ObjectClass.LinkId or ObjectClass.InterfaceId or ObjectClass.TeLink or ObjectClass.DataLink or ObjectClass.ChannelStatus or ObjectClass.ChannelStatusRequest
            or ObjectClass.Trace or ObjectClass.TraceReq when value is > 0 and < 0x10000 && random.Next(4) > 0 => Ids[random.Next(Ids.Length)],
        _ => null,
    };
}
