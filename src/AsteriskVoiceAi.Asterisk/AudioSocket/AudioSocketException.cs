namespace AsteriskVoiceAi.Asterisk.AudioSocket;

/// <summary>The peer broke the AudioSocket protocol; the message completes "closed, because …".</summary>
internal sealed class AudioSocketException(string message) : Exception(message);
