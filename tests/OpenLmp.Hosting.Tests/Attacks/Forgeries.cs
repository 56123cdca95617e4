using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Attacks;

/// <summary>What an attacker says in the neighbour's name who knows its configuration, all of it public, and has not heard the two.</summary>
internal static class Forgeries
{
    private static readonly NodeId Us = new(0x0A000001);
    private static readonly NodeId Them = new(0x0A000002);

    /// <summary>LMP by its header, nothing by the rest.</summary>
    public static byte[] Garbage { get; } = MakeGarbage();

    public static byte[] Config(uint messageId) => new ConfigMessage(1, messageId, Them, new HelloConfig(150, 10_000)).Encode();

    public static byte[] Status(uint messageId) =>
        new ChannelStatusMessage(
            Identifier.Unnumbered(2), messageId,
            new ChannelStatusObject(IdentifierType.Unnumbered, [new(Identifier.Unnumbered(2_001), new ChannelState(true, ChannelDirection.Receive, ChannelCondition.SignalFail))])).Encode();

    /// <summary>Messages that would do something if they were the neighbour's and came at the right time, and some that might be.</summary>
    public static IReadOnlyList<byte[]> All()
    {
        List<byte[]> all = [.. Guesses(0)];
        // Message_Ids that are newer than any so far.
        foreach (var id in (uint[])[0x1000_0000, 0x7FFF_0000])
        {
            all.Add(Config(id));
            all.Add(Status(id));
        }

        return all;
    }

    /// <summary>Messages that need a number which only who has heard the two knows; each with another guess at it.</summary>
    public static IEnumerable<byte[]> Guesses(uint from, int count = 64)
    {
        for (var guess = from; guess < from + count; guess++)
        {
            var verifyId = unchecked((guess + 1) * 0x9E37_79B9u);
            var link = Identifier.Unnumbered(2);
            var (theirs, ours) = (Identifier.Unnumbered(2_001), Identifier.Unnumbered(1_001));
            yield return new HelloMessage(1, guess + 1_000, guess + 1_000) { Flags = HeaderFlags.ControlChannelDown }.Encode();
            yield return new HelloMessage(1, 1, 0) { Flags = HeaderFlags.ControlChannelDown | HeaderFlags.LmpRestart }.Encode();
            yield return (new ConfigMessage(1, 1, Them, new HelloConfig(150, 10_000)) { Flags = HeaderFlags.ControlChannelDown }).Encode();
            yield return new ConfigAckMessage(1, Them, 1, guess, Us) { Flags = guess % 2 == 0 ? HeaderFlags.ControlChannelDown : 0 }.Encode();
            yield return new ConfigNackMessage(1, Them, 1, guess, Us, new HelloConfig(1_000, 10_000)) { Flags = guess % 2 == 0 ? HeaderFlags.ControlChannelDown : 0 }.Encode();
            yield return new LinkSummaryAckMessage(guess) { Flags = HeaderFlags.ControlChannelDown }.Encode();
            yield return new TestMessage(theirs, verifyId).Encode();
            yield return new TestStatusSuccessMessage(link, guess, ours, theirs, verifyId).Encode();
            yield return new TestStatusFailureMessage(guess, verifyId).Encode();
            yield return new EndVerifyMessage(guess, verifyId).Encode();
            yield return new BeginVerifyNackMessage(Identifier.Unnumbered(2), guess, BeginVerifyErrors.NotSupported).Encode();
        }
    }

    private static byte[] MakeGarbage()
    {
        var bytes = new byte[1_400];
        new Random(4204).NextBytes(bytes);
        (bytes[0], bytes[2], bytes[3], bytes[4], bytes[5]) = (0x10, 0, (byte)MessageType.LinkSummary, 1_400 >> 8, 1_400 & 0xFF);
        return bytes;
    }
}
