using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace OpenLmp.Hosting.Http;

/// <summary>Reads the file of <c>api: tokens:</c>: a line for each token with its name, its role, and itself or its SHA-256. What it says of errors quotes nothing: a word in the wrong place may be a token.</summary>
internal static class TokenFile
{
    private const string Hashed = "sha256:";
    private const int ShortestToken = 20;
    private const int LongestToken = 256;
    private const string Example = "ops admin sha256:HEX, or ops read TOKEN";

    private const string NoName = "this cannot be a name; use 1 to 63 letters, digits, '.', '_' and '-', the first not '.' or '-'";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    // RFC 6750 §2.1, b64token: what a header can carry.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    /// <summary>The tokens.</summary>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="text">What it says.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static IReadOnlyList<AccessToken> Parse(string path, string text, List<ConfigurationError> errors)
    {
        var tokens = new List<AccessToken>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var fields = Fields(lines[i]);
            if (fields.Count == 0) continue;
            if (fields.Count != 3) Refuse(i, fields[^1].Column, $"a line has three words, a name, a role and a token, not {fields.Count}; write it as: {Example}");
            else if (Conversions.Name(fields[0].Text).Problem is not null) Refuse(i, fields[0].Column, NoName);
            else if (RoleOf(fields[1].Text) is not { } role) Refuse(i, fields[1].Column, "this is not a role; write read or admin");
            else if (!TryHash(fields[2].Text, out var hash, out var wrong)) Refuse(i, fields[2].Column, wrong);
            else if (tokens.Find(t => t.Name == fields[0].Text) is { } same) Refuse(i, fields[0].Column, $"there is a token {same.Name} already; names are unique");
            else if (tokens.Find(t => t.Hash.Span.SequenceEqual(hash)) is { } other) Refuse(i, fields[2].Column, $"this is the token of {other.Name}, too; make another");
            else tokens.Add(new AccessToken(fields[0].Text, role, hash));
        }

        return tokens;

        void Refuse(int line, int column, string problem) => errors.Add(new ConfigurationError(path, line + 1, column, problem));
    }

    private static List<(string Text, int Column)> Fields(string line)
    {
        var fields = new List<(string, int)>();
        for (var at = 0; at < line.Length;)
        {
            if (line[at] is ' ' or '\t' or '\r')
            {
                at++;
                continue;
            }

            // Within a word it is the word's.
            if (line[at] == '#') break;
            var end = line.AsSpan(at).IndexOfAny(" \t\r") is var length and >= 0 ? at + length : line.Length;
            fields.Add((line[at..end], at + 1));
            at = end;
        }

        return fields;
    }

    private static ApiRole? RoleOf(string text) => text switch
    {
        "read" => ApiRole.Read,
        "admin" => ApiRole.Admin,
        _ => null,
    };

    private static bool TryHash(string text, out byte[] hash, out string problem)
    {
        (hash, problem) = ([], "");
        if (text.StartsWith(Hashed, StringComparison.Ordinal))
        {
            var hex = text.AsSpan(Hashed.Length);
            if (hex.Length != 2 * SHA256.HashSizeInBytes || hex.ContainsAnyExcept(HexDigits))
            {
                problem = $"after {Hashed} come the {2 * SHA256.HashSizeInBytes} hexadecimal digits of the token's SHA-256; printf %s TOKEN | sha256sum tells them";
                return false;
            }

            hash = Convert.FromHexString(hex);
            return true;
        }

        if (text.Length is < ShortestToken or > LongestToken || text.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            problem = $"a token has {ShortestToken} to {LongestToken} letters, digits and -._~+/=; openssl rand -hex 32 makes one";
            return false;
        }

        hash = SHA256.HashData(Encoding.ASCII.GetBytes(text));
        return true;
    }
}
