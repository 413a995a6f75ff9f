namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>A call's audio could not be had over one transport. The message says what was tried and what came back.</summary>
internal class MediaException(string message, Exception? inner = null) : Exception(message, inner);
