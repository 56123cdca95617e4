using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>Shows what a capture holds, message by message.</summary>
internal interface IReport
{
    /// <summary>A message that decodes.</summary>
    void Message(in LmpPacket packet, LmpMessage message);

    /// <summary>A Hello of nothing but LOCAL_CCID and HELLO, which most messages are: nothing differs from <see cref="Message"/> but the time it takes.</summary>
    void Hello(in LmpPacket packet, in Hello hello);

    /// <summary>A datagram that does not decode.</summary>
    void Malformed(in LmpPacket packet, DecodeError error);

    /// <summary>A datagram of which the capture has only the first part: whether it decodes cannot be told.</summary>
    void Truncated(in LmpPacket packet);
}
