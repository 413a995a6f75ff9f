using System.Numerics;
using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.TestSupport.Speech;

/// <summary>A sound that rises from 400 to 2800 Hz in 64 ms: like itself at no other place, so that its time is found to a sample.</summary>
public sealed class Chirp
{
    private const double From = 400;
    private const double To = 2800;

    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(64);

    private readonly float[] _template;

    /// <param name="sampleRate">Hz, of the chirp and of what it is looked for in.</param>
    public Chirp(int sampleRate, int amplitude = 8000)
    {
        Samples = new short[(int)(Duration.TotalSeconds * sampleRate)];
        for (var i = 0; i < Samples.Length; i++)
        {
            var t = (double)i / sampleRate;
            // Phase = 2π ∫ frequency; 4 ms of fade at both ends, so that no filter rings.
            var phase = 2 * Math.PI * ((From * t) + ((To - From) * t * t / (2 * Duration.TotalSeconds)));
            var fade = Math.Min(1, Math.Min(i + 1, Samples.Length - i) / (0.004 * sampleRate));
            Samples[i] = (short)(amplitude * fade * Math.Sin(phase));
        }
        _template = [.. Samples.Select(s => (float)s)];
    }

    public short[] Samples { get; }

    /// <summary>Where it is most like itself.</summary>
    /// <param name="likeness">At least this normalized correlation, 0 to 1; G.711 and resampling leave more than 0.9, half a chirp about 0.7.</param>
    /// <returns>Index of its first sample, or null when it is nowhere.</returns>
    public int? Find(ReadOnlySpan<short> sound, double likeness = 0.6)
    {
        var floats = new float[sound.Length];
        for (var i = 0; i < floats.Length; i++)
            floats[i] = sound[i];
        var own = Dot(_template, _template);
        var (best, most) = (-1, likeness);
        for (var at = 0; at + _template.Length <= floats.Length; at++)
        {
            var here = floats.AsSpan(at, _template.Length);
            var power = Dot(here, here);
            // Something 40 dB below what was said is no chirp, however like it.
            if (power < own * 1e-4)
                continue;
            var like = Dot(here, _template) / Math.Sqrt((double)power * own);
            if (like > most)
                (best, most) = (at, like);
        }
        return best < 0 ? null : best;
    }

    // 64 ms are 512 or 1024 samples: whole vectors of 4, 8 or 16.
    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < left.Length; i++)
            sums += left[i] * right[i];
        return Vector.Sum(sums);
    }
}
