namespace AsteriskVoiceAi.Audio;

/// <summary>
/// Puts faint noise where a line sends digital silence (a muted phone, silence suppression, an echo suppressor, lost packets).
/// Models take exact zeros for the end of the recording: half of the stops after "for" then sound finished, instead of a quarter.
/// </summary>
/// <remarks>Works in place, allocates nothing. Not thread-safe: one for each stream.</remarks>
public sealed class ComfortNoise
{
    /// <summary>
    /// Peak of the noise, evenly spread: RMS = peak / √3 = 26 = -62 dB of full scale. Below what a voice detector's gate lets through,
    /// above the steps of G.711.
    /// </summary>
    private const int Peak = 45;

    /// <summary>Samples that are the same before they count as silence from a machine: 2.5 ms at 8 kHz.</summary>
    private const int Least = 20;

    /// <summary>A-law has no zero: its silence is ±8.</summary>
    private const int SilentUpTo = 8;

    private uint _random = 0x9E3779B9;
    private short _last;
    private int _run;

    /// <summary>Replaces the silence in the next samples of the stream; sound is left as it is.</summary>
    public void Fill(Span<short> samples)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = samples[i];
            _run = sample == _last && Math.Abs((int)sample) <= SilentUpTo ? _run + 1 : 0;
            _last = sample;
            if (_run >= Least)
                samples[i] = Next();
        }
    }

    /// <summary>Marsaglia's xorshift: cheap, and the same in every run.</summary>
    private short Next()
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return (short)((int)(_random % ((2 * Peak) + 1)) - Peak);
    }
}
