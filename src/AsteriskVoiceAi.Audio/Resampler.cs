using System.Numerics;

namespace AsteriskVoiceAi.Audio;

/// <summary>
/// Changes the sample rate by any rational ratio: a windowed sinc (Kaiser, about 60 dB) in polyphase form.
/// A live resampler keeps the end of one frame for the next; it allocates only when made. Not thread-safe.
/// </summary>
/// <remarks>Its delay is <see cref="DelaySamples"/> samples of the slower rate's scale: 16 samples at 8 kHz = 2 ms for the default width.</remarks>
public sealed class Resampler
{
    /// <summary>Half width of a live filter: 2 ms of delay at 8 kHz; flat to 3.5 kHz, images above 4.5 kHz 60 dB down.</summary>
    public const int LiveHalfWidth = 16;

    /// <summary>Half width for prompts, where delay costs nothing: flat to 3.5 kHz and nothing folded back under 3.7 kHz.</summary>
    public const int PromptHalfWidth = 48;

    private const int BlockSamples = 1024;
    private const double KaiserBeta = 5.65; // 60 dB

    private readonly int _up;
    private readonly int _down;
    private readonly int _taps;
    private readonly float[] _phases; // _up rows of _taps
    private readonly float[] _history; // the last _taps - 1 samples, then the block at work
    private long _position; // of the next output, in steps of 1/_up input samples from the start of the block

    /// <param name="halfWidth">Filter length to each side, in samples of the slower rate.</param>
    public Resampler(int fromRate, int toRate, int halfWidth = LiveHalfWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fromRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toRate);
        var divisor = (int)BigInteger.GreatestCommonDivisor(fromRate, toRate);
        (FromRate, ToRate) = (fromRate, toRate);
        (_up, _down) = (toRate / divisor, fromRate / divisor);
        DelaySamples = fromRate == toRate ? 0 : (int)Math.Ceiling(halfWidth * Math.Max(1.0, (double)fromRate / toRate));
        _taps = (2 * DelaySamples) + 1;
        _phases = fromRate == toRate ? [1] : Design(_up, _taps, DelaySamples, Cutoff(fromRate, toRate, halfWidth));
        _history = new float[_taps - 1 + BlockSamples];
    }

    public int FromRate { get; }

    public int ToRate { get; }

    /// <summary>How much later sound comes out, in input samples.</summary>
    public int DelaySamples { get; }

    public TimeSpan Delay => TimeSpan.FromSeconds((double)DelaySamples / FromRate);

    /// <summary>Most samples that <paramref name="inputSamples"/> can become.</summary>
    public int MaxOutput(int inputSamples) => (int)((((long)inputSamples * _up) + _down - 1) / _down) + 1;

    /// <summary>Next stretch of sound.</summary>
    /// <param name="output">Room for <see cref="MaxOutput"/>.</param>
    /// <returns>Samples written. Over any stretch their number is the ratio of the rates, to within one.</returns>
    public int Process(ReadOnlySpan<float> input, Span<float> output)
    {
        var written = 0;
        while (!input.IsEmpty)
        {
            var block = input[..Math.Min(input.Length, BlockSamples)];
            input = input[block.Length..];
            block.CopyTo(_history.AsSpan(_taps - 1));
            written += Block(block.Length, output[written..]);
        }
        return written;
    }

    /// <summary>The same for 16-bit samples, which become [-1, 1).</summary>
    public int Process(ReadOnlySpan<short> input, Span<float> output)
    {
        var written = 0;
        while (!input.IsEmpty)
        {
            var block = input[..Math.Min(input.Length, BlockSamples)];
            input = input[block.Length..];
            for (var i = 0; i < block.Length; i++)
                _history[_taps - 1 + i] = block[i] / 32768f;
            written += Block(block.Length, output[written..]);
        }
        return written;
    }

    /// <summary>Forgets the sound so far.</summary>
    public void Reset()
    {
        _history.AsSpan().Clear();
        _position = 0;
    }

    /// <summary>Converts a whole sound; its start and length stay where they were.</summary>
    public static float[] Convert(ReadOnlySpan<float> samples, int fromRate, int toRate, int halfWidth = PromptHalfWidth)
    {
        var resampler = new Resampler(fromRate, toRate, halfWidth);
        // The first output lies on the first input: outputs that belong before it are never made.
        resampler._position = (long)resampler.DelaySamples * resampler._up;
        var length = (int)(((long)samples.Length * toRate) / fromRate);
        var output = new float[resampler.MaxOutput(samples.Length + resampler.DelaySamples)];
        var written = resampler.Process(samples, output);
        resampler.Process(new float[resampler.DelaySamples], output.AsSpan(written));
        return output[..length];
    }

    /// <summary>The same for 16-bit samples.</summary>
    public static short[] Convert(ReadOnlySpan<short> samples, int fromRate, int toRate, int halfWidth = PromptHalfWidth)
    {
        if (fromRate == toRate)
            return samples.ToArray();
        var floats = new float[samples.Length];
        for (var i = 0; i < floats.Length; i++)
            floats[i] = samples[i];
        return [.. Convert(floats, fromRate, toRate, halfWidth).Select(s => (short)Math.Clamp(MathF.Round(s), short.MinValue, short.MaxValue))];
    }

    private int Block(int length, Span<float> output)
    {
        var written = 0;
        var end = (long)length * _up;
        for (; _position < end; _position += _down)
        {
            var (at, phase) = ((int)(_position / _up), (int)(_position % _up));
            output[written++] = Vectors.Dot(_phases.AsSpan(phase * _taps, _taps), _history.AsSpan(at, _taps));
        }
        _position -= end;
        _history.AsSpan(length, _taps - 1).CopyTo(_history);
        return written;
    }

    /// <summary>
    /// Middle of the transition band, as a part of the input rate. Upwards it lies on the slower rate's half, which keeps all of a
    /// telephone's 3.4 kHz; downwards it is moved under it by half the band, so that nothing above the half folds back.
    /// </summary>
    private static double Cutoff(int fromRate, int toRate, int halfWidth)
    {
        // Kaiser: width of the band in cycles a sample = (A - 8) / (2.285 × 2π × N), with A = 60 dB and N = 2 × halfWidth taps.
        var band = 52 / (2.285 * 2 * Math.PI * 2 * halfWidth);
        return fromRate <= toRate ? 0.5 : (0.5 - (band / 2)) * toRate / fromRate;
    }

    /// <summary>Rows of taps, newest input last; each row sums to one, so that a constant stays constant.</summary>
    private static float[] Design(int up, int taps, int centre, double cutoff)
    {
        var phases = new float[up * taps];
        for (var phase = 0; phase < up; phase++)
        {
            var row = phases.AsSpan(phase * taps, taps);
            var sum = 0.0;
            for (var k = 0; k < taps; k++)
            {
                // Tap k (0 = newest) of this phase lies k + phase/up input samples behind the output, the centre at `centre`.
                var x = k + ((double)phase / up) - centre;
                var tap = Sinc(2 * cutoff * x) * Kaiser(x / (centre + 1));
                row[taps - 1 - k] = (float)tap;
                sum += tap;
            }
            for (var k = 0; k < taps; k++)
                row[k] /= (float)sum;
        }
        return phases;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x) => Math.Abs(x) >= 1 ? 0 : Bessel(KaiserBeta * Math.Sqrt(1 - (x * x))) / Bessel(KaiserBeta);

    /// <summary>Modified Bessel function of order 0 by its series.</summary>
    private static double Bessel(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
