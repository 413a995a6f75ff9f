using Microsoft.Extensions.Options;

namespace AsteriskVoiceAi.Service.Webhooks;

/// <summary>Secrets for headers, by name. Read when they are needed; held nowhere.</summary>
internal sealed class WebhookSecrets(IOptions<WebhookOptions> options)
{
    private const string Variable = "VOICEAI_SECRET_";

    /// <param name="name">Letters, digits, - and _, as flows are checked for.</param>
    /// <exception cref="WebhookException">There is none, or it can't stand in a header.</exception>
    public string Find(string name)
    {
        var variable = Variable + name.ToUpperInvariant().Replace('-', '_');
        var secret = FromFile(name) ?? Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrWhiteSpace(secret))
            throw new WebhookException($"the secret '{name}' is neither a file in webhooks.secrets-folder nor in the environment as {variable}");
        var line = secret.Trim();
        return line.All(c => c is >= ' ' and <= '~') ? line : throw new WebhookException($"the secret '{name}' has characters that no header may have");
    }

    private string? FromFile(string name)
    {
        if (options.Value.SecretsFolder is not { Length: > 0 } folder)
            return null;
        var path = Path.Combine(folder, name);
        try
        {
            return File.Exists(path) ? File.ReadLines(path).FirstOrDefault() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WebhookException($"the secret '{name}' in webhooks.secrets-folder can't be read: {e.Message}");
        }
    }
}
