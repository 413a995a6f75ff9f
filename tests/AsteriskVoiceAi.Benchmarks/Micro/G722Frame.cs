using AsteriskVoiceAi.Audio;
using BenchmarkDotNet.Attributes;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What does G.722 cost for 20 ms at 16 kHz each way, against merely copying the samples?</summary>
public class G722Frame
{
    private readonly short[] _samples = [.. Enumerable.Range(0, 320).Select(static i => (short)(8000 * Math.Sin(i * 0.1)))];
    private readonly byte[] _codes = new byte[160];
    private readonly short[] _copy = new short[320];
    private readonly G722Encoder _encoder = new();
    private readonly G722Decoder _decoder = new();

    [Benchmark(Baseline = true)]
    public void Copy() => _samples.AsSpan().CopyTo(_copy);

    [Benchmark]
    public void Encode() => _encoder.Encode(_samples, _codes);

    [Benchmark]
    public void Decode() => _decoder.Decode(_codes, _copy);
}
