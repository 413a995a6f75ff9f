using System.Threading.Channels;
using AsteriskVoiceAi.Calls.Arrival;

namespace AsteriskVoiceAi.Calls.Evaluation;

/// <summary>
/// A leg whose caller is a recording: a moment of the line's own noise, the recording, and noise again for as long as somebody listens.
/// Frames come when <paramref name="nextFrame"/> lets them.
/// </summary>
/// <param name="nextFrame">Awaited before each frame of 20 ms, with its first sample's number; false ends the link.</param>
internal sealed class SampleLeg(SpokenSample sample, Func<long, ValueTask<bool>> nextFrame) : ICallLeg, IAudioLink
{
    /// <summary>What the voice detector needs to get used to a line; callers are connected before they speak.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(400);

    private readonly Channel<char> _keys = Channel.CreateBounded<char>(1);
    private readonly Random _random = new(1);
    private readonly double _noise = LineNoise(sample.Audio.Span, sample.SampleRate);
    private long _position;

    public IAudioLink Audio => this;

    public ChannelReader<char> Keys => _keys.Reader;

    public CancellationToken HungUp => CancellationToken.None;

    public int SampleRate => sample.SampleRate;

    /// <summary>Number of the recording's first sample on this link.</summary>
    public long Start => (long)(Lead.TotalSeconds * SampleRate);

    public async ValueTask<int> ReceiveAsync(Memory<short> frame, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!await nextFrame(_position))
            return 0;
        var length = Math.Min(frame.Length, SampleRate / 50);
        Fill(frame.Span[..length]);
        _position += length;
        return length;
    }

    public Task<int> PlayAsync(ReadOnlyMemory<short> samples, CancellationToken stop) => Task.FromResult(samples.Length);

    private void Fill(Span<short> frame)
    {
        var audio = sample.Audio.Span;
        for (var i = 0; i < frame.Length; i++)
        {
            var at = _position + i - Start;
            frame[i] = at >= 0 && at < audio.Length ? audio[(int)at] : (short)(_noise * ((2 * _random.NextDouble()) - 1));
        }
    }

    /// <summary>Peak of the noise around the recording: as loud as its own quietest 50 ms, between -75 and -50 dBFS.</summary>
    private static double LineNoise(ReadOnlySpan<short> audio, int sampleRate)
    {
        var window = sampleRate / 20;
        var quietest = double.MaxValue;
        for (var at = 0; at + window <= audio.Length; at += window)
        {
            var sum = 0.0;
            foreach (var value in audio.Slice(at, window))
                sum += (double)value * value;
            quietest = Math.Min(quietest, Math.Sqrt(sum / window));
        }
        // Uniform noise in ±a has a root mean square of a/√3; -75 dBFS are 5.8 of 32768, -50 dBFS are 104.
        return Math.Sqrt(3) * Math.Clamp(quietest, 5.8, 104);
    }
}
