using System.Numerics;
using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Audio;

/// <summary>How loud samples are. Thread-safe; allocates nothing.</summary>
public static class Loudness
{
    /// <summary>What digital silence is called, so that no caller meets minus infinity.</summary>
    public const float Silence = -120;

    /// <summary>Root mean square of samples in [-1, 1].</summary>
    public static float Rms(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
            return 0;
        var sum = Vector<float>.Zero;
        var blocks = MemoryMarshal.Cast<float, Vector<float>>(samples);
        foreach (var block in blocks)
            sum += block * block;
        var total = (double)Vector.Sum(sum);
        foreach (var sample in samples[(blocks.Length * Vector<float>.Count)..])
            total += sample * sample;
        return (float)Math.Sqrt(total / samples.Length);
    }

    /// <summary>Root mean square relative to full scale, in dB: a full-scale square wave is 0.</summary>
    public static float Dbfs(ReadOnlySpan<float> samples) => ToDbfs(Rms(samples));

    /// <summary>The same for 16-bit samples.</summary>
    public static float Dbfs(ReadOnlySpan<short> samples)
    {
        if (samples.IsEmpty)
            return Silence;
        var sum = 0L;
        foreach (var sample in samples)
            sum += sample * sample;
        return ToDbfs(Math.Sqrt((double)sum / samples.Length) / 32768);
    }

    private static float ToDbfs(double rms) => Math.Max(Silence, (float)(20 * Math.Log10(Math.Max(rms, 1e-9))));
}
