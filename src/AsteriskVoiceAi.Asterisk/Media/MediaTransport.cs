namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>How a call's audio travels between Asterisk and this service.</summary>
public enum MediaTransport
{
    /// <summary>Over Asterisk's media WebSocket (chan_websocket): Asterisk paces and buffers, marks tell what was heard.</summary>
    WebSocket,

    /// <summary>RTP over UDP (ARI's externalMedia): every Asterisk since 16.6, the lowest delay, paced by us.</summary>
    Rtp,

    /// <summary>AudioSocket over TCP: the dialplan's <c>AudioSocket()</c>, or ARI's externalMedia with that encapsulation.</summary>
    AudioSocket,
}
