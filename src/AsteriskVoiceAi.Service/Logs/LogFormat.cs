namespace AsteriskVoiceAi.Service.Logs;

/// <summary>How log lines look.</summary>
public enum LogFormat
{
    Auto,
    Text,
    Systemd,
    Json,
}
