namespace AsteriskVoiceAi.Asterisk.Rtp;

/// <summary>
/// Whether the peer is still there, by what can be proven. Asterisk's RTP channel has no time limit of its own and sends nothing while the caller
/// sends nothing: a muted phone looks like a dead Asterisk, so silence alone proves nothing. Proof is
/// <list type="bullet">
/// <item>its host saying, for <see cref="RefusalLimit"/>, that nobody listens on the port (Asterisk ended the channel, or itself),</item>
/// <item>RTCP that used to come and stays away together with RTP, for the limit of the options and at least three of its own intervals,</item>
/// <item>its goodbye, after which no audio comes.</item>
/// </list>
/// </summary>
/// <remarks>Times in nanoseconds. For the link's loop.</remarks>
internal sealed class PeerLife(TimeSpan deadAfter)
{
    private const long Second = 1_000_000_000;
    private const long RefusalLimit = Second;

    /// <summary>Refusals are told about once a second by a host that limits them; one that comes alone is forgotten.</summary>
    private const long RefusalMemory = 3 * Second;

    private readonly long _deadAfter = (long)deadAfter.TotalMilliseconds * 1_000_000;
    private long _heard;
    private long _reported;
    private long _longestGap;
    private int _reports;
    private long _goodbye;
    private long _refusedFirst;
    private long _refusedLast;

    public void Begin(long now) => _heard = now;

    /// <summary>A packet of its audio came.</summary>
    public void Heard(long now) => (_heard, _goodbye, _refusedFirst) = (now, 0, 0);

    public void Reported(long now, bool goodbye)
    {
        if (_reports++ > 0)
            _longestGap = Math.Max(_longestGap, now - _reported);
        _reported = now;
        _refusedFirst = 0;
        if (goodbye)
            _goodbye = now;
    }

    public void Refused(long now)
    {
        if (_refusedFirst == 0 || now - _refusedLast > RefusalMemory)
            _refusedFirst = now;
        _refusedLast = now;
    }

    /// <returns>Why it counts as gone; null = it does not.</returns>
    public string? EndReason(long now)
    {
        if (_refusedFirst != 0 && _refusedLast - _refusedFirst >= RefusalLimit)
            return "nobody listens on its port any more";
        if (_goodbye != 0 && now - _goodbye > Second)
            return "it said goodbye";
        var silent = now - Math.Max(_heard, _reported);
        return _reports > 1 && silent > Math.Max(_deadAfter, 3 * _longestGap)
            ? $"neither audio nor reports came for {silent / Second} s"
            : null;
    }
}
