using System.ComponentModel;

namespace AsteriskVoiceAi.Service.Webhooks;

/// <summary>The servers that flows ask.</summary>
public sealed class WebhookOptions
{
    [Description("A folder with a file for each secret that headers name as {secret.NAME}: systemd's credentials folder, /run/secrets of a container. Its first line is the secret, read for each question, so it may be changed. Default none; then, and where the folder has no such file, the environment variable VOICEAI_SECRET_NAME counts (upper case, _ for -). Never logged.")]
    public string? SecretsFolder { get; set; }
}
