using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AsteriskVoiceAi.Asterisk.Ari;

/// <summary>Judges Asterisk's certificate where <see cref="AriOptions.CaFile"/> names the authority that signed it.</summary>
internal static class AsteriskTrust
{
    /// <returns>Null = as the system does.</returns>
    /// <exception cref="InvalidOperationException">The file holds no certificate.</exception>
    public static RemoteCertificateValidationCallback? From(AriOptions options)
    {
        if (string.IsNullOrEmpty(options.CaFile))
            return null;
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(options.CaFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException($"ari.ca-file {options.CaFile} cannot be read as PEM certificates: {e.Message}", e);
        }
        return (_, certificate, presented, errors) => Trusts(authorities, certificate, presented, errors);
    }

    private static bool Trusts(X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        // A name that does not fit is not made good by a known authority.
        if (certificate is not X509Certificate2 leaf || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        // A private authority seldom publishes revocations.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(leaf);
    }
}
