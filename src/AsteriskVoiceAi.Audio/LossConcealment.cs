namespace AsteriskVoiceAi.Audio;

/// <summary>
/// Makes up sound for packets that did not come, in the manner of ITU-T G.711, appendix I: the last pitch periods are repeated, from 10 ms
/// on ever softer, and after 60 ms there is silence. What comes afterwards is blended in. Adds no delay (the appendix's 3.75 ms
/// buy a smoother beginning); any sample rate. For one direction of one call; not thread-safe; allocates only when made.
/// </summary>
public sealed class LossConcealment
{
    private readonly short[] _history;
    private readonly float[] _cycle;
    private readonly short[] _made;
    private readonly int _tenMs;
    private readonly int _shortestPitch;
    private readonly int _longestPitch;
    private int _cycleLength;
    private int _position;
    private int _quarter;
    private int _missing;

    public LossConcealment(int sampleRate)
    {
        _tenMs = sampleRate / 100;
        // 200 to 66 Hz, where voices are.
        (_shortestPitch, _longestPitch) = (sampleRate / 200, sampleRate * 15 / 1000);
        // The longest period, the 20 ms that are compared with what lies a period earlier, and a quarter to blend.
        _history = new short[(2 * _longestPitch) + (2 * _tenMs)];
        _cycle = new float[2 * _longestPitch];
        _made = new short[_tenMs];
    }

    /// <summary>Length of the present gap in samples.</summary>
    public int Missing => _missing;

    /// <summary>Sound has come. After a gap its beginning is blended with what was made up.</summary>
    public void Hear(Span<short> samples)
    {
        if (samples.IsEmpty)
            return;
        if (_missing > 0)
            Blend(samples);
        _missing = 0;
        Remember(samples);
    }

    /// <summary>Makes up what is missing.</summary>
    public void Conceal(Span<short> samples)
    {
        if (_missing == 0)
            TakeCycle();
        Continue(samples);
        Remember(samples);
    }

    /// <summary>4 ms, and 4 more for each 10 ms of the gap up to 10: a long one needs a softer return.</summary>
    private void Blend(Span<short> samples)
    {
        var length = Math.Min(samples.Length, Math.Min(_tenMs, _quarter + (_missing * 4 / 10)));
        var made = _made.AsSpan(0, length);
        Continue(made);
        for (var i = 0; i < length; i++)
        {
            var share = (i + 1f) / (length + 1);
            samples[i] = (short)((samples[i] * share) + (made[i] * (1 - share)));
        }
    }

    private void Continue(Span<short> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            // Full for 10 ms, then a fifth less every 10 ms: nothing after 60.
            var gain = Math.Clamp(1.2f - (0.2f * _missing / _tenMs), 0, 1);
            _missing++;
            if (gain == 0)
            {
                samples[i..].Clear();
                _missing += samples.Length - i - 1;
                return;
            }
            samples[i] = (short)(_cycle[_position] * gain);
            _position = _position + 1 == _cycleLength ? 0 : _position + 1;
        }
    }

    /// <summary>The end of the history, as many periods as fill 10 ms, its own end blended with what came before its beginning so that it repeats without a click.</summary>
    private void TakeCycle()
    {
        var pitch = FindPitch();
        _cycleLength = pitch * ((_tenMs + pitch - 1) / pitch);
        _quarter = pitch / 4;
        _position = 0;
        var start = _history.Length - _cycleLength;
        for (var i = 0; i < _cycleLength; i++)
            _cycle[i] = _history[start + i];
        for (var i = 0; i < _quarter; i++)
        {
            var share = (i + 1f) / (_quarter + 1);
            ref var end = ref _cycle[_cycleLength - _quarter + i];
            end = (end * (1 - share)) + (_history[start - _quarter + i] * share);
        }
    }

    /// <summary>The distance at which the last 20 ms resemble most what came before.</summary>
    private int FindPitch()
    {
        var window = 2 * _tenMs;
        var recent = _history.AsSpan(_history.Length - window);
        var (best, likeness) = (_longestPitch, 0f);
        for (var lag = _shortestPitch; lag <= _longestPitch; lag++)
        {
            var earlier = _history.AsSpan(_history.Length - window - lag, window);
            float product = 0, energy = 1;
            for (var i = 0; i < window; i++)
            {
                product += (float)recent[i] * earlier[i];
                energy += (float)earlier[i] * earlier[i];
            }
            var score = product / MathF.Sqrt(energy);
            if (score > likeness)
                (best, likeness) = (lag, score);
        }
        return best;
    }

    private void Remember(ReadOnlySpan<short> samples)
    {
        if (samples.Length >= _history.Length)
        {
            samples[^_history.Length..].CopyTo(_history);
            return;
        }
        _history.AsSpan(samples.Length).CopyTo(_history);
        samples.CopyTo(_history.AsSpan(_history.Length - samples.Length));
    }
}
