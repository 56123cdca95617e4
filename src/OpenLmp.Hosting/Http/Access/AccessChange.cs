namespace OpenLmp.Hosting.Http;

/// <summary>What becomes of the access to a running daemon when its configuration is read again, or another put in its place. Nothing has changed yet.</summary>
/// <param name="Running">What is in force from then on: who may do what as it is told anew, places and limits as they are.</param>
/// <param name="NeedsRestart">Whether that leaves something for the next start.</param>
/// <param name="Result">The rules, or what is wrong.</param>
internal sealed record AccessChange(ApiConfiguration Running, bool NeedsRestart, AccessResult Result)
{
    /// <summary>Looks at everything that the next configuration names, what it leaves for the next start included.</summary>
    /// <param name="old">What is in force.</param>
    /// <param name="next">What is to be.</param>
    /// <param name="file">The file of the next, for messages.</param>
    public static AccessChange Of(ApiConfiguration old, ApiConfiguration next, string file)
    {
        var running = next with
        {
            SocketPath = old.SocketPath,
            SocketMode = old.SocketMode,
            Http = old.Http,
            Https = old.Https,
            Tls = next.Tls ?? old.Tls,
            AuditPath = old.AuditPath,
            Limits = old.Limits,
        };
        // The socket's file belongs to the group that it was given to.
        var needsRestart = next != running || (next.ReadGroup ?? next.AdminGroup) != (old.ReadGroup ?? old.AdminGroup);
        return new AccessChange(running, needsRestart, AccessLoader.Load(running with { Https = running.Https ?? next.Https }, file));
    }
}
