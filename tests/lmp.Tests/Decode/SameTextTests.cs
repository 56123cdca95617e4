using System.Text;
using OpenLmp.Cli.Decode;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests.Decode;

/// <summary>What is written by a shorter way for being frequent reads as by the usual one.</summary>
public class SameTextTests
{
    private static readonly uint[] Numbers = [0, 1, 2, 9, 10, 99, 100, 12_345, 999_999, int.MaxValue, uint.MaxValue];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_Hello_reads_as_one_with_a_reserved_bit_set_which_means_nothing(bool verbose)
    {
        var random = new Random(1);
        var (usual, reserved) = (new byte[2_000][], new byte[2_000][]);
        for (var i = 0; i < usual.Length; i++)
        {
            var hello = new byte[Hello.EncodedLength];
            new Hello((HeaderFlags)random.Next(4), Number(random), Number(random), Number(random)).Encode(hello);
            usual[i] = hello;
            reserved[i] = [.. hello];
            reserved[i][6] = 1;
            Assert.True(Hello.TryDecodeUsual(usual[i], out _));
            Assert.False(Hello.TryDecodeUsual(reserved[i], out _));
        }

        var options = verbose ? Run.Verbose : Run.Text;
        Assert.Equal(Run.Of(options, reserved).Lines, Run.Of(options, usual).Lines);
    }

    [Fact]
    public void Channels_read_as_their_object_describes_them()
    {
        var random = new Random(2);
        var (expected, actual) = (new Utf8Text(), new Utf8Text());
        var (fields, channels) = (new TextFieldSink(expected, 12), new ChannelTexts(actual, new TextFieldSink(actual, 12)));
        for (var i = 0; i < 2_000; i++)
        {
            var form = (IdentifierType)random.Next(3);
            var entries = new ChannelStatusEntry[random.Next(6)];
            foreach (ref var entry in entries.AsSpan())
            {
                var id = form == IdentifierType.IPv6 && random.Next(2) == 0 ? new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()) : Number(random);
                var condition = random.Next(4) == 0 ? Number(random) & 0x3FFFFFFF : (uint)random.Next(1, 4);
                entry = new(new Identifier(form, id), new ChannelState(random.Next(2) == 0, (ChannelDirection)random.Next(2), (ChannelCondition)condition));
            }

            var o = new ChannelStatusObject(form, ValueList.Create<ChannelStatusEntry>(entries));
            o.Describe(fields);
            channels.Write(o);
        }

        Assert.Equal(Encoding.UTF8.GetString(expected.Written), Encoding.UTF8.GetString(actual.Written));
    }

    [Fact]
    public void Data_links_read_the_same_among_others_as_alone()
    {
        var random = new Random(3);
        var messages = new byte[500][];
        for (var i = 0; i < messages.Length; i++)
        {
            // Few ids, so that what differs elsewhere meets the same ids again.
            messages[i] = new LinkSummaryMessage(
                1,
                new TeLinkObject(TeLinkFlags.None, Identifier.Unnumbered(1), Identifier.Unnumbered(2)),
                [
                    .. Enumerable.Range(0, 3).Select(_ => new DataLinkObject(
                        (DataLinkFlags)random.Next(8), Identifier.Unnumbered((uint)random.Next(3)), Identifier.Unnumbered((uint)random.Next(3)),
                        random.Next(2) == 0 ? [] : [new Wavelength((uint)random.Next(2))]) { Negotiable = random.Next(2) == 0 }),
                ]).Encode();
        }

        Assert.Equal(messages.SelectMany(m => Details(m)), Details(messages));

        static IEnumerable<string> Details(params byte[][] messages) =>
            Run.Of(Run.Verbose, messages).Lines.Where(line => line.StartsWith("        ", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_have_their_digits()
    {
        var text = new Utf8Text();
        var numbers = Enumerable.Range(0, 64).Select(bit => 1UL << bit).Concat(Enumerable.Range(0, 20).Select(n => (ulong)System.Numerics.BigInteger.Pow(10, n)))
            .SelectMany(n => (ulong[])[n - 1, n, n + 1]).Append(ulong.MaxValue);
        foreach (var n in numbers)
        {
            text.Clear();
            text.Number(n).Text(" "u8).Number(n, 6).Text(" "u8).Hex((int)n).Text(" "u8).Digits(n, 5);
            Assert.Equal($"{n} {n,6} {(int)n:x4} {n % 100_000:00000}", Encoding.UTF8.GetString(text.Written));
        }
    }

    private static uint Number(Random random) => random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : (uint)random.NextInt64();
}
