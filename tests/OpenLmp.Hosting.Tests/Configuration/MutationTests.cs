namespace OpenLmp.Hosting.Tests;

/// <summary>No input makes the reader throw, and whatever it says has a place and one line.</summary>
public class MutationTests
{
    private static readonly string[] Fragments =
    [
        "[", "]", "{", "}", "- ", ": ", "\n", "\n  ", "\t", "&a ", "*a", "<<: ", "!x ", "? ", "| ", "> ", "\"", "'", "#", "%", "---\n", "...\n", "~", "0", "-1",
        "99999999999999999999", "1e9", "NaN", "0x", "\0", "\u0085", "\u2028", "\uFEFF", "\uD800", "224.0.0.1", "::", "10.0.0.1:0", "fe80::1%eth0", "24h",
    ];

    [Fact]
    public void Every_beginning_of_a_configuration_is_answered()
    {
        for (var length = 0; length < CompleteExample.Text.Length; length++) Read(CompleteExample.Text[..length]);
    }

    [Fact]
    public void Every_line_left_out_is_answered()
    {
        var lines = CompleteExample.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++) Read(string.Join('\n', lines.Where((_, n) => n != i)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_damage_is_answered(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 1500; round++)
        {
            var text = CompleteExample.Text;
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(text.Length);
                text = random.Next(4) switch
                {
                    0 => text.Remove(at, random.Next(1, Math.Min(20, text.Length - at) + 1)),
                    1 => text.Insert(at, Fragments[random.Next(Fragments.Length)]),
                    2 => text.Insert(at, text.Substring(random.Next(at + 1), Math.Min(random.Next(80), text.Length - at))),
                    _ => text.Remove(at, 1).Insert(at, ((char)random.Next(1, 0x180)).ToString()),
                };
                if (text.Length == 0) break;
            }

            Read(text);
        }
    }

    private static void Read(string text)
    {
        var result = ConfigurationReader.Parse(text, "f");

        Assert.Equal(result.Errors.Count == 0, result.IsValid);
        var lines = text.Count(c => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029') + 1;
        foreach (var (_, line, column, words) in result.Errors)
        {
            Assert.InRange(line, 1, lines + 1);
            Assert.True(column >= 1);
            Assert.DoesNotContain(words, char.IsControl);
        }
    }
}
