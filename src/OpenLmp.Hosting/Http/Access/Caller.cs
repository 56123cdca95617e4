namespace OpenLmp.Hosting.Http;

/// <summary>What a caller may do.</summary>
internal enum ApiRole
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Read.</summary>
    Read,

    /// <summary>Read and change.</summary>
    Admin,
}

/// <summary>Who asks.</summary>
/// <param name="By">What tells who it is: <c>user</c>, <c>token</c>, <c>certificate</c>, <c>anonymous</c>; of what is no request, <c>signal</c> or <c>daemon</c>.</param>
/// <param name="Name">The user's number, the token's name, the certificate's common name, the signal's name; empty for nobody in particular.</param>
/// <param name="Role">What it may do.</param>
internal sealed record Caller(string By, string Name, ApiRole Role)
{
    /// <summary>Who shows nothing.</summary>
    public static Caller Anonymous(ApiRole role) => new("anonymous", "", role);

    /// <summary>Why it may not do more, and what would help; empty where that is nothing special.</summary>
    public string Because { get; init; } = "";

    /// <summary>The user, of who comes over the Unix socket.</summary>
    public uint? User { get; init; }

    /// <summary>For people: <c>user alice (1000)</c>, <c>token ci</c>.</summary>
    public override string ToString() => User is { } user ? $"user {Accounts.UserName(user) ?? "without a name"} ({user})" : Name.Length > 0 ? $"{By} {Name}" : By;
}
