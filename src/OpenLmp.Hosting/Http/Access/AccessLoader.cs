using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenLmp.Hosting.Http;

/// <summary>What came of looking at what <c>api:</c> names: rules, or what is wrong.</summary>
/// <param name="Rules">The rules; null if there are errors.</param>
/// <param name="Errors">What is wrong.</param>
/// <param name="Warnings">What is doubtful.</param>
internal sealed record AccessResult(AccessRules? Rules, IReadOnlyList<ConfigurationError> Errors, IReadOnlyList<ConfigurationWarning> Warnings);

/// <summary>Looks up the groups and reads the files that the configuration of the API names. Without any it touches nothing, OpenSSL least of all.</summary>
internal static class AccessLoader
{
    /// <summary>Makes the rules.</summary>
    /// <param name="api">The configuration.</param>
    /// <param name="file">Its file, for messages.</param>
    /// <param name="daemonUser">The user that the daemon will go on as, where that is another than now.</param>
    public static AccessResult Load(ApiConfiguration api, string file, uint? daemonUser = null)
    {
        var (errors, warnings) = (new List<ConfigurationError>(), new List<ConfigurationWarning>());
        var rules = new AccessRules
        {
            OwnUser = Accounts.EffectiveUser,
            ReadGroup = GroupOf(api.ReadGroup, "read-group"),
            AdminGroup = api.AdminGroup is null ? Accounts.EffectiveGroup : GroupOf(api.AdminGroup, "admin-group"),
            Tokens = api.Tokens is { } tokens && Read(tokens, "tokens", isSecret: true) is { } text ? TokenFile.Parse(tokens.Text, text, errors) : [],
            HasTokens = api.Tokens is not null,
            Tls = api is { Https: not null, Tls: { } tls } ? ReadTls(tls) : null,
            HasClientCa = api is { Https: not null, Tls.ClientCa: not null },
            Admins = [.. api.Tls?.Admins ?? []],
            AnonymousRead = api.AnonymousRead ?? true,
            AnonymousReadTls = api.AnonymousRead ?? false,
        };
        return new AccessResult(errors.Count == 0 ? rules : null, errors, warnings);

        void Refuse(Placed at, string text) => errors.Add(new ConfigurationError(file, at.Line, at.Column, text));

        uint? GroupOf(Placed? named, string key)
        {
            if (named is not { } at) return null;
            var group = Accounts.GroupOf(at.Text);
            if (group is null) Refuse(at, $"{key}: this machine has no group {at.Text}; make it (groupadd --system {at.Text}), or name another");
            return group;
        }

        string? Read(Placed at, string key, bool isSecret)
        {
            try
            {
                return Encoding.UTF8.GetString(isSecret ? SecretFile.Read(at.Text, daemonUser) : SecretFile.ReadPublic(at.Text)).TrimStart('\uFEFF');
            }
            catch (SecretFileException e)
            {
                Refuse(at, $"{key}: {e.Message}");
                return null;
            }
        }

        TlsMaterial? ReadTls(ApiTlsConfiguration tls)
        {
            var certificate = Read(tls.Certificate, "certificate", isSecret: false);
            var key = Read(tls.Key, "key", isSecret: true);
            var clientCa = tls.ClientCa is { } ca ? Read(ca, "client-ca", isSecret: false) : null;
            if (certificate is null || key is null || (tls.ClientCa is not null && clientCa is null)) return null;
            try
            {
                var material = TlsMaterial.Create(certificate, key, clientCa);
                if (material.NotAfter < DateTime.UtcNow)
                {
                    var ended = material.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                    warnings.Add(new ConfigurationWarning(file, tls.Certificate.Line, tls.Certificate.Column, $"certificate: {tls.Certificate} was valid until {ended}: clients refuse it"));
                }

                return material;
            }
            catch (CryptographicException e)
            {
                Refuse(tls.Certificate, $"tls: {e.Message.ReplaceLineEndings(" ")}");
                return null;
            }
        }
    }
}
