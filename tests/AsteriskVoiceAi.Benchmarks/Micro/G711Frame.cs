using AsteriskVoiceAi.Audio;
using BenchmarkDotNet.Attributes;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What does G.711 cost for 20 ms each way, against merely copying the samples?</summary>
public class G711Frame
{
    private readonly byte[] _codes = [.. Enumerable.Range(0, 160).Select(i => (byte)(i * 37))];
    private readonly short[] _samples = new short[160];
    private readonly short[] _copy = new short[160];

    [Benchmark(Baseline = true)]
    public void Copy() => _samples.AsSpan().CopyTo(_copy);

    [Benchmark]
    public void ULawBothWays()
    {
        G711.DecodeULaw(_codes, _samples);
        G711.EncodeULaw(_samples, _codes);
    }

    [Benchmark]
    public void ALawBothWays()
    {
        G711.DecodeALaw(_codes, _samples);
        G711.EncodeALaw(_samples, _codes);
    }
}
