using System.Security.Cryptography;

namespace AsteriskVoiceAi.Engines.Models;

/// <summary>What a model's file must be.</summary>
/// <param name="Hash"><c>sha256:</c> or <c>sha1:</c> and the digits.</param>
public sealed record KnownModelVersion(long Bytes, string Hash)
{
    internal async Task<bool> IsAsync(Stream content, CancellationToken cancellationToken)
    {
        var algorithm = Hash.StartsWith("sha256:", StringComparison.Ordinal) ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        using var hash = IncrementalHash.CreateHash(algorithm);
        var buffer = new byte[256 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
            hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetCurrentHash()) == Hash[(Hash.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
