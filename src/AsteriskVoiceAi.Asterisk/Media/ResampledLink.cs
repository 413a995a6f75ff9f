using System.Diagnostics.CodeAnalysis;
using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Asterisk.Media;

/// <summary>A link at another sample rate than its own, for a call that began at that rate. Owns the link.</summary>
internal sealed class ResampledLink : IMediaLink
{
    private readonly IMediaLink _inner;
    private readonly Resampler _resampler;
    private readonly short[] _received;
    private readonly float[] _resampled;
    private readonly short[] _ready;
    private int _start;
    private int _count;

    public ResampledLink(IMediaLink inner, int sampleRate)
    {
        _inner = inner;
        SampleRate = sampleRate;
        _resampler = new Resampler(inner.SampleRate, sampleRate);
        _received = new short[inner.SampleRate / 50];
        _resampled = new float[_resampler.MaxOutput(_received.Length)];
        _ready = new short[_resampled.Length];
    }

    public event Action<char>? KeyPressed
    {
        add => _inner.KeyPressed += value;
        remove => _inner.KeyPressed -= value;
    }

    public int SampleRate { get; }

    public MediaTransport Transport => _inner.Transport;

    public MediaFormat Format => _inner.Format;

    public Task Ended => _inner.Ended;

    public string? EndReason => _inner.EndReason;

    public MediaCounters Counters => _inner.Counters;

    /// <summary>The link itself where the rates are the same.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller owns what it gets.")]
    public static IMediaLink Fit(IMediaLink link, int sampleRate) => link.SampleRate == sampleRate ? link : new ResampledLink(link, sampleRate);

    public async ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        while (_count == 0)
        {
            var received = await _inner.ReceiveAsync(_received, cancellationToken);
            if (received == 0)
                return 0;
            _start = 0;
            _count = _resampler.Process(_received.AsSpan(0, received), _resampled);
            for (var i = 0; i < _count; i++)
                _ready[i] = (short)Math.Clamp(MathF.Round(_resampled[i] * 32768f), short.MinValue, short.MaxValue);
        }
        var given = Math.Min(_count, Math.Min(frame.Length, SampleRate / 50));
        _ready.AsSpan(_start, given).CopyTo(frame.Span);
        _start += given;
        _count -= given;
        return given;
    }

    public async Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop)
    {
        var converted = Resampler.Convert(samples.Span, SampleRate, _inner.SampleRate);
        var heard = await _inner.PlayAsync(converted, stop);
        return heard == converted.Length ? samples.Length : (int)Math.Min(samples.Length, (long)heard * SampleRate / _inner.SampleRate);
    }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
