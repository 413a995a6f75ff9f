using AsteriskVoiceAi.Audio;
using BenchmarkDotNet.Attributes;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What do 20 ms cost the loss concealment, heard and made up, against merely copying them?</summary>
public class LossConcealmentFrame
{
    private readonly short[] _frame = [.. Enumerable.Range(0, 160).Select(static i => (short)(8000 * Math.Sin(i * 0.1)))];
    private readonly short[] _copy = new short[160];
    private readonly LossConcealment _good = new(8000);
    private readonly LossConcealment _bad = new(8000);

    [Benchmark(Baseline = true)]
    public void Copy() => _frame.AsSpan().CopyTo(_copy);

    [Benchmark]
    public void Heard() => _good.Hear(_frame);

    /// <summary>Every second packet is missing, so that each time the pitch is looked for anew; two frames, shown as one.</summary>
    [Benchmark(OperationsPerInvoke = 2)]
    public void EverySecondMissing()
    {
        _bad.Hear(_frame);
        _bad.Conceal(_copy);
    }
}
