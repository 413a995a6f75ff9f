namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>Who reports that a caller pressed a key.</summary>
[Flags]
internal enum KeySource
{
    None = 0,
    /// <summary>ARI's ChannelDtmfReceived.</summary>
    Events = 1,
    WebSocket = 2,
    Rtp = 4,
    AudioSocket = 8,
}

/// <summary>
/// Makes one press out of what several sources report of it. Each source reports each press once, at its own delay:
/// <code>
/// press     5               5
/// events    5               5            counts: each is new to this source
/// media        5               5         the same two, told again
/// </code>
/// So a report that finds a recent press of this key which its source has not told yet is that press; any other is a new
/// one. A caller's fast "5 5" stays two whoever reports it first, and a source that fails in the middle loses nothing.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class KeyArbiter(TimeProvider time)
{
    /// <summary>
    /// Longest time between two reports of one press. Both are made in Asterisk when the key is let go, and arrive within
    /// milliseconds; on a busy machine one of them may be held up. Nobody changes the way keys travel in mid-press, so a
    /// long time costs nothing.
    /// </summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    /// <summary>More presses than this in one window are nobody's thumb.</summary>
    private const int MostRecent = 32;

    private readonly Lock _gate = new();
    private readonly Queue<Press> _recent = [];

    /// <returns>Whether this is a press that has not been counted.</returns>
    public bool Accept(char key, KeySource source)
    {
        lock (_gate)
        {
            while (_recent.TryPeek(out var oldest) && (_recent.Count >= MostRecent || time.GetElapsedTime(oldest.At) > Window))
                _recent.Dequeue();
            foreach (var press in _recent)
            {
                if (press.Key != key || press.ToldBy.HasFlag(source))
                    continue;
                press.ToldBy |= source;
                return false;
            }
            _recent.Enqueue(new Press(key, time.GetTimestamp()) { ToldBy = source });
            return true;
        }
    }

    private sealed class Press(char key, long at)
    {
        public char Key => key;

        public long At => at;

        public KeySource ToldBy { get; set; }
    }
}
