using System.Security.Cryptography;
using System.Text;

namespace OpenLmp.Hosting.Http;

/// <summary>A token by which a caller is known; kept as its SHA-256 only.</summary>
/// <param name="Name">What it is called in logs.</param>
/// <param name="Role">What its bearer may do.</param>
/// <param name="Hash">The SHA-256 of the token.</param>
internal sealed record AccessToken(string Name, ApiRole Role, ReadOnlyMemory<byte> Hash)
{
    /// <summary>The token of that text; null if there is none. How long that takes tells nothing of the tokens.</summary>
    public static AccessToken? Find(IReadOnlyList<AccessToken> tokens, string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        AccessToken? found = null;
        foreach (var token in tokens)
            if (CryptographicOperations.FixedTimeEquals(token.Hash.Span, hash)) found = token;
        return found;
    }

    /// <summary>Without the hash.</summary>
    public override string ToString() => $"token {Name}";
}
