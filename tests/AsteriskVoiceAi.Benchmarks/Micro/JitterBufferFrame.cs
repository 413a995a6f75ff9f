using AsteriskVoiceAi.Audio;
using BenchmarkDotNet.Attributes;

namespace AsteriskVoiceAi.Benchmarks.Micro;

/// <summary>What does putting a packet in its place cost, in order and out of it, against merely copying it?</summary>
public class JitterBufferFrame
{
    private readonly byte[] _payload = new byte[160];
    private readonly byte[] _copy = new byte[160];
    private readonly JitterBuffer _buffer = new(8000, TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(200));
    private long _packet;

    [Benchmark(Baseline = true)]
    public void Copy() => _payload.AsSpan().CopyTo(_copy);

    [Benchmark]
    public int InOrder() => Arrive(_packet++);

    /// <summary>Two packets, the second first.</summary>
    [Benchmark(OperationsPerInvoke = 2)]
    public int Overtaken()
    {
        var heard = Arrive(_packet + 1) + Arrive(_packet);
        _packet += 2;
        return heard;
    }

    private int Arrive(long packet)
    {
        var now = _packet * 160;
        _buffer.Put((ushort)packet, (uint)(packet * 160), _payload, 160, now);
        var heard = 0;
        while (_buffer.TryTake(now, out var piece))
            heard += piece.Length;
        return heard;
    }
}
