using OpenLmp.Api;

namespace OpenLmp.Hosting.Tests;

/// <summary>A value that the table of keys calls a secret is shown to nobody, and comes through unharmed.</summary>
public class SecretsTests
{
    private const string Text = """
        # kept
        peers:
          - {name: a, key: "s3cret: a"}
          - name: b
            key: other   # as it is
        """;

    private static readonly SectionType Schema = new(
    [
        new("peers", new TableType("peer", "name", [new("name", ValueTypes.Name, null, ConfigurationEffect.Live, ""), new("key", ValueTypes.TraceText, null, ConfigurationEffect.Live, "") { Secret = true }]), null, ConfigurationEffect.Live, ""),
    ]);

    [Fact]
    public void It_is_hidden_where_it_stands()
    {
        Assert.Equal(
            """
            # kept
            peers:
              - {name: a, key: (secret)}
              - name: b
                key: (secret)   # as it is
            """,
            Secrets.Hide(Text, Schema));
    }

    [Fact]
    public void What_was_hidden_is_put_back_from_what_is_in_force()
    {
        var shown = Secrets.Hide(Text, Schema).Replace("name: b", "name: c", StringComparison.Ordinal);
        var restored = Secrets.Restore(shown, ConfigurationTree.Of(shown), Text, Schema);
        Assert.Contains("{name: a, key: \"s3cret: a\"}", restored, StringComparison.Ordinal);
        // Of what is new there is none: that is told.
        Assert.Equal("peers/c/key", Assert.Single(Secrets.Left(ConfigurationTree.Of(restored), Schema)).Path);
        Assert.Contains("name: c\n    key: (secret)", restored.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_says_that_it_differs_and_not_how()
    {
        var next = Text.Replace("other", "another", StringComparison.Ordinal);
        var change = Assert.Single(ConfigurationDiff.Between(ConfigurationTree.Of(Text), ConfigurationTree.Of(next), Schema));
        Assert.Equal(("peers/b/key", "(secret)", "(secret)"), (change.Path, change.From, change.To));
        var gone = Assert.Single(ConfigurationDiff.Between(ConfigurationTree.Of(Text), ConfigurationTree.Of(Text[..Text.IndexOf("  - name: b", StringComparison.Ordinal)]), Schema));
        Assert.Equal("{name: b, key: (secret)}", gone.From);
    }
}
