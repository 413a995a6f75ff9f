using System.Runtime.CompilerServices;

namespace AsteriskVoiceAi.Calls.Intents;

/// <summary>Minimises a smooth function of many variables by limited-memory BFGS with a backtracking line search (Nocedal 1980).</summary>
internal static class Lbfgs
{
    /// <summary>Pairs of steps and gradient changes that stand for the curvature.</summary>
    private const int Memory = 10;

    private const int MaxBacktracks = 20;

    /// <summary>Of the decrease that the slope promises, so much has to come.</summary>
    private const double SufficientDecrease = 1e-4;

    /// <param name="function">Value at a point; writes the gradient.</param>
    /// <param name="point">Where to begin; becomes the minimum.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float[] Minimise(Func<float[], float[], double> function, float[] point, int maxIterations, double tolerance, out double least)
    {
        var gradient = new float[point.Length];
        least = function(point, gradient);
        var pairs = new List<Curvature>(Memory);
        for (var iteration = 0; iteration < maxIterations; iteration++)
        {
            var direction = Direction(gradient, pairs);
            var slope = Dot(direction, gradient);
            if (slope >= 0)
                break;
            // The first step has no curvature to go by: as long as the gradient's inverse.
            var length = pairs.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(Dot(gradient, gradient))) : 1.0;
            if (Search(function, point, direction, slope, least, length) is not var (moved, newGradient, value))
                break;
            var step = new float[point.Length];
            var change = new float[point.Length];
            for (var i = 0; i < step.Length; i++)
            {
                step[i] = moved[i] - point[i];
                change[i] = newGradient[i] - gradient[i];
            }
            var product = Dot(step, change);
            if (product > 1e-10)
            {
                if (pairs.Count == Memory)
                    pairs.RemoveAt(0);
                pairs.Add(new Curvature(step, change, product));
            }
            var gain = least - value;
            (point, gradient, least) = (moved, newGradient, value);
            if (gain < tolerance * Math.Max(Math.Abs(least), 1e-6))
                break;
        }
        return point;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float[] Point, float[] Gradient, double Value)? Search(
        Func<float[], float[], double> function, float[] point, float[] direction, double slope, double value, double length)
    {
        for (var attempt = 0; attempt < MaxBacktracks; attempt++, length /= 2)
        {
            var moved = new float[point.Length];
            for (var i = 0; i < moved.Length; i++)
                moved[i] = point[i] + (float)(length * direction[i]);
            var gradient = new float[point.Length];
            var found = function(moved, gradient);
            if (found <= value + (SufficientDecrease * length * slope))
                return (moved, gradient, found);
        }
        return null;
    }

    /// <summary>The two-loop recursion: the gradient through the inverse of the curvature seen so far, downhill.</summary>
    private static float[] Direction(float[] gradient, List<Curvature> pairs)
    {
        var direction = Array.ConvertAll(gradient, value => -value);
        var factors = new double[pairs.Count];
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            factors[i] = Dot(pairs[i].Step, direction) / pairs[i].Product;
            AddTo(direction, pairs[i].Change, -factors[i]);
        }
        if (pairs.Count > 0)
        {
            var (_, change, product) = pairs[^1];
            var scale = (float)(product / Dot(change, change));
            for (var i = 0; i < direction.Length; i++)
                direction[i] *= scale;
        }
        for (var i = 0; i < pairs.Count; i++)
            AddTo(direction, pairs[i].Step, factors[i] - (Dot(pairs[i].Change, direction) / pairs[i].Product));
        return direction;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTo(float[] sum, float[] values, double factor)
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += (float)(factor * values[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(float[] a, float[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }

    /// <summary>How the gradient changed along a step, and their product.</summary>
    private sealed record Curvature(float[] Step, float[] Change, double Product);
}
