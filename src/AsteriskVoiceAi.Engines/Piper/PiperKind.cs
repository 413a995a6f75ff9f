namespace AsteriskVoiceAi.Engines.Piper;

/// <summary>Programs called piper differ in everything but their name.</summary>
internal enum PiperKind
{
    /// <summary>Of rhasspy, up to 2023: a JSON object a line in, a WAVE file each out.</summary>
    Json,

    /// <summary>piper-tts for Python: a text a line in, the name of a file each out.</summary>
    Files,
}
