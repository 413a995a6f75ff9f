namespace AsteriskVoiceAi.Calls.Recording;

/// <summary>
/// Lays what came from the caller and what was played to them side by side on one time line, which the caller's samples count.
/// What was really played is known only when a playback is over, so the last stretch stays on the tape and is set right then:
/// <code>
/// taken by the writer |.... may still change (Held) ....| now | the end of a playback that is over a little early
/// left   caller       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
/// right  prompt              ======================(stopped here, the rest is wiped)
/// </code>
/// </summary>
/// <remarks>Thread-safe. Allocates only for a playback.</remarks>
internal sealed class StereoTape
{
    /// <summary>A playback that was stopped says so within milliseconds; one that is on its way over a slow machine, later.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Samples of the caller that wait to be read when a playback begins, as after a stall of the machine, are read within this; only then
    /// is it known where it began.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly int _sampleRate;
    private readonly List<Strip> _strips = [];
    private readonly short[] _left;
    private readonly short[] _right;
    private readonly int _held;
    private readonly int _settling;
    private long _now;
    private long _taken;
    private long _laid;
    private long _played;

    public StereoTape(int sampleRate, TimeProvider time)
    {
        (_sampleRate, _time, _began) = (sampleRate, time, time.GetTimestamp());
        _settling = (int)(Settling.TotalSeconds * sampleRate);
        _held = (int)(Held.TotalSeconds * sampleRate);
        // As much again for what is being taken, and for the end of a playback that is over a little before we count it.
        _left = new short[3 * _held];
        _right = new short[3 * _held];
    }

    /// <summary>Samples of the caller so far.</summary>
    public long Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    /// <summary>Samples of either side so far.</summary>
    public long Length
    {
        get
        {
            lock (_gate)
                return Math.Max(_now, _laid);
        }
    }

    /// <summary>How far what was read of the caller is behind the clock; the least of a while is when all was read that there was.</summary>
    private long Behind => (_time.GetElapsedTime(_began).Ticks * _sampleRate / TimeSpan.TicksPerSecond) - _now;

    /// <summary>
    /// A playback was given to the link; it begins when what was given before it is over. It needs about as long to the caller's ear
    /// (a frame in the link, a frame in Asterisk) as the caller's own sound to us, so it lies beside what is heard as it begins.
    /// </summary>
    public Strip Begin(ReadOnlyMemory<short> samples)
    {
        lock (_gate)
        {
            var after = _strips.Count > 0 ? _strips[^1].End : _played;
            var strip = new Strip(samples, _now, Behind);
            strip.Start = Math.Max(strip.Start, after);
            _strips.Add(strip);
            return strip;
        }
    }

    /// <summary>A playback is over; its samples are not looked at again.</summary>
    /// <param name="heard">How many of them the caller was sent.</param>
    public void End(Strip strip, int heard)
    {
        lock (_gate)
        {
            if (strip.Laid > heard)
            {
                Wipe(strip.Start + heard, strip.Start + strip.Laid);
                _laid = strip.Start + heard;
            }
            else
                Lay(strip, heard);
            _played = strip.Start + heard;
            var at = _strips.IndexOf(strip);
            _strips.RemoveAt(at);
            // What waits behind one that was stopped begins at once.
            var next = Math.Max(_played, _now);
            foreach (var waiting in _strips.Skip(at).Where(waiting => waiting.Laid == 0))
            {
                waiting.Start = Math.Min(waiting.Start, next);
                next = waiting.End;
            }
        }
    }

    /// <summary>The next samples of the caller. <see cref="Take"/> after each frame, or the tape runs over its own beginning.</summary>
    public void Hear(ReadOnlySpan<short> caller)
    {
        lock (_gate)
        {
            foreach (var sample in caller)
                _left[_now++ % _left.Length] = sample;
            MoveUnlaid(Behind);
            LayUntil(_now - _settling);
        }
    }

    /// <summary>Takes settled samples, left and right by turns.</summary>
    /// <param name="stereo">Filled whole, or not at all.</param>
    /// <param name="last">Nothing more comes: everything counts as settled, also the end of a prompt that is still on its way to the caller.</param>
    /// <returns>Pairs of samples written.</returns>
    public int Take(Span<short> stereo, bool last = false)
    {
        lock (_gate)
        {
            if (last)
                LayUntil(_now);
            var ready = (int)(last ? Math.Max(_now, _laid) - _taken : _now - _taken - _held);
            var count = Math.Min(ready, stereo.Length / 2);
            if (count <= 0 || (!last && count < stereo.Length / 2))
                return 0;
            for (var i = 0; i < count; i++, _taken++)
            {
                var at = _taken % _left.Length;
                (stereo[2 * i], stereo[(2 * i) + 1]) = (_taken < _now ? _left[at] : (short)0, _right[at]);
                _right[at] = 0;
            }
            return count;
        }
    }

    /// <summary>Less behind than when a playback began: so much was waiting then, and it began so much later.</summary>
    private void MoveUnlaid(long behind)
    {
        var before = _played;
        foreach (var strip in _strips)
        {
            if (strip.Laid == 0)
            {
                strip.Earliest += Math.Max(0, strip.Behind - behind);
                strip.Behind = Math.Min(strip.Behind, behind);
                strip.Start = Math.Max(Math.Max(strip.Start, strip.Earliest), before);
            }
            before = strip.End;
        }
    }

    private void LayUntil(long until)
    {
        foreach (var strip in _strips)
            Lay(strip, (int)Math.Clamp(until - strip.Start, 0, strip.Length));
    }

    private void Lay(Strip strip, int until)
    {
        var samples = strip.Samples;
        for (; strip.Laid < until; strip.Laid++)
        {
            var at = strip.Start + strip.Laid;
            if (at >= _taken + _right.Length)
                return;
            if (at >= _taken)
                _right[at % _right.Length] = samples[strip.Laid];
            _laid = at + 1;
        }
    }

    private void Wipe(long from, long until)
    {
        for (var at = Math.Max(from, _taken); at < until; at++)
            _right[at % _right.Length] = 0;
    }

    /// <summary>One playback on the tape.</summary>
    internal sealed class Strip(ReadOnlyMemory<short> samples, long earliest, long behind)
    {
        public ReadOnlySpan<short> Samples => samples.Span;

        public int Length => samples.Length;

        /// <summary>Where it begins if nothing is played before it.</summary>
        public long Earliest { get; set; } = earliest;

        public long Start { get; set; } = earliest;

        public long End => Start + Length;

        /// <summary>How far the caller's samples were behind the clock when it began, or at the best moment since.</summary>
        public long Behind { get; set; } = behind;

        /// <summary>Samples that are on the tape.</summary>
        public int Laid { get; set; }
    }
}
