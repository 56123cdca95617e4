// RFC 7296 §3.10.1: error types, and what a person does about them.
namespace OpenLmp.Hosting;

/// <summary>Why IKE failed, in words, from what charon logged of the attempt and from its answer.</summary>
internal static class IkeFailure
{
    /// <summary>Cause and next step.</summary>
    /// <param name="log">What charon logged of it.</param>
    /// <param name="error">What it answered.</param>
    /// <param name="tunnel">Which tunnel.</param>
    public static string Describe(IReadOnlyList<string> log, string? error, Tunnel tunnel)
    {
        var (remote, name) = (tunnel.Key.Remote, tunnel.Configuration.Neighbor);
        bool Says(string text) => log.Any(line => line.Contains(text, StringComparison.OrdinalIgnoreCase));
        var ours = tunnel.Configuration.PskFile is null ? "certificate-file, key-file and ca-file" : "psk-file";
        if (Says("received AUTHENTICATION_FAILED"))
            return $"{name} refused our authentication (AUTHENTICATION_FAILED): the keys or the identities of the two ends differ; compare {ours}, local-id and remote-id with what {name} has";
        if (Says("MAC mismatched") || Says("constraint check failed") || Says("no trusted") || Says("does not match"))
            return $"{name} could not authenticate itself: the keys or the identities of the two ends differ; compare {ours}, local-id and remote-id with what {name} has";
        if (Says("no shared key found") || Says("no private key found")) return $"charon has no key for it; see {ours}, and charon's log";
        if (Says("NO_PROPOSAL_CHOSEN") || Says("no acceptable proposal"))
            return $"{name} refused (NO_PROPOSAL_CHOSEN): it does not know this node's address, or the two have no algorithms in common; see the configuration there, ike-proposals and esp-proposals";
        if (Says("TS_UNACCEPTABLE")) return $"{name} protects other traffic (TS_UNACCEPTABLE); its selectors have to cover UDP between {tunnel.Key.Local} and {remote}";
        if (Says("unable to install")) return "charon could not install the keys in the kernel; a kernel without ESP needs charon's plugin kernel-libipsec, see docs/operating/ipsec.md";
        if (error is null || Says("retransmit") || error.Contains("timeout", StringComparison.OrdinalIgnoreCase) || error.Contains("timed out", StringComparison.OrdinalIgnoreCase))
            return $"{remote} does not answer IKE; see that charon runs there, and that UDP 500 and 4500 are open";
        return log.Count > 0 ? $"{error}; charon says: {log[^1]}" : error;
    }
}
