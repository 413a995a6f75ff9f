using System.Numerics;
using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Reads the decoder's logits.</summary>
internal static class TokenChoice
{
    /// <param name="banned">A token that may not be picked; -1 = none.</param>
    /// <returns>The likeliest token and its probability among all tokens, the banned one included.</returns>
    public static (int Token, double Probability) Best(ReadOnlySpan<float> logits, int banned = -1)
    {
        var best = banned == 0 ? 1 : 0;
        for (var i = 0; i < logits.Length; i++)
        {
            if (logits[i] > logits[best] && i != banned)
                best = i;
        }
        return (best, Probability(logits, best));
    }

    public static double Probability(ReadOnlySpan<float> logits, int token) => Math.Exp(logits[token] - LogSum(logits));

    /// <summary>Logarithm of the sum of exponentials: a token's logit less this is the logarithm of its probability.</summary>
    /// <param name="except">A token that is left out, as if it could not come; -1 = none.</param>
    public static double LogSum(ReadOnlySpan<float> logits, int except = -1)
    {
        var most = Most(logits);
        var sum = Vector<float>.Zero;
        var shift = new Vector<float>(most);
        var blocks = MemoryMarshal.Cast<float, Vector<float>>(logits);
        foreach (var block in blocks)
            sum += Vector.Exp(block - shift);
        var total = (double)Vector.Sum(sum);
        foreach (var logit in logits[(blocks.Length * Vector<float>.Count)..])
            total += Math.Exp(logit - most);
        if (except >= 0)
            total -= Math.Exp(logits[except] - most);
        return most + Math.Log(Math.Max(total, 1e-12));
    }

    private static float Most(ReadOnlySpan<float> logits)
    {
        var blocks = MemoryMarshal.Cast<float, Vector<float>>(logits);
        var most = new Vector<float>(float.MinValue);
        foreach (var block in blocks)
            most = Vector.Max(most, block);
        var best = float.MinValue;
        for (var i = 0; i < Vector<float>.Count; i++)
            best = Math.Max(best, most[i]);
        foreach (var logit in logits[(blocks.Length * Vector<float>.Count)..])
            best = Math.Max(best, logit);
        return best;
    }
}
