using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace OpenLmp.Hosting.Http;

/// <summary>
/// What the caller of a request was allowed, for answers that go on for months: they end when the rules are others by which it may no longer have them. Its
/// token, certificate and groups are looked at anew, as they were shown then.
/// </summary>
/// <param name="rules">The rules in force.</param>
/// <param name="by">Those that allowed it.</param>
/// <param name="shown">What the caller showed.</param>
/// <param name="role">What it needs.</param>
internal sealed class AccessGrant(Func<AccessRules> rules, AccessRules by, ShownCredentials shown, ApiRole role)
{
    /// <summary>Runs what answers a request as long as its caller is there and may have it, and the daemon runs.</summary>
    /// <param name="context">The request.</param>
    /// <param name="answer">The answer. It ends soon after its token does.</param>
    /// <param name="stopping">Cancelled when the daemon stops.</param>
    public static async Task WhileItLastsAsync(HttpContext context, Func<CancellationToken, Task> answer, CancellationToken stopping)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var answering = answer(ends.Token);
        var withdrawn = context.Features.Get<AccessGrant>()?.WithdrawnAsync(ends.Token) ?? answering;
        await Task.WhenAny(answering, withdrawn).ConfigureAwait(false);
        await ends.CancelAsync().ConfigureAwait(false);
        await answering.ConfigureAwait(false);
    }

    /// <summary>Ends when the caller is no longer allowed what it was.</summary>
    public async Task WithdrawnAsync(CancellationToken cancellation)
    {
        for (var now = by; ;)
        {
            await now.Replaced.WaitAsync(cancellation).ConfigureAwait(false);
            now = rules();
            if (!Allows(now)) return;
        }
    }

    private bool Allows(AccessRules now)
    {
        try
        {
            return now.Identify(shown).Role >= role;
        }
        catch (CryptographicException)
        {
            // The connection is gone, and its certificate with it.
            return false;
        }
    }
}
