namespace AsteriskVoiceAi.Engines.SmartTurn;

/// <summary>
/// Discrete Fourier transform of 400 complex values by Stockham's self-sorting steps, 400 = 5·5·4·4: results come out in natural
/// order, 18 multiplications a value instead of 400. Holds work space: not thread-safe.
/// </summary>
internal sealed class Fourier400
{
    public const int Size = 400;

    private static readonly int[] Radices = [5, 5, 4, 4];
    private static readonly double[] Cosines = [.. Enumerable.Range(0, Size).Select(i => Math.Cos(2 * Math.PI * i / Size))];
    private static readonly double[] Sines = [.. Enumerable.Range(0, Size).Select(i => -Math.Sin(2 * Math.PI * i / Size))];

    private double[] _real = new double[Size];
    private double[] _imaginary = new double[Size];
    private double[] _otherReal = new double[Size];
    private double[] _otherImaginary = new double[Size];

    /// <summary>Fill with the input before, read the result after <see cref="Transform"/>.</summary>
    public Span<double> Real => _real;

    public Span<double> Imaginary => _imaginary;

    public void Transform()
    {
        // left: length of the transforms that are still to be done; done: how many values of each are interleaved.
        var (left, done) = (Size, 1);
        foreach (var radix in Radices)
        {
            Step(radix, left / radix, done, Size / left);
            (_real, _otherReal) = (_otherReal, _real);
            (_imaginary, _otherImaginary) = (_otherImaginary, _imaginary);
            (left, done) = (left / radix, done * radix);
        }
    }

    /// <summary>
    /// y[r + done·(radix·q + j)] = w(left)^(q·j) · Σk x[r + done·(q + m·k)] · w(radix)^(j·k), with w(n) = exp(-2πi/n), left = radix·m
    /// </summary>
    /// <param name="turn">400 / left: the table's step for one turn of w(left).</param>
    private void Step(int radix, int m, int done, int turn)
    {
        for (var q = 0; q < m; q++)
        {
            for (var j = 0; j < radix; j++)
            {
                var toReal = _otherReal.AsSpan(done * ((radix * q) + j), done);
                var toImaginary = _otherImaginary.AsSpan(done * ((radix * q) + j), done);
                toReal.Clear();
                toImaginary.Clear();
                for (var k = 0; k < radix; k++)
                {
                    // Both factors in one: q·j turns of w(left) and j·k of w(radix).
                    var angle = ((q * j * turn) + (j * k * (Size / radix))) % Size;
                    var (cosine, sine) = (Cosines[angle], Sines[angle]);
                    var fromReal = _real.AsSpan(done * (q + (m * k)), done);
                    var fromImaginary = _imaginary.AsSpan(done * (q + (m * k)), done);
                    for (var r = 0; r < fromReal.Length; r++)
                    {
                        toReal[r] += (fromReal[r] * cosine) - (fromImaginary[r] * sine);
                        toImaginary[r] += (fromReal[r] * sine) + (fromImaginary[r] * cosine);
                    }
                }
            }
        }
    }
}
