using System.ComponentModel;

namespace AsteriskVoiceAi.Service.Configuration;

/// <summary>
/// All settings. Each property is a section of voiceai.yaml, and each of a section's properties a key of it, both in kebab-case unless
/// <see cref="DisplayNameAttribute"/> says otherwise. <see cref="DescriptionAttribute"/> and data annotations end up in the reference.
/// </summary>
public sealed class VoiceAiOptions
{
    [Description("Health, status and dashboard.")]
    public HttpOptions Http { get; set; } = new();
}
