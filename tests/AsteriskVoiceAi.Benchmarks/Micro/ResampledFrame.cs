using AsteriskVoiceAi.Audio;
using BenchmarkDotNet.Attributes;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What does a clean 8 to 16 kHz cost for 20 ms, against drawing lines between the samples?</summary>
public class ResampledFrame
{
    private readonly short[] _frame = [.. Enumerable.Range(0, 160).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * 440 * i / 8000)))];
    private readonly float[] _wide = new float[322];
    private readonly Resampler _resampler = new(8000, 16_000);
    private float _last;

    [Benchmark(Baseline = true)]
    public void Lines()
    {
        for (var i = 0; i < _frame.Length; i++)
        {
            var next = _frame[i] / 32768f;
            _wide[2 * i] = (_last + next) / 2;
            _wide[(2 * i) + 1] = next;
            _last = next;
        }
    }

    [Benchmark]
    public int WindowedSinc() => _resampler.Process(_frame, _wide);
}
