namespace AsteriskVoiceAi.Engines.SmartTurn;

/// <summary>
/// What Smart Turn v3 sees of a turn: the logarithm of 80 mel bands in 800 frames of 10 ms, levelled over the last 8 s.
/// Holds work space of 2 MB: not thread-safe.
/// </summary>
/// <remarks>
/// The recipe is Whisper's (window 400, step 160, Slaney mel scale from 0 to 8 kHz, reflected edges), after a normalisation to mean 0 and
/// variance 1 in which the zeros before a short turn count. Checked against the reference vectors to 2e-4.
/// </remarks>
internal sealed class TurnFeatures
{
    public const int Bands = 80;
    public const int Frames = 800;

    /// <summary>8 s at 16 kHz.</summary>
    public const int Samples = 128_000;

    private const int Window = Fourier400.Size;
    private const int Step = 160;
    private const int Bins = (Window / 2) + 1;

    /// <summary>Hz between two bins: 16000 / 400.</summary>
    private const double BinWidth = 40;

    private static readonly double[] Hann = [.. Enumerable.Range(0, Window).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Window)))];
    private static readonly Band[] Filters = MakeFilters();

    private readonly Fourier400 _fourier = new();
    private readonly float[] _sound = new float[Samples];
    private readonly double[] _logs = new double[Bands * Frames];
    private readonly double[] _power = new double[2 * Bins];

    /// <summary>Writes <see cref="Bands"/> rows of <see cref="Frames"/> values.</summary>
    /// <param name="turn">16 kHz in [-1, 1]; of a longer one the last 8 s count.</param>
    public void Compute(ReadOnlySpan<float> turn, Span<float> features)
    {
        if (turn.Length > Samples)
            turn = turn[^Samples..];
        var padding = Samples - turn.Length;
        _sound.AsSpan(0, padding).Clear();
        turn.CopyTo(_sound.AsSpan(padding));
        Normalize();
        // Frames 1 to constant-1 see nothing but the padding, so one of them stands for all; two frames go through one transform.
        var constant = (padding - 600) / Step;
        for (var frame = 0; frame < Frames; frame += 2)
        {
            if (frame >= 4 && frame + 1 < constant)
                CopyFrames(from: 2, to: frame);
            else
                TransformFrames(frame);
        }
        var floor = _logs.Max() - 8;
        for (var i = 0; i < _logs.Length; i++)
            features[i] = (float)((Math.Max(_logs[i], floor) + 4) / 4);
    }

    private void Normalize()
    {
        double sum = 0, squares = 0;
        foreach (var sample in _sound)
            sum += sample;
        var mean = sum / Samples;
        foreach (var sample in _sound)
            squares += (sample - mean) * (sample - mean);
        var gain = 1 / Math.Sqrt((squares / Samples) + 1e-7);
        for (var i = 0; i < Samples; i++)
            _sound[i] = (float)((_sound[i] - mean) * gain);
    }

    private void CopyFrames(int from, int to)
    {
        for (var band = 0; band < Bands; band++)
            _logs[(band * Frames) + to] = _logs[(band * Frames) + to + 1] = _logs[(band * Frames) + from];
    }

    /// <summary>Two real frames as the real and the imaginary part of one transform; the symmetries of a real signal tell them apart again.</summary>
    private void TransformFrames(int frame)
    {
        var real = _fourier.Real;
        var imaginary = _fourier.Imaginary;
        for (var i = 0; i < Window; i++)
        {
            var at = (frame * Step) - (Window / 2) + i;
            real[i] = _sound[Reflected(at)] * Hann[i];
            imaginary[i] = _sound[Reflected(at + Step)] * Hann[i];
        }
        _fourier.Transform();
        real = _fourier.Real;
        imaginary = _fourier.Imaginary;
        for (var k = 0; k < Bins; k++)
        {
            var mirror = (Window - k) % Window;
            var (firstReal, firstImaginary) = ((real[k] + real[mirror]) / 2, (imaginary[k] - imaginary[mirror]) / 2);
            var (secondReal, secondImaginary) = ((imaginary[k] + imaginary[mirror]) / 2, (real[mirror] - real[k]) / 2);
            _power[k] = (firstReal * firstReal) + (firstImaginary * firstImaginary);
            _power[Bins + k] = (secondReal * secondReal) + (secondImaginary * secondImaginary);
        }
        for (var band = 0; band < Bands; band++)
        {
            _logs[(band * Frames) + frame] = Filters[band].Log(_power.AsSpan(0, Bins));
            _logs[(band * Frames) + frame + 1] = Filters[band].Log(_power.AsSpan(Bins));
        }
    }

    /// <summary>The edges are mirrored without repeating the first or last sample.</summary>
    private static int Reflected(int at) => at < 0 ? -at : at >= Samples ? (2 * Samples) - 2 - at : at;

    private static Band[] MakeFilters()
    {
        var top = Mel(8000);
        double[] edges = [.. Enumerable.Range(0, Bands + 2).Select(i => Hertz(top * i / (Bands + 1)))];
        return [.. Enumerable.Range(0, Bands).Select(band => Band.Triangle(edges[band], edges[band + 1], edges[band + 2]))];
    }

    /// <summary>Slaney's scale: linear to 1 kHz (15 mel), then 27 mel to each factor of 6.4.</summary>
    private static double Mel(double hertz) => hertz < 1000 ? 3 * hertz / 200 : 15 + (Math.Log(hertz / 1000) * 27 / Math.Log(6.4));

    private static double Hertz(double mel) => mel < 15 ? 200 * mel / 3 : 1000 * Math.Exp(Math.Log(6.4) / 27 * (mel - 15));

    /// <summary>One band: the bins under its triangle, and their weights.</summary>
    private sealed record Band(int First, double[] Weights)
    {
        public static Band Triangle(double low, double middle, double high)
        {
            double[] weights =
            [
                .. Enumerable.Range(0, Bins).Select(k => Math.Max(0, Math.Min(((k * BinWidth) - low) / (middle - low), (high - (k * BinWidth)) / (high - middle))) * 2 / (high - low)),
            ];
            var first = Math.Max(0, Array.FindIndex(weights, weight => weight > 0));
            return new(first, weights[first..(Array.FindLastIndex(weights, weight => weight > 0) + 1)]);
        }

        public double Log(ReadOnlySpan<double> power)
        {
            double energy = 0;
            for (var i = 0; i < Weights.Length; i++)
                energy += Weights[i] * power[First + i];
            return Math.Log10(Math.Max(energy, 1e-10));
        }
    }
}
