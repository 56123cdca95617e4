using OpenLmp.Hosting.Http;

namespace OpenLmp.Hosting.Tests.Http;

/// <summary>The file of <c>api: tokens:</c>.</summary>
public class TokenFileTests
{
    private const string Token = "0123456789abcdef0123";
    private static readonly string Hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("second-0123456789abcdef"u8));

    [Fact]
    public void Tokens_are_found_by_their_text_alone()
    {
        var errors = new List<ConfigurationError>();
        var tokens = TokenFile.Parse("tokens", $"\n# comment\r\nops\tadmin {Token}\r\n  ci  read sha256:{Hash.ToLowerInvariant()} # here, too\n", errors);

        Assert.Empty(errors);
        Assert.Equal([("ops", ApiRole.Admin), ("ci", ApiRole.Read)], tokens.Select(t => (t.Name, t.Role)));
        Assert.Equal("ops", AccessToken.Find(tokens, Token)?.Name);
        Assert.Equal("ci", AccessToken.Find(tokens, "second-0123456789abcdef")?.Name);
        Assert.Null(AccessToken.Find(tokens, ""));
        Assert.Null(AccessToken.Find(tokens, Token + "4"));
        Assert.Null(AccessToken.Find(tokens, Hash));
        Assert.DoesNotContain(Token, tokens[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ops admin", 1, 5, "a line has three words, a name, a role and a token, not 2; write it as: ops admin sha256:HEX, or ops read TOKEN")]
    [InlineData("ops admin " + Token + " more", 1, 32, "a line has three words, a name, a role and a token, not 4; write it as: ops admin sha256:HEX, or ops read TOKEN")]
    [InlineData("\nop/s admin " + Token, 2, 1, "this cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'")]
    [InlineData("ops root " + Token, 1, 5, "this is not a role; write read or admin")]
    [InlineData("ops " + Token + " admin", 1, 5, "this is not a role; write read or admin")]
    [InlineData("+" + Token + " admin ops", 1, 1, "this cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'")]
    [InlineData("ops admin tooshort", 1, 11, "a token has 20 to 256 letters, digits and -._~+/=; openssl rand -hex 32 makes one")]
    [InlineData("ops admin sha256:12", 1, 11, "after sha256: come the 64 hexadecimal digits of the token's SHA-256; printf %s TOKEN | sha256sum tells them")]
    [InlineData("ops admin " + Token + "\nops read 0123456789abcdef9999", 2, 1, "there is a token ops already; names are unique")]
    [InlineData("ops admin " + Token + "\nci read " + Token, 2, 9, "this is the token of ops, too; make another")]
    public void What_is_wrong_is_told_with_its_place_and_without_the_token(string text, int line, int column, string problem)
    {
        var errors = new List<ConfigurationError>();
        TokenFile.Parse("/etc/lmpd/tokens", text, errors);

        Assert.Equal(new ConfigurationError("/etc/lmpd/tokens", line, column, problem), Assert.Single(errors));
        Assert.DoesNotContain(Token, errors[0].ToString(), StringComparison.Ordinal);
    }
}
