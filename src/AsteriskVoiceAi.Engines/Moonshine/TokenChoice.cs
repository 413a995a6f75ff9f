using System.Numerics;
using System.Runtime.InteropServices;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Picks the likeliest next token.</summary>
internal static class TokenChoice
{
    /// <param name="banned">A token that may not be picked; -1 = none.</param>
    /// <returns>The token and its probability among all tokens, the banned one included.</returns>
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

    public static double Probability(ReadOnlySpan<float> logits, int token)
    {
        // Relative to the token asked for; a banned token far above it only makes the sum large, never infinite: logits are within ±50.
        var sum = Vector<float>.Zero;
        var shift = new Vector<float>(logits[token]);
        var blocks = MemoryMarshal.Cast<float, Vector<float>>(logits);
        foreach (var block in blocks)
            sum += Vector.Exp(block - shift);
        var total = (double)Vector.Sum(sum);
        foreach (var logit in logits[(blocks.Length * Vector<float>.Count)..])
            total += Math.Exp(logit - logits[token]);
        return 1 / total;
    }
}
