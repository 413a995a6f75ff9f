namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>No RTP port can be had, or the system refuses what RTP needs; the message says what to change. Trying again may help once calls have ended.</summary>
internal sealed class RtpException : Exception
{
    public RtpException(string message)
        : base(message)
    {
    }

    public RtpException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
