using AsteriskVoiceAi.Audio;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>
/// The space that vectors span, by Gram-Schmidt: a hundred examples need a hundred dimensions, not the encoder's 384. Lengths and angles stay, and so
/// does all that is learned from them.
/// </summary>
internal sealed class VectorSpan
{
    /// <summary>Of a vector's length 1: what is left of one that the others have already, after rounding.</summary>
    private const float Nothing = 1e-4f;

    private VectorSpan(IReadOnlyList<float[]> basis, float[][] coordinates) => (Basis, Coordinates) = (basis, coordinates);

    /// <summary>Vectors of length 1, each at right angles to all others.</summary>
    public IReadOnlyList<float[]> Basis { get; }

    /// <summary>Of each vector, in order: how much of each of the basis it has.</summary>
    public float[][] Coordinates { get; }

    /// <summary>Whether coordinates are much shorter than the vectors.</summary>
    public static bool IsWorthIt(IReadOnlyList<float[]> vectors) => vectors.Count > 0 && vectors.Count <= vectors[0].Length / 2;

    /// <param name="vectors">Of length 1 or 0.</param>
    public static VectorSpan Of(IReadOnlyList<float[]> vectors)
    {
        var basis = new List<float[]>(vectors.Count);
        var rows = new float[vectors.Count][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new float[vectors.Count];
            var rest = (float[])vectors[i].Clone();
            // Twice, since the first time leaves rounding errors that would be as large as a small rest.
            Subtract(rest, basis, rows[i]);
            Subtract(rest, basis, rows[i]);
            var length = MathF.Sqrt(Vectors.Dot(rest, rest));
            if (length < Nothing)
                continue;
            rows[i][basis.Count] = length;
            basis.Add(Array.ConvertAll(rest, value => value / length));
        }
        return new VectorSpan(basis, Array.ConvertAll(rows, row => row[..basis.Count]));
    }

    private static void Subtract(float[] rest, List<float[]> basis, float[] coordinates)
    {
        for (var k = 0; k < basis.Count; k++)
        {
            var part = Vectors.Dot(basis[k], rest);
            coordinates[k] += part;
            Vectors.AddTo(rest, basis[k], -part);
        }
    }
}
