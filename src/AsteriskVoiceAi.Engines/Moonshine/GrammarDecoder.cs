using AsteriskVoiceAi.Calls.Recognition;
using AsteriskVoiceAi.Engines.Moonshine.Grammars;

namespace AsteriskVoiceAi.Engines.Moonshine;

/// <summary>Reads what a grammar allows, and tells when something else was said.</summary>
internal static class GrammarDecoder
{
    /// <summary>
    /// Least logarithm of a reading's probability for each digit, letter or word. Digits reach -0.2 in the middle and -4.7 in the worst of a hundred;
    /// other speech pressed into the grammar -10.9 in the middle and -5.5 in the best of a hundred.
    /// </summary>
    private const double LeastPerUnit = -4;

    /// <summary>What is forgiven besides: a single digit by itself is heard worse than one among others.</summary>
    private const double Forgiven = 4;

    /// <summary>
    /// From here on the greedy reading is taken: of 144 readings of numbers of 4 to 10 digits 135 reach it, and a wide search reads all of those the same,
    /// in three times the time. The first that it reads otherwise has -1.7.
    /// </summary>
    private const double ClearPerUnit = -0.8;

    /// <summary>A number of 16 digits with marks between them takes 48 tokens.</summary>
    private const int MostTokens = 96;

    /// <summary>How far behind the best an alternative may be: e^-5 is one in 150.</summary>
    private const double WorthTelling = 5;

    /// <param name="decoding">At its start.</param>
    /// <returns>Null = it is something else.</returns>
    public static Reading? Read(MoonshineDecoding decoding, TokenGrammar grammar, TokenTable table, CancellationToken cancellationToken)
    {
        // Readings take for granted that something was said; here it counts how likely that is.
        var anything = Math.Log(Math.Max(1e-9, 1 - TokenChoice.Probability(decoding.Logits(0), TokenTable.End)));
        var readings = new BeamSearch(grammar, table, width: 1).Search(decoding, MostTokens, cancellationToken);
        if (readings is not [{ IsComplete: true, ScorePerUnit: >= ClearPerUnit }, ..])
        {
            decoding.Rewind();
            readings = new BeamSearch(grammar, table).Search(decoding, MostTokens, cancellationToken);
        }
        if (readings.Count == 0 || readings[0].Score + anything < (LeastPerUnit * Math.Max(1, readings[0].Units)) - Forgiven)
            return null;
        var best = readings[0];
        return new(best.Text, Math.Exp(best.ScorePerUnit))
        {
            Score = best.Score,
            Expected = best.Expected,
            Tokens = best.Tokens,
            Alternatives = [.. readings.Skip(1).Where(r => r.Score > best.Score - WorthTelling).Select(r => new Hypothesis(r.Text, Math.Exp(r.ScorePerUnit)))],
        };
    }
}
