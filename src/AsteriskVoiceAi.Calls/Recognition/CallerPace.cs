namespace AsteriskVoiceAi.Calls.Recognition;

/// <summary>
/// How long this caller pauses without having finished, learned during the call. A caller who goes on after a pause that would
/// nearly have ended the turn is given more time from then on; turns without such a pause take it back bit by bit.
/// </summary>
/// <remarks>Only ever lengthens, by at most <see cref="Most"/>: a wrong guess costs a quarter of a second, a cut-off costs the turn. Used by one turn at a time.</remarks>
internal sealed class CallerPace
{
    /// <summary>Most that is added: with it an open question waits 800 ms, about what a fixed timer would.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMilliseconds(250);

    /// <summary>Room over the longest pause seen.</summary>
    private static readonly TimeSpan Room = TimeSpan.FromMilliseconds(100);

    /// <summary>What a turn without a long pause leaves of it.</summary>
    private const double Kept = 0.7;

    private bool _pausedLong;

    /// <summary>Added where a pause may be a breath.</summary>
    public TimeSpan Stretch { get; private set; }

    /// <summary>The caller went on after a pause of this length.</summary>
    public void WentOn(TimeSpan pause)
    {
        var wanted = pause + Room - Endpointing.Open;
        if (wanted <= TimeSpan.Zero)
            return;
        _pausedLong = true;
        if (wanted > Stretch)
            Stretch = wanted < Most ? wanted : Most;
    }

    /// <summary>A turn is over.</summary>
    public void TurnEnded()
    {
        if (!_pausedLong)
            Stretch *= Kept;
        _pausedLong = false;
    }
}
