namespace AsteriskVoiceAi.TestSupport.Media;

/// <summary>A way for a call's audio between Asterisk and the service; a name of it is also the extension that leads there.</summary>
public enum MediaPath
{
    /// <summary>ARI, RTP.</summary>
    Rtp,

    /// <summary>ARI, media WebSocket, opened by the service.</summary>
    WebSocketConnect,

    /// <summary>ARI, media WebSocket, opened by Asterisk.</summary>
    WebSocketListen,

    /// <summary>ARI, AudioSocket.</summary>
    AudioSocketAri,

    /// <summary>FastAGI and the dialplan's AudioSocket().</summary>
    AudioSocketAgi,
}
