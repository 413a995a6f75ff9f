using AsteriskVoiceAi.Asterisk.Media;

namespace AsteriskVoiceAi.Asterisk.MediaWebSocket;

/// <summary>The media WebSocket could not be opened, or Asterisk did not keep to its protocol.</summary>
internal sealed class MediaSocketException(string message, Exception? inner = null) : MediaException(message, inner);
